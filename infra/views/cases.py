"""Reading cases in PostgreSQL: each call is one transaction that sees one tenant.

Lists, and a case asked for by a viewer, see of it what the viewer's eyes find, by row security.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, Engine
from typing_extensions import override

from domain.case.decision import FactKey, Facts
from domain.case.envelope import Recorded
from domain.case.evolve import FOLD, fold
from domain.case.state import Case
from domain.kernel.codec import from_json
from domain.law.calendar import Calendar
from domain.ports import Alike, CaseFilter, Cases, Page, Part, Stored, Viewer
from infra.db import ALL_EYES, of_tenant
from infra.event_store import queries
from infra.event_store.calendars import CALENDAR, TenantCalendars
from infra.event_store.rows import Row, event_of, is_id, stored_of
from infra.event_store.session import case_of, read_facts, read_stream
from infra.event_store.sights import brief_of, read_clocks
from infra.views.calendars import HELD, OCCASIONS, next_cursor, page_values, sight_values
from infra.views.lists import (
    TALLY,
    Query,
    busy_query,
    cases_query,
    mark_statement,
    narrowed,
    work_query,
)
from infra.views.sight import eyes_of

# One case by its id or by the number people read out.
CASE_BY_ID = """
SELECT tenant, case_id::text AS case_id, fold, state FROM cases
 WHERE tenant = %(tenant)s AND case_id = %(case)s::uuid
"""
CASE_BY_NUMBER = """
SELECT tenant, case_id::text AS case_id, fold, state FROM cases
 WHERE tenant = %(tenant)s AND number = %(case)s AND number <> ''
"""

# The stream of a case, after a version.
TIMELINE = """
SELECT * FROM recorded WHERE tenant = %(tenant)s AND stream = %(case)s AND version > %(after)s
 ORDER BY version LIMIT %(limit)s
"""

# Whose a number of a letter or case is, in every tenant.
PAPERS = "SELECT tenant, case_id::text AS case_id FROM papers_of(%(number)s)"

# What was received and not yet decided.
PENDING = """
SELECT * FROM inbox
 WHERE tenant = %(tenant)s AND case_id = %(case)s::uuid AND outcome IS NULL
 ORDER BY received_at, seq
"""

# The tenant's events in the order of the store.
EVENTS_AFTER = """
SELECT one.* FROM generate_series(1, (SELECT epoch FROM store)) AS at (epoch)
 CROSS JOIN LATERAL (
       SELECT * FROM recorded r
        WHERE r.tenant = %(tenant)s AND r.epoch = at.epoch AND r.position > %(after)s
        ORDER BY r.position LIMIT %(limit)s) AS one
 ORDER BY one.epoch, one.position LIMIT %(limit)s
"""


class PostgresCases(Cases):
    """Lists, cases, streams and facts, as the last commit left them."""

    def __init__(self, engine: Engine, calendars: TenantCalendars) -> None:
        """Read through `engine`; `calendars` may be the store's own."""
        self._engine = engine
        self._calendars = calendars

    @override
    def case(self, tenant: str, id_or_number: str, viewer: Viewer) -> Case | None:
        return self._case(tenant, id_or_number, _eyes(viewer))

    @override
    def any_case(self, tenant: str, id_or_number: str) -> Case | None:
        return self._case(tenant, id_or_number, ALL_EYES)

    @override
    def timeline(
        self, tenant: str, case_id: str, viewer: Viewer, after: int = 0, limit: int = 500
    ) -> list[Recorded]:
        values = {"tenant": tenant, "case": case_id, "after": after, "limit": limit}
        return self._events(TIMELINE, values, _eyes(viewer))

    @override
    def any_timeline(
        self, tenant: str, case_id: str, after: int = 0, limit: int = 500
    ) -> list[Recorded]:
        values = {"tenant": tenant, "case": case_id, "after": after, "limit": limit}
        return self._events(TIMELINE, values, ALL_EYES)

    @override
    def cases(
        self, tenant: str, viewer: Viewer, wanted: CaseFilter, cursor: str = "", limit: int = 50
    ) -> Page:
        return self._page(cases_query(tenant, viewer, wanted), viewer, cursor, limit)

    @override
    def work(
        self, tenant: str, viewer: Viewer, wanted: CaseFilter, cursor: str = "", limit: int = 50
    ) -> Page:
        return self._page(work_query(tenant, viewer, wanted), viewer, cursor, limit)

    @override
    def tally(self, tenant: str, viewer: Viewer) -> tuple[Alike, ...]:
        query = busy_query(tenant, viewer)
        if query is None:
            return ()
        with of_tenant(self._engine, tenant, _eyes(viewer)) as connection:
            rows = _rows(connection, TALLY.format(where=query.where), **query.values)
        return tuple(
            Alike(
                clocks=read_clocks(row["clocks"]),
                cases=row["cases"],
                duties=row["duties"],
                free=row["free"],
            )
            for row in rows
        )

    @override
    def alike(
        self,
        tenant: str,
        viewer: Viewer,
        groups: Sequence[Alike],
        part: Part = "cases",
        cursor: str = "",
        limit: int = 50,
    ) -> Page:
        query = busy_query(tenant, viewer)
        if query is None or not narrowed(query, groups, part, cursor, limit):
            return Page((), "")
        return self._page(query, viewer, cursor, limit)

    @override
    def occasions(
        self, tenant: str, viewer: Viewer, first: date, last: date
    ) -> tuple[tuple[date, date, int], ...]:
        values = sight_values(tenant, viewer, first, last)
        with of_tenant(self._engine, tenant, _eyes(viewer)) as connection:
            rows = _rows(connection, OCCASIONS, **values)
        return tuple((row["held_from"], row["held_to"], row["cases"]) for row in rows)

    @override
    def held(
        self,
        tenant: str,
        viewer: Viewer,
        first: date,
        last: date,
        cursor: str = "",
        limit: int = 50,
    ) -> Page:
        values = sight_values(tenant, viewer, first, last) | page_values(cursor, limit)
        with of_tenant(self._engine, tenant, _eyes(viewer)) as connection:
            rows = _rows(connection, HELD, **values)
            items = tuple(_listed(connection, row) for row in rows[:limit])
        return Page(items, next_cursor(rows[limit - 1]) if len(rows) > limit else "")

    @override
    def mark(self, tenant: str, viewer: Viewer) -> str:
        query = busy_query(tenant, viewer)
        if query is None:
            return ""
        with of_tenant(self._engine, tenant, _eyes(viewer)) as connection:
            row = _rows(connection, mark_statement(query), **query.values)[0]
        mark: str = row["mark"]
        return mark

    @override
    def find_task(self, tenant: str, task_id: str, viewer: Viewer) -> Case | None:
        case_id, _, task = task_id.rpartition(".")
        case = self.case(tenant, case_id, viewer) if is_id(case_id) else None
        return case if case and any(one.id == task for one in case.tasks) else None

    @override
    def papers(self, number: str) -> tuple[tuple[str, str], ...]:
        with self._engine.begin() as connection:
            rows = _rows(connection, PAPERS, number=number)
        return tuple((row["tenant"], row["case_id"]) for row in rows)

    @override
    def pending(self, tenant: str, case_id: str) -> list[Stored]:
        with of_tenant(self._engine, tenant) as connection:
            rows = _rows(connection, PENDING, tenant=tenant, case=case_id)
        return [stored_of(row) for row in rows]

    @override
    def now(self, tenant: str) -> datetime:
        with of_tenant(self._engine, tenant) as connection:
            row = _rows(connection, "SELECT law_now(%(tenant)s) AS now", tenant=tenant)[0]
        now: datetime = row["now"]
        return now

    @override
    def calendar(self, tenant: str) -> Calendar:
        with of_tenant(self._engine, tenant) as connection:
            rows = _rows(connection, queries.REGISTER, tenant=tenant, stream=CALENDAR)
            version: int = rows[0]["version"]
            return self._calendars.at(
                tenant, version, lambda: read_stream(connection, tenant, CALENDAR)
            )

    @override
    def reading(self, tenant: str, wanted: Sequence[FactKey]) -> Facts:
        with of_tenant(self._engine, tenant) as connection:
            return read_facts(connection, wanted)

    @override
    def events_after(self, tenant: str, position: int, limit: int) -> Iterator[Recorded]:
        values = {"tenant": tenant, "after": position, "limit": limit}
        return iter(self._events(EVENTS_AFTER, values, ALL_EYES))

    def _case(self, tenant: str, id_or_number: str, eyes: str) -> Case | None:
        query = CASE_BY_ID if is_id(id_or_number) else CASE_BY_NUMBER
        with of_tenant(self._engine, tenant, eyes) as connection:
            rows = _rows(connection, query, tenant=tenant, case=id_or_number)
            return _folded(connection, rows[0]) if rows else None

    def _events(self, query: str, values: dict[str, object], eyes: str) -> list[Recorded]:
        with of_tenant(self._engine, str(values["tenant"]), eyes) as connection:
            return [event_of(row) for row in _rows(connection, query, **values)]

    def _page(self, query: Query | None, viewer: Viewer, cursor: str, limit: int) -> Page:
        if query is None:
            return Page((), "")
        query.go_on(cursor)
        values = query.values | {"limit": limit + 1}
        with of_tenant(self._engine, values["tenant"], _eyes(viewer)) as connection:
            rows = _rows(connection, query.page(), **values)
            items = tuple(_listed(connection, row) for row in rows[:limit])
        more = len(rows) > limit
        return Page(items, query.cursor(rows[limit - 1]) if more else "")


def _eyes(viewer: Viewer) -> str:
    return " ".join(eyes_of(viewer))


def _rows(connection: Connection, query: str, **values: object) -> Sequence[Row]:
    return connection.exec_driver_sql(query, values).mappings().all()


def _folded(connection: Connection, row: Row) -> Case:
    case = case_of(connection, row["case_id"], row)
    if case is None:
        raise LookupError(row["case_id"])
    return case


def _listed(connection: Connection, row: Row) -> Case:
    """Return the case of a list's row; folded from its events when the code folds anew."""
    if row["fold"] == FOLD:
        return from_json(Case, row["brief"])
    case = fold(read_stream(connection, row["tenant"], row["case_id"]))
    if case is None:
        raise LookupError(row["case_id"])
    return brief_of(case)
