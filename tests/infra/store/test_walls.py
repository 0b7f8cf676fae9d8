"""Roles, grants, triggers, row security: nobody changes the record or sees another tenant."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, ProgrammingError

from infra.db import UnsafeDatabaseError, make_engine, of_tenant, probe
from tests.contracts.stories import House, open_one, receipt, received
from tests.infra.store.conftest import as_owner

CHANGES = (
    "UPDATE events SET type = 'x'",
    "DELETE FROM events",
    "TRUNCATE events",
    "UPDATE audit SET code = 'x'",
    "DELETE FROM audit",
)
TABLES = ("events", "inbox", "cases", "tasks", "deadlines", "claims", "people", "tenants")


@pytest.mark.parametrize("change", CHANGES)
def test_the_app_role_may_not_change_what_was_recorded(engine: Engine, change: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), engine.begin() as connection:
        connection.exec_driver_sql(change)


@pytest.mark.parametrize("change", CHANGES)
def test_not_even_the_owner_may_change_what_was_recorded(database: str, change: str) -> None:
    with pytest.raises(Exception, match="append-only"):
        as_owner(database, change)


@pytest.mark.parametrize("change", ["SET session_replication_role = replica", ""])
def test_the_guard_stays_on_when_ordinary_triggers_are_off(database: str, change: str) -> None:
    with pytest.raises(Exception, match="append-only"):
        as_owner(database, change or "SELECT 1", "DELETE FROM events")


def test_connections_act_as_the_app_role_and_fall_back_to_it(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("RESET ROLE")
        assert connection.exec_driver_sql("SELECT current_user").scalar() == "anjuan_app"
    probe(engine)


@pytest.mark.parametrize("table", TABLES)
def test_without_a_tenant_nothing_is_visible(house: House, engine: Engine, table: str) -> None:
    open_one(house)
    with engine.begin() as connection:
        assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0  # noqa: S608  – from a list


@pytest.mark.parametrize("table", TABLES)
def test_of_another_tenant_nothing_is_visible(house: House, engine: Engine, table: str) -> None:
    open_one(house)
    with of_tenant(engine, "t-b") as connection:
        foreign = f"SELECT count(*) FROM {table} WHERE tenant <> 't-b'"  # noqa: S608  – from a list
        assert connection.exec_driver_sql(foreign).scalar() == 0


def test_rows_of_another_tenant_cannot_be_written(engine: Engine) -> None:
    claim = "INSERT INTO claims VALUES ('t-a', 'series', 'k', 'h', 1, '{}', false, 1)"
    with pytest.raises(ProgrammingError, match="row-level security"), of_tenant(engine, "t-b") as c:
        c.exec_driver_sql(claim)


@pytest.mark.parametrize("ending", ["commit", "rollback", "error"])
def test_a_connection_used_again_has_no_tenant(house: House, database: str, ending: str) -> None:
    open_one(house)
    single = make_engine(database, pool_size=1)
    with single.connect() as connection:
        connection.exec_driver_sql("SELECT set_config('anjuan.tenant', 't-a', true)")
        assert connection.exec_driver_sql("SELECT count(*) FROM cases").scalar() == 1
        if ending == "error":
            with pytest.raises(DBAPIError):
                connection.exec_driver_sql("SELECT 1/0")
        if ending == "commit":
            connection.commit()
    with single.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM cases").scalar() == 0
    single.dispose()


def test_the_auditor_sees_every_tenant_and_writes_nothing(house: House, auditor: Engine) -> None:
    open_one(house)
    open_one(house, tenant="t-b")
    with auditor.begin() as connection:
        tenants = connection.exec_driver_sql("SELECT DISTINCT tenant FROM events ORDER BY 1")
        assert [row[0] for row in tenants] == ["t-a", "t-b"]
    with pytest.raises(ProgrammingError, match="permission denied"), auditor.begin() as connection:
        connection.exec_driver_sql("UPDATE cases SET status = 'closed'")


def test_a_turned_away_repeat_is_in_the_audit_log(house: House, database: str) -> None:
    received(house, receipt())
    house.store.receive(receipt(fingerprint="f-2"))
    rows = as_owner(database, "SELECT tenant, client, code, detail->>'fingerprint' FROM audit")
    assert rows == [("t-a", "school", "idempotency.body_differs", "f-2")]


def test_the_reconciler_sees_ids_of_every_tenant_and_nothing_else(
    house: House, engine: Engine
) -> None:
    case_id = open_one(house)
    waiting = received(house, receipt("k-2", tenant="t-b")).command
    with engine.begin() as connection:
        undecided = connection.exec_driver_sql("SELECT * FROM undecided(10)").mappings().all()
        live = connection.exec_driver_sql("SELECT * FROM open_cases(NULL, 10)").mappings().all()
    assert [(row["tenant"], str(row["command_id"])) for row in undecided] == [("t-b", waiting.id)]
    assert [(row["procedure"], str(row["case_id"])) for row in live] == [("filing", case_id)]
    assert set(live[0]) == {"tenant", "case_id", "procedure", "since"}


@pytest.mark.parametrize("isolation", ["REPEATABLE READ", "SERIALIZABLE"])
def test_any_isolation_but_read_committed_is_refused(database: str, isolation: str) -> None:
    engine = make_engine(database, pool_size=1, isolation=isolation.lower())
    with pytest.raises(UnsafeDatabaseError, match="isolation"):
        probe(engine)
    engine.dispose()


def test_a_commit_that_does_not_wait_for_the_disk_is_refused(database: str) -> None:
    name = database.rpartition("/")[2]
    as_owner(database, f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    engine = make_engine(database, pool_size=1)
    with pytest.raises(UnsafeDatabaseError, match="synchronous_commit"):
        probe(engine)
    engine.dispose()
