"""What callers are told when something behind the API is away."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg2
import pytest
from psycopg2 import errors
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    InternalError,
    NoSuchModuleError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.testclient import TestClient
from typing_extensions import override

from api.desk import Desk
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


class ForgetfulStore(MemoryStore):
    """A store whose database goes away once an act is received."""

    @override
    def stored(self, tenant: str, command_id: str) -> Stored | None:
        raise OperationalError("stored", command_id, Exception("connection refused"))


class OddStore(MemoryStore):
    """A store whose database is there and says no."""

    def __init__(self, error: Exception) -> None:
        super().__init__(load_calendar())
        self.error = error

    @override
    def receive(self, receipt: Receipt) -> Stored | BodyDiffers:
        raise self.error


def said(kind: type[DBAPIError], orig: Exception, *, lost: bool = False) -> DBAPIError:
    """Return what the driver's error becomes."""
    return kind("INSERT", {}, orig, connection_invalidated=lost)


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


def test_what_was_received_is_not_called_lost_because_it_cannot_be_read(
    house: House, quiet: TestClient
) -> None:
    services = house.services
    forgetful = ForgetfulStore(load_calendar())
    forgetful.tables = house.store.tables
    desk = Desk(forgetful, services.desk.conductor, SQLAlchemyError)
    house.app.state.api.state.services = replace(services, desk=desk)
    answer = Caller(quiet, "demo-operator").post("/cases", FILING)
    assert (answer.status_code, answer.json()["status"]) == (202, "queued")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (said(OperationalError, errors.QueryCanceled("statement timeout")), 503),
        (said(OperationalError, errors.LockNotAvailable()), 503),
        (said(InterfaceError, psycopg2.InterfaceError("connection already closed")), 503),
        (said(InternalError, errors.IdleInTransactionSessionTimeout(), lost=True), 503),
        (said(InternalError, errors.ReadOnlySqlTransaction()), 503),
        (PoolTimeoutError("QueuePool limit of size 8 reached"), 503),
        (said(DataError, errors.InvalidTextRepresentation("invalid input for uuid")), 500),
        (said(IntegrityError, errors.UniqueViolation()), 500),
        (said(ProgrammingError, errors.UndefinedColumn()), 500),
        (said(InternalError, errors.InternalError_()), 500),
        (NoSuchModuleError("sqlalchemy.dialects"), 500),
    ],
)
def test_only_an_outage_is_told_as_one(
    house: House, quiet: TestClient, error: SQLAlchemyError, status: int
) -> None:
    house.services.desk._store = OddStore(error)  # noqa: SLF001  – what the database says
    answer = Caller(quiet, "demo-operator").post("/cases", FILING)
    code = {503: "service.unavailable", 500: "service.defect"}[status]
    assert (answer.status_code, code_of(answer)) == (status, code)


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
