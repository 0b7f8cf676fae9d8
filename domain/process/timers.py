"""Timers of a diagram: ISO 8601 durations, dates and cycles, and terms of the law book."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from domain.kernel.times import CST

TimerKind = Literal["duration", "date", "cycle", "law"]
FOREVER = -1  # firings left of a cycle without a count
MAX_YEAR = 9999  # of the calendar Python counts

_SPAN = re.compile(
    r"P(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,5})M)?(?:(?P<weeks>\d{1,5})W)?(?:(?P<days>\d{1,6})D)?"
    r"(?:T(?:(?P<hours>\d{1,7})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,9}(?:\.\d{1,6})?)S)?)?"
)
_REPEAT = re.compile(r"R(?P<times>\d{0,6})")
_LAW_KEY = re.compile(r"law:(?P<key>[a-z_]+(?:\.[a-z_]+)*)")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: whole calendar months, then an exact rest."""

    months: int = 0
    rest: timedelta = timedelta()

    def after(self, start: datetime) -> datetime:
        """Return the instant this span after `start`; a day that a month lacks becomes its last.

        Raises:
            OverflowError: beyond the year 9999.
        """
        month = start.year * 12 + start.month - 1 + self.months
        year, index = divmod(month, 12)
        if year > MAX_YEAR:
            raise OverflowError("the date lies beyond the year 9999")
        day = min(start.day, monthrange(year, index + 1)[1])
        return start.replace(year=year, month=index + 1, day=day) + self.rest


def parse_span(text: str) -> Span:
    """Return the span an ISO 8601 duration says, such as `P3D`, `PT10S`, `P1M`.

    Raises:
        ValueError: no duration, an empty one, or one with too many digits.
    """
    found = _SPAN.fullmatch(text)
    if found is None or text.endswith(("P", "T")):
        raise ValueError(f"{text!r} is no duration")
    part = {name: float(value) for name, value in found.groupdict().items() if value}
    months = int(part.pop("years", 0) * 12 + part.pop("months", 0))
    return Span(months, timedelta(**part))  # the digits allowed cannot overflow it


def span_text(length: timedelta) -> str:
    """Return `length`, not negative, as an ISO 8601 duration of days and clock time."""
    hours, rest = divmod(length.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    fraction = f".{length.microseconds:06d}".rstrip("0") if length.microseconds else ""
    date = f"{length.days}D" if length.days else ""
    clock = f"{hours}H" if hours else ""
    clock += f"{minutes}M" if minutes else ""
    clock += f"{seconds}{fraction}S" if seconds or fraction else ""
    return f"P{date}T{clock}" if clock else f"P{date}" if date else "PT0S"


@dataclass(frozen=True, slots=True)
class TimerSpec:
    """What a timer event says; `left` counts the firings of a cycle still to come."""

    kind: TimerKind
    text: str  # "P3D", "2024-05-10T00:00:00+08:00", "R4/PT10S"; for `law` the key alone
    left: int = 1

    def due(self, start: datetime) -> datetime:
        """Return when this timer, armed at `start`, fires next; `law` is for the law book to say.

        Raises:
            ValueError: a `law` timer.
            OverflowError: beyond the year 9999.
        """
        if self.kind == "duration":
            return parse_span(self.text).after(start)
        if self.kind == "date":
            return _date(self.text)
        if self.kind == "cycle":
            first, span = _cycle_parts(self.text)
            if first is not None and self.left == _times(self.text):
                return first
            return span.after(start)
        raise ValueError(f"law:{self.text} is for the law book to answer")

    def next(self) -> "TimerSpec | None":
        """Return the timer to arm after this one fired; None when it was the last firing."""
        if self.left == FOREVER:
            return self
        return TimerSpec(self.kind, self.text, self.left - 1) if self.left > 1 else None

    def __str__(self) -> str:
        return f"law:{self.text}" if self.kind == "law" else self.text


def parse_timer(kind: Literal["date", "duration", "cycle"], text: str) -> TimerSpec:
    """Return the timer that the content of a `timeDate`, `timeDuration` or `timeCycle` says.

    Raises:
        ValueError: it does not parse.
    """
    text = text.strip().removeprefix('"').removesuffix('"')  # a FEEL string literal says the same
    if law := _LAW_KEY.fullmatch(text):
        return TimerSpec("law", law["key"])
    if kind == "duration":
        parse_span(text)
    elif kind == "date":
        _date(text)
    else:
        _cycle_parts(text)
        return TimerSpec("cycle", text, _times(text))
    return TimerSpec(kind, text)


def _date(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=CST)


def _times(text: str) -> int:
    count = text.split("/", maxsplit=1)[0].removeprefix("R")
    return int(count) if count else FOREVER


def _cycle_parts(text: str) -> tuple[datetime | None, Span]:
    """Return the first instant, when one is named, and the distance of the firings."""
    head, *rest = text.split("/")
    repeat = _REPEAT.fullmatch(head)
    if repeat is None or not 1 <= len(rest) <= 2:  # noqa: PLR2004  – [start/]duration
        raise ValueError(f"{text!r} is no cycle")
    if repeat["times"] and int(repeat["times"]) == 0:
        raise ValueError(f"{text!r} never fires")
    span = parse_span(rest[-1])
    if span == Span():
        raise ValueError(f"{text!r} does not move")
    return (_date(rest[0]) if len(rest) == 2 else None), span  # noqa: PLR2004
