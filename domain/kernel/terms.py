"""Terms of law as types: an amount never travels without its unit and its clause."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["working_day", "day", "month", "year", "date", "second"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A period the law sets, as answered by the law book and frozen into events."""

    key: str  # "filing.acceptance"
    amount: int  # 1..; with unit "date" the day of the year as MMDD (1231), with "second" 0..
    unit: Unit
    anchor: str  # what starts it: "receipt", "served" … (the start day is not counted)
    consequence: str | None  # event type of what the law does when it lapses; None = a flag
    cite: str  # canonical citation; "local practice" where no text says it
    local_practice: bool = False
    at_most: bool = False  # the amount is a maximum; an officer sets the term within it
