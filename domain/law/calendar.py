"""The working-day calendar (工作日历): a table per year of rest days and made-up working days.

A working day (工作日) is neither a weekend nor a statutory holiday, or a weekend day swapped to
work (调休). A year whose notice is not out, or not loaded, knows weekends only: it is provisional.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Literal, Self

ONE_DAY = timedelta(days=1)
_SATURDAY = 5  # date.weekday()
_WEEKDAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NOTICE_REACHES_BACK = 31  # a notice may swap days of the December before its year

Status = Literal["official", "provisional"]


class CalendarFaultError(ValueError):
    """The table of a year is not valid; `faults` lists all that is wrong with it."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class DayReason:
    """Why a day is worked or not, as people say it."""

    working: bool
    zh: str  # "国庆节放假", "周六调休上班", "周日", "工作日"
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """One holiday: its days off, weekends within it included, and the days worked in exchange."""

    name: str  # "国庆节"
    name_en: str
    rest: tuple[date, ...]
    work: tuple[date, ...] = ()  # weekend days swapped to work (调休)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTable:
    """What the notice of one year says; its days may reach into the December before."""

    year: int
    status: Status
    notice: str | None = None  # number of the notice, where it is known
    holidays: tuple[Holiday, ...] = ()

    def content(self) -> dict[str, object]:
        """Return the table as JSON values, the same for the same content."""
        return {
            "year": self.year,
            "status": self.status,
            "notice": self.notice,
            "holidays": [
                {
                    "name": one.name,
                    "name_en": one.name_en,
                    "rest": [day.isoformat() for day in one.rest],
                    "work": [day.isoformat() for day in one.work],
                }
                for one in self.holidays
            ],
        }


class Calendar:
    """The working-day table of all years loaded. Immutable; total: every day has an answer."""

    def __init__(self, tables: Iterable[YearTable]) -> None:
        self.tables: Mapping[int, YearTable] = {one.year: one for one in tables}
        self._swapped: dict[date, DayReason] = {}
        for year in sorted(self.tables):
            for holiday in self.tables[year].holidays:
                self._swapped |= _reasons(holiday)
        self._counted: dict[int, tuple[int, ...]] = {}  # year → working days through each day

    def is_working_day(self, day: date) -> bool:
        """Return whether `day` counts as a working day."""
        known = self._swapped.get(day)
        return known.working if known is not None else day.weekday() < _SATURDAY

    def working_days(self, after: date, through: date) -> int:
        """Return how many working days come after `after`, up to and with `through`."""
        if through <= after:
            return 0
        within = self._through(through) - self._through(after)
        if after.year == through.year:
            return within
        return within + sum(self._of_year(one)[-1] for one in range(after.year, through.year))

    def reason(self, day: date) -> DayReason:
        """Return why `day` is worked or not."""
        return self._swapped.get(day) or _ORDINARY[day.weekday()]

    def provisional(self, day: date) -> bool:
        """Return whether `day` lies in a year without a published table: weekends only."""
        table = self.tables.get(day.year)
        return table is None or table.status == "provisional"

    @cached_property
    def valid_through(self) -> date:
        """The last day up to which every year from the first official one is published."""
        official = [year for year, one in self.tables.items() if one.status == "official"]
        last = min(official, default=1) - 1
        while last + 1 in official:
            last += 1
        return date(max(last, 1), 12, 31)

    @cached_property
    def version(self) -> str:
        """The name of this content, such as `cn@2026.5f3c1a`: last official year and digest."""
        content = [self.tables[year].content() for year in sorted(self.tables)]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return f"cn@{self.valid_through.year}.{hashlib.sha256(text.encode()).hexdigest()[:6]}"

    def with_year(self, year_table: YearTable) -> Self:
        """Return the calendar with `year_table` published, in place of that year's table if any."""
        return type(self)((dict(self.tables) | {year_table.year: year_table}).values())

    def _through(self, day: date) -> int:
        """Return the working days of the year from its first day through `day`."""
        return self._of_year(day.year)[day.timetuple().tm_yday - 1]

    def _of_year(self, year: int) -> tuple[int, ...]:
        if year not in self._counted:  # each year is counted once
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            days = map(date.fromordinal, range(first, last + 1))
            self._counted[year] = tuple(accumulate(map(self.is_working_day, days)))
        return self._counted[year]

    def days(self, year: int) -> tuple[tuple[date, DayReason], ...]:
        """Return each day of `year` that is not simply what its weekday says, in order."""
        return tuple((day, why) for day, why in sorted(self._swapped.items()) if day.year == year)


def changed_days(old: Calendar, new: Calendar) -> tuple[date, ...]:
    """Return, in order, each day that is worked in one calendar and not in the other."""
    named = {day for one in (old, new) for year in one.tables for day in _around(one.tables[year])}
    return tuple(
        day for day in sorted(named) if old.is_working_day(day) is not new.is_working_day(day)
    )


def parse_year(data: Mapping[str, object]) -> YearTable:
    """Return the year that `data` – loaded TOML, JSON or YAML – describes.

    Shape: `{year, status: official|provisional, notice?, holidays: [{name, name_en?, rest: [day],
    work?: [day]}]}`, days as dates or ISO texts.

    Raises:
        CalendarFaultError: with every fault found.
    """
    faults: list[str] = []
    unknown = sorted(set(data) - {"year", "status", "notice", "holidays"})
    faults += [f"unknown key {key!r}" for key in unknown]
    year, status, notice = data.get("year"), data.get("status"), data.get("notice")
    if (
        not isinstance(year, int)
        or isinstance(year, bool)
        or not date.min.year < year < date.max.year
    ):
        raise CalendarFaultError([*faults, "year: a year such as 2027"])
    if status not in ("official", "provisional"):
        faults.append("status: official or provisional")
    if notice is not None and not isinstance(notice, str):
        faults.append("notice: the number of the notice, a text")
    holidays = _parse_holidays(data.get("holidays", []), faults)
    faults += _misplaced_days(year, holidays)
    if status == "official" and not holidays:
        faults.append("holidays: an official year names its holidays")
    if faults:
        raise CalendarFaultError(faults)
    return YearTable(
        year=year,
        status="official" if status == "official" else "provisional",
        notice=notice if isinstance(notice, str) else None,
        holidays=holidays,
    )


def _parse_holidays(data: object, faults: list[str]) -> tuple[Holiday, ...]:
    if not isinstance(data, list):
        faults.append("holidays: a list")
        return ()
    return tuple(_parse_holiday(one, f"holidays[{n}]", faults) for n, one in enumerate(data))


def _parse_holiday(data: object, place: str, faults: list[str]) -> Holiday:
    table = data if isinstance(data, dict) else {}
    name = table.get("name")
    name_en = table.get("name_en", name)
    if not (isinstance(name, str) and name and isinstance(name_en, str)):
        faults.append(f"{place}.name: the holiday's name")
    faults += [
        f"{place}: unknown key {key!r}"
        for key in sorted(set(table) - {"name", "name_en", "rest", "work"})
    ]
    rest = _parse_days(table.get("rest", []), f"{place}.rest", faults)
    work = _parse_days(table.get("work", []), f"{place}.work", faults)
    if not rest:
        faults.append(f"{place}.rest: at least one day off")
    return Holiday(name=str(name), name_en=str(name_en), rest=rest, work=work)


def _parse_days(data: object, place: str, faults: list[str]) -> tuple[date, ...]:
    days: list[date] = []
    for one in data if isinstance(data, list) else [data]:
        try:
            days.append(one if type(one) is date else date.fromisoformat(str(one)))
        except ValueError:
            faults.append(f"{place}: not a day: {one!r}")
    return tuple(sorted(days))


def _misplaced_days(year: int, holidays: tuple[Holiday, ...]) -> list[str]:
    rest = [day for one in holidays for day in one.rest]
    work = [day for one in holidays for day in one.work]
    earliest = date(year, 1, 1) - timedelta(days=_NOTICE_REACHES_BACK)
    named = rest + work
    faults = [f"{day}: not in {year}" for day in named if not earliest <= day <= date(year, 12, 31)]
    faults += [f"{day}: named twice" for day in sorted({d for d in named if named.count(d) > 1})]
    faults += [
        f"{day}: a made-up working day lies on a weekend, this is a {_WEEKDAYS_EN[day.weekday()]}"
        for day in work
        if day.weekday() < _SATURDAY
    ]
    return faults


def _around(table: YearTable) -> Iterable[date]:
    return (day for one in table.holidays for day in (*one.rest, *one.work))


def _reasons(holiday: Holiday) -> dict[date, DayReason]:
    off = DayReason(working=False, zh=f"{holiday.name}放假", en=f"{holiday.name_en} holiday")
    return dict.fromkeys(holiday.rest, off) | {
        day: DayReason(
            working=True,
            zh=f"{_WEEKDAYS_ZH[day.weekday()]}调休上班",
            en=f"{_WEEKDAYS_EN[day.weekday()]} worked in exchange for {holiday.name_en}",
        )
        for day in holiday.work
    }


_ORDINARY = tuple(
    DayReason(working=True, zh="工作日", en="working day")
    if number < _SATURDAY
    else DayReason(working=False, zh=zh, en=en)
    for number, (zh, en) in enumerate(zip(_WEEKDAYS_ZH, _WEEKDAYS_EN, strict=True))
)
