"""Tasks done by web services: asked with a signature, answered, in error, or given up for now."""

from collections.abc import Iterator

import pytest

from infra.webhooks.signing import signed
from tests.api.client import Caller, code_of
from tests.api.conftest import As
from tests.api.memory import TENANT, House
from tests.api.test_processes import ORDER, deploy, done, started, state, tasks
from tests.receiver import Receiver, receiving

WANTED = {"sku": "A-100", "quantity": 3}


@pytest.fixture
def stock() -> Iterator[Receiver]:
    """A web service that reserves stock."""
    with receiving() as receiver:
        yield receiver


def named(by: As, url: str) -> str:
    """Name the web service `stock` and return its secret."""
    made = by("admin").post("/endpoints", {"name": "stock", "url": url})
    assert made.status_code == 201, made.text
    return str(made.json()["secret"])


def ordered(by: As) -> str:
    """Start an order and return its case."""
    deploy(by("admin"), ORDER)
    return started(by("clerk"), "stocked_order", variables=WANTED)


def labels(caller: Caller, case: str) -> set[str]:
    """Return what the open tasks are called."""
    return {one["label"] for one in tasks(caller, case)}


def data(house: House, case: str) -> dict[str, object]:
    """Return the variables of a case."""
    return dict(house.store.tables.cases[case].data.variables)  # type: ignore[attr-defined]  # of a plain process


def test_the_service_is_asked_with_its_inputs_and_a_signature(
    by: As, stock: Receiver, house: House
) -> None:
    secret = named(by, stock.url)
    stock.answer({"reservation": {"number": "R-7"}})
    case = ordered(by)
    headers, body = stock.got[0]
    expected = signed(secret, f"{case}.c-1", int(headers["webhook-timestamp"]), body)
    assert {name: headers[name] for name in expected} == expected
    said = stock.said()
    assert (said["subject"], said["data"]["input"]) == (case, WANTED)
    assert data(house, case)["reservation"] == "R-7"
    done(by("clerk"), case, correct=True)
    done(by("clerk"), case)
    assert state(by("clerk"), case)["status"] == "closed"


def test_an_error_in_the_reply_takes_the_way_the_diagram_draws(by: As, stock: Receiver) -> None:
    named(by, stock.url)
    stock.answer({"error": "out_of_stock"})
    case = ordered(by)
    assert "另约交期" in labels(by("clerk"), case)


def test_an_error_that_nothing_catches_ends_the_case(by: As, stock: Receiver) -> None:
    named(by, stock.url)
    stock.answer({"error": "on_fire"})
    case = ordered(by)
    shown = state(by("clerk"), case)
    assert (shown["status"], shown["stage"]) == ("terminated", "process_failed")
    assert tasks(by("clerk"), case) == []


def test_a_dead_service_is_shown_and_called_again_by_hand(
    by: As, stock: Receiver, house: House
) -> None:
    named(by, stock.url)
    stock.answers = [(503, b"")]
    case = ordered(by)
    waiting = by("clerk").get(f"/cases/{case}/state").json()["process"]["calls"]
    assert [(one["state"], one["failure"], one["detail"]) for one in waiting] == [
        ("parked", "call.status", "HTTP 503")
    ]
    calls = len(stock.got)
    stock.answer({"reservation": {"number": "R-8"}})
    assert by("clerk").act(case, "process.retry_call").status_code == 200
    assert len(stock.got) == calls + 1
    assert len({headers["webhook-id"] for headers, _ in stock.got}) == 1
    assert data(house, case)["reservation"] == "R-8"
    assert by("clerk").get(f"/cases/{case}/state").json()["process"]["calls"] == []


@pytest.mark.parametrize(
    ("status", "body"), [(404, b""), (302, b""), (200, b"no JSON"), (200, b"[1]"), (200, b"1e")]
)
def test_what_cannot_become_better_is_not_tried_again(
    by: As, stock: Receiver, status: int, body: bytes
) -> None:
    named(by, stock.url)
    stock.answers = [(status, body)]
    case = ordered(by)
    assert len(stock.got) == 1
    assert (
        by("clerk").get(f"/cases/{case}/state").json()["process"]["calls"][0]["state"] == "parked"
    )


def test_a_service_nobody_named_waits_until_somebody_does(by: As, stock: Receiver) -> None:
    case = ordered(by)
    waiting = by("clerk").get(f"/cases/{case}/state").json()["process"]["calls"][0]
    assert (waiting["state"], waiting["failure"]) == ("parked", "call.no_endpoint")
    named(by, stock.url)
    stock.answer({"reservation": {"number": "R-9"}})
    by("clerk").act(case, "process.retry_call")
    assert len(stock.got) == 1


def test_the_secret_is_told_once_and_lies_in_no_event(
    by: As, stock: Receiver, house: House
) -> None:
    secret = named(by, stock.url)
    ordered(by)
    assert secret not in by("admin").get("/endpoints").text
    assert all(secret not in str(one) for one in house.store.tables.events)
    rotated = by("admin").post("/endpoints/stock/rotate", {}).json()["secret"]
    assert rotated != secret


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/", "https://169.254.169.254/", "https://a:b@8.8.8.8/"]
)
def test_an_address_that_may_not_be_called_is_refused_when_it_is_named(by: As, url: str) -> None:
    answer = by("admin").post("/endpoints", {"name": "stock", "url": url})
    assert code_of(answer) == "endpoint.address"
    assert by("admin").get("/endpoints").json()["items"] == []


def test_only_the_operator_names_services(by: As, stock: Receiver, house: House) -> None:
    body = {"name": "stock", "url": stock.url}
    assert code_of(by("clerk").post("/endpoints", body)) == "process.deployer_required"
    assert code_of(by("operator").get("/endpoints")) == "process.deployer_required"
    named(by, stock.url)
    assert code_of(by("admin").post("/endpoints", body)) == "endpoint.exists"
    assert house.services.endpoints.all("elsewhere") == ()
    assert [one.name for one in house.services.endpoints.all(TENANT)] == ["stock"]
