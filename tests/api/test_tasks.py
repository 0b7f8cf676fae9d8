"""Open work over HTTP."""

from typing import Any

import pytest

from tests.api.bodies import MISSING
from tests.api.client import code_of
from tests.api.conftest import As


@pytest.fixture
def task(by: As, case: str) -> str:
    """The open task of the case just opened."""
    found = by("clerk").get("/tasks").json()["items"]
    assert [one["case"] for one in found] == [case]
    return str(found[0]["id"])


def test_an_open_task_says_who_does_it_by_when(by: As, task: str) -> None:
    view = by("clerk").get(f"/tasks/{task}").json()
    assert (view["role"], view["state"], view["assignee"]) == ("center.*", "open", None)
    assert view["due"] == "2024-05-09"
    assert "filing.accept" in view["commands"]


def test_a_task_is_taken_on_given_back_and_handed_over(by: As, task: str) -> None:
    path = f"/tasks/{task}/commands"
    assert by("clerk").post(f"{path}/claim", {}).status_code == 200
    assert by("clerk").get(f"/tasks/{task}").json()["assignee"] == "p-clerk"
    assert [one["id"] for one in by("clerk").get("/tasks", mine="true").json()["items"]] == [task]
    taken = by("reviewer").post(f"{path}/claim", {})
    assert (taken.status_code, code_of(taken)) == (409, "task.already_claimed")
    assert "p-clerk" in taken.json()["detail"]
    assert by("clerk").post(f"{path}/release", {}).status_code == 200
    assert by("clerk").get(f"/tasks/{task}").json()["assignee"] is None
    assert by("clerk").post(f"{path}/assign", {"to": "p-reviewer"}).status_code == 200
    assert by("reviewer").get("/tasks", mine="true").json()["items"]
    assert by("clerk").get("/tasks", unassigned="true").json()["items"] == []


def test_nobody_takes_on_a_task_of_another_role(by: As, case: str, task: str) -> None:
    assert by("clerk").act(case, "filing.accept").status_code == 200
    (assess,) = by("clerk").get("/tasks").json()["items"]
    path = f"/tasks/{assess['id']}/commands"
    refused = by("clerk").post(f"{path}/claim", {})
    assert (refused.status_code, code_of(refused)) == (403, "case.role_required")
    assert by("clerk").post(f"{path}/assign", {"to": "p-reviewer"}).status_code == 200
    assert task != assess["id"]


def test_a_task_is_done_by_one_of_its_commands(by: As, case: str, task: str) -> None:
    path = f"/tasks/{task}/commands/complete"
    seen = {"if-match": by("clerk").get(f"/cases/{case}").headers["etag"]}
    unnamed = by("clerk").post(path, {}, seen)
    assert unnamed.json()["errors"][0]["pointer"] == "/command"
    body = {"command": "filing.request_supplement", "with": MISSING}
    key = {"idempotency-key": "complete"}
    first = by("clerk").post(path, body, {**seen, **key})
    assert first.status_code == 200, first.text
    again = by("clerk").post(path, body, {**seen, **key})
    assert again.headers["idempotent-replayed"] == "true"
    late = by("reviewer").post(path, body, seen)
    assert (late.status_code, code_of(late)) == (409, "task.already_done")
    assert "p-clerk" in late.json()["detail"]


def test_a_foreign_task_is_not_found(by: As, task: str) -> None:
    for path in (f"/tasks/{task}", f"/tasks/{task}x"):
        assert code_of(by("zhuzhou-clerk").get(path)) == "task.not_found"
    for name in ("claim", "release"):
        answer = by("zhuzhou-clerk").post(f"/tasks/{task}/commands/{name}", {})
        assert code_of(answer) == "task.not_found"


@pytest.fixture
def objections(by: As, filing: dict[str, Any]) -> list[str]:
    """The tasks of two objections to a social organisation's filing."""
    filing["with"]["institution"] |= {"type": "social_organisation", "serves": "public"}
    case = by("operator").start(filing)["case"]
    for login, command, body in (
        ("clerk", "filing.accept", {}),
        ("reviewer", "filing.assess", {"passed": True, "experts": ["p-e"]}),
        ("clerk", "filing.publish_notice", {}),
        ("public", "filing.object", {"text": "场地不符"}),
        ("public", "filing.object", {"text": "人员不符"}),
    ):
        done = by(login).act(case, command, body, version="*" if login == "public" else None)
        assert done.status_code == 200, done.text
    found = by("reviewer").get("/tasks").json()["items"]
    return [str(one["id"]) for one in found if one["task"] == "resolve_objection"]


def test_the_task_of_an_objection_resolves_that_one(by: As, objections: list[str]) -> None:
    first, second = objections
    case = first.partition(".")[0]
    seen = {"if-match": by("reviewer").get(f"/cases/{case}").headers["etag"]}
    path, given = f"/tasks/{second}/commands/complete", {"upheld": False, "reason": "经核查"}
    other = by("reviewer-2").post(path, {"with": given | {"objection": "o-1"}}, seen)
    assert other.json()["errors"][0]["pointer"] == "/with/objection"
    once = seen | {"idempotency-key": "resolve"}
    done = by("reviewer-2").post(path, {"with": given}, once)
    assert done.status_code == 200, done.text
    assert by("reviewer").get(f"/tasks/{second}").json()["state"] == "completed"
    assert by("reviewer").get(f"/tasks/{first}").json()["state"] == "open"
    events = by("reviewer").get(f"/cases/{case}/timeline", level="technical", limit=200)
    resolved = [one for one in events.json()["items"] if one["type"] == "filing.objection_resolved"]
    assert [one["data"]["objection"] for one in resolved] == ["o-2"]
    again = by("reviewer-2").post(path, {"with": given}, once)
    assert again.headers["idempotent-replayed"] == "true"
