"""What the office keeps to itself, and who its people are: planted, and looked for everywhere."""

import re

import pytest

from tests.api.bodies import MISSING, SUPPLEMENT
from tests.api.client import Caller, code_of
from tests.api.conftest import As

NOTE, EXPERT, CHIEF = "planted-remark", "p-planted-expert", "p-planted-chief"
OFFICE = ("p-clerk", "p-reviewer", "api:clerk", "api:reviewer")
PLANTED = (NOTE, EXPERT, CHIEF, *OFFICE)
INTERNAL = ("case.noted", "case.assigned")
OWN_SIDE = ("operator", "principal")
HTML = {"accept": "text/html"}
LEVELS = ("story", "work", "technical")
ABOVE = ("clerk", "reviewer", "province-reviewer")


@pytest.fixture
def case(by: As, case: str) -> str:
    """A case of which each step left something that is not for the applicant."""
    clerk, reviewer = by("clerk"), by("reviewer")
    task = str(clerk.get("/tasks").json()["items"][0]["id"])
    steps = (
        clerk.post(f"/tasks/{task}/commands/claim", {}),
        clerk.act(case, "case.note", {"text": NOTE}),
        reviewer.act(case, "deadline.extend", _longer(1)),  # refused, with an event of it
        clerk.act(case, "filing.request_supplement", MISSING),
        by("operator").act(case, "filing.supplement", SUPPLEMENT, version="*"),
        clerk.act(case, "filing.accept"),
        reviewer.act(case, "case.assign", {"to": "p-reviewer"}),
        reviewer.act(case, "filing.assess", {"passed": True, "experts": [EXPERT]}),
        reviewer.act(case, "filing.approve"),  # refused: who assessed does not approve
        by("reviewer-2").act(
            case, "filing.approve", {"exception": {"reason": "确需", "approved_by": CHIEF}}
        ),
    )
    assert [one.status_code for one in steps] == [200, 200, 409, 200, 200, 200, 200, 200, 409, 200]
    return case


def _longer(days: int) -> dict[str, object]:
    return {"key": "filing.acceptance", "amount": days, "reason": NOTE, "cite": "HN-2022-1 一(二)"}


def _read(caller: Caller, case: str, commands: list[str], parts: list[str]) -> dict[str, str]:
    """Return what every read path answers, by path."""
    paths = [
        "/cases", "/tasks", "/tasks?mine=true", "/tasks?unassigned=true", "/deadlines", "/events",
        f"/events?case={case}", f"/cases/{case}", f"/cases/{case}/state",
        f"/cases/{case}/deadlines", f"/cases/{case}/diagram", "/uploads/x", "/meta",
        *(f"/cases/{case}/timeline?level={one}&limit=200" for one in LEVELS),
        *(f"/operations/{one}" for one in commands), f"/cases/{case}/receipt",
        *parts,
    ]  # fmt: skip
    pages = [one for one in paths if one.startswith("/notices/") or one.endswith("/receipt")]
    sheets = {f"{one} as a page": caller.get(one, HTML).text for one in pages}
    services = {f"{one}/service": caller.get(f"{one}/service", HTML).text for one in pages}
    return {path: caller.get(path).text for path in paths} | sheets | services


def _parts(by: As, case: str) -> tuple[list[str], list[str]]:
    """Return the ids of all commands, and the paths of all tasks, deadlines and letters."""
    office = by("clerk")
    items = office.get(f"/cases/{case}/timeline", level="technical", limit=200).json()["items"]
    commands = list(dict.fromkeys(one["command"] for one in items))
    whole = office.get(f"/cases/{case}").json()
    tasks = [
        f"/tasks/{case}.{one['data']['task']}" for one in items if one["type"] == "task.opened"
    ]
    deadlines = [f"/deadlines/{one}" for one in whole["deadlines"]]
    notices = [f"/notices/{case}.{one['id']}" for one in whole["notices"]]
    assert len(tasks) > 2
    assert len(notices) > 1
    return commands, [*tasks, *deadlines, *notices]


@pytest.mark.parametrize("login", OWN_SIDE)
def test_the_applicant_reads_no_word_of_the_office_to_itself_and_no_name(
    by: As, case: str, login: str
) -> None:
    for path, said in _read(by(login), case, *_parts(by, case)).items():
        found = [one for one in PLANTED if re.search(rf"(?<![\w-]){one}(?![\w-])", said)]
        assert not found, (path, found)
        assert not [one for one in INTERNAL if f'"type":"{one}"' in said], path


@pytest.mark.parametrize("login", ABOVE)
def test_the_office_and_those_above_it_read_all_of_it(by: As, case: str, login: str) -> None:
    said = by(login).get(f"/cases/{case}/timeline", level="technical", limit=200).text
    assert not [one for one in PLANTED if one not in said]
    assert set(INTERNAL) <= {
        one["type"] for one in by(login).get("/events", limit=200).json()["items"]
    }


def test_the_applicant_reads_what_its_own_people_did(by: As, case: str) -> None:
    items = (
        by("principal").get(f"/cases/{case}/timeline", level="technical", limit=200).json()["items"]
    )
    filed = next(one for one in items if one["type"] == "filing.submitted")
    assert filed["by"]["person"] == "p-operator"
    assert filed["channel"] == "api:operator"
    assert filed["data"]["commitment"]["signed_by"] == "p-principal"
    done = by("principal").get(f"/tasks/{case}.t-2").json()
    assert (done["task"], done["done_by"]) == ("supplement", "p-operator")


def test_an_act_is_told_to_the_side_that_sent_it_and_to_the_office(by: As, case: str) -> None:
    for one in _parts(by, case)[0]:
        path = f"/operations/{one}"
        answer = by("clerk").get(path)
        if answer.status_code == 404:  # the law's own
            continue
        ours = answer.json()["command"] in ("filing.submit", "filing.supplement")
        assert (by("principal").get(path).status_code == 200) is ours, answer.text


def test_a_refusal_names_no_clerk_to_the_applicant(by: As, case: str) -> None:
    path = f"/tasks/{case}.t-1/commands"
    body = {"command": "filing.accept", "with": {}}
    late = by("operator").post(f"{path}/complete", body, {"if-match": '"1"'})
    assert (late.status_code, code_of(late)) == (409, "task.already_done")
    assert "p-clerk" not in late.text
    claim = by("operator").post(f"{path}/claim", {})
    assert "p-clerk" not in claim.text
    assert "p-clerk" in by("reviewer").post(f"{path}/complete", body, {"if-match": '"1"'}).text


def test_whose_task_it_is_stays_in_the_office(by: As, filing: dict[str, object]) -> None:
    case = by("operator").start(filing)["case"]
    assert by("clerk").post(f"/tasks/{case}.t-1/commands/claim", {}).status_code == 200
    for login, whose in (("clerk", "p-clerk"), ("operator", "*")):
        assert by(login).get(f"/tasks/{case}.t-1").json()["assignee"] == whose
        assert by(login).get(f"/cases/{case}/state").json()["tasks"][0]["assignee"] == whose
        assert by(login).get("/tasks").json()["items"][0]["assignee"] == whose
    claim = by("operator").post(f"/tasks/{case}.t-1/commands/claim", {})
    assert claim.status_code >= 400
    assert "p-clerk" not in claim.text
