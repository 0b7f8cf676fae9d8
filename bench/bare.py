"""The same rows without anything of ours: one statement that appends what `advance` appended."""

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Engine, create_engine, event

from infra.event_store.queries import RECORD

# The tables an append writes, copied with their keys but without walls, triggers and chain.
KEYS = {
    "events": "(epoch, position)",
    "cases": "(tenant, case_id)",
    "sights": "(tenant, case_id, eyes)",
    "tasks": "(tenant, case_id, task_id)",
    "deadlines": "(tenant, case_id, deadline_id)",
    "claims": "(tenant, kind, key, holder)",
}
COPY = "CREATE TABLE bare_{0} (LIKE {0} INCLUDING ALL)"
WRITTEN = """written_{0} AS (
    INSERT INTO bare_{0} ({1}) SELECT {1} FROM json_populate_recordset(NULL::{0}, %({0})s)
    ON CONFLICT {2} DO UPDATE SET {3})"""

Rows: TypeAlias = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Append:
    """What one decision wrote: the rows it added or changed, and no others."""

    rows: Mapping[str, Rows]  # by table; at least one each

    @property
    def letter(self) -> bool:
        """Whether it reports a rendered letter."""
        return bool(self.rows["events"][0]["type"] == "notice.rendered")


@dataclass(frozen=True, slots=True)
class Ready:
    """One append, ready to be sent: what preparing it costs is not the append's."""

    statement: str
    values: Mapping[str, str]


@contextmanager
def recorded(engine: Engine) -> Iterator[list[Append]]:
    """Collect what is appended inside the block, as it is sent."""
    seen: list[Append] = []

    def note(*args: Any, **_: Any) -> None:  # noqa: ANN401  – the hook's own signature
        if args[2] == RECORD and args[3]["events"] != "[]":
            rows = {table: json.loads(args[3][table]) for table in KEYS}
            seen.append(Append({table: each for table, each in rows.items() if each}))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


class Bare:
    """Appends rows and commits; nothing is decided, locked, chained or folded."""

    def __init__(self, owner_url: str) -> None:
        self.engine: Engine = create_engine(owner_url, pool_size=4)
        self._positions = itertools.count(1)
        with self.engine.begin() as connection:
            for table in KEYS:
                connection.exec_driver_sql(COPY.format(table))

    def ready(self, appends: Sequence[Append], case: str) -> tuple[Ready, ...]:
        """Return appends as those of a new `case`: nothing of it is there yet."""
        return tuple(self._ready(one, case) for one in appends)

    def write(self, appends: Sequence[Ready]) -> None:
        """Write each append in a transaction of its own."""
        for one in appends:
            with self.engine.begin() as connection:
                connection.exec_driver_sql(one.statement, one.values)

    def _ready(self, append: Append, case: str) -> Ready:
        old = append.rows["events"][0]["stream"]
        text = json.dumps(append.rows, ensure_ascii=False).replace(old, case)
        rows: dict[str, Rows] = json.loads(text)
        for row in rows["events"]:
            position = next(self._positions)
            row |= {"position": position, "event_id": str(uuid5(NAMESPACE_URL, str(position)))}
        for row in rows.get("cases", []):
            row["number"] = case
        for row in rows.get("claims", []):  # numbers and places of its own, as every case has
            row["key"] += f":{case}"
        parts = ", ".join(_written(table, tuple(each[0])) for table, each in rows.items())
        return Ready(f"WITH {parts} SELECT", {name: json.dumps(one) for name, one in rows.items()})


def _written(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(columns)
    changed = ", ".join(f"{one} = excluded.{one}" for one in columns)
    return WRITTEN.format(table, names, KEYS[table], changed)
