"""The description of the API is its contract: complete, unchanged by accident, true."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response

from api.app import description
from api.examples import ENDPOINT, MESSAGE, PROCESS, PROCESS_FILE
from infra.event_store.registers import RegisterEntries
from tests.api.client import BASE, Caller, Said, code_of
from tests.api.conftest import As
from tests.api.memory import TENANT, House
from tests.examples.filing_change import on_file

GOLDEN = Path(__file__).parents[1] / "golden" / "openapi.json"
DOCUMENT = description(movable=True)
Operation = tuple[str, str, dict[str, Any]]
OUT_OF_TURN = {
    "completeTask",
    "actInCase",
    "migrateCases",
    "moveClock",
    "startCase",
    "verifyNotice",
}  # in their turn, below
FREE = {"makeTenant", "readCommandSchema"} | {  # need no key
    told["operationId"]
    for methods in DOCUMENT["paths"].values()
    for told in methods.values()
    if "public" in told["tags"]
}


def operations() -> Iterator[Operation]:
    """Yield every call as (method, path, description)."""
    for path, methods in DOCUMENT["paths"].items():
        for method, told in methods.items():
            yield method, path, told


def names() -> list[str]:
    return [told["operationId"] for _, _, told in operations()]


def named(operation: str) -> Operation:
    return next(one for one in operations() if one[2]["operationId"] == operation)


def test_the_contract_is_the_one_that_was_agreed() -> None:
    """Run `anjuan openapi export -o tests/golden/openapi.json` and read the difference."""
    assert json.loads(GOLDEN.read_text("utf-8")) == json.loads(json.dumps(DOCUMENT))


def test_it_is_version_3_1_below_one_base() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    assert DOCUMENT["servers"] == [{"url": "/api/v1"}]


def test_every_call_has_a_short_name_of_its_own_and_says_what_it_does() -> None:
    assert len(set(names())) == len(names())
    for _, path, told in operations():
        assert re.fullmatch(r"[a-z][A-Za-z]{3,24}", told["operationId"]), path
        assert told["description"], path
        assert told["tags"], path


def test_schemas_have_one_name_each_and_the_frameworks_errors_are_not_among_them() -> None:
    schemas = set(DOCUMENT["components"]["schemas"])
    assert not [one for one in schemas if one.endswith(("-Input", "-Output")) or "_" in one]
    assert not schemas & {"HTTPValidationError", "ValidationError"}
    assert "HTTPValidationError" not in json.dumps(DOCUMENT)


def test_every_reference_leads_somewhere() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    for name in re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(DOCUMENT)):
        assert name in schemas


def test_every_problem_is_described_as_a_problem() -> None:
    for _, path, told in operations():
        for status, answer in told["responses"].items():
            if status >= "400":
                assert list(answer["content"]) == ["application/problem+json"], path


@pytest.mark.parametrize("operation", names())
def test_every_call_has_an_example_that_was_really_sent(
    by: As, case: str, operation: str, filing: dict[str, Any], house: House
) -> None:
    method, path, told = named(operation)
    caller = by("operator" if operation in {"startCase", "actInCase"} else "clerk")
    if "processes" in told["tags"]:
        caller = by("clerk" if operation == "sendMessage" else "admin")
        _with_process(by, operation)
    values = {"case_id": case, "task_id": f"{case}.t-1", "deadline_id": f"{case}.d-1"}
    if operation == "startCase":
        filing["source"]["id"] = "another"
    if operation == "readOperation":
        note = by("clerk").act(case, "case.note", {"text": "备注"})
        values["operation_id"] = note.json()["command"]
    if operation in {"readNotice", "readServiceRecord", "readServiceProof"}:
        kept = house.services.files.put(b"%PDF-1.7 signed %%EOF")
        values |= {"number": f"{_with_proof(by, case, kept)}.n-1", "digest": kept}
    if operation == "readInstitution":
        house.store.register(TENANT, RegisterEntries(name="institutions", events=[on_file()]))
    query = {one["name"]: _example(one) for one in told.get("parameters", ()) if _asked(one)}
    values = {one["name"]: _example(one) for one in _in(told, "path") if "examples" in one} | values
    for body in _bodies(told):
        sent = _sent(caller, method, path.format_map(values), body, told, query)
        right = operation in OUT_OF_TURN and sent.status_code in (403, 404, 409, 422, 428)
        assert sent.is_success or right, (sent.status_code, sent.text)
        assert str(sent.status_code) in told["responses"]


def test_what_is_sent_in_its_turn_is_taken(by: As, case: str) -> None:
    _with_letter(by, case)
    _, _, told = named("actInCase")
    (body,) = _bodies(told)
    assert by("operator").act(case, "filing.supplement", body, version="*").is_success
    _, _, starts = named("startCase")
    assert any(by("operator").post("/cases", one).is_success for one in _bodies(starts))
    _, _, moves = named("moveClock")
    for move in _bodies(moves):
        assert by("clerk").post("/sandbox/clock", move).is_success


@pytest.mark.parametrize("operation", sorted(set(names()) - FREE))
def test_every_call_wants_a_key(by: As, operation: str) -> None:
    method, path, told = named(operation)
    assert told["security"]
    answer = by("clerk").http.request(method.upper(), f"/api/v1{path}", json={})
    assert (answer.status_code, code_of(answer)) == (401, "auth.required")


def _with_letter(by: As, case: str) -> str:
    missing = {"missing": [{"material": "premises", "reason": "缺少场地证明"}], "working_days": 10}
    assert by("clerk").act(case, "filing.request_supplement", missing).is_success
    return case


def _with_proof(by: As, case: str, proof: str) -> str:
    missing = {"missing": [{"material": "premises", "reason": "缺少场地证明"}], "service": "mail"}
    assert by("clerk").act(case, "filing.request_supplement", missing).is_success
    at = by("clerk").get("/sandbox/clock").json()["now"]
    told = {"notice": "n-1", "method": "mail", "at": at, "proof_digest": proof}
    assert by("clerk").act(case, "notice.serve", told).is_success
    return case


def _bodies(told: dict[str, Any]) -> list[Any]:
    if "requestBody" not in told:
        return [None]
    (content,) = told["requestBody"]["content"].values()
    assert content["examples"]
    return [one["value"] for one in content["examples"].values()]


def _in(told: dict[str, Any], place: str) -> list[dict[str, Any]]:
    return [one for one in told.get("parameters", ()) if one["in"] == place]


def _asked(parameter: dict[str, Any]) -> bool:
    return parameter["in"] == "query" and bool(parameter["required"])


def _example(parameter: dict[str, Any]) -> Any:  # noqa: ANN401  – whatever the example is
    assert parameter.get("examples"), f"{parameter['name']} has no example"
    return next(iter(parameter["examples"].values()))["value"]


def _with_process(by: As, operation: str) -> None:
    """Have what the examples name: a deployed process, a case of it that waits, a web service."""
    caller = by("admin")
    if operation not in {"deployProcess", "makeEndpoint"}:
        assert caller.post("/processes", PROCESS_FILE).is_success
        endpoint = {"name": ENDPOINT, "url": "https://8.8.8.8/hook"}
        assert caller.post("/endpoints", endpoint).is_success
    if operation == "sendMessage":
        key = {"key": MESSAGE["key"]}
        by("clerk").start({"procedure": "process", "variant": PROCESS, "with": key})


def _sent(
    caller: Caller,
    method: str,
    path: str,
    body: Said,
    told: dict[str, Any],
    query: dict[str, Any],
) -> Response:
    """Send one example."""
    if told["operationId"] == "uploadFile":
        digest = _example(next(iter(_in(told, "header"))))
        return caller.send("/uploads", body.encode(), {"content-digest": digest})
    if method == "delete":
        return caller.http.delete(BASE + path, headers={"authorization": f"Bearer {caller.key}"})
    if method == "post":
        return caller.post(path, body, {"if-match": "*"})
    return caller.get(path, **query)
