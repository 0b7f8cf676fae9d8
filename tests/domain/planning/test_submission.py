"""The plan arrives: in time or late, and within what the institution is filed for."""

from datetime import date
from typing import Any

import pytest

from domain.case.refusals import Malformed, RoleRequired
from domain.case.views.telling import title
from domain.law.book import NoRule
from domain.procedures.planning.refusals import PlanOutOfScope
from tests.examples.filing import CLERK
from tests.examples.planning import IN_TIME, LATE, office, registered, row, submitted
from tests.spec.driver import Sent, cst, given, world


def test_a_plan_waits_for_the_center_which_no_text_hurries() -> None:
    """Cite: HN-2022-1 二(三)."""
    then = given(office=office()).when(submitted())
    then.then("case.opened", "plan.submitted", "task.opened", "deadline.opened", "process.moved")
    then.now("received", "plan_examination")
    assert [one.key for one in then.case.deadlines if one.holder == "authority"] == []
    assert then.case.applicant.name == "长沙甲培训学校"
    assert "JH" in then.case.number


def test_the_last_second_of_the_year_before_is_in_time() -> None:
    then = given(office=office()).when(submitted(IN_TIME))
    assert "plan.late" not in then.types


def test_a_plan_of_the_first_of_january_is_taken_in_as_late() -> None:
    """Cite: HN-2022-1 二(三)."""
    then = given(office=office()).when(submitted(LATE))
    then.then("case.opened", "plan.submitted", "plan.late", "task.opened", "…")
    assert then.event("plan.late").due == date(2024, 12, 31)
    assert then.fact("plan.late").cite == "HN-2022-1 二(三)"


@pytest.mark.parametrize(
    "outside",
    [
        row(level=2),
        row(occupation_code="6-20-01-01", occupation="钳工", job=""),
        row(job="普通车工"),
    ],
)
def test_a_row_outside_the_filed_scope_is_named(outside: dict[str, object]) -> None:
    then = given(office=office()).when(submitted("2024-11-20 09:00", row(), outside))
    then.then_refused(PlanOutOfScope)
    assert str(outside["level"]) + "级" in then.outcome.zh


def test_a_row_that_names_no_job_is_within_any_job_of_the_occupation() -> None:
    given(office=office()).when(submitted("2024-11-20 09:00", row(job=""))).then("…")


WHOLE: dict[str, Any] = {"audience": "在籍学生", "place": "本校", "fee": 0, "contact": "教务处"}


@pytest.mark.parametrize(
    ("left_out", "zh", "en"),
    [
        ((), "2 行", "2 rows"),
        (("place",), "2 行，漏报评价地点", "2 rows, without place"),
        (("audience", "fee"), "2 行，漏报认定对象、收费标准", "2 rows, without audience, fee"),
    ],
)
def test_what_a_row_leaves_out_is_taken_in_and_shown_to_the_center(
    left_out: tuple[str, ...], zh: str, en: str
) -> None:
    """HN-2022-1 二(三): 年度工作计划应明确的内容."""
    short: dict[str, Any] = {name: value for name, value in WHOLE.items() if name not in left_out}
    sent = submitted("2024-11-20 09:00", row("2025-03", **WHOLE), row(**short))
    past = given(sent, office=office())
    event = next(one for one in past.office.streams["a"] if one.type == "plan.submitted")
    assert title(event, "zh", past.case, world()).endswith(f"：{zh}")
    assert title(event, "en", past.case, world()).endswith(f": {en}")


@pytest.mark.parametrize("entries", [(registered(institution_code=""),), (registered("other"),)])
def test_an_institution_that_is_not_filed_has_no_scope(entries: tuple[object, ...]) -> None:
    given(office=office(*entries)).when(submitted()).then_refused(PlanOutOfScope)


def test_a_row_of_another_year_is_malformed() -> None:
    then = given(office=office()).when(submitted("2024-11-20 09:00", row("2026-01")))
    then.then_refused(Malformed)
    assert "/rows/0/evaluation_period" in then.outcome.zh


def test_before_the_text_there_was_no_such_plan() -> None:
    then = given(office=office()).when(submitted("2022-05-31 09:00", row("2023-03"), year=2023))
    then.then_refused(NoRule)


def test_the_center_does_not_plan_for_the_institution() -> None:
    sent = Sent(cst(LATE), CLERK, "plan.submit", {"year": 2025, "rows": [row()]}, opens=True)
    given(office=office()).when(sent).then_refused(RoleRequired)
