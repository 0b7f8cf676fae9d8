"""The schema: once, in order, never edited, and by an owner who is no superuser."""

import threading
from pathlib import Path

import psycopg2
import pytest

from infra.db import UnsafeDatabaseError, make_engine, probe
from infra.definitions import load_definitions
from infra.migrate import SchemaError, check, migrations, upgrade
from infra.shelf import PostgresShelf
from tests.infra.store.conftest import as_owner
from tests.servers import Postgres

FIRST = "CREATE TABLE one (n integer);"


@pytest.fixture
def empty(postgres_server: Postgres, database: str) -> str:
    """The URL of a database without our schema."""
    as_owner(database, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    assert postgres_server
    return database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "0001_first.sql").write_text(FIRST)
    return tmp_path


def test_every_file_is_applied_once_and_in_order(empty: str, folder: Path) -> None:
    (folder / "0002_second.sql").write_text("INSERT INTO one VALUES (2);")
    assert check(empty, folder) == ("0001_first.sql", "0002_second.sql")
    assert upgrade(empty, folder) == ("0001_first.sql", "0002_second.sql")
    assert upgrade(empty, folder) == ()
    assert check(empty, folder) == ()
    assert as_owner(empty, "SELECT n FROM one") == [(2,)]


def test_an_edited_file_stops_the_start(empty: str, folder: Path) -> None:
    upgrade(empty, folder)
    (folder / "0001_first.sql").write_text(FIRST + " -- harmless?")
    for look in (upgrade, check):
        with pytest.raises(SchemaError, match="edited") as wrong:
            look(empty, folder)
        assert wrong.value.code == "schema.edited"


def test_a_database_of_a_newer_release_is_refused(empty: str, folder: Path) -> None:
    upgrade(empty, folder)
    (folder / "0001_first.sql").unlink()
    with pytest.raises(SchemaError) as wrong:
        check(empty, folder)
    assert wrong.value.code == "schema.newer"


def test_a_file_that_fails_leaves_nothing_behind(empty: str, folder: Path) -> None:
    (folder / "0002_second.sql").write_text("INSERT INTO one VALUES (2); SELECT 1/0;")
    with pytest.raises(psycopg2.errors.DivisionByZero):
        upgrade(empty, folder)
    assert check(empty, folder) == ("0002_second.sql",)
    assert as_owner(empty, "SELECT count(*) FROM one") == [(0,)]


def test_two_starters_do_not_collide(empty: str) -> None:
    applied: list[tuple[str, ...]] = []
    starters = [threading.Thread(target=lambda: applied.append(upgrade(empty))) for _ in range(2)]
    for one in starters:
        one.start()
    for one in starters:
        one.join()
    everything = tuple(one.name for one in migrations())
    assert sorted(applied) == [(), everything]


def test_in_production_neither_superuser_nor_owner_may_serve(database: str) -> None:
    engine = make_engine(database, pool_size=1)
    with pytest.raises(UnsafeDatabaseError, match="superuser or BYPASSRLS"):
        probe(engine, walled=True)
    with pytest.raises(UnsafeDatabaseError, match="owner of the tables"):
        probe(engine, walled=True)
    engine.dispose()


def test_a_login_with_the_two_roles_alone_may_serve(database: str) -> None:
    web = f"web_{database.rpartition('/')[2]}"
    as_owner(
        database, f"CREATE ROLE {web} LOGIN PASSWORD 'plain' IN ROLE anjuan_app, anjuan_auditor"
    )
    url = f"postgresql+psycopg2://{web}:plain@{database.rpartition('@')[2]}"
    engine = make_engine(url, pool_size=1)
    probe(engine, walled=True)
    assert check(url) == ()
    PostgresShelf(url).keep(load_definitions().sources)
    engine.dispose()
    as_owner(database, f"DROP ROLE {web}")


def test_an_owner_without_superpowers_may_own_the_store(database: str) -> None:
    name = database.rpartition("/")[2]
    owner = f"owner_{name}"
    as_owner(
        database,
        "DROP SCHEMA public CASCADE",
        f"CREATE ROLE {owner} LOGIN CREATEROLE PASSWORD 'plain'",
        f"CREATE SCHEMA public AUTHORIZATION {owner}",
        f"GRANT anjuan_app, anjuan_auditor TO {owner} WITH ADMIN OPTION",
    )
    place = database.rpartition("@")[2]
    url = f"postgresql+psycopg2://{owner}:plain@{place}"
    assert upgrade(url) == tuple(one.name for one in migrations())
    engine = make_engine(url, pool_size=1)
    probe(engine)
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT epoch FROM append_head(NULL)").scalar() == 1
        assert connection.exec_driver_sql("SELECT count(*) FROM undecided(1)").scalar() == 0
    engine.dispose()
    as_owner(
        database, f"REASSIGN OWNED BY {owner} TO anjuan", f"DROP OWNED BY {owner}",
        f"DROP ROLE {owner}",
    )  # fmt: skip
