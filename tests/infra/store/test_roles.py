"""What roles see across tenants, and which databases are refused at the start."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import ProgrammingError

from infra.db import UnsafeDatabaseError, make_engine, probe
from tests.contracts.stories import House, open_one, receipt, received
from tests.infra.store.conftest import as_owner


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


def test_the_auditor_sees_every_tenant_and_writes_nothing(house: House, auditor: Engine) -> None:
    open_one(house)
    open_one(house, tenant="t-b")
    with auditor.begin() as connection:
        tenants = connection.exec_driver_sql("SELECT DISTINCT tenant FROM events ORDER BY 1")
        assert [row[0] for row in tenants] == ["t-a", "t-b"]
    with pytest.raises(ProgrammingError, match="permission denied"), auditor.begin() as connection:
        connection.exec_driver_sql("UPDATE cases SET status = 'closed'")
