"""The film of the exam: three days, 720 lines, else no further evaluations (HN-2022-1 四(十七))."""

from datetime import date
from typing import Any

import pytest

from domain.case.refusals import Malformed, WrongStage
from domain.procedures.evaluation.batch import refusals as r
from domain.registers import blocks
from tests.examples.batch import (
    APPROVED,
    FILM,
    HELD,
    REPORTED,
    act,
    approved,
    bank,
    filmed,
    finished,
    office,
    passed,
    planned,
    reported,
)
from tests.examples.filing import SCHOOL, USCC
from tests.spec.driver import Office, cst, given

BLOCKED = "2024-06-20 00:00"  # 24:00 of the third day after Sunday 16 June


def known(*months: str) -> Office:
    """Return an office whose institution has a plan for these months."""
    years = {int(month[:4]) for month in months}
    plans = [planned(*(m for m in months if m[:4] == str(y)), year=y) for y in years]
    return office(claims=[*plans, bank()])


def standing(where: Office) -> tuple[blocks.Block, ...]:
    """Return the blocks of the institution."""
    return blocks.blocks(where.reading([blocks.key(USCC)]), USCC)


@pytest.mark.parametrize(
    ("last_exam_day", "due"),
    [
        (date(2024, 6, 12), date(2024, 6, 17)),  # Saturday 15 June moves to Monday
        (date(2024, 6, 16), date(2024, 6, 19)),
        (date(2024, 6, 6), date(2024, 6, 11)),  # Sunday, then Dragon Boat on Monday 10 June
        (date(2024, 9, 27), date(2024, 9, 30)),
        (date(2024, 9, 28), date(2024, 10, 8)),  # into National Day
        (date(2024, 10, 9), date(2024, 10, 12)),  # a worked Saturday
        (date(2025, 1, 25), date(2025, 2, 5)),  # into the Spring Festival
        (date(2025, 9, 28), date(2025, 10, 9)),
        (date(2026, 2, 12), date(2026, 2, 24)),
    ],
)
def test_three_days_run_from_the_last_exam_day_and_end_on_a_working_day(
    last_exam_day: date, due: date
) -> None:
    """The days are those of the calendar; that the end moves off rest days is local practice."""
    day = last_exam_day.isoformat()
    where = known(day[:7])
    first: dict[str, Any] = {"starts_on": day, "ends_on": None, "reason_if_late": "停产"}
    past = (
        reported(f"{day} 08:00", **first),
        APPROVED[1].__class__(cst(f"{day} 08:30"), APPROVED[1].by, "batch.approve", {}),
    )
    then = given(*past, office=where).when(finished(f"{day} 18:00", on=day))
    clock = then.event("deadline.opened")
    assert (clock.key, clock.due, clock.holder) == ("batch.video", due, "applicant")
    assert clock.term.cite == "HN-2022-1 四(十七)"


def test_the_term_starts_on_the_last_exam_day_though_its_end_is_reported_later() -> None:
    then = given(*APPROVED, office=office()).when(finished("2024-06-18 09:00"))
    assert then.event("deadline.opened").due == date(2024, 6, 19)


def test_a_film_in_time_meets_the_term() -> None:
    then = given(*HELD, office=office()).when(filmed("2024-06-19 23:59:59"))
    then.then("batch.video_uploaded", "task.completed", "deadline.met", "process.moved")


def test_at_midnight_the_law_stops_further_evaluations() -> None:
    where = office()
    then = given(*HELD, office=where).when_nothing_until(BLOCKED)
    then.then("deadline.lapsed", "institution.evaluation_blocked", "process.moved")
    fact = then.fact("institution.evaluation_blocked")
    assert (fact.actor.role, fact.cite) == ("law", "HN-2022-1 四(十七)")
    assert fact.effective_at == cst(BLOCKED)
    (block,) = standing(where)
    assert (block.what, block.since, block.case) == ("video", cst(BLOCKED), "a")


def test_a_second_before_midnight_nothing_is_stopped() -> None:
    where = office()
    assert where.wait("a", cst("2024-06-19 23:59:59")) == []
    case = given(*HELD, office=where)
    assert where.wait("a", cst("2024-06-19 23:59:59")) == []
    assert not case.case.data.blocked  # type: ignore[attr-defined]


def test_blocked_the_institution_reports_no_batch_until_the_film_is_there() -> None:
    where = known("2024-06", "2024-07")
    given(*HELD, office=where).when_nothing_until(BLOCKED)
    next_one: dict[str, Any] = {"starts_on": "2024-07-13", "ends_on": None}
    refused = given(office=where, case_id="b").when(reported("2024-06-20 09:00", **next_one))
    refused.then_refused(r.VideoOutstanding)
    assert refused.outcome.evidence == {"since": "2024-06-20", "case": "a"}
    assert refused.outcome.cite == "HN-2022-1 四(十七)"
    given(filmed("2024-06-20 10:00"), office=where)
    assert standing(where) == ()
    opened = given(office=where, case_id="c").when(reported("2024-06-20 11:00", **next_one))
    opened.then("case.opened", "…")


def test_who_reports_the_end_after_the_term_is_blocked_from_the_day_it_ended() -> None:
    where = office()
    then = given(*APPROVED, office=where).when(finished("2024-06-25 09:00"))
    assert then.case.data.finished_on == date(2024, 6, 16)  # type: ignore[attr-defined]
    where.wait("a", cst("2024-06-25 09:00"))
    assert standing(where)[0].since == cst(BLOCKED)


def test_where_the_plan_names_no_subject_any_film_is_whole() -> None:
    past = (reported(subjects=None), approved(), finished())
    then = given(*past, office=office()).when(filmed(covers=["theory"]))
    assert then.event("batch.video_uploaded").complete
    assert "deadline.met" in then.types


def test_a_film_whose_lines_are_not_told_does_not_count() -> None:
    untold = act("2024-06-17 09:00", SCHOOL, "upload_video", digest=FILM)
    given(*HELD, office=office()).when(untold).then_refused(r.VideoQuality)


@pytest.mark.parametrize("height", [0, 1, 480, 719])
def test_a_film_of_fewer_than_720_lines_does_not_count(height: int) -> None:
    then = given(*HELD, office=office()).when(filmed(height=height)).then_refused(r.VideoQuality)
    assert (then.outcome.evidence["least"], then.outcome.cite) == (720, "HN-2022-1 四(十七)")


def test_720_lines_are_enough() -> None:
    then = given(*HELD, office=office()).when(filmed(height=720))
    then.then("batch.video_uploaded", "…")


def test_a_film_may_come_on_the_exam_day_the_term_starts_with_the_end() -> None:
    past = (*APPROVED, filmed("2024-06-15 18:00", covers=["theory"]))
    case = given(*past, office=office())
    assert case.case.deadlines == ()
    case.when(filmed("2024-06-16 17:00", covers=["practice"])).now("accepted", "batch_exam")
    then = case.when(finished()).now("accepted", "batch_scores")
    assert [one.element for one in then.case.tasks if one.state == "open"] == ["enter_scores"]
    assert {one.state for one in then.case.deadlines} <= {"met", "cancelled"}


def test_what_is_missing_of_a_film_that_came_early_is_due_as_ever() -> None:
    past = (*APPROVED, filmed("2024-06-15 18:00", covers=["theory"]), finished())
    case = given(*past, office=office())
    assert [(one.key, one.state) for one in case.case.deadlines] == [("batch.video", "open")]
    case.when(filmed(covers=["practice"])).then(
        "batch.video_uploaded", "task.completed", "deadline.met", "process.moved"
    )


def test_before_the_first_exam_day_there_is_no_film() -> None:
    given(*APPROVED, office=office()).when(filmed("2024-06-14 18:00")).then_refused(WrongStage)


def test_a_film_of_one_subject_leaves_the_others_due() -> None:
    where = office()
    then = given(*HELD, office=where).when(filmed(covers=["theory"]))
    then.then("batch.video_uploaded", "task.completed", "task.opened", "process.moved")
    assert then.event("batch.video_uploaded").still_missing == ("practice",)
    blocked = given(office=where).when_nothing_until(BLOCKED)
    blocked.then("deadline.lapsed", "institution.evaluation_blocked", "process.moved")
    rest = given(office=where).when(filmed("2024-06-21 09:00", covers=["practice"]))
    assert rest.event("batch.video_uploaded").complete
    assert standing(where) == ()


@pytest.mark.parametrize("digest", ["", "sha256:ab", FILM.upper()])
def test_a_film_is_named_by_its_digest(digest: str) -> None:
    given(*HELD, office=office()).when(filmed(digest=digest)).then_refused(Malformed)


def test_the_case_waits_for_the_film_after_the_results_and_is_then_archived() -> None:
    past = (*REPORTED, passed("2024-06-18 15:00"))
    case = given(*past, office=office())
    assert (case.case.status, case.case.stage) == ("decided", "batch_video")
    then = case.when(filmed("2024-06-19 09:00")).now("closed", "batch_archived")
    then.then(
        "batch.video_uploaded",
        "batch.archived",
        "task.completed",
        "deadline.met",
        "case.closed",
        "process.moved",
    )
