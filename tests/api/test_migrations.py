"""Moving open cases to an edited diagram over the API: dry run, move, reasons, repeats."""

from typing import Any

import pytest

from domain.case.state import Case
from tests.api.client import Said, code_of
from tests.api.conftest import As
from tests.api.memory import TENANT, House
from tests.api.test_processes import LEAVE, ORDER, deploy, done, source, started, tasks
from tests.examples.versions import definition_of, edited, shipped

PATH = "/processes/filing/migrations"
NEW = definition_of(edited()).hash


def order(**said: Said) -> dict[str, Any]:
    """Return an order to the edited diagram that keeps every term."""
    usual = {"diagram": edited().decode(), "deadlines": "keep", "reason": "环节更名"}
    return usual | said


def whole(house: House, case: str) -> Case:
    """Return the case as stored."""
    found = house.services.cases.any_case(TENANT, case)
    assert found is not None
    return found


def test_a_dry_run_says_who_can_move_and_why_others_cannot_and_stores_nothing(
    by: As, filing: dict[str, Any], house: House, case: str
) -> None:
    filing["source"]["id"] = "second"
    other = str(by("operator").start(filing)["case"])
    by("clerk").act(other, "filing.accept")
    before = whole(house, case), whole(house, other)
    answer = by("admin").post(PATH, order(), dry_run=True)
    assert answer.status_code == 200, answer.text
    found = {one["case"]: one for one in answer.json()["items"]}
    assert answer.json()["definition"]["hash"] == NEW
    assert (found[case]["outcome"], found[case]["at"]) == ("movable", ["受理审查"])
    (term,) = found[case]["terms"]
    assert (term["key"], term["choice"], term["before"]) == (
        "filing.acceptance", "keep", term["after"],
    )  # fmt: skip
    assert found[other]["outcome"] == "blocked"
    (obstacle,) = found[other]["obstacles"]
    assert (obstacle["code"], obstacle["element"]) == ("gone", "assess")
    assert "没有这个环节" in obstacle["zh"]
    assert "no such element" in obstacle["en"]
    assert (whole(house, case), whole(house, other)) == before


def test_a_move_takes_those_that_can_and_a_blocked_one_takes_none_with_it(
    by: As, filing: dict[str, Any], house: House, case: str
) -> None:
    filing["source"]["id"] = "second"
    other = str(by("operator").start(filing)["case"])
    by("clerk").act(other, "filing.accept")
    answer = by("admin").post(PATH, order(deadlines="reset")).json()
    found = {one["case"]: one["outcome"] for one in answer["items"]}
    assert found == {case: "moved", other: "blocked"}
    assert whole(house, case).definition == NEW
    assert whole(house, other).definition != NEW
    again = by("admin").post(PATH, order(deadlines="reset", mapping={"assess": "evaluate"})).json()
    assert [(one["case"], one["outcome"]) for one in again["items"]] == [(other, "moved")]
    titles = [one["title"] for one in by("clerk").get(f"/cases/{other}/timeline").json()["items"]]
    assert "流程换版：环节更名" in titles
    by("clerk").act(other, "case.note", {"text": "已换版"})
    assert by("clerk").get(f"/cases/{other}/diagram").json()["definition"]["hash"] == NEW


def test_the_same_order_to_an_unchanged_case_is_the_same_act(
    by: As, house: House, case: str
) -> None:
    first = by("admin").post(PATH, order(cases=[case])).json()["items"][0]
    version = whole(house, case).version
    assert first["outcome"] == "moved"
    again = by("admin").post(PATH, order(cases=[case])).json()["items"][0]
    assert (again["outcome"], again["obstacles"][0]["code"]) == ("blocked", "process.already_there")
    assert whole(house, case).version == version


def test_a_kept_diagram_is_named_by_its_hash(by: As, house: House, case: str) -> None:
    said = order(diagram=None, to=NEW)
    assert code_of(by("admin").post(PATH, said)) == "process.unknown_diagram"
    house.services.definitions.keep(edited())
    assert by("admin").post(PATH, said).json()["items"][0]["outcome"] == "moved"
    assert whole(house, case).definition == NEW


UNSOUND = shipped().decode().replace("law:filing.acceptance", "law:filing.unheard_of")


@pytest.mark.parametrize(
    ("path", "said", "code"),
    [
        (PATH, order(diagram=UNSOUND), "process.unsound"),
        (PATH, order(diagram="<x/>"), "process.unsound"),
        (PATH, order(diagram=None), "command.malformed"),
        (PATH, order(to=NEW), "command.malformed"),
        (PATH, order(deadlines="forget"), "command.malformed"),
        (PATH, order(cases=["430100-BA-2024-009999"]), "command.malformed"),
        ("/processes/nothing/migrations", order(), "procedure.unknown"),
    ],
)
def test_an_order_that_cannot_be_moves_nothing(
    by: As, house: House, case: str, path: str, said: dict[str, Any], code: str
) -> None:
    before = whole(house, case)
    answer = by("admin").post(path, said)
    assert code_of(answer) == code
    assert whole(house, case) == before


def test_faults_of_a_diagram_are_named_with_line_element_and_rule(by: As, case: str) -> None:
    assert case
    errors = by("admin").post(PATH, order(diagram=UNSOUND)).json()["errors"]
    assert errors
    assert all(one["rule"] and one["detail"] for one in errors)


@pytest.mark.parametrize("login", ["clerk", "reviewer", "operator", "public"])
def test_only_the_installations_operator_moves_cases(by: As, case: str, login: str) -> None:
    assert case
    assert code_of(by(login).post(PATH, order(), dry_run=True)) == "case.role_required"


def test_the_operator_reads_no_case(by: As, case: str) -> None:
    assert code_of(by("admin").get(f"/cases/{case}")) == "case.not_found"
    assert by("admin").get("/cases").json()["items"] == []


def test_cases_of_a_plain_process_go_on_in_its_next_version(by: As, house: House) -> None:
    deploy(by("admin"), LEAVE)
    case = started(by("clerk"), "leave_request")
    path, text = "/processes/leave_request/migrations", source(LEAVE).replace("P5D", "P9D")
    said = order(diagram=text, deadlines="keep", choices={"五日未批": "rederive"})
    (foreseen,) = by("admin").post(path, said, dry_run=True).json()["items"]
    terms = {one["key"]: one for one in foreseen["terms"]}
    assert foreseen["outcome"] == "movable"
    assert terms["五日未批"]["after"] > terms["五日未批"]["before"]
    assert terms["两日提醒"]["after"] == terms["两日提醒"]["before"]
    (moved,) = by("admin").post(path, said).json()["items"]
    assert (moved["outcome"], moved["terms"]) == ("moved", foreseen["terms"])
    assert whole(house, case).definition == deploy(by("admin"), LEAVE, text)["definition"]
    done(by("clerk"), case, approved=True)
    assert [one["label"] for one in tasks(by("clerk"), case)] == ["登记休假"]


def test_a_plain_process_gets_no_code_and_no_other_process_by_another_version(by: As) -> None:
    deploy(by("admin"), LEAVE)
    started(by("clerk"), "leave_request")
    path, mark = "/processes/leave_request/migrations", '<anjuan:task role="center.clerk"'
    code = source(LEAVE).replace(mark, f'{mark} commands="filing.accept"')
    (blocked,) = by("admin").post(path, order(diagram=code), dry_run=True).json()["items"]
    assert blocked["obstacles"][0]["code"] == "effect"
    assert code_of(by("admin").post(path, order(diagram=source(ORDER)))) == "process.unknown"
