"""What is left of a term that runs by the clock, in words: `2天3小时`, `2 days 3 hours`."""

from datetime import datetime, timedelta

from domain.case.state import Deadline
from domain.case.views.days import day_text
from domain.kernel.errors import Language
from domain.kernel.times import CST

_UNITS = (
    (timedelta(days=1), "天", "day"),
    (timedelta(hours=1), "小时", "hour"),
    (timedelta(minutes=1), "分钟", "minute"),
    (timedelta(seconds=1), "秒", "second"),
)


def time_left(deadline: Deadline, now: datetime) -> timedelta | None:
    """Return how long a term still runs by the clock, negative once it is over.

    None of a term that is counted in days, or that does not run.
    """
    if deadline.of_law or deadline.effective is None:
        return None
    return deadline.effective - now


def span_words(span: timedelta, language: Language) -> str:
    """Return a length of time in its two largest units, however it is signed."""
    rest, counts = abs(span), list[int]()
    for unit, _, _ in _UNITS:
        count, rest = divmod(rest, unit)
        counts.append(count)
    first = next((n for n, count in enumerate(counts) if count), None)
    if first is None:
        return "不到1秒" if language == "zh" else "less than a second"
    said = [(counts[n], _UNITS[n]) for n in range(first, len(counts))][:2]
    if language == "zh":
        return "".join(f"{count}{zh}" for count, (_, zh, _) in said if count)
    return " ".join(_counted(count, en) for count, (_, _, en) in said if count)


def instant_words(instant: datetime, language: Language) -> str:
    """Return a day with its weekday and the time, in China."""
    local = instant.astimezone(CST)
    day, time = day_text(local.date(), language), f"{local:%H:%M}"
    return f"{day}{time}" if language == "zh" else f"{time} on {day}"


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
