"""Deployed processes in PostgreSQL: versions by tenant, diagrams for ever, secrets behind walls."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import ProgrammingError

from activities.advance import Advance
from domain.case.command import Opening
from domain.ports import Receipt
from domain.registers.processes import Deployed
from domain.web import Endpoint
from infra.db import of_tenant
from infra.definitions import load_definitions
from infra.deployments import RegisteredDeployments
from infra.event_store.store import PostgresStore
from infra.shelf import PostgresShelf
from infra.webhooks.endpoints import PostgresEndpoints
from infra.webhooks.signing import new_secret
from tests.contracts.stories import House, received
from tests.examples.filing import CLERK
from tests.spec.driver import world

LEAVE = (Path(__file__).parents[3] / "examples" / "processes" / "leave-request.bpmn").read_bytes()


def deployments(house: House, database: str) -> RegisteredDeployments:
    """Return the deployments of a process that has just begun."""
    assert isinstance(house.store, PostgresStore)
    definitions = load_definitions().on(PostgresShelf(database))
    return RegisteredDeployments(house.store, definitions)


def deployed(of: RegisteredDeployments, source: bytes = LEAVE, tenant: str = "t-a") -> Deployed:
    """Deploy a diagram."""
    found = of.deploy(tenant, "leave.bpmn", source, CLERK)
    assert isinstance(found, Deployed), found
    return found


def test_another_process_runs_a_case_on_what_was_deployed_here(house: House, database: str) -> None:
    its = deployed(deployments(house, database))
    opening = Opening(procedure="process", variant=its.process, definition=its.definition)
    act = Receipt(
        tenant="t-a", client="office", key="k-1", fingerprint="f", case_id=None,
        name="process.start", payload={"key": "leave-1"}, actor=CLERK, channel="api:test",
        opening=opening,
    )  # fmt: skip
    case_id = received(house, act).command.case_id
    elsewhere = load_definitions().on(PostgresShelf(database))
    Advance(house.store, replace(world(), definitions=elsewhere)).advance(case_id, None)
    case = house.cases.any_case("t-a", case_id)
    assert case is not None
    assert (case.definition, [one.form for one in case.tasks]) == (its.definition, ["审批请假"])


def test_versions_count_for_each_tenant_by_itself(house: House, database: str) -> None:
    of = deployments(house, database)
    changed = LEAVE.replace(b"P5D", b"P6D")
    assert [deployed(of).version, deployed(of, changed).version, deployed(of).version] == [1, 2, 1]
    assert deployed(of, changed, tenant="t-b").version == 1
    assert [one.version for one in deployments(house, database).all("t-a")] == [1, 2]


def test_the_same_bytes_deployed_at_once_are_one_version(house: House, database: str) -> None:
    of = deployments(house, database)
    threads = [Thread(target=deployed, args=(of,)) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [one.version for one in of.all("t-a")] == [1]


def test_a_service_named_twice_at_once_is_named_by_one_of_the_two(house: House) -> None:
    assert isinstance(house.store, PostgresStore)
    endpoints = PostgresEndpoints(house.store.engine)
    named = Endpoint(name="stock", url="https://stock.example", secret=new_secret())
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda _: endpoints.add("t-a", named), range(4)))
    assert sorted(said) == [False, False, False, True]


def test_a_secret_is_seen_by_its_own_tenant_and_by_no_auditor(
    house: House, engine: Engine, auditor: Engine
) -> None:
    endpoints = PostgresEndpoints(engine)
    endpoints.add("t-a", Endpoint(name="stock", url="https://stock.example", secret=new_secret()))
    assert endpoints.find("t-b", "stock") is None
    assert house.store is not None
    with of_tenant(engine, "t-b") as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM endpoints").scalar_one() == 0
    with pytest.raises(ProgrammingError, match="permission denied"), auditor.begin() as connection:
        connection.exec_driver_sql("SELECT secret FROM endpoints")
    endpoints.drop("t-a", "stock")
    assert endpoints.all("t-a") == ()
