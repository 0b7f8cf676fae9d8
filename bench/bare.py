"""The same rows without anything of ours: one transaction that appends what `advance` appended."""

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Connection, Engine, create_engine

# The tables an append writes, copied with their keys but without walls, triggers and chain.
TABLES = ("events", "cases", "sights", "tasks", "deadlines", "claims")
COPY = "CREATE TABLE bare_{0} (LIKE {0} INCLUDING ALL)"
# The rows of one case, as JSON, grouped by the append that wrote them.
ROWS = "SELECT coalesce(json_agg(t), '[]') FROM {0} t WHERE tenant = %(tenant)s AND {1}"
APPENDS = """
SELECT json_agg(e ORDER BY position) FROM events e
 WHERE tenant = %(tenant)s AND stream = %(case)s
 GROUP BY coalesce(meta ->> 'command',
                   (SELECT f.meta ->> 'command' FROM events f WHERE f.stream = e.stream
                       AND f.version = e.version - (e.meta ->> 'back')::int))
 ORDER BY min(position)
"""
INSERT = "INSERT INTO bare_{0} SELECT * FROM json_populate_recordset(NULL::{0}, %(rows)s)"
CHANGES = {  # what of a row there already an append changes
    "cases": "(tenant, case_id) DO UPDATE SET version = excluded.version, state = excluded.state",
    "sights": "(tenant, case_id, eyes) DO UPDATE SET due = excluded.due, clocks = excluded.clocks",
    "tasks": "(tenant, case_id, task_id) DO UPDATE SET state = excluded.state",
    "deadlines": "(tenant, case_id, deadline_id) DO UPDATE SET state = excluded.state",
    "claims": "(tenant, kind, key, holder) DO UPDATE SET data = excluded.data",
}
UPSERT = {table: f"{INSERT.format(table)} ON CONFLICT {does}" for table, does in CHANGES.items()}


Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Append:
    """What one decision wrote."""

    events: Rows
    letter: bool  # it reports a rendered letter
    others: tuple[tuple[str, Rows], ...]  # table and rows, the case's as they stood at its end


class Bare:
    """Appends rows and commits; nothing is decided, locked, chained or folded."""

    def __init__(self, owner_url: str) -> None:
        self.engine: Engine = create_engine(owner_url, pool_size=4)
        self._positions = itertools.count(1)
        with self.engine.begin() as connection:
            for table in TABLES:
                connection.exec_driver_sql(COPY.format(table))

    def appends_of(self, tenant: str, case: str) -> tuple[Append, ...]:
        """Return what was appended to a case, decision by decision."""
        where = {"tenant": tenant, "case": case}
        with self.engine.connect() as connection:
            groups = connection.exec_driver_sql(APPENDS, where).scalars().all()
            others = tuple(
                (table, _rows(connection, table, column, where))
                for table, column in (
                    ("cases", "case_id = %(case)s::uuid"),
                    ("sights", "case_id = %(case)s::uuid"),
                    ("tasks", "case_id = %(case)s::uuid"),
                    ("deadlines", "case_id = %(case)s::uuid"),
                    ("claims", "holder = %(case)s"),
                )
            )
        return tuple(
            Append(group, group[0]["type"] == "notice.rendered", others) for group in groups
        )

    def write(self, appends: Sequence[Append], case: str) -> None:
        """Write each append of a new `case` in a transaction of its own."""
        for one in appends:
            for row in one.events:
                position = next(self._positions)
                event = str(uuid5(NAMESPACE_URL, str(position)))
                row |= {"position": position, "event_id": event, "stream": case}
            with self.engine.begin() as connection:
                rows = json.dumps(one.events)
                connection.exec_driver_sql(INSERT.format("events"), {"rows": rows})
                for table, rows_ in one.others:
                    self._replace(connection, table, rows_, case)

    @staticmethod
    def _replace(connection: Connection, table: str, rows: Rows, case: str) -> None:
        """Write the rows of a table that are there once per case and change with every append."""
        for row in rows:
            row |= {
                "case_id": case,
                "number": case,
                "holder": case,
                "key": f"{row.get('key')}{case}"[:80],
            }
        connection.exec_driver_sql(UPSERT[table], {"rows": json.dumps(rows)})


def _rows(connection: Connection, table: str, where: str, values: dict[str, str]) -> Rows:
    rows: Rows = connection.exec_driver_sql(ROWS.format(table, where), values).scalar_one()
    return rows
