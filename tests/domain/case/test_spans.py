"""What is left of a term by the clock is said in its two largest units."""

from datetime import timedelta

import pytest

from domain.case.views.spans import instant_words, span_words
from tests.spec.driver import cst


@pytest.mark.parametrize(
    ("span", "zh", "en"),
    [
        (timedelta(days=2, hours=3, minutes=9), "2天3小时", "2 days 3 hours"),
        (timedelta(days=1, seconds=40), "1天", "1 day"),
        (timedelta(hours=1, minutes=1), "1小时1分钟", "1 hour 1 minute"),
        (timedelta(seconds=45), "45秒", "45 seconds"),
        (-timedelta(minutes=5), "5分钟", "5 minutes"),
        (timedelta(milliseconds=3), "不到1秒", "less than a second"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(span: timedelta, zh: str, en: str) -> None:
    assert (span_words(span, "zh"), span_words(span, "en")) == (zh, en)


def test_an_instant_is_said_with_its_day_and_time() -> None:
    at = cst("2024-05-10 17:05")
    assert instant_words(at, "zh") == "2024年5月10日（周五）17:05"
    assert instant_words(at, "en") == "17:05 on Friday 10 May 2024"
