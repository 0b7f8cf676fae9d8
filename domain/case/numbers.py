"""Numbers without gaps, of cases and letters: how they are written, to which series they belong."""

import re

SERIES = "series"  # kind of the claims that keep numbers
_CASE = re.compile(r"(?P<jurisdiction>\d{6})-(?P<mark>[A-Z]+)-(?P<year>\d{4})-(?P<n>\d{6,})")
_LETTER = re.compile(r"(?P<mark>.*)〔(?P<year>\d{4})〕(?P<n>\d+)号")
_DIGITS = 6


def case_series(jurisdiction: str, mark: str, year: int) -> str:
    """Return the key of the series of case numbers of a jurisdiction and year."""
    return f"case:{jurisdiction}:{mark}:{year}"


def case_number(jurisdiction: str, mark: str, year: int, n: int) -> str:
    """Return a case number (办件编号) such as `430103-BA-2026-000417`."""
    return f"{jurisdiction}-{mark}-{year}-{n:0{_DIGITS}d}"


def case_series_of(number: str) -> tuple[str, int]:
    """Return series and ordinal of a case number.

    Raises:
        ValueError: it is none.
    """
    found = _found(_CASE, number)
    series = case_series(found["jurisdiction"], found["mark"], int(found["year"]))
    return series, int(found["n"])


def letter_series(mark: str, year: int) -> str:
    """Return the key of the series of letter numbers of a mark and year.

    Every office writes under the one mark: a series for each of them would repeat its numbers.
    """
    return f"letter:{mark}:{year}"


def letter_number(mark: str, year: int, n: int) -> str:
    """Return the number of a letter (文号) such as `案卷演示〔2026〕17号`."""
    return f"{mark}〔{year}〕{n}号"


def letter_series_of(number: str) -> tuple[str, int]:
    """Return series and ordinal of the number of a letter.

    Raises:
        ValueError: it is none.
    """
    found = _found(_LETTER, number)
    return letter_series(found["mark"], int(found["year"])), int(found["n"])


def _found(pattern: re.Pattern[str], number: str) -> re.Match[str]:
    found = pattern.fullmatch(number)
    if found is None:
        raise ValueError(f"{number!r} is no number of ours")
    return found
