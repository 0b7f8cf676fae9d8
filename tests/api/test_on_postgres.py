"""What only a real database minds: ids that are none, characters it cannot keep, odd cursors."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import given
from schemathesis.core.result import Ok
from starlette.testclient import TestClient

from tests.api.bodies import FILING, MISSING
from tests.api.client import Caller, code_of
from tests.api.conftest import FRIDAY
from tests.api.postgres import postgres_app
from tests.api.test_contract_properties import BOUNDED, CHECKS, HEADERS

SOME = (  # operations whose parameters reach the database as they are
    "listCases", "readCase", "readTimeline", "readTask", "listDeadlines", "readNotice",
    "readOperation", "readFeed", "actInCase",
)  # fmt: skip
NO_IDS = ("abc", "0", "%20", "x.y", "01a1feb3", "0" * 36, "-" * 36, "𝟘" * 8, "٠" * 36, "..t-1")


@pytest.fixture(scope="module")
def http(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the application on PostgreSQL, answered what the process would answer."""
    folder = tmp_path_factory.mktemp("postgres")
    with (
        postgres_app(module_database, folder, FRIDAY) as app,
        TestClient(app, "http://anjuan.test", raise_server_exceptions=False) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def case(http: TestClient) -> str:
    """A case with a letter."""
    case = str(Caller(http, "demo-operator").start(FILING)["case"])
    assert Caller(http, "demo-clerk").act(case, "filing.request_supplement", MISSING).is_success
    return case


@pytest.mark.parametrize("one", NO_IDS)
def test_what_is_no_id_names_nothing(http: TestClient, case: str, one: str) -> None:
    clerk = Caller(http, "demo-clerk")
    paths = {
        f"/operations/{one}": "operation.not_found",
        f"/cases/{one}": "case.not_found",
        f"/cases/{one}/timeline": "case.not_found",
        f"/tasks/{one}": "task.not_found",
        f"/tasks/{one}.t-1": "task.not_found",
        f"/tasks/{case}.{one}": "task.not_found",
        f"/deadlines/{one}": "deadline.not_found",
        f"/notices/{case}.{one}": "notice.not_found",
        f"/events?case={one}": "case.not_found",
    }
    for path, code in paths.items():
        answer = clerk.get(path)
        assert (answer.status_code, code_of(answer)) == (404, code), path


@pytest.mark.parametrize("one", ["x", "0" * 36, "%00", "a%20b"])
def test_an_address_of_the_console_that_names_nothing_is_no_fault_of_ours(
    http: TestClient, case: str, one: str
) -> None:
    home = http.post(
        "/sign-in",
        data={"login": "operator", "tenant": "demo", "to": "/"},
        headers={"sec-fetch-site": "same-origin"},
    )
    assert home.url.path == "/my"
    number = http.get(f"/api/v1/cases/{case}", headers=HEADERS).json()["number"]
    for path in (
        f"/my?done={one}", f"/my/cases/{number}?done={one}", f"/my?cursor={one}",
        f"/my/cases/{one}", f"/tasks/{one}", f"/apply/drafts/{one}",
    ):  # fmt: skip
        assert http.get(path).status_code < 500, path


@pytest.fixture(scope="module")
def contract(http: TestClient) -> schemathesis.BaseSchema:
    """The contract of the application on PostgreSQL."""
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", http.app)


@pytest.mark.parametrize("name", SOME)
def test_whatever_is_sent_the_answer_is_one_the_contract_knows(
    contract: schemathesis.BaseSchema, name: str
) -> None:
    found = (one.ok() for one in contract.get_all_operations() if isinstance(one, Ok))
    operation = next(one for one in found if one.definition.raw["operationId"] == name)

    @BOUNDED
    @given(operation.as_strategy())
    def check(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(headers=HEADERS, checks=list(CHECKS))

    check()
