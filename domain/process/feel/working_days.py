"""Functions that count working days (工作日) on the law's calendar; without one they are null."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

from domain.kernel.times import legal_day
from domain.process.feel import values
from domain.process.feel.values import Truth, Value

MAX_COUNT = 1_000  # working days added at once
MAX_SPAN = timedelta(days=36_525)  # between the days of a count: a hundred years
_ONE_DAY = timedelta(days=1)


class WorkingDays(Protocol):
    """What a calendar must answer."""

    def is_working_day(self, day: date) -> bool:
        """Return whether `day` is worked."""

    def working_days(self, after: date, through: date) -> int:
        """Return how many working days come after `after`, up to and with `through`."""


def worked(calendar: WorkingDays | None, value: Value) -> Truth:
    """Return whether a day is a working day."""
    day = _day(value)
    return None if calendar is None or day is None else calendar.is_working_day(day)


def add(calendar: WorkingDays | None, value: Value, count: Value) -> Value:
    """Return the `count`-th working day after a day, before it where `count` is negative.

    As the law counts, the day itself does not count; 0 is the day itself.

    Raises:
        OverflowError: beyond the year 9999.
    """
    day, left = _day(value), values.whole(count)
    if calendar is None or day is None or left is None or abs(left) > MAX_COUNT:
        return None
    step, left = (_ONE_DAY if left > 0 else -_ONE_DAY), abs(left)
    while left:
        day += step
        left -= calendar.is_working_day(day)
    return day


def between(calendar: WorkingDays | None, first: Value, last: Value) -> Value:
    """Return how many working days come after a day, up to and with the other; or minus that."""
    after, through = _day(first), _day(last)
    if calendar is None or after is None or through is None or abs(through - after) > MAX_SPAN:
        return None
    if through < after:
        return Decimal(-calendar.working_days(through, after))
    return Decimal(calendar.working_days(after, through))


def _day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return legal_day(value) if value.tzinfo is not None else value.date()
    return value if isinstance(value, date) else None
