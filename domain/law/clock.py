"""The arithmetic of terms: from a starting instant to the last day, with a ledger of every day.

The starting day is not counted; the last day counts through 24:00, China Standard Time. A term in
days, months or years that would end on a day of rest ends with the next working day (local
practice, after Civil Code 203). A day of which any part is suspended does not count, and resuming
acts as a new starting day for what is left. A timer of a diagram, in seconds, runs on the clock: it
ends to the second and is neither suspended nor moved.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple, overload

from domain.kernel.terms import Term
from domain.kernel.times import end_of, legal_day
from domain.law.calendar import ONE_DAY, Calendar, DayReason

_BACKWARDS = "before."  # an anchor the term is counted back from
_MONTHS = {"month": 1, "year": 12}

_START = DayReason(working=False, zh="起算日不计入", en="starting day, not counted")
_EVENT = DayReason(working=False, zh="当日不计入", en="the day itself, not counted")
_SUSPENDED = DayReason(working=False, zh="暂停", en="suspended")
_COUNTED = DayReason(working=True, zh="计入", en="counted")
_MOVED = DayReason(working=True, zh="顺延至此", en="the end moved here")
_FIXED = DayReason(working=True, zh="固定日期", en="fixed day")


class LedgerDay(NamedTuple):
    """One day of a term: whether it counts, as which, and why."""

    day: date
    counts: bool
    n: int | None  # the how-manieth counted day, 1..; None where it does not count
    why: str
    why_en: str

    def to_json(self) -> dict[str, object]:
        """Return `{day, counts, n?, why, why_en}`."""
        number = {} if self.n is None else {"n": self.n}
        return {
            "day": self.day.isoformat(),
            "counts": self.counts,
            **number,
            "why": self.why,
            "why_en": self.why_en,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """A span during which a term does not run; `until` is None while it lasts."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The last day of a term and the way to it."""

    due: date
    effective: datetime  # 24:00 of `due`, UTC: what the law then does counts from here
    ledger: tuple[LedgerDay, ...]
    calendar: str  # version of the calendar counted by
    provisional: bool  # a day counted by lies in a year not yet published
    moved: bool  # the last day fell on a rest day and moved to the next working day, local practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """A term under an open suspension: it has no last day until it is resumed."""

    since: date  # the first day that does not count
    left: int  # working days of a working-day term, otherwise days, still to run
    ledger: tuple[LedgerDay, ...]
    calendar: str
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The last admissible day for an act due some days before another."""

    last_day: date
    effective: datetime  # 24:00 of `last_day`, UTC
    ledger: tuple[
        LedgerDay, ...
    ]  # counted back: from the day of the event, not counted, to `last_day`
    calendar: str
    provisional: bool


def counts_back(term: Term) -> bool:
    """Return whether `term` is counted back from a day: a matter for `lead`, not for `due`."""
    return term.anchor.startswith(_BACKWARDS)


def _exact(effective: datetime, calendar: Calendar) -> Due:
    """Return the end of a span of clock time: no day is counted, none is skipped."""
    return Due(
        due=legal_day(effective),
        effective=effective,
        ledger=(),
        calendar=calendar.version,
        provisional=False,
        moved=False,
    )


@overload
def due(
    term: Term,
    start: datetime,
    calendar: Calendar,
    suspensions: tuple[()] = (),
    amount: int | None = None,
) -> Due: ...


@overload
def due(
    term: Term,
    start: datetime,
    calendar: Calendar,
    suspensions: Sequence[Suspension],
    amount: int | None = None,
) -> Due | Paused: ...


def due(
    term: Term,
    start: datetime,
    calendar: Calendar,
    suspensions: Sequence[Suspension] = (),
    amount: int | None = None,
) -> Due | Paused:
    """Return when `term`, started at `start`, ends; `Paused` under a suspension still open.

    `amount` is what an officer set within an at-most term, or in place of a default that is local
    practice.

    Raises:
        ValueError: `start` is naive; `term` is a lead time; `amount` is not the officer's to set.

    Cite: HN-2022-1 一(二).
    """
    if counts_back(term):
        raise ValueError(f"{term.key} is a lead time: it is counted back from a day")
    count = _Count(calendar, legal_day(start), _spans(suspensions))
    wanted = _amount(term, amount)
    match term.unit:
        case "second":
            return _exact(start + timedelta(seconds=wanted), calendar)
        case "working_day":
            return count.working_days(wanted)
        case "day":
            return count.days(wanted)
        case "month" | "year":
            return count.months(wanted, _MONTHS[term.unit])
        case "date":
            return count.fixed_day(wanted)


def lead(term: Term, before: date, calendar: Calendar) -> Lead:
    """Return the last day on which an act due `term` before the day `before` is in time.

    Raises:
        ValueError: `term` is not counted in days or working days.
    """
    if term.unit not in ("working_day", "day"):
        raise ValueError(f"{term.key} is no lead time: it is counted in {term.unit}s")
    ledger = [_skipped(before, _EVENT)]
    day, n = before, 0
    while n < term.amount:
        day -= ONE_DAY
        why = calendar.reason(day)
        counts = why.working or term.unit == "day"
        n += counts
        ledger.append(_counted(day, n, why) if counts else _skipped(day, why))
    return Lead(
        last_day=day,
        effective=end_of(day),
        ledger=tuple(ledger),
        calendar=calendar.version,
        provisional=_provisional(calendar, day, before),
    )


def working_days_left(now: datetime, due: date, calendar: Calendar) -> int:
    """Return the working days after today through `due`; 0 on the last day; negative when late.

    Late, it is minus the working days since; the first begins at once: -1 on the Saturday after a
    Friday as on the Monday.
    """
    today = legal_day(now)
    if today > due:
        return -max(calendar.working_days(due, today), 1)
    return calendar.working_days(today, due)


def _amount(term: Term, officers: int | None) -> int:
    if officers is None:
        return term.amount
    if term.at_most and not 1 <= officers <= term.amount:
        raise ValueError(f"{term.key}: the officer sets 1 to {term.amount}, not {officers}")
    if not (term.at_most or term.local_practice) or officers < 1 or term.unit == "date":
        raise ValueError(f"{term.key}: the term is the law's, not {officers}")
    return officers


Span = tuple[date, date | None]  # first and last day that do not count


def _spans(suspensions: Sequence[Suspension]) -> tuple[Span, ...]:
    return tuple(
        (legal_day(one.since), None if one.until is None else legal_day(one.until))
        for one in suspensions
    )


class _Count:
    """One walk along the days after `start`; each public method counts in one unit."""

    def __init__(self, calendar: Calendar, start: date, spans: tuple[Span, ...]) -> None:
        self._calendar, self._start, self._spans = calendar, start, spans
        self._ledger = [_skipped(start, _START)]

    def working_days(self, amount: int) -> Due | Paused:
        """Count `amount` working days."""
        reason, ledger = self._calendar.reason, self._ledger
        n = 0
        for day in self._walk():
            if day is None:
                return self._paused(amount - n)
            why = reason(day)
            n += why.working
            ledger.append(_counted(day, n, why) if why.working else _skipped(day, why))
            if n == amount:
                break
        return self._due(moved=False)

    def days(self, amount: int) -> Due | Paused:
        """Count `amount` days of any kind; a last day of rest moves on."""
        return self._plain_days(amount, in_ledger_from=self._start)

    def months(self, amount: int, months_each: int) -> Due | Paused:
        """Count months or years to the same day of the month, clamped to its end.

        Suspended days are added at the end, day for day; only the end enters the ledger.
        """
        last = _add_months(self._start, amount * months_each)
        return self._plain_days((last - self._start).days, in_ledger_from=last)

    def fixed_day(self, month_and_day: int) -> Due:
        """Take the next such day of the year, the starting day included; nothing moves it."""
        month, day = divmod(month_and_day, 100)
        last = date(self._start.year, month, day)
        if last < self._start:
            last = date(self._start.year + 1, month, day)
        self._ledger = [_counted(last, 1, _FIXED)]
        return replace(self._due(moved=False), provisional=False)

    def _plain_days(self, amount: int, in_ledger_from: date) -> Due | Paused:
        walk = self._walk()
        for n, day in enumerate(walk, start=1):
            if day is None:
                return self._paused(amount - n + 1)
            if day >= in_ledger_from:
                self._ledger.append(_counted(day, n, _COUNTED))
            if n == amount:
                break
        return self._moved_off_rest(walk)

    def _moved_off_rest(self, walk: Iterator[date | None]) -> Due | Paused:
        """End on the last day counted or, when that is a day of rest, on the next working day."""
        last = nominal = self._ledger[-1].day
        while not self._calendar.is_working_day(last):
            self._ledger[-1] = _moving(self._ledger[-1], self._calendar.reason(last))
            following = next(walk)
            if following is None:
                return self._paused(1)
            last = following
            self._ledger.append(_skipped(last, _MOVED))
        return self._due(moved=last != nominal)

    def _walk(self) -> Iterator[date | None]:
        """Yield each day after the start that is not suspended; None where a suspension is open."""
        day = self._start
        while True:
            day += ONE_DAY
            span = self._suspended(day) if self._spans else None
            if span is None:
                yield day
                continue
            self._ledger.append(_skipped(day, _SUSPENDED))
            if span[1] is None:
                yield None

    def _suspended(self, day: date) -> Span | None:
        for first, last in self._spans:
            if first <= day and (last is None or day <= last):
                return first, last
        return None

    def _due(self, *, moved: bool) -> Due:
        last = self._ledger[-1].day
        return Due(
            due=last,
            effective=end_of(last),
            ledger=tuple(self._ledger),
            calendar=self._calendar.version,
            provisional=_provisional(self._calendar, self._start + ONE_DAY, last),
            moved=moved,
        )

    def _paused(self, left: int) -> Paused:
        since = self._ledger[-1].day
        return Paused(
            since=since,
            left=left,
            ledger=tuple(self._ledger),
            calendar=self._calendar.version,
            provisional=_provisional(self._calendar, self._start + ONE_DAY, since),
        )


def _counted(day: date, n: int, why: DayReason) -> LedgerDay:
    return LedgerDay(day, counts=True, n=n, why=why.zh, why_en=why.en)


def _skipped(day: date, why: DayReason) -> LedgerDay:
    return LedgerDay(day, counts=False, n=None, why=why.zh, why_en=why.en)


def _moving(line: LedgerDay, why: DayReason) -> LedgerDay:
    zh, en = f"{why.zh}，末日顺延（本地惯例）", f"{why.en}, the end moves on (local practice)"
    return line._replace(why=zh, why_en=en)


def _provisional(calendar: Calendar, first: date, last: date) -> bool:
    return any(calendar.provisional(date(y, 1, 1)) for y in range(first.year, last.year + 1))


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
