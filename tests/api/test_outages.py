"""What callers are told when something behind the API is away."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient
from typing_extensions import override

from api.main import Nobody, tell_of_outages
from api.people import Account
from domain.ports import BodyDiffers, Receipt, Stored
from infra.law_data import load_calendar
from infra.memory_store import MemoryStore
from tests.api.bodies import FILING
from tests.api.client import BASE, Caller, code_of
from tests.api.conftest import FRIDAY
from tests.api.memory import House, memory_house


class AwayStore(MemoryStore):
    """A store whose database does not answer."""

    @override
    def receive(self, receipt: Receipt) -> Stored | BodyDiffers:
        raise OperationalError("receive", receipt.name, Exception("connection refused"))


class BrokenPeople(Nobody):
    """Accounts with a fault of ours in them."""

    @override
    def by_key(self, digest: str) -> Account | None:
        raise RuntimeError(f"a secret thing about {digest}")


@pytest.fixture
def house(tmp_path: Path) -> House:
    return memory_house(tmp_path, at=FRIDAY)


@pytest.fixture
def quiet(house: House) -> Iterator[TestClient]:
    """A client that is answered what the process would answer, whatever was raised."""
    tell_of_outages(house.app)
    with TestClient(house.app, raise_server_exceptions=False) as client:
        yield client


def test_without_the_database_nothing_is_received_and_the_caller_is_told(
    house: House, quiet: TestClient
) -> None:
    services = house.services
    services.desk._store = AwayStore(load_calendar())  # noqa: SLF001  – the outage
    answer = Caller(quiet, "demo-operator").post("/cases", FILING)
    assert (answer.status_code, code_of(answer)) == (503, "service.unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert "connection refused" not in answer.text


def test_a_fault_of_ours_tells_its_number_and_nothing_else(house: House, quiet: TestClient) -> None:
    api = house.app.state.api
    api.state.services = replace(house.services, people=BrokenPeople())
    answer = Caller(quiet, "demo-operator").get("/cases")
    assert (answer.status_code, code_of(answer)) == (500, "service.defect")
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert "secret" not in answer.text


def test_in_production_without_an_identity_provider_nobody_comes_in(house: House) -> None:
    house.app.state.api.state.services = replace(house.services, people=Nobody())
    with TestClient(house.app) as http:
        answer = http.get(f"{BASE}/cases", headers={"authorization": "Bearer demo-clerk"})
        assert code_of(answer) == "auth.required"
