"""One key, one outcome, for ever; and whose version counts."""

from typing import Any

import pytest

from tests.api.bodies import MISSING, SUPPLEMENT
from tests.api.client import code_of
from tests.api.conftest import As
from tests.api.memory import House


def test_the_same_request_again_answers_the_same(by: As, filing: dict[str, Any]) -> None:
    key = {"idempotency-key": "again"}
    first = by("operator").post("/cases", filing, key)
    by("clerk").act(first.json()["case"], "filing.accept")
    second = by("operator").post("/cases", filing, key)
    assert second.status_code == 201
    assert second.json() == first.json()
    assert second.headers["etag"] == first.headers["etag"]
    assert second.headers["location"] == first.headers["location"]
    assert second.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers


def test_the_same_request_written_otherwise_is_the_same(by: As, case: str) -> None:
    path, key = f"/cases/{case}/commands/case.note", {"idempotency-key": "spelt"}
    number = by("clerk").get(f"/cases/{case}").json()["number"]
    first = by("clerk").send(path, b'{"text":"\xe5\xa4\x87"}', key)
    assert first.status_code == 200, first.text
    other = f"/cases/{number}/commands/case.note"
    second = by("clerk").send(other, b' {"text" : "\\u5907"} ', key)
    assert second.headers["idempotent-replayed"] == "true"


def test_the_same_key_with_another_body_is_refused_and_changes_nothing(
    by: As, filing: dict[str, Any]
) -> None:
    key = {"idempotency-key": "other"}
    first = by("operator").post("/cases", filing, key)
    filing["with"]["computerised"] = False
    second = by("operator").post("/cases", filing, key)
    assert (second.status_code, code_of(second)) == (422, "idempotency.body_differs")
    assert second.json()["command"] == first.json()["command"]
    assert len(by("operator").get("/cases").json()["items"]) == 1


def test_the_same_key_of_another_person_or_tenant_is_another_key(
    by: As, filing: dict[str, Any]
) -> None:
    key = {"idempotency-key": "mine"}
    del filing["source"]
    answers = [
        by("operator").post("/cases", filing, key),
        by("principal").post("/cases", filing, key),
        by("operator", tenant="elsewhere").post("/cases", filing, key),
    ]
    assert [one.status_code for one in answers] == [201, 201, 201]
    assert len({one.json()["case"] for one in answers}) == 3


def test_a_refusal_belongs_to_its_key_too(by: As, case: str) -> None:
    key = {"idempotency-key": "refused", "if-match": '"1"'}
    path = f"/cases/{case}/commands/filing.accept"
    first = by("clerk").post(path, {}, key)
    assert (first.status_code, code_of(first)) == (412, "case.version_conflict")
    assert first.json()["command"]
    assert first.json()["received_at"]
    again = by("clerk").post(path, {}, {**key, "if-match": "*"} | {"if-match": '"99"'})
    assert again.headers["idempotent-replayed"] == "true"
    assert again.json()["command"] == first.json()["command"]


def test_a_source_has_one_case_whatever_the_key(by: As, filing: dict[str, Any]) -> None:
    first = by("operator").post("/cases", filing)
    second = by("operator").post("/cases", filing)
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["case"] == first.json()["case"]
    foreign = by("zhuzhou-operator").post("/cases", filing)
    assert (foreign.status_code, code_of(foreign)) == (409, "source.taken")


def test_notes_and_clocks_do_not_spoil_the_version_that_was_judged(by: As, case: str) -> None:
    seen = by("clerk").get(f"/cases/{case}").headers["etag"]
    assert by("clerk").act(case, "case.note", {"text": "电话核实"}).status_code == 200
    assert by("clerk").get(f"/cases/{case}").headers["etag"] != seen
    assert by("clerk").act(case, "filing.accept", version=seen).status_code == 200


def test_an_act_on_what_somebody_changed_meanwhile_is_a_conflict(by: As, case: str) -> None:
    seen = by("clerk").get(f"/cases/{case}").headers["etag"]
    by("clerk").act(case, "filing.request_supplement", MISSING)
    by("operator").act(case, "filing.supplement", SUPPLEMENT, version="*")
    late = by("clerk").act(case, "filing.accept", version=seen)
    assert (late.status_code, code_of(late)) == (412, "case.version_conflict")


def test_the_stage_is_judged_before_the_version(by: As, case: str) -> None:
    seen = by("clerk").get(f"/cases/{case}").headers["etag"]
    by("clerk").act(case, "filing.accept")
    late = by("clerk").act(case, "filing.accept", version=seen)
    assert (late.status_code, code_of(late)) == (409, "case.wrong_stage")


def test_that_a_colleague_was_faster_is_told_before_the_stage(by: As, case: str) -> None:
    seen = by("reviewer").get(f"/cases/{case}").headers["etag"]
    by("clerk").act(case, "filing.accept")
    late = by("reviewer").act(case, "filing.accept", version=seen)
    assert (late.status_code, code_of(late)) == (409, "task.already_done")
    assert "p-clerk" in late.json()["detail"]


def test_a_party_loses_no_term_to_a_version_number(by: As, case: str) -> None:
    by("clerk").act(case, "filing.request_supplement", MISSING)
    answer = by("operator").act(case, "filing.supplement", SUPPLEMENT, version="*")
    assert answer.status_code == 200


def test_after_the_end_every_act_is_refused(by: As, case: str) -> None:
    refused = {"reasons": ["场地不足"], "legal_basis": ["HN-2022-1 一(一)"]}
    by("clerk").act(case, "filing.refuse_acceptance", refused)
    for login, command, body in (
        ("clerk", "filing.accept", {}),
        ("operator", "filing.supplement", SUPPLEMENT),
        ("operator", "case.withdraw", {}),
    ):
        answer = by(login).act(case, command, body)
        assert (answer.status_code, code_of(answer)) == (409, "case.closed")


def test_the_wrong_role_is_told_and_so_is_the_wrong_place(by: As, case: str) -> None:
    role = by("operator").act(case, "filing.accept")
    assert (role.status_code, code_of(role)) == (403, "case.role_required")
    parent = by("province-reviewer").act(case, "filing.assess", {"passed": True})
    assert (parent.status_code, code_of(parent)) == (403, "case.outside_jurisdiction")


def test_a_refused_opening_opens_no_case(by: As, filing: dict[str, Any]) -> None:
    del filing["with"]["commitment"]
    answer = by("operator").post("/cases", filing)
    assert (answer.status_code, code_of(answer)) == (422, "filing.commitment_missing")
    assert answer.json()["case"] is None
    assert "承诺" in answer.json()["detail"]
    assert by("operator").get("/cases").json()["items"] == []


def test_who_does_not_want_to_wait_gets_an_operation(by: As, filing: dict[str, Any]) -> None:
    answer = by("operator").post("/cases", filing, {"prefer": "respond-async"})
    assert answer.status_code == 202
    assert answer.headers["preference-applied"] == "respond-async"
    assert answer.headers["retry-after"]
    path = answer.headers["location"].removeprefix("/api/v1")
    operation = by("operator").get(path).json()
    assert operation["id"] == answer.json()["id"]
    assert operation["received_at"] == "2024-04-26T17:00:00+08:00"


@pytest.mark.parametrize("fault", [ConnectionError("away"), OSError("broken")])
def test_with_temporal_away_an_act_is_received_all_the_same(
    house: House, by: As, filing: dict[str, Any], fault: Exception
) -> None:
    house.conductor.away = fault
    answer = by("operator").post("/cases", filing)
    assert answer.status_code == 202
    assert answer.json()["status"] == "queued"
    assert answer.json()["received_at"] == "2024-04-26T17:00:00+08:00"
    house.conductor.away = None
    by("clerk").post("/sandbox/clock", {"advance_to": "2024-04-26T17:00:01+08:00"})
    path = answer.headers["location"].removeprefix("/api/v1")
    done = by("operator").get(path).json()
    assert (done["status"], done["result"]["outcome"]) == ("succeeded", "done")


def test_an_answer_comes_by_its_time_though_the_decision_hangs(
    house: House, by: As, filing: dict[str, Any]
) -> None:
    house.conductor.asleep.set()
    answer = by("operator").post("/cases", filing, {"prefer": "wait=1"})
    assert answer.status_code == 202
    assert answer.headers["preference-applied"] == "wait=1"


def test_a_refused_operation_carries_its_problem(by: As, case: str) -> None:
    refused = by("operator").act(case, "filing.accept").json()
    operation = by("operator").get(f"/operations/{refused['command']}").json()
    assert operation["status"] == "refused"
    assert operation["problem"]["code"] == "case.role_required"
    assert by("zhuzhou-clerk").get(f"/operations/{refused['command']}").status_code == 404


def test_a_dry_run_shows_what_would_happen_and_stores_nothing(
    house: House, by: As, case: str
) -> None:
    before = len(house.store.tables.inbox)
    answer = by("clerk").post(
        f"/cases/{case}/commands/filing.request_supplement",
        MISSING,
        {"idempotency-key": ""},
        dry_run="true",
    )
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["outcome"] == "done"
    assert told["status"] == "correction_required"
    assert [(one["key"], one["change"]) for one in told["deadlines"]] == [
        ("filing.acceptance", "met"),
        ("filing.supplement", "opened"),
    ]
    assert told["notices"][0]["kind"] == "filing.supplement"
    assert "补正" in told["next"]
    assert len(house.store.tables.inbox) == before
    assert by("clerk").get(f"/cases/{case}").json()["status"] == "received"


def test_a_dry_run_names_the_refusal_it_would_meet(
    by: As, case: str, filing: dict[str, Any]
) -> None:
    wrong = by("operator").post(f"/cases/{case}/commands/filing.accept", {}, dry_run="true")
    assert wrong.json()["problem"]["code"] == "case.role_required"
    opening = by("operator").post("/cases", filing, dry_run="true")
    assert opening.status_code == 200, opening.text
    assert "filing.submitted" in [one["type"] for one in opening.json()["events"]]


def test_the_outcome_is_answered_again_after_the_case_went_to_another_office(
    by: As, case: str
) -> None:
    path = f"/cases/{case}/commands/case.transfer"
    body, key = {"jurisdiction": "430200", "reason": "登记地"}, {"idempotency-key": "moved"}
    first = by("reviewer").post(path, body, {**key, "if-match": "*"})
    assert first.status_code == 200, first.text
    assert by("reviewer").get(f"/cases/{case}").status_code == 404
    again = by("reviewer").post(path, body, {**key, "if-match": "*"})
    assert (again.status_code, again.json()) == (200, first.json())
    assert again.headers["idempotent-replayed"] == "true"
    other = by("reviewer").post(path, {**body, "reason": "x"}, {**key, "if-match": "*"})
    assert code_of(other) == "idempotency.body_differs"
    new = by("reviewer").post(path, body, {"if-match": "*"})
    assert code_of(new) == "case.not_found"
    stranger = by("reviewer-2").post(path, body, {**key, "if-match": "*"})
    assert code_of(stranger) == "case.not_found"


def test_the_outcome_of_a_task_is_answered_again_whoever_has_it_now(by: As, case: str) -> None:
    path = f"/tasks/{case}.t-1/commands"
    claim, done = {"idempotency-key": "mine"}, {"idempotency-key": "done"}
    first = by("clerk").post(f"{path}/claim", {}, claim)
    assert by("clerk").post(f"{path}/assign", {"to": "p-reviewer"}).status_code == 200
    again = by("clerk").post(f"{path}/claim", {}, claim)
    assert (again.status_code, again.json()) == (200, first.json())
    assert again.headers["idempotent-replayed"] == "true"
    body = {"command": "filing.accept", "with": {}}
    named = by("reviewer").post(f"{path}/complete", body, {**done, "if-match": "*"})
    assert named.status_code == 428  # judged by what was seen: a number is needed
    seen = {"if-match": by("clerk").get(f"/cases/{case}").headers["etag"]}
    first = by("reviewer").post(f"{path}/complete", body, {**done, **seen})
    assert first.status_code == 200, first.text
    moved = {"jurisdiction": "430200", "reason": "登记地"}
    assert by("reviewer").act(case, "case.transfer", moved, version="*").status_code == 200
    for key, name, sent in ((done, "complete", body), (claim, "claim", {})):
        login = "reviewer" if key is done else "clerk"
        again = by(login).post(f"{path}/{name}", sent, {**key, **seen})
        assert again.headers.get("idempotent-replayed") == "true", again.text
    late = by("reviewer").post(f"{path}/complete", body, seen)
    assert code_of(late) == "task.not_found"


def test_the_way_a_case_is_named_does_not_make_another_request(by: As, case: str) -> None:
    number = by("clerk").get(f"/cases/{case}").json()["number"]
    body, key = {"jurisdiction": "430200", "reason": "登记地"}, {"idempotency-key": "named"}
    headers = {**key, "if-match": "*"}
    first = by("reviewer").post(f"/cases/{number}/commands/case.transfer", body, headers)
    again = by("reviewer").post(f"/cases/{case}/commands/case.transfer", body, headers)
    assert again.json() == first.json()
