"""A day of which any part is suspended does not count; resuming is a new starting day."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel.times import CST
from domain.law.calendar import Calendar
from domain.law.clock import Due, Paused, Suspension, due
from tests.law.test_counting import CALENDAR, cst, instants, term

MONDAY = cst("2026-10-19 10:00")  # no holiday near


def suspended(since: str, until: str | None) -> Suspension:
    return Suspension(since=cst(since), until=None if until is None else cst(until))


def test_suspended_days_do_not_count_and_the_rest_runs_from_the_day_after_resuming(
    calendar: Calendar,
) -> None:
    pause = suspended("2026-10-21 15:00", "2026-10-23 09:00")
    answer = due(term(5), MONDAY, calendar, [pause])
    assert isinstance(answer, Due)
    assert answer.due == date(2026, 10, 29)  # 20 | 26 27 28 29
    assert [line.why for line in answer.ledger[2:5]] == ["暂停"] * 3


def test_an_hour_of_suspension_costs_the_whole_day(calendar: Calendar) -> None:
    answer = due(term(2), MONDAY, calendar, [suspended("2026-10-20 15:00", "2026-10-20 16:00")])
    assert isinstance(answer, Due)
    assert answer.due == date(2026, 10, 22)


def test_a_suspension_on_the_last_day_still_counts(calendar: Calendar) -> None:
    pause = suspended("2026-10-20 23:59", "2026-10-21 00:01")
    answer = due(term(1), MONDAY, calendar, [pause])
    assert isinstance(answer, Due)
    assert answer.due == date(2026, 10, 22)


def test_a_suspension_after_the_last_day_changes_nothing(calendar: Calendar) -> None:
    later = [suspended("2026-10-21 00:00", None)]
    assert due(term(1), MONDAY, calendar, later) == due(term(1), MONDAY, calendar)


def test_under_an_open_suspension_there_is_no_last_day(calendar: Calendar) -> None:
    answer = due(term(5), MONDAY, calendar, [suspended("2026-10-22 09:00", None)])
    assert isinstance(answer, Paused)
    assert (answer.since, answer.left) == (date(2026, 10, 22), 3)
    assert answer.ledger[-1].why == "暂停"
    assert answer.calendar == calendar.version
    assert not answer.provisional


def test_suspended_days_lengthen_a_term_in_days(calendar: Calendar) -> None:
    answer = due(
        term(3, "day"), MONDAY, calendar, [suspended("2026-10-20 09:00", "2026-10-21 09:00")]
    )
    assert isinstance(answer, Due)
    assert (answer.due, answer.moved) == (date(2026, 10, 26), True)  # 22 23 24 → Monday


def test_suspended_days_are_added_to_the_end_of_months(calendar: Calendar) -> None:
    pause = suspended("2026-03-01 09:00", "2026-03-10 09:00")
    answer = due(term(6, "month"), cst("2026-02-10 09:00"), calendar, [pause])
    assert isinstance(answer, Due)
    assert answer.due == date(2026, 8, 20)


def test_an_open_suspension_leaves_the_days_of_a_month(calendar: Calendar) -> None:
    answer = due(term(1, "month"), MONDAY, calendar, [suspended("2026-10-21 09:00", None)])
    assert isinstance(answer, Paused)
    assert answer.left == 30  # of 31, one has run


def test_a_moved_end_moves_past_a_suspension(calendar: Calendar) -> None:
    saturday = term(5, "day")
    pause = suspended("2026-10-26 09:00", "2026-10-26 10:00")
    answer = due(saturday, MONDAY, calendar, [pause])
    assert isinstance(answer, Due)
    assert (answer.due, answer.moved) == (date(2026, 10, 27), True)
    open_one = due(saturday, MONDAY, calendar, [suspended("2026-10-26 09:00", None)])
    assert isinstance(open_one, Paused)
    assert open_one.left == 1


def test_an_open_suspension_leaves_the_days_of_a_term_in_days(calendar: Calendar) -> None:
    answer = due(term(5, "day"), MONDAY, calendar, [suspended("2026-10-21 09:00", None)])
    assert isinstance(answer, Paused)
    assert (answer.since, answer.left) == (date(2026, 10, 21), 4)


def test_a_fixed_day_cannot_be_suspended(calendar: Calendar) -> None:
    answer = due(term(1231, "date"), MONDAY, calendar, [suspended("2026-11-01 09:00", None)])
    assert isinstance(answer, Due)
    assert answer.due == date(2026, 12, 31)


def naive_due(start: date, amount: int, spans: list[tuple[date, date]], calendar: Calendar) -> date:
    day = start
    while amount:
        day += timedelta(days=1)
        paused = any(first <= day <= last for first, last in spans)
        amount -= calendar.is_working_day(day) and not paused
    return day


@settings(max_examples=150, deadline=None)
@given(
    start=instants,
    amount=st.integers(1, 15),
    pauses=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12), st.integers(0, 23))),
)
def test_suspensions_agree_with_a_plain_loop(
    start: datetime, amount: int, pauses: list[tuple[int, int, int]]
) -> None:
    midnight = datetime.combine(start.date(), datetime.min.time(), CST)
    spans = [
        (
            midnight + timedelta(days=after, hours=hour),
            midnight + timedelta(days=after + length, hours=hour),
        )
        for after, length, hour in pauses
    ]
    answer = due(term(amount), start, CALENDAR, [Suspension(since=a, until=b) for a, b in spans])
    assert isinstance(answer, Due)
    days = [(first.date(), last.date()) for first, last in spans]
    assert answer.due == naive_due(start.date(), amount, days, CALENDAR)


@pytest.mark.parametrize("amount", [1, 5, 10])
def test_resuming_at_once_is_a_new_starting_day_for_the_whole_term(
    amount: int, calendar: Calendar
) -> None:
    pause = suspended("2026-10-19 11:00", "2026-10-23 11:00")
    answer = due(term(amount), MONDAY, calendar, [pause])
    assert isinstance(answer, Due)
    assert answer.due == due(term(amount), cst("2026-10-23 11:00"), calendar).due
