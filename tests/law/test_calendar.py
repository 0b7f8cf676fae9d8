"""The working-day calendar: what each year's notice says, and what a year without one gives."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from domain.law.calendar import Calendar, CalendarFaultError, changed_days, parse_year
from infra.law_data import load_calendar

NEXT_YEAR = {
    "year": 2027,
    "status": "official",
    "notice": "示例〔2026〕1号",
    "holidays": [
        {
            "name": "元旦",
            "name_en": "New Year's Day",
            "rest": ["2027-01-01", "2027-01-02", "2027-01-03"],
            "work": ["2026-12-27"],
        },
        {"name": "国庆节", "rest": [date(2027, 10, 1)]},
    ],
}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_published_day_is_as_the_first_source_has_it(year: int, calendar: Calendar) -> None:
    for day in days_of(year):
        assert calendar.is_working_day(day) is chinese_calendar.is_workday(day), day


@pytest.mark.parametrize("year", range(2023, 2027))
def test_every_recent_day_is_as_the_second_source_has_it(year: int, calendar: Calendar) -> None:
    china = holidays.country_holidays("CN", years=[year - 1, year, year + 1])
    for day in days_of(year):
        assert calendar.is_working_day(day) is china.is_working_day(day), day


def test_a_published_year_is_official_and_the_next_one_provisional(calendar: Calendar) -> None:
    assert calendar.valid_through == date(2026, 12, 31)
    assert not calendar.provisional(date(2026, 12, 31))
    assert calendar.provisional(date(2027, 1, 1))
    assert calendar.provisional(date(2040, 1, 1))
    assert calendar.provisional(date(2003, 12, 31))


def test_a_year_without_a_notice_knows_weekends_only(calendar: Calendar) -> None:
    for day in (*days_of(2027), *days_of(2040)):
        assert calendar.is_working_day(day) is (day.weekday() < 5)


@pytest.mark.parametrize(
    ("day", "working", "zh", "en"),
    [
        (date(2026, 10, 9), True, "工作日", "working day"),
        (date(2026, 10, 10), True, "周六调休上班", "Saturday worked in exchange for National Day"),
        (date(2026, 10, 1), False, "国庆节放假", "National Day holiday"),
        (date(2026, 10, 11), False, "周日", "Sunday"),
        (
            date(2018, 12, 29),
            True,
            "周六调休上班",
            "Saturday worked in exchange for New Year's Day",
        ),
        (date(2018, 12, 31), False, "元旦放假", "New Year's Day holiday"),
    ],
)
def test_each_day_says_why(
    *,
    day: date,
    working: bool,
    zh: str,
    en: str,
    calendar: Calendar,
) -> None:
    reason = calendar.reason(day)
    assert (reason.working, reason.zh, reason.en) == (working, zh, en)


def test_a_year_shows_the_days_that_are_not_what_their_weekday_says(calendar: Calendar) -> None:
    days = dict(calendar.days(2018))
    assert date(2018, 12, 31) in days  # from the notice of 2019
    assert date(2017, 12, 30) not in days
    assert list(days) == sorted(days)


def test_publishing_a_year_changes_its_days_and_the_version_and_not_the_old_calendar(
    calendar: Calendar,
) -> None:
    published = calendar.with_year(parse_year(NEXT_YEAR))
    changed = changed_days(calendar, published)
    assert changed == (date(2026, 12, 27), date(2027, 1, 1), date(2027, 10, 1))
    assert changed_days(published, calendar) == changed
    assert published.valid_through == date(2027, 12, 31)
    assert not published.provisional(date(2027, 1, 1))
    assert published.version.startswith("cn@2027.")
    assert calendar.provisional(date(2027, 1, 1))
    assert calendar.version.startswith("cn@2026.")


def test_publishing_the_same_year_again_changes_nothing(calendar: Calendar) -> None:
    table = parse_year(NEXT_YEAR)
    once = calendar.with_year(table)
    assert changed_days(once, once.with_year(table)) == ()
    assert once.with_year(table).version == once.version


def test_the_version_depends_on_the_content_alone(calendar: Calendar) -> None:
    shuffled = Calendar(reversed([*calendar.tables.values()]))
    assert shuffled.version == calendar.version == load_calendar().version


def test_an_empty_calendar_knows_weekends_and_is_valid_for_no_day() -> None:
    empty = Calendar([])
    assert empty.is_working_day(date(2026, 10, 1))
    assert empty.provisional(date(2026, 10, 1))
    assert empty.valid_through < date(2004, 1, 1)


def test_a_gap_between_official_years_ends_what_is_valid(calendar: Calendar) -> None:
    gap = Calendar(table for year, table in calendar.tables.items() if year != 2020)
    assert gap.valid_through == date(2019, 12, 31)


@pytest.mark.parametrize("span", [0, 1, 9, 40, 400, 900])
def test_working_days_between_two_days_are_those_that_are_worked(span: int) -> None:
    calendar = load_calendar()
    for after in days_of(2024)[::7]:
        through = after + timedelta(days=span)
        each = (after + timedelta(days=n) for n in range(1, span + 1))
        assert calendar.working_days(after, through) == sum(map(calendar.is_working_day, each))
        assert span == 0 or calendar.working_days(through, after) == 0


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"year": "2027"}, "year: a year"),
        ({"year": True}, "year: a year"),
        ({"year": 9999}, "year: a year"),
        ({"status": "final"}, "status: official or provisional"),
        ({"notice": 7}, "notice: the number"),
        ({"extra": 1}, "unknown key 'extra'"),
        ({"holidays": {}}, "holidays: a list"),
        ({"holidays": []}, "an official year names its holidays"),
        ({"holidays": ["元旦"]}, "holidays[0].name"),
        ({"holidays": [{"name": "元旦"}]}, "holidays[0].rest: at least one day off"),
        ({"holidays": [{"name": "元旦", "rest": ["2027-01-32"]}]}, "not a day: '2027-01-32'"),
        ({"holidays": [{"name": "元旦", "rest": "soon"}]}, "not a day: 'soon'"),
        ({"holidays": [{"name": "元旦", "rest": ["2026-11-30"]}]}, "2026-11-30: not in 2027"),
        ({"holidays": [{"name": "元旦", "rest": ["2028-01-01"]}]}, "2028-01-01: not in 2027"),
        ({"holidays": [{"name": "元旦", "rest": ["2027-01-01"] * 2}]}, "named twice"),
        (
            {"holidays": [{"name": "元旦", "rest": ["2027-01-01"], "work": ["2027-01-04"]}]},
            "2027-01-04: a made-up working day lies on a weekend, this is a Monday",
        ),
        ({"holidays": [{"name": "元旦", "rests": [], "rest": ["2027-01-01"]}]}, "key 'rests'"),
    ],
)
def test_a_year_that_cannot_be_is_refused_with_what_is_wrong(
    change: dict[str, object], fault: str
) -> None:
    with pytest.raises(CalendarFaultError) as refused:
        parse_year(NEXT_YEAR | change)
    assert any(fault in one for one in refused.value.faults), refused.value.faults


def test_all_faults_of_a_year_are_told_at_once() -> None:
    with pytest.raises(CalendarFaultError) as refused:
        parse_year({"year": 2027, "status": "?", "holidays": [{"name": "", "rest": []}]})
    assert len(refused.value.faults) == 3
