"""How a term is counted: forward from an instant, with a ledger of every day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel.terms import Term, Unit
from domain.kernel.times import CST, day_told, end_of
from domain.law.calendar import Calendar
from domain.law.clock import Due, due, working_days_left
from infra.law_data import load_calendar
from tests.pace import took

CALENDAR = load_calendar()
SPEED = 50e-6 * 4  # seconds for a term of ten days, with room for a busy machine


def term(amount: int, unit: Unit = "working_day", **more: bool) -> Term:
    return Term(
        key="k", amount=amount, unit=unit, anchor="receipt", consequence=None, cite="c", **more
    )


def cst(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CST)


FRIDAY = cst("2024-04-26 17:00")  # Sunday 28 April is worked (调休), 1–5 May are holidays


def test_the_starting_day_is_not_counted_and_swapped_weekends_are(calendar: Calendar) -> None:
    answer = due(term(7), FRIDAY, calendar)
    assert answer.due == date(2024, 5, 9)
    assert [line.counts for line in answer.ledger[:4]] == [False, False, True, True]
    assert answer.ledger[0].why == "起算日不计入"
    assert answer.ledger[2].to_json() == {
        "day": "2024-04-28",
        "counts": True,
        "n": 1,
        "why": "周日调休上班",
        "why_en": "Sunday worked in exchange for Labour Day",
    }
    assert "n" not in answer.ledger[0].to_json()


def test_the_last_day_counts_through_midnight_in_china(calendar: Calendar) -> None:
    assert due(term(7), FRIDAY, calendar).effective == datetime(2024, 5, 9, 16, tzinfo=UTC)


def test_the_hour_of_receipt_does_not_matter_only_the_day_in_china(calendar: Calendar) -> None:
    late = due(term(7), cst("2024-04-26 23:59:59"), calendar)
    early = due(term(7), datetime(2024, 4, 25, 16, 0, tzinfo=UTC), calendar)
    assert late.due == early.due == date(2024, 5, 9)


def test_what_arrives_on_a_day_of_rest_starts_on_that_day(calendar: Calendar) -> None:
    assert due(term(1), cst("2026-10-03 12:00"), calendar).due == date(2026, 10, 8)


def test_a_naive_instant_starts_no_term(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="offset"):
        due(term(7), FRIDAY.replace(tzinfo=None), calendar)


def test_a_term_that_reaches_into_an_unpublished_year_is_provisional(calendar: Calendar) -> None:
    assert due(term(10), cst("2026-12-28 09:00"), calendar).provisional
    assert not due(term(3), cst("2026-12-28 09:00"), calendar).provisional
    assert due(term(3), cst("2026-12-28 09:00"), calendar).calendar == calendar.version


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last", "moved"),
    [
        ("2026-10-20", 3, "day", date(2026, 10, 23), False),
        ("2026-10-21", 3, "day", date(2026, 10, 26), True),  # Saturday moves to Monday
        ("2026-09-29", 3, "day", date(2026, 10, 8), True),  # over the whole holiday
        ("2026-10-07", 3, "day", date(2026, 10, 10), False),  # a worked Saturday is no rest day
        ("2026-01-31", 1, "month", date(2026, 2, 28), False),  # clamped; Saturday, worked
        ("2024-08-30", 6, "month", date(2025, 2, 28), False),
        ("2023-08-31", 6, "month", date(2024, 2, 29), False),
        ("2026-03-15", 6, "month", date(2026, 9, 15), False),
        ("2026-04-01", 6, "month", date(2026, 10, 8), True),
        ("2024-02-29", 1, "year", date(2025, 2, 28), False),
        ("2021-06-05", 5, "year", date(2026, 6, 5), False),
        ("2025-06-20", 1, "year", date(2026, 6, 22), True),
    ],
)
def test_days_months_and_years_run_by_the_calendar_and_move_off_a_rest_day(
    *,
    start: str,
    amount: int,
    unit: Unit,
    last: date,
    moved: bool,
    calendar: Calendar,
) -> None:
    answer = due(term(amount, unit), cst(f"{start} 10:00"), calendar)
    assert (answer.due, answer.moved) == (last, moved)
    assert answer.effective == end_of(last)
    assert answer.ledger[-1].day == last


def test_the_ledger_says_from_which_rest_day_the_end_moved(calendar: Calendar) -> None:
    answer = due(term(3, "day"), cst("2026-10-21 10:00"), calendar)
    assert [line.why for line in answer.ledger[-3:]] == [
        "周六，末日顺延（本地惯例）",
        "周日，末日顺延（本地惯例）",
        "顺延至此",
    ]
    assert [line.n for line in answer.ledger[-3:]] == [3, None, None]


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2024-03-01", date(2024, 12, 31)),
        ("2024-12-31", date(2024, 12, 31)),
        ("2025-01-01", date(2025, 12, 31)),
        ("2022-03-01", date(2022, 12, 31)),  # a day of rest that year
        ("2027-03-01", date(2027, 12, 31)),
    ],
)
def test_a_fixed_day_of_the_year_is_never_moved_and_never_provisional(
    start: str, last: date, calendar: Calendar
) -> None:
    answer = due(term(1231, "date"), cst(f"{start} 10:00"), calendar)
    assert (answer.due, answer.moved, answer.provisional) == (last, False, False)


def test_a_fixed_day_already_past_is_that_of_the_next_year(calendar: Calendar) -> None:
    assert due(term(301, "date"), cst("2024-03-01 10:00"), calendar).due == date(2024, 3, 1)
    assert due(term(301, "date"), cst("2024-03-02 10:00"), calendar).due == date(2025, 3, 1)


def test_an_officer_sets_a_term_within_its_maximum(calendar: Calendar) -> None:
    at_most = term(10, at_most=True)
    assert due(at_most, FRIDAY, calendar, amount=3).due == date(2024, 4, 30)
    assert due(at_most, FRIDAY, calendar, amount=10) == due(at_most, FRIDAY, calendar)
    for wrong in (0, 11, -1):
        with pytest.raises(ValueError, match="sets 1 to 10"):
            due(at_most, FRIDAY, calendar, amount=wrong)


def test_an_officer_replaces_a_default_of_local_practice(calendar: Calendar) -> None:
    local = term(5, local_practice=True)
    assert due(local, FRIDAY, calendar, amount=7).due == date(2024, 5, 9)
    with pytest.raises(ValueError, match="law's"):
        due(local, FRIDAY, calendar, amount=0)


def test_nobody_sets_a_term_that_the_law_has_set(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="law's"):
        due(term(7), FRIDAY, calendar, amount=7)


def naive_due(start: date, amount: int, calendar: Calendar) -> date:
    day = start
    while amount:
        day += timedelta(days=1)
        amount -= calendar.is_working_day(day)
    return day


def _after_2004(minutes: int) -> datetime:
    return datetime(2004, 1, 1, tzinfo=CST) + timedelta(minutes=minutes)


instants = st.integers(0, 24 * 366 * 24 * 60 - 1).map(_after_2004)  # to the end of 2027


@settings(max_examples=200, deadline=None)
@given(start=instants, amount=st.integers(1, 40))
def test_working_days_agree_with_a_plain_loop(start: datetime, amount: int) -> None:
    answer = due(term(amount), start, CALENDAR)
    assert answer.due == naive_due(start.date(), amount, CALENDAR)
    assert_ledger_is_whole(answer, start.date(), amount)


def assert_ledger_is_whole(answer: Due, start: date, amount: int) -> None:
    days = [line.day for line in answer.ledger]
    assert days == [start + timedelta(days=n) for n in range((answer.due - start).days + 1)]
    assert [line.n for line in answer.ledger if line.counts] == [*range(1, amount + 1)]
    assert answer.ledger[-1].counts


@settings(max_examples=100, deadline=None)
@given(start=instants, unit=st.sampled_from(["day", "month", "year"]), amount=st.integers(1, 12))
def test_other_terms_end_on_a_working_day_and_no_working_day_before_would_do(
    start: datetime, unit: Unit, amount: int
) -> None:
    answer = due(term(amount, unit), start, CALENDAR)
    assert CALENDAR.is_working_day(answer.due)
    nominal = next(line.day for line in reversed(answer.ledger) if line.counts)
    between = range((answer.due - nominal).days)
    assert not any(CALENDAR.is_working_day(nominal + timedelta(days=n)) for n in between)
    assert answer.moved is (answer.due != nominal)


@pytest.mark.parametrize(
    ("now", "last", "left"),
    [
        ("2026-10-16 09:00", date(2026, 10, 26), 6),
        ("2026-10-26 23:59", date(2026, 10, 26), 0),
        ("2026-09-30 09:00", date(2026, 10, 8), 1),
        ("2026-10-24 09:00", date(2026, 10, 23), -1),  # Saturday after a Friday: begun at once
        ("2026-10-26 09:00", date(2026, 10, 23), -1),
        ("2026-10-27 09:00", date(2026, 10, 23), -2),
    ],
)
def test_the_working_days_left_are_those_after_today_and_negative_when_late(
    now: str, last: date, left: int, calendar: Calendar
) -> None:
    assert working_days_left(cst(now), last, calendar) == left


def test_ten_working_days_are_counted_in_microseconds(calendar: Calendar) -> None:
    ten = term(10)
    each = took(lambda: [due(ten, FRIDAY, calendar) for _ in range(20)]) / 20
    assert each < SPEED, f"{each * 1e6:.0f} µs"


def test_what_happens_at_the_end_of_a_day_is_told_of_that_day() -> None:
    assert day_told(end_of(date(2024, 5, 11))) == date(2024, 5, 11)
    assert day_told(end_of(date(2024, 5, 11)) + timedelta(seconds=1)) == date(2024, 5, 12)
