"""Who may know of a case: every path with a foreign id, by every role, in two tenants."""

from typing import Any

import pytest

from tests.api.bodies import FILING, MISSING
from tests.api.client import code_of
from tests.api.conftest import As

KNOWS = {  # of a case of the school in Changsha
    "operator": True,
    "principal": True,
    "clerk": True,
    "reviewer": True,
    "province-reviewer": True,  # a parent reads
    "zhuzhou-operator": False,
    "zhuzhou-clerk": False,  # a sibling
    "zhuzhou-reviewer": False,
    "public": False,
    "portal": False,  # without a person to act for
}
READS = (
    "/cases/{case}",
    "/cases/{case}/state",
    "/cases/{case}/timeline",
    "/cases/{case}/deadlines",
    "/cases/{case}/diagram",
    "/tasks/{case}.t-1",
    "/deadlines/{case}.d-1",
    "/notices/{case}.n-1",
    "/events?case={case}",
)
LISTS = ("/cases", "/tasks", "/deadlines", "/events")


@pytest.fixture
def case(by: As, case: str) -> str:
    """A case in which a letter was sent."""
    assert by("clerk").act(case, "filing.request_supplement", MISSING).is_success
    return case


@pytest.mark.parametrize("login", KNOWS)
def test_a_case_is_read_by_its_own_side_and_above_and_by_nobody_else(
    by: As, case: str, login: str
) -> None:
    number = by("clerk").get(f"/cases/{case}").json()["number"]
    for path in (*READS, *(one.replace("{case}", "{number}") for one in READS[:5])):
        answer = by(login).get(path.format(case=case, number=number))
        assert (answer.status_code == 200) is KNOWS[login], (path, answer.text)
        if not KNOWS[login]:
            assert answer.status_code == 404
            assert case not in answer.text.replace(answer.json()["instance"], "")


@pytest.mark.parametrize("login", KNOWS)
def test_lists_and_feed_hold_what_single_reads_answer(by: As, case: str, login: str) -> None:
    for path in LISTS:
        items = by(login).get(path).json()["items"]
        assert bool(items) is KNOWS[login], path
        assert all(case in (one.get("case"), one.get("id")) for one in items)


@pytest.mark.parametrize("login", KNOWS)
def test_another_tenant_sees_nothing_at_all(by: As, case: str, login: str) -> None:
    stranger = by(login, tenant="elsewhere")
    for path in READS:
        assert stranger.get(path.format(case=case)).status_code == 404
    for path in LISTS:
        assert stranger.get(path).json()["items"] == []
    answer = stranger.act(case, "filing.accept", version='"1"')
    assert code_of(answer) == "case.not_found"


@pytest.mark.parametrize("login", [one for one, knows in KNOWS.items() if not knows])
def test_who_may_not_know_of_a_case_cannot_address_it(by: As, case: str, login: str) -> None:
    for command, body in (
        ("filing.accept", {}),
        ("filing.object", {"text": "异议"}),
        ("case.note", {"text": "备注"}),
        ("case.withdraw", {}),
        ("filing.request_supplement", MISSING),
    ):
        answer = by(login).act(case, command, body, version='"1"')
        assert (answer.status_code, code_of(answer)) == (404, "case.not_found"), command
        dry = by(login).post(f"/cases/{case}/commands/{command}", body, dry_run="true")
        assert code_of(dry) == "case.not_found"


def test_a_filter_never_widens_what_one_sees(by: As, case: str) -> None:
    zhuzhou = by("zhuzhou-clerk")
    queries: tuple[dict[str, Any], ...] = (
        {"jurisdiction": "430000"},
        {"organisation": "524300007QN1NLFJTT"},
        {"q": "长沙"},
        {"due_from": "2024-05-01"},
    )
    for query in queries:
        assert zhuzhou.get("/cases", **query).json()["items"] == []
    first = by("clerk").get("/events", limit=1).json()["next_cursor"]
    assert code_of(zhuzhou.get("/events", cursor=first)) == "command.malformed"
    assert case


def test_nobody_sets_what_is_the_offices_to_decide(by: As, filing: dict[str, Any]) -> None:
    for name, value in (
        ("status", "closed"),
        ("decided_at", "2024-04-26T17:00:00+08:00"),
        ("institution_code", "Y000043000001"),
        ("version", 7),
    ):
        for body in ({**filing, name: value}, {**filing, "with": {**filing["with"], name: value}}):
            answer = by("operator").post("/cases", body)
            assert (answer.status_code, code_of(answer)) == (422, "command.malformed")
    assert by("operator").get("/cases").json()["items"] == []


def test_an_institution_files_in_its_own_name_only(by: As) -> None:
    answer = by("zhuzhou-operator").post("/cases", FILING)
    assert answer.status_code in (403, 409, 422), answer.text
    assert by("operator").get("/cases").json()["items"] == []
