"""Scores, results, the archive (HN-2022-1 二(九), 三(十四); YU-2020-19 四(五))."""

from datetime import date
from typing import Any

import pytest

from domain.case.refusals import HasEnded, Malformed, RoleRequired, WrongStage
from domain.procedures.evaluation.batch import refusals as r
from domain.procedures.evaluation.batch.claims import result_key
from domain.procedures.evaluation.batch.values import Kept
from tests.examples.batch import (
    APPROVED,
    HELD,
    LATHE,
    REPORTED,
    SCORED,
    SCORES,
    act,
    filmed,
    office,
    passed,
    results,
    score,
    scored,
)
from tests.examples.filing import CLERK, SCHOOL, USCC
from tests.spec.driver import given

DONE = (*REPORTED, filmed("2024-06-18 11:00"))


@pytest.mark.parametrize(
    ("first", "second"),
    [("p-e1", "p-e1"), ("p-e1", ""), ("", "p-e2"), ("", ""), ("p-e1", "p-e1 "), ("p-e1", "ｐ-e1")],
)
def test_two_different_people_enter_the_scores(first: str, second: str) -> None:
    """Cite: HN-2022-1 二(九)."""
    entered = {"first_entry_by": first, "second_entry_by": second}
    then = given(*HELD, office=office()).when(scored(**entered)).then_refused(r.TwoPeopleRequired)
    assert then.outcome.cite == "HN-2022-1 二(九)"


@pytest.mark.parametrize(
    "rows",
    [
        [score("p-x", "theory", 80)],
        [score("p-c1", "comprehensive", 80)],
        [score("p-c1", "theory", 80), score("p-c1", "theory", 81)],
        [score("p-c1", "theory", 101)],
        [score("p-c1", "theory", -1)],
    ],
)
def test_strangers_other_subjects_doubles_and_odd_scores_are_malformed(rows: list[object]) -> None:
    given(*HELD, office=office()).when(scored("2024-06-17 10:00", *rows)).then_refused(Malformed)


def test_who_was_found_not_eligible_has_no_score() -> None:
    refused = act("2024-06-12 09:00", SCHOOL, "check_candidate", candidate="p-c3", eligible=False)
    past = (*APPROVED, refused, HELD[-1])
    given(*past, office=office()).when(scored()).then_refused(Malformed)


def test_scores_entered_anew_replace_the_earlier_ones_until_they_are_reported() -> None:
    mended = scored("2024-06-17 11:00", score("p-c2", "theory", 60))
    case = given(*SCORED, office=office())
    case.when(mended).then("batch.scores_entered", "task.completed", "task.opened", "process.moved")
    then = case.when(results())
    assert then.event("batch.results_reported").passed == ("p-c1", "p-c2")
    case.when(scored("2024-06-18 11:00", *SCORES)).then_refused(WrongStage)


def test_who_reaches_the_mark_in_every_subject_passes() -> None:
    then = given(*SCORED, office=office()).when(results())
    then.then("batch.results_reported", "task.completed", "task.opened", "process.moved").now(
        "in_review", "batch_review"
    )
    event = then.event("batch.results_reported")
    assert event.pass_mark == 60
    assert (event.passed, event.failed, event.without_score) == (("p-c1",), ("p-c2",), ("p-c3",))


def test_nothing_is_reported_before_scores_are_entered() -> None:
    given(*HELD, office=office()).when(results()).then_refused(WrongStage)


def test_the_center_returns_results_with_reasons_and_they_come_again() -> None:
    back = act("2024-06-19 10:00", CLERK, "return_results", reasons=["缺考评人员签字"])
    case = given(*REPORTED, office=office())
    case.when(back).then("batch.results_returned", "notice.issued", "…").now(
        "correction_required", "batch_results"
    )
    given(
        scored("2024-06-20 09:00", score("p-c3", "practice", 70)),
        results("2024-06-20 10:00"),
        office=case.office,
    )
    then = case.when(passed("2024-06-21 09:00"))
    assert then.event("batch.results_approved").passed == 2


@pytest.mark.parametrize("why", [{}, {"reasons": [" "]}])
def test_a_return_says_why(why: dict[str, Any]) -> None:
    back = act("2024-06-19 10:00", CLERK, "return_results", **why)
    assert given(*REPORTED, office=office()).when(back).outcome.code == "law.reasons_required"


def test_the_institution_does_not_review_its_own_results() -> None:
    own = act("2024-06-19 10:00", SCHOOL, "approve_results")
    given(*REPORTED, office=office()).when(own).then_refused(RoleRequired)


def test_with_film_and_results_the_batch_is_archived_and_closed() -> None:
    then = given(*DONE, office=office()).when(passed())
    then.then(
        "batch.results_approved",
        "batch.archived",
        "notice.issued",
        "notice.served",
        "task.completed",
        "case.closed",
        "process.moved",
    ).now("closed", "batch_archived")


def test_rosters_are_kept_for_ever_paper_three_years_electronic_records_five() -> None:
    """Cite: HN-2022-1 三(十四)."""
    cite = "HN-2022-1 三(十四)"
    then = given(*DONE, office=office()).when(passed("2024-06-20 10:00"))
    assert then.event("batch.archived").kept == (
        Kept(kind="rosters", last_day=None, cite=cite),
        Kept(kind="paper", last_day=date(2027, 6, 21), cite=cite),  # Sunday moves to Monday
        Kept(kind="electronic", last_day=date(2029, 6, 20), cite=cite),
    )


def test_what_passed_review_is_known_to_later_certificates() -> None:
    where = office()
    given(*DONE, passed(), office=where)
    key = result_key("a")
    (found,) = where.reading([key])[key].items
    assert found == {
        "case": "a",
        "uscc": USCC,
        "occupation_code": LATHE,
        "level": 4,
        "finished_on": "2024-06-16",
        "passed": ["p-c1"],
    }


def test_after_the_archive_nothing_more_happens() -> None:
    case = given(*DONE, passed(), office=office())
    case.when(results("2024-06-21 09:00")).then_refused(HasEnded)
    case.when(filmed("2024-06-21 09:00")).then_refused(HasEnded)
