"""A year's working days are out: the tenant's calendar gets them, open terms are counted again."""

from collections.abc import Iterator
from typing import cast

from sqlalchemy import Engine

from domain.case.actor import SYSTEM
from domain.case.clocks import counted
from domain.case.state import Case
from domain.kernel.json import Json
from domain.law.calendar import Calendar, YearTable
from domain.law.clock import Due
from domain.ports import BodyDiffers, Receipt, Stored
from domain.registers.years import CalendarPublished
from infra.db import ALL_EYES, of_tenant
from infra.event_store.registers import RegisterEntries
from infra.event_store.session import case_of
from infra.event_store.store import PostgresStore
from infra.views.cases import PostgresCases

CLIENT = "calendar"  # holder of the idempotency keys

# Cases in which a term runs.
RUNNING = """
SELECT c.tenant, c.case_id::text AS case_id, c.fold, c.state FROM cases c
 WHERE c.tenant = %(tenant)s AND c.due IS NOT NULL
   AND (%(after)s::uuid IS NULL OR c.case_id > %(after)s::uuid)
 ORDER BY c.case_id LIMIT %(limit)s
"""
PAGE = 500  # cases looked at in one transaction


def publish_year(
    store: PostgresStore, tenant: str, table: YearTable, page: int = PAGE
) -> tuple[Stored, ...]:
    """Record the year, and receive `deadline.redate` for each case it touches; return those acts.

    The same year again receives nothing twice. The reconciler, or who calls, wakes the cases.
    """
    event = CalendarPublished(year=table.year, table=cast(Json, table.content()))
    entries = RegisterEntries(name="calendar", events=[event], cause="calendar.publish")
    cases = PostgresCases(store.engine, store.calendars)
    if cases.calendar(tenant).tables.get(table.year) != table:
        store.register(tenant, entries)
    calendar = cases.calendar(tenant)
    touched = (one for one in _running(store.engine, tenant, page) if _moves(one, calendar))
    answers = [store.receive(_redating(tenant, one, calendar)) for one in touched]
    return tuple(one for one in answers if not isinstance(one, BodyDiffers))


def _running(engine: Engine, tenant: str, limit: int) -> Iterator[Case]:
    """Yield the cases in which a term runs, each page read in a transaction that ends at once."""
    page = _page(engine, tenant, None, limit)
    while page:
        yield from page
        page = _page(engine, tenant, page[-1].id, limit)


def _page(engine: Engine, tenant: str, after: str | None, limit: int) -> list[Case]:
    asked = {"tenant": tenant, "after": after, "limit": limit}
    with of_tenant(engine, tenant, ALL_EYES) as connection:
        rows = connection.exec_driver_sql(RUNNING, asked).mappings().all()
        found = (case_of(connection, row["case_id"], row) for row in rows)
        return [case for case in found if case is not None]


def _moves(case: Case, calendar: Calendar) -> bool:
    """Whether a running term of the case ends otherwise by `calendar`."""
    for one in case.deadlines:
        if one.state != "open" or one.due is None:
            continue
        now = counted(one, calendar)
        if isinstance(now, Due) and (now.due, now.provisional) != (one.due, one.provisional):
            return True
    return False


def _redating(tenant: str, case: Case, calendar: Calendar) -> Receipt:
    return Receipt(
        tenant=tenant,
        client=CLIENT,
        key=f"{calendar.version}:{case.id}",
        fingerprint=calendar.version,
        case_id=case.id,
        name="deadline.redate",
        payload={"calendar": calendar.version},
        actor=SYSTEM,
        channel="job",
    )
