"""The plan is filed and published, or returned and mended; with its year it ends."""

from datetime import UTC, date

import pytest

from domain.case.actor import LAW
from domain.case.refusals import (
    HasEnded,
    LawReasonsRequired,
    OutsideJurisdiction,
    RoleRequired,
    WrongStage,
)
from domain.case.views.waiting import wait
from domain.registers import plans
from tests.examples.filing import FOREIGN_CLERK, PROVINCE, SCHOOL, USCC
from tests.examples.planning import adjusted, approved, office, returned, row, submitted
from tests.spec.driver import Given, Office, Sent, cst, given, world

YEAR_OVER = "2026-01-01 00:00"


def published() -> Given:
    """Return a plan for 2025 with rows for March and October, in force."""
    return given(submitted(), approved(), office=office())


def in_force(office_: Office) -> plans.PublishedPlan | None:
    """Return the school's plan for 2025."""
    return plans.published(office_.reading([plans.key(USCC, 2025)]), USCC, 2025)


def test_approval_files_and_publishes() -> None:
    """Cite: HN-2022-1 二(三)."""
    then = given(submitted(), office=office()).when(approved())
    then.then(
        "plan.approved",
        "plan.published",
        "notice.issued",
        "notice.served",
        "task.completed",
        "deadline.met",
        "deadline.opened",
        "process.moved",
    ).now("decided", "plan_in_force")
    plan = in_force(then.office)
    assert plan is not None
    assert plan.case == "a"
    assert not plan.late
    assert plan.filed_at == cst("2024-12-02 09:00").astimezone(UTC)
    assert plan.has("6-18-01-01", 4)
    assert not plan.has("6-18-01-01", 3)
    assert [one.evaluation_period for one in plan.rows] == ["2025-03", "2025-10"]


def test_a_plan_in_force_waits_for_nobody_only_for_its_year_to_end() -> None:
    view = wait(published().case, world(), cst("2025-01-06 09:00"))
    assert view is not None
    assert (view.role, view.task, view.key) == ("law", "", "plan.year_end")


def test_a_late_plan_is_published_as_late() -> None:
    past = (submitted("2025-01-02 09:00"), approved("2025-01-03 09:00"))
    plan = in_force(given(*past, office=office()).office)
    assert plan is not None
    assert plan.late


def test_a_plan_that_is_not_published_is_not_in_force() -> None:
    assert in_force(given(submitted(), office=office()).office) is None


@pytest.mark.parametrize(
    ("by", "why"),
    [(FOREIGN_CLERK, OutsideJurisdiction), (PROVINCE, OutsideJurisdiction), (SCHOOL, RoleRequired)],
)
def test_only_the_local_center_files_it(by: object, why: object) -> None:
    given(submitted(), office=office()).when(approved(by=by)).then_refused(why)  # type: ignore[arg-type]


def test_a_return_states_its_reasons() -> None:
    given(submitted(), office=office()).when(returned()).then_refused(LawReasonsRequired)


def test_a_returned_plan_is_mended_in_the_same_case() -> None:
    past = given(submitted(), office=office())
    then = past.when(returned("2024-12-02 09:00", "报名时间有误"))
    then.then("plan.returned", "…").now("correction_required", "plan_correction")
    assert [one.kind for one in then.case.notices] == ["plan.returned"]
    then = past.when(adjusted("2024-12-03 09:00", row()))
    then.then(
        "plan.adjusted", "task.completed", "deadline.met", "task.opened", "deadline.opened",
        "process.moved",
    )  # fmt: skip
    then.now("received", "plan_examination")
    past.when(approved("2024-12-04 09:00")).now("decided", "plan_in_force")


def test_the_last_day_of_its_year_ends_a_published_plan() -> None:
    then = published().when_nothing_until("2026-02-01 00:00")
    then.then("deadline.lapsed", "plan.year_ended", "case.closed", "process.moved")
    then.now("closed", "plan_over")
    ended = then.fact("plan.year_ended")
    assert ended.actor == LAW
    assert ended.effective_at == cst(YEAR_OVER)
    assert {one.due for one in then.case.deadlines} == {date(2025, 12, 31)}


def test_the_last_day_of_its_year_ends_a_plan_the_center_never_decided_on() -> None:
    """Local practice: a plan is for one year, whoever is to act on it."""
    past = given(submitted(), office=office())
    view = wait(past.case, world(), cst("2025-06-01 09:00"))
    assert view is not None
    assert (view.task, view.until) == ("plan.examine", None), "no text sets the center a term"
    then = past.when_nothing_until(YEAR_OVER)
    then.then(
        "deadline.lapsed", "task.cancelled", "plan.year_ended", "case.closed", "process.moved"
    ).now("closed", "plan_over")
    assert in_force(then.office) is None
    past.when(approved("2026-01-05 09:00")).then_refused(HasEnded)


def test_a_plan_for_a_year_that_is_over_ends_as_it_comes() -> None:
    past = given(submitted("2026-01-05 09:00"), office=office())
    assert (past.case.status, past.case.stage) == ("closed", "plan_over")
    past.when(approved("2026-01-06 09:00")).then_refused(HasEnded)


def test_the_last_day_of_its_year_ends_a_plan_nobody_mended() -> None:
    past = given(submitted(), returned("2024-12-02 09:00", "有误"), office=office())
    then = past.when_nothing_until(YEAR_OVER)
    then.now("closed", "plan_over")
    assert in_force(then.office) is None


def test_after_its_year_nothing_is_adjusted() -> None:
    past = published()
    past.when_nothing_until(YEAR_OVER)
    past.when(adjusted("2026-01-02 09:00", row())).then_refused(HasEnded)


def test_a_plan_is_withdrawn_until_it_is_published_and_adjusted_from_then_on() -> None:
    withdrawal = Sent(cst("2024-12-20 09:00"), SCHOOL, "case.withdraw", {"reason": "重做"})
    given(submitted(), office=office()).when(withdrawal).now("withdrawn")
    past = published()
    past.when(withdrawal).then_refused(WrongStage)
    past.when(adjusted("2025-01-06 09:00", row()))
    later = Sent(cst("2025-01-07 09:00"), SCHOOL, "case.withdraw", {"reason": "重做"})
    past.when(later).then_refused(WrongStage)


def test_a_published_plan_is_neither_approved_again_nor_returned() -> None:
    for act in (approved("2024-12-03 09:00"), returned("2024-12-03 09:00", "迟")):
        published().when(act).then_refused(WrongStage)
