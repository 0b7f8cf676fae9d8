"""Working days in expressions: counted as the law counts, on the calendar that is handed in."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.law.calendar import Calendar, Holiday, YearTable
from domain.process.feel import CALENDAR, Value, compile_expression
from domain.process.script import parse_script
from domain.process.simulate import simulate
from tests.process.drawn import assign, draw, end, start, task

MAY = Holiday(
    name="劳动节",
    name_en="Labour Day",
    rest=tuple(date(2024, 5, day) for day in range(1, 6)),
    work=(date(2024, 4, 28), date(2024, 5, 11)),
)
CALENDAR_2024 = Calendar([YearTable(year=2024, status="official", holidays=(MAY,))])


def value(text: str, **known: Value) -> Value:
    return compile_expression(text).evaluate({**known, CALENDAR: CALENDAR_2024})


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('add working days(@"2024-04-26", 7)', date(2024, 5, 9)),
        ('add working days(@"2024-04-26", 1)', date(2024, 4, 28)),
        ('add working days(@"2024-05-06", -1)', date(2024, 4, 30)),
        ('add working days(@"2024-05-01", 0)', date(2024, 5, 1)),
        ('working days(@"2024-04-26", @"2024-05-09")', Decimal(7)),
        ('working days(@"2024-05-09", @"2024-04-26")', Decimal(-7)),
        ('working days(@"2024-05-01", @"2024-05-01")', Decimal(0)),
        ('is working day(@"2024-04-28")', True), ('is working day(@"2024-05-01")', False),
        ('is working day(at)', True), ('add working days("2024-05-01", 1)', None),
        ('add working days(@"2024-05-01", 1001)', None),
        ('add working days(@"9999-12-31", 5)', None),
        ('add working days(@"0001-01-01", -5)', None), ('add working days(null, 1)', None),
        ('working days(@"1000-01-01", @"2024-05-01")', None), ('is working day(null)', None),
    ],
)  # fmt: skip
def test_working_days_are_counted_on_the_law_s_calendar(text: str, answer: Value) -> None:
    late = datetime(2024, 5, 10, 17, tzinfo=UTC)  # 01:00 on the worked Saturday in China
    assert value(text, at=late) == answer


def test_no_expression_can_name_the_calendar_and_none_sees_it_without_need() -> None:
    assert compile_expression('is working day(@"2024-05-01")').names == {CALENDAR}
    assert compile_expression("1 + n").names == {"n"}
    with pytest.raises(ValueError, match="column"):
        compile_expression(CALENDAR)


def test_a_played_run_counts_on_the_calendar_it_is_given_and_does_not_print_it() -> None:
    sets = assign("due", 'add working days(@"2024-04-26", 7)')
    definition = draw("s > a > e", s=start(), a=task(sets), e=end())
    script = parse_script(definition, {"variables": {CALENDAR: CALENDAR_2024}})
    assert simulate(definition, script).variables == {"due": date(2024, 5, 9)}
