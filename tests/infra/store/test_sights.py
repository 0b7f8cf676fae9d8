"""Who finds a case on lists, of cases recorded before lists had rows of their own."""

from dataclasses import replace

import pytest

from infra.db import make_engine
from infra.migrate import upgrade
from tests.contracts.test_lists import CASES, write
from tests.infra.store.conftest import as_owner

UNDONE = (
    "DROP TABLE sights CASCADE",  # and the wall built on it
    "ALTER TABLE cases DROP COLUMN brief",
    "DROP INDEX tasks_assigned, cases_named",
    "CREATE INDEX cases_newest ON cases (tenant, opened_at, case_id)",
    "DELETE FROM schema_migrations WHERE name = '0004_sights.sql'",
)
SHOWN = (
    "SELECT row_to_json(s)::text FROM sights s ORDER BY tenant, case_id, eyes",
    "SELECT case_id::text, brief::jsonb::text FROM cases ORDER BY case_id",
)


def an_owner(database: str) -> str:
    """Hand the tables to an owner who is bound by row security; return that one's URL."""
    name = f"owner_{database.rpartition('/')[2]}"
    as_owner(
        database,
        f"CREATE ROLE {name} LOGIN PASSWORD 'plain'",
        f"GRANT USAGE, CREATE ON SCHEMA public TO {name}",
        f"GRANT anjuan_app, anjuan_auditor TO {name}",
        *(
            f"ALTER TABLE {table} OWNER TO {name}"
            for table in ("cases", "tasks", "deadlines", "schema_migrations")
        ),
    )
    return f"postgresql+psycopg2://{name}:plain@{database.rpartition('@')[2]}"


@pytest.fixture
def earlier(database: str) -> list[list[tuple[object, ...]]]:
    """A database as the release before left it; returns what lists showed of its cases."""
    engine = make_engine(database, pool_size=1)
    for one in CASES:
        write(engine, None, replace(one, offices=()))  # nobody's case concerned other offices then
    engine.dispose()
    shown = [as_owner(database, query) for query in SHOWN]
    as_owner(database, *UNDONE)
    return shown


@pytest.mark.parametrize("owner", ["superuser", "bound by row security"])
def test_cases_that_are_there_are_shown_as_if_recorded_today(
    database: str, earlier: list[list[tuple[object, ...]]], owner: str
) -> None:
    url = database if owner == "superuser" else an_owner(database)
    assert upgrade(url) == ("0004_sights.sql",)
    assert [as_owner(database, query) for query in SHOWN] == earlier
    walled = (
        "SELECT count(*) FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relname"
    )
    tables = "('sights', 'cases', 'tasks', 'deadlines')"
    assert as_owner(database, f"{walled} IN {tables}") == [(4,)]
    if owner != "superuser":
        name = f"owner_{database.rpartition('/')[2]}"
        as_owner(
            database, f"REASSIGN OWNED BY {name} TO anjuan", f"DROP OWNED BY {name}",
            f"DROP ROLE {name}",
        )  # fmt: skip
