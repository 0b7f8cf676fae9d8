"""Reads the law book, the calendar and the register of occupations from their data files."""

import tomllib
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from domain.law.book import LawBook
from domain.law.calendar import Calendar, YearTable, parse_year
from domain.law.occupations import Occupations, parse_occupations
from domain.law.reading import law_book

LAW = "domain.law"


@lru_cache(maxsize=4)
def load_law_book(folder: Path | None = None) -> LawBook:
    """Return the law book shipped, or that of an operator's `folder` of text files.

    Raises:
        LawBookError: the texts contradict themselves or lack a value.
        tomllib.TOMLDecodeError: a file is not TOML.
    """
    return law_book(_documents(folder or resources.files(LAW) / "texts"))


def load_calendar(folder: Path | None = None) -> Calendar:
    """Return the calendar shipped, with the years of an operator's `folder` in their place.

    Raises:
        CalendarFaultError: a year is not valid.
    """
    calendar = _shipped_calendar()
    for file in sorted(folder.glob("*.toml")) if folder is not None else []:
        calendar = calendar.with_year(read_year(file))
    return calendar


def publish_year(table: YearTable, file: Path, folder: Path) -> Path:
    """Keep the valid `file` of `table` in the operator's `folder`; return its place.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{table.year}.toml"
    unfinished = folder / f"{table.year}.toml.part"
    unfinished.write_bytes(file.read_bytes())
    return unfinished.replace(place)


@lru_cache(maxsize=1)
def _shipped_calendar() -> Calendar:
    return Calendar(map(parse_year, _documents(resources.files(LAW) / "calendars")))


@lru_cache(maxsize=1)
def load_occupations() -> Occupations:
    """Return the register of occupations shipped.

    Raises:
        ValueError: the register is not valid.
    """
    text = (resources.files(LAW) / "occupations.toml").read_text(encoding="utf-8")
    return parse_occupations(tomllib.loads(text))


def read_year(file: Path) -> YearTable:
    """Return the year described by an operator's TOML `file`.

    Raises:
        CalendarFaultError: its year is not valid.
        tomllib.TOMLDecodeError: the file is not TOML.
        OSError: the file cannot be read.
    """
    with file.open("rb") as opened:
        return parse_year(tomllib.load(opened))


def _documents(folder: Traversable | Path) -> list[dict[str, object]]:
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=_name)
    return [tomllib.loads(one.read_text(encoding="utf-8")) for one in files]


def _name(file: Traversable | Path) -> str:
    return file.name
