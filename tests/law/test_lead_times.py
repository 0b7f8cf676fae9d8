"""Lead times: "N working days before day E", counted back from E, which is not counted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel.terms import Term, Unit
from domain.law.calendar import Calendar
from domain.law.clock import counts_back, due, lead
from tests.law.test_counting import CALENDAR, FRIDAY


def lead_time(amount: int, unit: Unit = "working_day") -> Term:
    return Term(
        key="batch.lead",
        amount=amount,
        unit=unit,
        anchor="before.first_exam_day",
        consequence="batch.late",
        cite="HN-2022-1 二(三)",
    )


def test_the_seventh_working_day_counted_back_is_the_last_admissible_through_midnight(
    calendar: Calendar,
) -> None:
    answer = lead(lead_time(7), date(2026, 10, 13), calendar)
    assert answer.last_day == date(2026, 9, 28)  # 12 10 9 8 | 30 29 28
    assert answer.effective == datetime(2026, 9, 28, 16, tzinfo=UTC)
    assert (answer.ledger[0].day, answer.ledger[0].counts) == (date(2026, 10, 13), False)
    assert answer.ledger[-1].n == 7
    assert answer.calendar == calendar.version
    assert not answer.provisional


def test_a_day_in_an_unpublished_year_makes_the_lead_time_provisional(calendar: Calendar) -> None:
    assert lead(lead_time(7), date(2027, 1, 5), calendar).provisional


def test_a_lead_time_in_days_counts_every_day(calendar: Calendar) -> None:
    assert lead(lead_time(10, "day"), date(2026, 10, 13), calendar).last_day == date(2026, 10, 3)


def test_a_lead_time_does_not_run_forward(calendar: Calendar) -> None:
    assert counts_back(lead_time(7))
    with pytest.raises(ValueError, match="counted back"):
        due(lead_time(7), FRIDAY, calendar)


def test_months_are_no_lead_time(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="no lead time"):
        lead(lead_time(6, "month"), date(2026, 10, 13), calendar)


@settings(max_examples=150, deadline=None)
@given(before=st.dates(date(2004, 2, 1), date(2027, 12, 31)), amount=st.integers(1, 30))
def test_lead_times_agree_with_a_plain_loop(before: date, amount: int) -> None:
    day, left = before, amount
    while left:
        day -= timedelta(days=1)
        left -= CALENDAR.is_working_day(day)
    answer = lead(lead_time(amount), before, CALENDAR)
    assert answer.last_day == day
    assert [line.n for line in answer.ledger if line.counts] == [*range(1, amount + 1)]
