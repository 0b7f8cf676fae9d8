"""Reading cases in PostgreSQL: each call is one transaction that sees one tenant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine
from typing_extensions import override

from domain.case.decision import FactKey, Facts
from domain.case.envelope import Recorded
from domain.case.state import Case
from domain.law.calendar import Calendar
from domain.ports import CaseFilter, Cases, Page, Stored, Viewer
from infra.db import of_tenant
from infra.event_store import queries
from infra.event_store.calendars import CALENDAR, TenantCalendars
from infra.event_store.rows import Row, event_of, stored_of
from infra.event_store.session import case_of, read_facts, read_stream
from infra.views.sight import by_due, cursor_of, place_of, prefix

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

# A page of cases. Every condition comes from the fixed table below, every value is a parameter.
LIST = """
SELECT c.tenant, c.case_id::text AS case_id, c.fold, c.state, ({place})::text AS place
  FROM cases c WHERE {where} {order} LIMIT %(limit)s
"""

_OPEN_TASK = (
    "EXISTS (SELECT FROM tasks t WHERE t.tenant = c.tenant AND t.case_id = c.case_id"
    " AND t.state = 'open'{})"
)
_OPEN_DEADLINE = (
    "EXISTS (SELECT FROM deadlines d WHERE d.tenant = c.tenant AND d.case_id = c.case_id"
    " AND d.state = 'open'{})"
)
_HOLDER = (
    f"({_OPEN_TASK.format(' AND t.holder = %(holder)s')}"
    f" OR {_OPEN_DEADLINE.format(' AND d.holder = %(holder)s')})"
)
_WORK = f"({_OPEN_TASK.format('')} OR {_OPEN_DEADLINE.format('')})"
_DUE = _OPEN_DEADLINE.format(
    " AND d.due BETWEEN coalesce(%(due_from)s, '-infinity'::date)"
    " AND coalesce(%(due_to)s, 'infinity'::date)"
)


@dataclass(frozen=True, slots=True)
class _Order:
    """How a list goes: by `place`, then by case id."""

    place: str  # SQL
    kind: str  # its type
    descending: bool

    def after(self) -> str:
        """Return the condition for what comes after a cursor."""
        sign = "<" if self.descending else ">"
        return f"({self.place}, c.case_id) {sign} (%(place)s::{self.kind}, %(after)s::uuid)"

    def clause(self) -> str:
        """Return the ORDER BY."""
        way = "DESC" if self.descending else "ASC"
        return f"ORDER BY {self.place} {way}, c.case_id {way}"


_NEWEST = _Order("c.opened_at", "timestamptz", descending=True)
_DUE_FIRST = _Order("coalesce(c.due, 'infinity'::date)", "date", descending=False)


class PostgresCases(Cases):
    """Lists, cases, streams and facts, as the last commit left them."""

    def __init__(self, engine: Engine, calendars: TenantCalendars) -> None:
        """Read through `engine`; `calendars` may be the store's own."""
        self._engine = engine
        self._calendars = calendars

    @override
    def case(self, tenant: str, id_or_number: str) -> Case | None:
        query = CASE_BY_ID if _is_id(id_or_number) else CASE_BY_NUMBER
        with of_tenant(self._engine, tenant) as connection:
            rows = _rows(connection, query, tenant=tenant, case=id_or_number)
            return _folded(connection, rows[0]) if rows else None

    @override
    def timeline(
        self, tenant: str, case_id: str, after: int = 0, limit: int = 500
    ) -> list[Recorded]:
        with of_tenant(self._engine, tenant) as connection:
            rows = _rows(
                connection, TIMELINE, tenant=tenant, case=case_id, after=after, limit=limit
            )
            return [event_of(row) for row in rows]

    @override
    def cases(
        self, tenant: str, viewer: Viewer, wanted: CaseFilter, cursor: str = "", limit: int = 50
    ) -> Page:
        order = _DUE_FIRST if by_due(wanted) else _NEWEST
        return self._page(tenant, viewer, wanted, (order, cursor, limit), ())

    @override
    def work(
        self, tenant: str, viewer: Viewer, wanted: CaseFilter, cursor: str = "", limit: int = 50
    ) -> Page:
        return self._page(tenant, viewer, wanted, (_DUE_FIRST, cursor, limit), (_WORK,))

    @override
    def find_task(self, tenant: str, task_id: str) -> Case | None:
        case_id, _, task = task_id.rpartition(".")
        case = self.case(tenant, case_id) if _is_id(case_id) else None
        return case if case and any(one.id == task for one in case.tasks) else None

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
        with of_tenant(self._engine, tenant) as connection:
            rows = _rows(connection, EVENTS_AFTER, tenant=tenant, after=position, limit=limit)
        return (event_of(row) for row in rows)

    def _page(
        self,
        tenant: str,
        viewer: Viewer,
        wanted: CaseFilter,
        how: tuple[_Order, str, int],
        also: tuple[str, ...],
    ) -> Page:
        order, cursor, limit = how
        conditions, values = _conditions(viewer, wanted)
        if place := place_of(cursor):
            conditions.append(order.after())
            values |= {"place": place[0], "after": place[1]}
        where = " AND ".join(("c.tenant = %(tenant)s", *conditions, *also))
        query = LIST.format(place=order.place, where=where, order=order.clause())
        with of_tenant(self._engine, tenant) as connection:
            rows = _rows(connection, query, tenant=tenant, limit=limit + 1, **values)
            items = tuple(_folded(connection, row) for row in rows[:limit])
        more = len(rows) > limit
        last = rows[limit - 1] if more else None
        return Page(items, cursor_of(last["place"], last["case_id"]) if last else "")


def _conditions(viewer: Viewer, wanted: CaseFilter) -> tuple[list[str], dict[str, Any]]:
    """Return the conditions that sight and filter set, from a fixed list, with their values."""
    table: tuple[tuple[str, object, str], ...] = (
        ("c.procedure = %(procedure)s", wanted.procedure, "procedure"),
        ("c.status = ANY (%(status)s)", list(wanted.status), "status"),
        ("starts_with(c.jurisdiction, %(below)s)", prefix(wanted.jurisdiction), "below"),
        ("c.organisation = %(organisation)s", wanted.organisation, "organisation"),
        ("c.ended_at IS NULL", wanted.open_only, "open_only"),
        (
            "(strpos(c.number, %(text)s) > 0 OR strpos(c.applicant, %(text)s) > 0)",
            wanted.text,
            "text",
        ),
        (_OPEN_TASK.format(" AND t.assignee = ''"), wanted.unassigned, "unassigned"),
        (_OPEN_TASK.format(" AND t.assignee = %(assignee)s"), wanted.assignee, "assignee"),
        (_HOLDER, wanted.holder, "holder"),
        (_DUE, by_due(wanted), "due"),
    )
    used = [(condition, value, name) for condition, value, name in table if value]
    values: dict[str, Any] = {name: value for _, value, name in used}
    values |= {"due_from": wanted.due_from, "due_to": wanted.due_to}
    values |= {"seen": prefix(viewer.jurisdiction), "own": viewer.organisation}
    return [_sight(viewer), *(condition for condition, _, _ in used)], values


def _sight(viewer: Viewer) -> str:
    ways = (
        *(("starts_with(c.jurisdiction, %(seen)s)",) if viewer.jurisdiction else ()),
        *(("c.organisation = %(own)s",) if viewer.organisation else ()),
    )
    return f"({' OR '.join(ways)})" if ways else "false"


def _rows(connection: Connection, query: str, **values: object) -> Sequence[Row]:
    return connection.exec_driver_sql(query, values).mappings().all()


def _folded(connection: Connection, row: Row) -> Case:
    case = case_of(connection, row["case_id"], row)
    if case is None:
        raise LookupError(row["case_id"])
    return case


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
