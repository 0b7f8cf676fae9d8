"""Each test of a port runs on the store in memory and on PostgreSQL."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from infra.db import make_engine, of_tenant
from infra.event_store.store import PostgresStore
from infra.law_data import load_calendar
from infra.memory_store import MemoryStore
from infra.sandbox_clock import ClockRow
from infra.views.cases import PostgresCases
from infra.views.memory import MemoryCases
from tests.contracts.stories import MORNING, House


@pytest.fixture(params=["memory", "postgres"])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    """A store with the tenants `t-a` and `t-b`, both at 2024-04-26 09:00."""
    if request.param == "memory":
        yield memory_house()
    else:
        yield from postgres_house(request.getfixturevalue("database"))


@pytest.fixture(scope="module", params=["memory", "postgres"])
def shared_house(request: pytest.FixtureRequest) -> Iterator[House]:
    """The same for all tests of a module that only read."""
    if request.param == "memory":
        yield memory_house()
    else:
        yield from postgres_house(request.getfixturevalue("module_database"))


def memory_house() -> House:
    store = MemoryStore(load_calendar())

    def set_clock(tenant: str, at: datetime) -> None:
        store.tables.tenants[tenant] = ClockRow(kind="sandbox", frozen_at=at)

    return _with_tenants(House(store, MemoryCases(store), set_clock, set_clock))


def postgres_house(url: str) -> Iterator[House]:
    engine = make_engine(url, pool_size=12)
    store = PostgresStore(engine, load_calendar())

    def tenant(name: str, at: datetime) -> None:
        with of_tenant(engine, name) as connection:
            connection.exec_driver_sql(
                "INSERT INTO tenants (tenant, kind, frozen_at) VALUES (%s, 'sandbox', %s)"
                " ON CONFLICT (tenant) DO NOTHING",
                (name, at),
            )

    def set_clock(name: str, at: datetime) -> None:
        with of_tenant(engine, name) as connection:
            connection.exec_driver_sql("UPDATE tenants SET frozen_at = %s", (at,))

    yield _with_tenants(House(store, PostgresCases(engine, store.calendars), tenant, set_clock))
    engine.dispose()


def _with_tenants(house: House) -> House:
    house.tenant("t-a", MORNING)
    house.tenant("t-b", MORNING)
    return house
