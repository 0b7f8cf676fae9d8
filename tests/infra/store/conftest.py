"""PostgreSQL alone: walls, budgets, verification, concurrency."""

from collections.abc import Iterator

import psycopg2
import pytest
from sqlalchemy import Engine

from infra.db import make_engine
from infra.event_store.store import PostgresStore
from infra.law_data import load_calendar
from infra.views.cases import PostgresCases
from tests.contracts.conftest import postgres_house
from tests.contracts.stories import House


@pytest.fixture
def house(database: str) -> Iterator[House]:
    """A store with the tenants `t-a` and `t-b`, both at 2024-04-26 09:00."""
    yield from postgres_house(database)


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """An engine of the app role on the same database."""
    engine = make_engine(database, pool_size=2)
    yield engine
    engine.dispose()


@pytest.fixture
def auditor(database: str) -> Iterator[Engine]:
    """An engine of the auditor on the same database."""
    engine = make_engine(database, pool_size=1, role="anjuan_auditor", patient=True)
    yield engine
    engine.dispose()


def as_owner(database: str, *statements: str) -> list[tuple[object, ...]]:
    """Run statements as the superuser that owns the database; return the last one's rows."""
    connection = psycopg2.connect(database.replace("+psycopg2", "", 1))
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def fresh_store(engine: Engine) -> House:
    """Another process's view of the same database."""
    store = PostgresStore(engine, load_calendar())
    cases = PostgresCases(engine, store.calendars)
    return House(store, cases, lambda *_: None, lambda *_: None)
