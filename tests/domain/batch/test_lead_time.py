"""The lead time of a plan: working days counted back, late marked, too late told at approval."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.law.book import NoRule
from domain.procedures.evaluation.batch import refusals as r
from domain.procedures.evaluation.batch.lead import LeadTime, lead_time
from tests.examples.batch import (
    IN_TIME,
    LAST_SECOND,
    MIDNIGHT,
    approved,
    bank,
    office,
    planned,
    reported,
)
from tests.spec.driver import Office, given, world

WHY = "考生所在单位临时停产"


def last_day(place: str, variant: str, first: date) -> date:
    """Return the last admissible day of a plan."""
    found = lead_time(world().book, world().calendar, place, variant, first)
    assert isinstance(found, LeadTime)
    return found.last_day


@pytest.mark.parametrize(
    ("first_exam_day", "last"),
    [
        (date(2024, 6, 15), date(2024, 6, 5)),  # Dragon Boat, Monday 10 June
        (date(2024, 4, 13), date(2024, 4, 3)),  # Qingming 4–6 April, worked Sunday 7 April
        (
            date(2024, 5, 11),
            date(2024, 4, 29),
        ),  # 1–5 May; the worked Saturday itself is not counted
        (date(2024, 10, 12), date(2024, 9, 27)),  # National Day; worked Sunday 29 September
        (date(2024, 2, 24), date(2024, 2, 9)),  # Spring Festival 10–17; worked Sunday 18
        (date(2025, 2, 8), date(2025, 1, 23)),  # Spring Festival 28 January – 4 February
        (date(2025, 5, 10), date(2025, 4, 28)),  # 1–5 May
        (date(2025, 10, 18), date(2025, 10, 10)),  # 1–8 October; worked Saturday 11 October
        (date(2026, 1, 10), date(2025, 12, 31)),  # New Year; worked Sunday 4 January
        (date(2026, 6, 20), date(2026, 6, 10)),  # Friday 19 June is a holiday
    ],
)
def test_seven_working_days_are_counted_back_over_holidays_and_worked_weekends(
    first_exam_day: date, last: date
) -> None:
    """Cite: HN-2022-1 二(三)."""
    assert last_day("430100", "hunan", first_exam_day) == last


@pytest.mark.parametrize("variant", ["henan_enterprise", "henan_social_organisation"])
@pytest.mark.parametrize(
    ("first_exam_day", "last"),
    [
        (date(2024, 6, 15), date(2024, 5, 31)),
        (date(2024, 10, 12), date(2024, 9, 24)),
        (date(2025, 2, 8), date(2025, 1, 20)),
        (date(2026, 3, 14), date(2026, 3, 2)),
    ],
)
def test_henan_wants_ten(variant: str, first_exam_day: date, last: date) -> None:
    """Cite: YU-2020-19 四(三); YU-2020-51 五(一)."""
    assert last_day("410100", variant, first_exam_day) == last


def test_no_text_sets_a_lead_time_for_henans_appraisal_agencies() -> None:
    book, calendar = world().book, world().calendar
    day = date(2024, 6, 15)
    assert lead_time(book, calendar, "410100", "henan_appraisal_agency", day) is None
    assert isinstance(lead_time(book, calendar, "110000", "hunan", day), NoRule)


def test_the_last_second_of_the_last_day_is_in_time() -> None:
    then = given(office=office()).when(reported(LAST_SECOND))
    then.then("case.opened", "batch.reported", "task.opened", "process.moved")


def test_from_midnight_on_a_plan_is_taken_in_and_marked_late() -> None:
    then = given(office=office()).when(reported(MIDNIGHT))
    then.then("case.opened", "batch.reported", "batch.late", "task.opened", "process.moved")
    late = then.event("batch.late")
    assert (late.last_admissible_day, late.reason, late.blocks) == (date(2024, 6, 5), "", True)
    assert then.fact("batch.late").cite == "HN-2022-1 二(三)"


def test_a_late_plan_without_good_reason_is_not_approved_and_that_is_recorded() -> None:
    """Cite: HN-2022-1 二(三)."""
    then = given(reported(MIDNIGHT), office=office()).when(approved())
    then.then_refused(r.TooLate).now("received", "batch_decision")
    assert then.outcome.evidence["last_day"] == "2024-06-05"
    assert then.outcome.cite == "HN-2022-1 二(三)"


def test_blanks_are_no_reason() -> None:
    sent = reported(MIDNIGHT, reason_if_late="  ")
    given(sent, office=office()).when(approved()).then_refused(r.TooLate)


def test_a_late_plan_with_a_reason_can_be_approved() -> None:
    sent = reported(MIDNIGHT, reason_if_late=WHY)
    given(sent, office=office()).when(approved()).then("batch.approved", "…")


def test_a_reason_given_in_time_marks_nothing_late() -> None:
    then = given(office=office()).when(reported(IN_TIME, reason_if_late=WHY))
    assert "batch.late" not in then.types


@pytest.mark.parametrize("day", range(1, 29))
def test_a_report_is_late_exactly_from_the_midnight_after_the_day_its_event_names(day: int) -> None:
    first = date(2024, 10, day)
    last = last_day("430100", "hunan", first)
    known: Office = office(claims=[planned("2024-10"), bank()])
    exam: dict[str, Any] = {"starts_on": first.isoformat(), "ends_on": None}
    in_time = given(office=known).when(reported(f"{last} 23:59:59", **exam))
    assert "batch.late" not in in_time.types
    assert in_time.event("batch.reported").last_admissible_day == last
    midnight = f"{last + timedelta(days=1)} 00:00"
    late = given(office=known, case_id="b").when(reported(midnight, **exam))
    assert "batch.late" in late.types
