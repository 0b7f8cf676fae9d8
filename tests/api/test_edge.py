"""What is turned away before anything is stored: each its own code, in Chinese and English."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.client import BASE, code_of
from tests.api.conftest import FRIDAY, As
from tests.api.memory import House, memory_house

FAULTS = {
    "not JSON": (b"{", "json", ""),
    "not UTF-8": (b'{"a":"\xff"}', "json", ""),
    "a byte order mark": (b"\xef\xbb\xbf{}", "json", ""),
    "doubled": (b'{"procedure":"a","procedure":"b"}', "duplicate", "/procedure"),
    "deep": (b'{"with":' + b"[" * 200 + b"]" * 200 + b"}", "depth", ""),
    "a fraction": (b'{"with":{"a":1.5}}', "type", "/with/a"),
    "not a number": (b'{"with":{"a":NaN}}', "type", "/with/a"),
    "a huge integer": (b'{"with":{"a":1' + b"0" * 30 + b"}}", "type", "/with/a"),
    "half a surrogate": (b'{"with":{"a":"\\ud800"}}', "type", "/with/a"),
    "a null character": (b'{"with":{"a":"\\u0000"}}', "type", "/with/a"),
    "a huge negative integer": (b'{"with":{"a":-1' + b"0" * 5_000 + b"}}", "type", "/with/a"),
    "a name with half a surrogate": (b'{"with":{"\\udc00":1}}', "type", "/with"),
    "UTF-16": ("{}".encode("utf-16"), "json", ""),
    "brackets without end": (b"[" * 100_000, "depth", ""),
    "a list": (b"[]", "type", ""),
    "nothing at all": (b"null", "type", ""),
    "only blanks": (b"   ", "json", ""),
}
ODD_KEYS = {
    "empty": b"",
    "blank": b"  ",
    "too long": b"k" * 256,
    "not ASCII": "键".encode(),
    "Latin-1": b"caf\xe9",
    "with a null character": b"a\x00b",
    "with a tab": b"a\tb",
}


@pytest.mark.parametrize("named", FAULTS)
def test_what_two_readers_could_read_differently_is_malformed(by: As, named: str) -> None:
    body, code, pointer = FAULTS[named]
    answer = by("operator").send("/cases", body)
    assert (answer.status_code, code_of(answer)) == (422, "command.malformed")
    first = answer.json()["errors"][0]
    assert (first["code"], first["pointer"]) == (code, pointer)
    english = by("operator").send("/cases", body, {"accept-language": "en"}).json()
    for told, chosen in ((answer.json(), False), (english, True)):
        for text in (told["title"], told["detail"], told["errors"][0]["detail"]):
            assert text.isascii() is chosen, text


@pytest.mark.parametrize("named", ODD_KEYS)
def test_an_idempotency_key_that_cannot_be_one_is_turned_away(
    http: TestClient, house: House, filing: dict[str, Any], named: str
) -> None:
    headers = {b"authorization": b"Bearer demo-operator", b"idempotency-key": ODD_KEYS[named]}
    answer = http.post(f"{BASE}/cases", json=filing, headers=headers)
    assert (answer.status_code, code_of(answer)) == (400, "request.key_missing")
    assert not house.store.tables.inbox


def test_the_longest_key_is_taken_and_says_the_same_again(by: As, filing: dict[str, Any]) -> None:
    key = {"idempotency-key": "k" * 255}
    assert by("operator").post("/cases", filing, key).status_code == 201
    assert by("operator").post("/cases", filing, key).headers["idempotent-replayed"] == "true"


def test_every_fault_of_the_payload_is_named_by_its_place(by: As, filing: dict[str, Any]) -> None:
    filing["with"]["scope"][0]["level"] = "4"
    filing["with"]["status"] = "closed"
    filing["with"]["materials"][0]["digest"] = "sha256:short"
    filing["with"]["commitment"]["signed_at"] = "2024-02-30"
    answer = by("operator").post("/cases", filing)
    assert answer.status_code == 422
    told = {one["pointer"]: one["code"] for one in answer.json()["errors"]}
    assert told == {
        "/with/scope/0/level": "type",
        "/with/status": "field",
        "/with/materials/0/digest": "type",
        "/with/commitment/signed_at": "date",
    }


def test_an_instant_needs_an_offset(by: As, filing: dict[str, Any]) -> None:
    filing["with"]["commitment"]["signed_at"] = "2024-04-26T10:00:00"
    answer = by("operator").post("/cases", filing)
    assert [one["code"] for one in answer.json()["errors"]] == ["date"]


def test_unknown_members_of_the_envelope_are_faults(by: As, filing: dict[str, Any]) -> None:
    answer = by("operator").post("/cases", {**filing, "status": "closed"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "field"


def test_false_is_no_integer(by: As) -> None:
    answer = by("clerk").post("/sandbox/clock", {"advance_working_days": False})
    assert code_of(answer) == "command.malformed"


@pytest.mark.parametrize("change", [{"procedure": "guess"}, {"variant": "guess"}])
def test_what_cannot_be_started_is_told_in_both_languages(
    by: As, filing: dict[str, Any], change: dict[str, str]
) -> None:
    for language, title in (("zh", "没有这个程序或类型"), ("en", "There is no such procedure")):
        answer = by("operator").post("/cases", filing | change, {"accept-language": language})
        assert (answer.status_code, code_of(answer)) == (404, "procedure.unknown")
        assert answer.json()["title"].startswith(title)


def test_a_fault_of_form_says_what_is_wrong_in_words(by: As, filing: dict[str, Any]) -> None:
    odd = {**filing, "procedure": 1, "jurisdiction": "4301", "more": True}
    odd["variant"] = 2
    told = {
        one["pointer"]: one["detail"] for one in by("operator").post("/cases", odd).json()["errors"]
    }
    assert told == {
        "/procedure": "须为文本",
        "/variant": "须为文本",
        "/jurisdiction": "管辖为六位代码",
        "/more": "没有此项",
    }


@pytest.mark.parametrize(
    ("query", "code"), [("count=exact", "field"), ("limit=1&limit=2", "duplicate")]
)
def test_a_parameter_nobody_reads_or_that_stands_twice_is_a_fault(
    by: As, query: str, code: str
) -> None:
    answer = by("clerk").get(f"/cases?{query}")
    assert (answer.status_code, code_of(answer)) == (422, "command.malformed")
    fault = answer.json()["errors"][0]
    assert (fault["pointer"], fault["code"]) == (f"/query/{query.partition('=')[0]}", code)
    assert by("clerk").get("/cases?status=received&status=closed").is_success


def test_a_body_is_measured_before_it_is_read(by: As) -> None:
    answer = by("operator").send("/cases", b" " * 3_000_000)
    assert (answer.status_code, code_of(answer)) == (413, "request.too_large")


def test_only_json_is_taken(by: As) -> None:
    answer = by("operator").send("/cases", b"{}", {"content-type": "text/plain"})
    assert (answer.status_code, code_of(answer)) == (415, "request.media_type")


def test_nobody_comes_in_without_a_key(http: TestClient, by: As) -> None:
    answer = http.get(f"{BASE}/cases")
    assert (answer.status_code, code_of(answer)) == (401, "auth.required")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    wrong = http.get(f"{BASE}/cases", headers={"authorization": "Bearer nobody"})
    assert code_of(wrong) == "auth.required"
    assert by("clerk").get("/cases").is_success


def test_cookies_are_not_read(http: TestClient) -> None:
    cookie = {"cookie": "session=demo-clerk; authorization=Bearer demo-clerk"}
    answer = http.get(f"{BASE}/cases", headers=cookie)
    assert code_of(answer) == "auth.required"


def test_a_key_without_the_scope_is_told_which_one(house: House, by: As) -> None:
    actor = house.people.accounts["demo-clerk"].actor
    house.people.add("demo", "reader", actor, scopes=frozenset({"case:read"}))
    assert by("reader").get("/cases").is_success
    answer = by("reader").post("/cases", {})
    assert (answer.status_code, code_of(answer)) == (403, "auth.scope")
    assert "case:start" in answer.json()["detail"]


def test_an_unsafe_request_needs_an_idempotency_key(http: TestClient, by: As, case: str) -> None:
    headers = {"authorization": "Bearer demo-clerk", "if-match": '"1"'}
    for path in ("/cases", f"/cases/{case}/commands/filing.accept"):
        answer = http.post(BASE + path, json={}, headers=headers)
        assert (answer.status_code, code_of(answer)) == (400, "request.key_missing")
    spaced = by("clerk").post("/cases", {}, {"idempotency-key": "  "})
    assert code_of(spaced) == "request.key_missing"


def test_a_command_on_others_acts_names_the_version_it_judged(by: As, case: str) -> None:
    path = f"/cases/{case}/commands/filing.accept"
    for headers in ({}, {"if-match": "*"}):
        answer = by("clerk").post(path, {}, headers)
        assert (answer.status_code, code_of(answer)) == (428, "request.version_missing")
    odd = by("clerk").post(path, {}, {"if-match": "six"})
    assert code_of(odd) == "command.malformed"


def test_unknown_names_are_not_found(by: As, case: str, filing: dict[str, Any]) -> None:
    command = by("clerk").post(f"/cases/{case}/commands/filing.guess", {})
    assert (command.status_code, code_of(command)) == (404, "command.unknown")
    for change in ({"procedure": "guess"}, {"variant": "guess"}, {"variant": "henan_school"}):
        answer = by("operator").post("/cases", filing | change)
        assert (answer.status_code, code_of(answer)) == (404, "procedure.unknown")
    assert code_of(by("clerk").get("/nothing")) == "request.not_found"
    assert code_of(by("clerk").get("/operations/guess")) == "operation.not_found"
    assert code_of(by("clerk").get("/tasks/guess")) == "task.not_found"
    assert code_of(by("clerk").get("/deadlines/guess")) == "deadline.not_found"
    assert code_of(by("clerk").get("/law/calendar/1900")) == "calendar.unknown_year"


def test_a_path_with_a_line_break_is_nowhere(by: As) -> None:
    answer = by("clerk").get("/cases/a%0Ab")
    assert (answer.status_code, code_of(answer)) == (404, "request.not_found")


def test_a_wrong_method_names_the_right_ones(by: As) -> None:
    answer = by("clerk").http.delete(
        f"{BASE}/cases", headers={"authorization": "Bearer demo-clerk"}
    )
    assert (answer.status_code, code_of(answer)) == (405, "request.method")
    assert answer.headers["allow"]


def test_two_jurisdictions_in_one_body_are_a_fault(by: As, filing: dict[str, Any]) -> None:
    filing["with"]["jurisdiction"] = "430200"
    answer = by("operator").post("/cases", filing)
    assert answer.json()["errors"][0]["pointer"] == "/jurisdiction"


def test_nothing_of_what_was_turned_away_is_stored(
    house: House, by: As, filing: dict[str, Any]
) -> None:
    by("operator").send("/cases", b"{")
    by("operator").post("/cases", {**filing, "variant": "guess"})
    by("operator").post("/cases", filing, {"idempotency-key": ""})
    assert not house.store.tables.inbox


def test_every_answer_is_told_apart_and_in_the_callers_language(by: As) -> None:
    named = {"x-request-id": "mine-1", "traceparent": f"00-{'a' * 32}-{'b' * 16}-01"}
    answer = by("clerk").get("/nothing", {**named, "accept-language": "en-GB, zh;q=0.5"})
    assert answer.headers["x-request-id"] == answer.json()["request_id"] == "mine-1"
    assert answer.headers["traceparent"] == named["traceparent"]
    assert answer.headers["content-language"] == "en"
    assert answer.headers["api-version"]
    assert answer.json()["title"] == "There is nothing at this address"
    chinese = by("clerk").get("/nothing", {"x-request-id": "bad id\n" * 30})
    assert chinese.headers["x-request-id"].startswith("r-")
    assert chinese.headers["content-language"] == "zh-CN"
    assert chinese.json()["title"] == "没有这个地址"
    assert chinese.headers["cache-control"] == "no-store"


def test_the_type_of_a_problem_is_a_page_with_cause_and_remedy(http: TestClient, by: As) -> None:
    kind = by("clerk").get("/nothing").json()["type"]
    page = http.get(kind)
    assert page.status_code == 200
    assert "对照接口说明检查路径" in page.text
    assert "Check the path" in page.text
    assert http.get("/problems/guess").status_code == 404
    assert "case.wrong_stage" in http.get("/problems").text


def test_a_portal_acts_for_whom_it_has_a_mandate(by: As, filing: dict[str, Any]) -> None:
    acting = 'person="p-operator", role="institution.operator", organisation="524300007QN1NLFJTT"'
    opened = by("portal").post("/cases", filing, {"acting-for": acting})
    assert opened.status_code == 201, opened.text
    item = by("clerk").get(f"/cases/{opened.json()['case']}/timeline").json()["items"][0]
    assert (item["by"]["person"], item["channel"]) == ("p-operator", "api:portal")
    stranger = acting.replace("p-operator", "p-stranger")
    assert code_of(by("portal").post("/cases", filing, {"acting-for": stranger})) == (
        "portal.no_mandate"
    )
    assert code_of(by("clerk").get("/cases", {"acting-for": acting})) == "portal.no_mandate"
    assert code_of(by("portal").get("/cases", {"acting-for": "person=p"})) == "command.malformed"


def test_in_production_the_sandbox_does_not_exist(tmp_path: Path) -> None:
    with TestClient(memory_house(tmp_path, at=FRIDAY, sandboxed=False).app) as http:
        for path in ("/sandbox/clock", "/sandbox/tenants"):
            answer = http.post(BASE + path, json={})
            assert (answer.status_code, code_of(answer)) == (404, "request.not_found")
        assert "/sandbox/clock" not in http.get(f"{BASE}/openapi.json").json()["paths"]


def test_who_asks_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    headers = {"authorization": "Bearer demo-clerk"}
    with TestClient(memory_house(tmp_path, at=FRIDAY, rate=2).app) as http:
        first = http.get(f"{BASE}/procedures", headers=headers)
        assert first.headers["ratelimit-policy"] == '"default";q=2;w=60'
        assert first.headers["ratelimit"].startswith('"default";r=1;t=')
        http.get(f"{BASE}/procedures", headers=headers)
        third = http.get(f"{BASE}/procedures", headers=headers)
        assert (third.status_code, code_of(third)) == (429, "request.rate_limited")
        assert 0 < int(third.headers["retry-after"]) <= 60
        assert http.get(f"{BASE}/procedures", headers={"authorization": "Bearer demo-reviewer"})
