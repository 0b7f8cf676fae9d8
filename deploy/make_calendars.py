#!/usr/bin/env python3
"""Writes domain/law/calendars/*.toml for the published years from the package `chinesecalendar`.

A development tool: run it after a new release of that package, read the difference, commit it.
The product itself never imports the package. Notice numbers are kept in this file by hand.
"""

import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

from chinese_calendar import constants

CALENDARS = Path(__file__).parent.parent / "domain" / "law" / "calendars"
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}
NOTICES = {
    2014: "国办发明电〔2013〕28号",
    2015: "国办发明电〔2014〕28号",
    2016: "国办发明电〔2015〕18号",
    2017: "国办发明电〔2016〕17号",
    2018: "国办发明电〔2017〕12号",
    2019: "国办发明电〔2018〕15号",
    2020: "国办发明电〔2019〕16号",
    2021: "国办发明电〔2020〕27号",
    2022: "国办发明电〔2021〕11号",
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}
DECEMBER, SATURDAY = 12, 5  # date.month, date.weekday()
Days = dict[tuple[int, str], list[date]]


def year_of_notice(day: date, holiday: str) -> int:
    """Return the year whose notice names `day`: a New Year's Day in December is next year's."""
    return day.year + (holiday == "New Year's Day" and day.month == DECEMBER)


def grouped(days: dict[date, str]) -> Days:
    """Return the days by year of notice and holiday, in order."""
    groups: Days = defaultdict(list)
    for day, holiday in sorted(days.items()):
        groups[year_of_notice(day, holiday), holiday].append(day)
    return groups


def with_inner_weekends(days: list[date], named: set[date]) -> list[date]:
    """Return `days` with the weekend days between them that the package leaves to the weekday."""
    span = (days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1))
    return [day for day in span if day in days or (day not in named and day.weekday() >= SATURDAY)]


def table(year: int, rest: Days, work: Days) -> str:
    """Return the file of one year."""
    named = {day for groups in (rest, work) for days in groups.values() for day in days}
    lines = [f"year = {year}", 'status = "official"']
    if year in NOTICES:
        lines.append(f'notice = "{NOTICES[year]}"')
    holidays = sorted((days[0], name) for (of, name), days in rest.items() if of == year)
    for _, name in holidays:
        lines += ["", "[[holidays]]", f'name = "{NAMES[name]}"', f'name_en = "{name}"']
        off = with_inner_weekends(rest[year, name], named)
        lines.append(f"rest = [{', '.join(map(str, off))}]")
        if worked := work.get((year, name)):
            lines.append(f"work = [{', '.join(map(str, worked))}]")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write every year the package knows and name the files."""
    rest, work = grouped(constants.holidays), grouped(constants.workdays)
    orphans = set(work) - set(rest)
    if orphans:
        sys.stderr.write(f"worked days without a holiday: {sorted(orphans)}\n")
        return 1
    for year in sorted({year for year, _ in rest}):
        target = CALENDARS / f"{year}.toml"
        target.write_text(table(year, rest, work), encoding="utf-8")
        sys.stdout.write(f"{target.name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
