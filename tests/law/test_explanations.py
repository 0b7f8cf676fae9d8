"""Why a term ends on the day it ends, in Chinese and English."""

from datetime import date

import pytest

from domain.kernel.errors import Language
from domain.kernel.terms import Term
from domain.law.calendar import Calendar
from domain.law.clock import Suspension, due, lead
from domain.law.explain import amount_text, day_text, explain
from tests.law.test_counting import FRIDAY, cst, term
from tests.law.test_lead_times import lead_time


def test_a_working_day_term_names_what_was_skipped_and_what_was_worked(calendar: Calendar) -> None:
    answer = due(term(7), FRIDAY, calendar)
    assert explain(term(7), answer, "zh") == (
        "2024年4月26日（周五）起算，当日不计，7个工作日，2024年5月9日（周四）24:00期满。"
        "不计：周末1天、劳动节放假5天。计入：4月28日周日调休上班。"
    )
    assert explain(term(7), answer, "en") == (
        "7 working days from Friday 26 April 2024, not counted: Thursday 9 May 2024, until 24:00. "
        "Not counted: weekend (1), Labour Day holiday (5). "
        "Counted: 28 April, a Sunday worked in exchange for Labour Day."
    )


def test_the_officers_number_of_days_is_the_one_told(calendar: Calendar) -> None:
    at_most = term(10, at_most=True)
    answer = due(at_most, FRIDAY, calendar, amount=3)
    assert "3个工作日" in explain(at_most, answer, "zh")
    assert explain(at_most, answer, "en").startswith("3 working days")


def test_a_suspension_is_named_with_its_days(calendar: Calendar) -> None:
    pause = Suspension(since=cst("2026-10-21 15:00"), until=cst("2026-10-22 09:00"))
    answer = due(term(5), cst("2026-10-19 10:00"), calendar, [pause])
    assert "暂停2天" in explain(term(5), answer, "zh")
    assert "suspended (2)" in explain(term(5), answer, "en")


def test_an_open_suspension_tells_what_is_left(calendar: Calendar) -> None:
    pause = Suspension(since=cst("2026-10-21 15:00"))
    answer = due(term(5), cst("2026-10-19 10:00"), calendar, [pause])
    assert "还剩4个工作日" in explain(term(5), answer, "zh")
    assert "4 working days left" in explain(term(5), answer, "en")


def test_a_moved_end_and_an_unpublished_year_are_said(calendar: Calendar) -> None:
    days = term(3, "day")
    answer = due(days, cst("2027-01-07 10:00"), calendar)
    assert "顺延至次一工作日（本地惯例）" in explain(days, answer, "zh")
    assert "moved on (local practice)" in explain(days, answer, "en")
    assert "暂定" in explain(days, answer, "zh")
    assert "Provisional" in explain(days, answer, "en")


def test_months_are_told_as_the_law_has_them(calendar: Calendar) -> None:
    months = term(6, "month")
    answer = due(months, cst("2026-03-16 10:00"), calendar)
    assert explain(months, answer, "zh").endswith("6个月，2026年9月16日（周三）24:00期满。")


def test_a_fixed_day_says_that_no_holiday_moves_it(calendar: Calendar) -> None:
    fixed = term(1231, "date")
    answer = due(fixed, FRIDAY, calendar)
    assert (
        explain(fixed, answer, "zh") == "固定日期，2024年12月31日（周二）24:00截止，不因放假顺延。"
    )
    assert "no holiday moves it" in explain(fixed, answer, "en")


def test_a_lead_time_is_told_from_the_day_it_is_counted_back_from(calendar: Calendar) -> None:
    answer = lead(lead_time(7), date(2026, 10, 13), calendar)
    zh, en = (explain(lead_time(7), answer, language) for language in ("zh", "en"))
    assert zh.startswith(
        "2026年10月13日（周二）当日不计，提前7个工作日，最迟2026年9月28日（周一）24:00前。"
    )
    assert en.startswith("7 working days before Tuesday 13 October 2026, not counted: Monday 28 ")


@pytest.mark.parametrize(
    ("one", "zh", "en"),
    [
        (term(1), "1个工作日", "1 working day"),
        (term(3, "day"), "3天", "3 days"),
        (term(6, "month"), "6个月", "6 months"),
        (term(1, "year"), "1年", "1 year"),
        (term(1231, "date"), "12月31日", "31 December"),
    ],
)
def test_a_term_is_told_with_its_unit(one: Term, zh: str, en: str) -> None:
    assert amount_text(one, "zh") == zh
    assert amount_text(one, "en") == en


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "2026年2月3日（周二）"), ("en", "Tuesday 3 February 2026")]
)
def test_a_day_is_told_with_its_weekday(language: Language, said: str) -> None:
    assert day_text(date(2026, 2, 3), language) == said
