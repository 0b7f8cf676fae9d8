"""Sandbox tenants in PostgreSQL: made on request, with a law clock that only goes forward."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine

from domain.case.actor import Actor
from domain.kernel.json import Json
from infra.db import ALL_EYES, of_tenant
from infra.event_store.rows import Row
from infra.event_store.session import append_entries
from infra.fixtures import registers
from infra.sandbox_clock import Clock, ClockRow
from infra.sandbox_people import DEMO, SEEDED, add_people, demo_key

# A new tenant; one that is there already stays as it is.
NEW_TENANT = """
INSERT INTO tenants (tenant, kind, frozen_at) VALUES (%(tenant)s, %(kind)s, %(frozen_at)s)
ON CONFLICT (tenant) DO NOTHING
"""
# A tenant's clock with the database's.
CLOCK = """
SELECT kind, clock_offset, frozen_at, wall_clock() AS wall FROM tenants
 WHERE tenant = %(tenant)s
"""
# The same, so that nobody moves it meanwhile.
CLOCK_TO_MOVE = CLOCK + " FOR UPDATE"
# Put it where it was moved to.
MOVE = """
UPDATE tenants SET clock_offset = %(clock_offset)s, frozen_at = %(frozen_at)s
 WHERE tenant = %(tenant)s
"""
# When the law acts next in this tenant.
NEXT_DUE = "SELECT min(lapses_at) AS at FROM cases WHERE tenant = %(tenant)s"
# Cases in which something waits: an act to decide, a deadline that is due, a job to report.
UNSETTLED = """
SELECT DISTINCT case_id::text AS case_id FROM (
    SELECT case_id FROM inbox WHERE tenant = %(tenant)s AND outcome IS NULL
    UNION ALL
    SELECT case_id FROM cases
     WHERE tenant = %(tenant)s AND (jobs > 0 OR lapses_at <= law_now(%(tenant)s))
) AS waiting ORDER BY 1
"""


class NoSuchTenantError(LookupError):
    """Nobody made a tenant of that name."""

    code = "tenant.unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A tenant just made, with the one chance to read its keys."""

    tenant: str
    keys: Mapping[str, str]  # API key by login
    clock: Clock


class PostgresSandbox:
    """The tenants and clocks of a sandbox."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def create(
        self,
        *,
        at: datetime | None = None,
        actors: Mapping[str, Actor] | None = None,
        fixtures: Json | None = None,
        tenant: str = "",
    ) -> Made:
        """Make a tenant with its law time frozen `at` (None: it runs), actors and registers.

        Without `actors` it gets the usual ones.

        Raises:
            MalformedError: the fixtures have not their shape; nothing was made.
        """
        name = tenant or f"sb-{secrets.token_hex(6)}"  # short: it stands in every row
        entries = registers(fixtures or {})
        with of_tenant(self._engine, name) as connection:
            row = {"tenant": name, "kind": "sandbox", "frozen_at": at}
            connection.exec_driver_sql(NEW_TENANT, row)
            keys = add_people(connection, name, actors or SEEDED)
        for one in entries:
            with of_tenant(self._engine, name) as connection:
                append_entries(connection, name, one)
        return Made(tenant=name, keys=keys, clock=self.clock(name))

    def seed_demo(self) -> Mapping[str, str]:
        """Make tenant `demo` with the usual people, unless it is there; return their keys."""
        with of_tenant(self._engine, DEMO) as connection:
            row = {"tenant": DEMO, "kind": "sandbox", "frozen_at": None}
            connection.exec_driver_sql(NEW_TENANT, row)
            add_people(connection, DEMO, SEEDED)
        return {login: demo_key(login) for login in SEEDED}

    def clock(self, tenant: str) -> Clock:
        """Return the tenant's law time.

        Raises:
            NoSuchTenantError: there is none.
        """
        with of_tenant(self._engine, tenant) as connection:
            row = _one(connection, CLOCK, tenant)
        return _clock(_clock_row(row), row["wall"])

    def set_clock(self, tenant: str, now: datetime, *, frozen: bool) -> Clock:
        """Put the law time forward to `now`, where it stands still or from where it runs on.

        Raises:
            ClockMovesBackError: `now` lies before the tenant's law time.
            NoSuchTenantError: there is none.
            NoMovableClockError: production has none.
        """
        with self._moving(tenant) as (connection, row):
            moved = _clock_row(row).set_to(now, row["wall"], frozen=frozen)
            values = {"clock_offset": moved.offset, "frozen_at": moved.frozen_at}
            connection.exec_driver_sql(MOVE, {"tenant": tenant, **values})
        return _clock(moved, row["wall"])

    def next_due(self, tenant: str) -> datetime | None:
        """Return the earliest effective instant of an open deadline that has an effect."""
        with of_tenant(self._engine, tenant, ALL_EYES) as connection:
            at: datetime | None = _one(connection, NEXT_DUE, tenant)["at"]
        return at

    def unsettled(self, tenant: str) -> tuple[str, ...]:
        """Return the cases with a command not decided, a job not reported or a deadline due."""
        with of_tenant(self._engine, tenant, ALL_EYES) as connection:
            rows = connection.exec_driver_sql(UNSETTLED, {"tenant": tenant}).mappings().all()
        return tuple(row["case_id"] for row in rows)

    @contextmanager
    def _moving(self, tenant: str) -> Iterator[tuple[Connection, Row]]:
        with of_tenant(self._engine, tenant) as connection:
            yield connection, _one(connection, CLOCK_TO_MOVE, tenant)


def add_production_tenant(engine: Engine, tenant: str) -> None:
    """Make a tenant whose law time is the database clock, unless it is there."""
    with of_tenant(engine, tenant) as connection:
        row: dict[str, Any] = {"tenant": tenant, "kind": "production", "frozen_at": None}
        connection.exec_driver_sql(NEW_TENANT, row)


def has_tenant(engine: Engine, tenant: str) -> bool:
    """Whether somebody made that tenant."""
    with of_tenant(engine, tenant) as connection:
        rows = connection.exec_driver_sql(CLOCK, {"tenant": tenant}).all()
    return bool(rows)


def _one(connection: Connection, query: str, tenant: str) -> Row:
    row = connection.exec_driver_sql(query, {"tenant": tenant}).mappings().one_or_none()
    if row is None:
        raise NoSuchTenantError(tenant)
    return row


def _clock_row(row: Row) -> ClockRow:
    return ClockRow(kind=row["kind"], offset=row["clock_offset"], frozen_at=row["frozen_at"])


def _clock(row: ClockRow, wall: datetime) -> Clock:
    now = row.law_now(wall).astimezone(UTC)
    return Clock(now=now, frozen=row.frozen_at is not None)
