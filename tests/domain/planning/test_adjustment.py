"""A plan is adjusted: filed and published again, months that are past left alone."""

import pytest

from domain.case.refusals import HasEnded, WrongStage
from domain.procedures.planning.refusals import PlanOutOfScope, PlanYearStarted
from domain.registers import plans
from tests.examples.filing import USCC
from tests.examples.planning import adjusted, approved, office, returned, row, submitted
from tests.spec.driver import Given, given

YEAR_OVER = "2026-01-01 00:00"
MARCH, OCTOBER = row("2025-03"), row("2025-10")


def in_force() -> Given:
    """Return a plan for March and October 2025, in force."""
    return given(submitted(), approved(), office=office())


def months(past: Given) -> list[str]:
    """Return the months of the plan in force."""
    plan = plans.published(past.office.reading([plans.key(USCC, 2025)]), USCC, 2025)
    assert plan is not None
    return [one.evaluation_period for one in plan.rows]


def test_an_adjustment_is_filed_and_published_again() -> None:
    """Cite: HN-2022-1 二(三)."""
    past = in_force()
    then = past.when(adjusted("2025-05-06 09:00", MARCH, row("2025-11")))
    then.then(
        "plan.adjusted", "deadline.cancelled", "task.opened", "deadline.opened", "process.moved"
    )
    then.now("received", "plan_examination")
    assert months(past) == ["2025-03", "2025-10"], "the former plan stays in force"
    past.when(approved("2025-05-07 09:00")).then("plan.approved", "plan.published", "…")
    assert months(past) == ["2025-03", "2025-11"]
    assert [one.occurrence for one in past.case.deadlines] == [1, 2, 3, 4]


def test_a_returned_adjustment_leaves_the_former_plan_in_force() -> None:
    past = in_force()
    past.when(adjusted("2025-05-06 09:00", MARCH, row("2025-11")))
    past.when(returned("2025-05-07 09:00", "理由不足"))
    assert months(past) == ["2025-03", "2025-10"]


@pytest.mark.parametrize(
    "rows",
    [
        (OCTOBER,),
        (row("2025-03", times=2), OCTOBER),
        (MARCH, row("2025-02"), OCTOBER),
    ],
    ids=["only dropped", "changed", "added"],
)
def test_rows_of_past_months_stay_as_they_are(rows: tuple[dict[str, object], ...]) -> None:
    then = in_force().when(adjusted("2025-04-01 00:00", *rows))
    then.then_refused(PlanYearStarted)


def test_rows_of_past_months_left_out_are_carried_over() -> None:
    past = in_force()
    past.when(adjusted("2025-04-01 00:00", row("2025-11"))).then("plan.adjusted", "…")
    past.when(approved("2025-04-02 09:00"))
    assert months(past) == ["2025-03", "2025-11"]


def test_the_month_that_runs_may_still_be_adjusted() -> None:
    in_force().when(adjusted("2025-03-31 23:59", row("2025-04"))).then("plan.adjusted", "…")


def test_before_its_year_all_of_a_plan_may_be_adjusted() -> None:
    in_force().when(adjusted("2024-12-20 09:00", row("2025-01"))).then("plan.adjusted", "…")


def test_a_row_outside_the_scope_is_named_before_a_past_month() -> None:
    then = in_force().when(adjusted("2025-05-06 09:00", row("2025-11", level=1)))
    then.then_refused(PlanOutOfScope)


def test_what_lies_with_the_center_is_not_adjusted() -> None:
    given(submitted(), office=office()).when(adjusted("2024-12-01 09:00", OCTOBER)).then_refused(
        WrongStage
    )


def test_an_adjustment_still_with_the_center_when_its_year_ends_is_published_no_more() -> None:
    past = in_force()
    past.when(adjusted("2025-12-30 09:00", MARCH, OCTOBER, row("2025-12")))
    past.when_nothing_until(YEAR_OVER).now("closed", "plan_over")
    past.when(approved("2026-01-05 09:00")).then_refused(HasEnded)
    assert months(past) == ["2025-03", "2025-10"], "the former plan was in force to the end"
