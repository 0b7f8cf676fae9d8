"""Batches in Henan: ten working days ahead, results in ten, groups of three assessors."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.case.actor import Actor
from domain.case.refusals import WrongStage
from domain.kernel.terms import Term
from domain.procedures.evaluation.batch import refusals as r
from domain.procedures.evaluation.batch.procedure import BATCH
from infra.law_data import load_law_book
from tests.examples.batch import FILM, HEAD, office, registered, reported, score
from tests.examples.filing import CLERK, SCHOOL, Said
from tests.spec.driver import Given, Sent, cst, given

ZHENGZHOU = "410100"
ENTERPRISE, COLLEGE, AGENCY, SPECIAL = (
    "henan_enterprise", "henan_technical_college", "henan_appraisal_agency",
    "henan_special_ability",
)  # fmt: skip


def here(actor: Actor) -> Actor:
    """Return the same person in Zhengzhou."""
    return replace(actor, jurisdiction=ZHENGZHOU)


def opened(variant: str, at: str = "2024-05-31 23:59:59", **changes: Said) -> Given:
    """Return a batch reported in Zhengzhou: no annual plan and no bank is asked for there."""
    known = office(registered(place=ZHENGZHOU), claims=[])
    return given(reported(at, here(SCHOOL), variant, **changes), office=known)


def act(at: str, by: Actor, do: str, /, **payload: Said) -> Sent:
    """Somebody in Zhengzhou sends a command."""
    return Sent(cst(at), here(by), f"batch.{do}", payload)


TO_RESULTS: tuple[Sent, ...] = (
    act("2024-06-07 10:00", CLERK, "approve"),
    act("2024-06-16 18:00", HEAD, "finish", on="2024-06-16"),
)
ENTERED = act(
    "2024-06-17 10:00", SCHOOL, "enter_scores", first_entry_by="p-1", second_entry_by="p-2",
    rows=[score("p-c1", "theory", 80), score("p-c1", "practice", 80)],
)  # fmt: skip


def through(case: Given, *past: Sent) -> Given:
    """Play more of a case's past."""
    return given(*past, office=case.office)


def test_ten_working_days_ahead_no_annual_plan_and_no_bank_is_asked_for() -> None:
    case = opened(ENTERPRISE)
    assert case.case.data.last_admissible_day == date(2024, 5, 31)  # type: ignore[attr-defined]
    assert case.case.stage == "batch_decision"
    assert not case.case.data.late  # type: ignore[attr-defined]


@pytest.mark.parametrize("variant", [ENTERPRISE, "henan_social_organisation", COLLEGE])
def test_a_second_later_it_is_too_late_without_good_reason(variant: str) -> None:
    case = opened(variant, "2024-06-01 00:00")
    then = case.when(act("2024-06-07 10:00", CLERK, "approve")).then_refused(r.TooLate)
    assert then.outcome.cite.startswith("YU-2020-")


def test_a_supervisor_does_not_assess_in_the_same_session() -> None:
    """Cite: RS-2020-53 16."""
    known = office(registered(place=ZHENGZHOU), claims=[])
    sent = reported("2024-05-31 09:00", here(SCHOOL), ENTERPRISE, internal_supervisor="p-a1")
    then = given(office=known).when(sent).then_refused(r.Recusal)
    assert then.outcome.cite == "RS-2020-53 16"


def test_an_office_no_text_wants_filled_may_stand_empty() -> None:
    """Who is not named can't be in two places at once."""
    known = office(registered(place=ZHENGZHOU), claims=[])
    nobody = reported(
        "2024-05-31 09:00", here(SCHOOL), ENTERPRISE, internal_supervisor="", group_leader=""
    )
    given(office=known).when(nobody).then("case.opened", "batch.reported", "…")


@pytest.mark.parametrize(
    "assessors", [[], ["p-1"], ["p-1", "p-2"], ["p-1", "p-2", "p-2"], ["p-1", "p-2", " "]]
)
def test_an_appraisal_agencys_group_has_three_assessors(assessors: list[str]) -> None:
    """Cite: YUG-2020-1 17."""
    known = office(registered(place=ZHENGZHOU), claims=[])
    sent = reported("2024-06-14 09:00", here(SCHOOL), AGENCY, assessors=assessors)
    then = given(office=known).when(sent).then_refused(r.TooFewAssessors)
    assert then.outcome.evidence["least"] == 3
    assert then.outcome.cite == "YUG-2020-1 17"


def test_an_appraisal_agency_may_report_any_day_before() -> None:
    case = opened(AGENCY, "2024-06-14 09:00")
    assert case.case.data.last_admissible_day is None  # type: ignore[attr-defined]
    case.when(act("2024-06-14 10:00", CLERK, "approve")).then("batch.approved", "…")


@pytest.mark.parametrize(
    ("last_exam_day", "due"),
    [
        (date(2024, 6, 16), date(2024, 6, 28)),
        (date(2024, 9, 27), date(2024, 10, 16)),  # worked Sunday 29 and Saturday 12, holidays 1–7
        (date(2025, 1, 24), date(2025, 2, 13)),  # worked Sunday 26 and Saturday 8; 28 Jan – 4 Feb
        (date(2026, 4, 30), date(2026, 5, 18)),  # 1–5 May, worked Saturday 9
    ],
)
def test_results_are_due_ten_working_days_after_the_last_exam_day(
    last_exam_day: date, due: date
) -> None:
    """Cite: YU-2020-19 四(五)."""
    day = last_exam_day.isoformat()
    case = opened(ENTERPRISE, f"{day} 08:00", starts_on=day, ends_on=None, reason_if_late="停产")
    through(case, act(f"{day} 08:30", CLERK, "approve"))
    then = case.when(act(f"{day} 18:00", HEAD, "finish", on=day))
    clock = then.event("deadline.opened")
    assert (clock.key, clock.due) == ("batch.results", due)


def test_overdue_results_are_shown_and_may_still_come() -> None:
    case = through(opened(ENTERPRISE), *TO_RESULTS)
    assert case.office.wait("a", cst("2024-08-01 00:00")) == []
    (clock,) = case.case.deadlines
    assert (clock.key, clock.state, clock.wait) == ("batch.results", "open", "")
    through(case, act("2024-08-01 09:00", SCHOOL, "enter_scores", **dict(ENTERED.payload)))
    then = case.when(act("2024-08-01 10:00", SCHOOL, "report_results"))
    assert "deadline.met" in then.types


def test_results_sent_back_come_again_and_the_case_ends_without_a_film() -> None:
    case = through(
        opened(ENTERPRISE),
        *TO_RESULTS,
        ENTERED,
        act("2024-06-18 10:00", SCHOOL, "report_results"),
        act("2024-06-19 10:00", CLERK, "return_results", reasons=["缺签字"]),
        act("2024-06-20 09:00", SCHOOL, "enter_scores", **dict(ENTERED.payload)),
        act("2024-06-20 10:00", SCHOOL, "report_results"),
    )
    then = case.when(act("2024-06-21 10:00", CLERK, "approve_results"))
    then.now("closed", "batch_archived")
    assert then.event("batch.archived").kept == ()


@pytest.mark.parametrize("variant", [ENTERPRISE, COLLEGE])
def test_a_film_is_registered_without_a_term_and_without_a_consequence(variant: str) -> None:
    film = act("2024-06-17 09:00", SCHOOL, "upload_video", digest=FILM, covers=["theory"])
    opened(variant).when(film).then_refused(WrongStage)
    then = through(opened(variant), *TO_RESULTS).when(film)
    then.then("batch.video_uploaded", "process.moved").now("accepted", "batch_scores")
    assert all(one.key != "batch.video" for one in then.case.deadlines)


@pytest.mark.parametrize("variant", [COLLEGE, AGENCY])
def test_no_text_sets_a_term_for_the_results_of_colleges_and_agencies(variant: str) -> None:
    case = through(opened(variant), *TO_RESULTS)
    assert case.case.deadlines == ()
    past: list[Any] = [
        ENTERED,
        act("2024-06-18 10:00", SCHOOL, "report_results"),
        act("2024-06-19 10:00", CLERK, "return_results", reasons=["缺签字"]),
        act("2024-06-20 10:00", SCHOOL, "report_results"),
        act("2024-06-21 10:00", CLERK, "approve_results"),
    ]
    assert through(case, *past).case.status == "closed"


@pytest.mark.parametrize(
    ("office", "kind", "variant"),
    [
        ("410000", "enterprise", "henan_enterprise"),
        ("410100", "technical_college", "henan_technical_college"),
        ("410100", "agency", "henan_appraisal_agency"),
        ("410100", "association", "henan_social_organisation"),
        ("430103", "enterprise", "hunan"),
    ],
)
def test_a_batch_without_variant_takes_that_of_its_office_and_institution(
    office: str, kind: str, variant: str
) -> None:
    assert BATCH.variant_for(office, kind) == variant


def test_results_of_a_special_ability_assessment_have_the_term_of_its_text() -> None:
    term = load_law_book().term("batch.results", "410100", date(2024, 6, 16), SPECIAL)
    assert isinstance(term, Term)
    assert (term.amount, term.cite) == (10, "YU-2020-41 三(三)")
    assert BATCH.diagrams[SPECIAL] == BATCH.diagrams[ENTERPRISE]
