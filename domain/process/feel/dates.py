"""Functions that make and read dates, times and durations."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from domain.kernel.times import parse_day
from domain.process.feel import values
from domain.process.feel.values import Months, Value
from domain.process.timers import parse_span, span_text

_CLOCK = re.compile(r"\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$", re.ASCII)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def moment(text: Value) -> Value:
    """Return the date, time, date and time or duration that a text says; null when it says none."""
    for read in (date_of, time_of, date_and_time_of, duration_of):
        if (found := read(text)) is not None:
            return found
    return None


def date_of(value: Value, month: Value = None, day: Value = None) -> Value:
    """Return the date of a text, a date and time, or year, month and day."""
    if isinstance(value, datetime):
        return value.date()
    try:
        if isinstance(value, str):
            return parse_day(value)
        parts = (values.whole(value), values.whole(month), values.whole(day))
        return None if None in parts else date(*(part or 0 for part in parts))
    except ValueError:
        return None


def time_of(value: Value) -> Value:
    """Return the time of day of a text or a date and time."""
    if isinstance(value, datetime):
        return value.timetz()
    try:
        return _hours(value) if isinstance(value, str) else None
    except ValueError:
        return None


def date_and_time_of(value: Value, at: Value = None) -> Value:
    """Return the date and time of a text, or of a date and a time."""
    if isinstance(value, date) and isinstance(at, time):
        return datetime.combine(value, at)
    if not isinstance(value, str) or at is not None:
        return None
    day, _, hours = value.partition("T")
    try:
        return datetime.combine(parse_day(day), _hours(hours))
    except ValueError:
        return None


def _hours(text: str) -> time:
    """Return the time of day written hh:mm[:ss[.ffffff]], with an offset where one follows.

    Raises:
        ValueError: it is written otherwise, or no time.
    """
    if not _CLOCK.match(text):
        raise ValueError("a time is written hh:mm or hh:mm:ss")
    return time.fromisoformat(text)


def duration_of(text: Value) -> Value:
    """Return the duration of an ISO 8601 text."""
    if not isinstance(text, str):
        return None
    try:
        span = parse_span(text.removeprefix("-"))
    except ValueError:
        return None
    if span.months and span.rest:
        return None
    found = Months(span.months) if span.months else span.rest
    return values.negative(found) if text.startswith("-") else found


def duration_text(length: timedelta | Months) -> str:
    """Return a duration as ISO 8601 says it; the inverse of `duration_of`."""
    if isinstance(length, timedelta):
        return span_text(length) if length >= timedelta() else f"-{span_text(-length)}"
    years, months = divmod(abs(length.count), 12)
    said = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
    return f"{'-' if length.count < 0 else ''}P{said}"


def months_between(first: Value, last: Value) -> Value:
    """Return the whole months from one day to another."""
    if not (isinstance(first, date) and isinstance(last, date)):
        return None
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return Months(months)


def weekday(day: Value) -> Value:
    """Return the English name of a day's weekday."""
    return _WEEKDAYS[day.weekday()] if isinstance(day, date) else None


def part(name: str) -> Callable[[Value], Value]:
    """Return the function that reads `year`, `month` or `day`."""

    def part(value: Value) -> Value:
        return Decimal(getattr(value, name)) if isinstance(value, date) else None

    return part
