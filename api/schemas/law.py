"""What the law book and the calendar answer."""

from typing import Annotated

from pydantic import Field

from api.schemas.shape import Day, Instant, Shape


class LawTerm(Shape):
    """A term in force, with its clause."""

    key: str
    amount: Annotated[int, Field(description="Of the unit; with unit `date` the day as MMDD.")]
    unit: str
    consequence: Annotated[str | None, Field(description="Event of the law when it lapses.")]
    cite: str
    local_practice: bool
    anchor: str
    at_most: Annotated[bool, Field(description="An officer sets the term up to this amount.")]


class LedgerDay(Shape):
    """One day of the counting: whether it counts, as which, and why or why not."""

    day: Day
    counts: bool
    n: Annotated[int | None, Field(description="Its number among those that count.")] = None
    why: str
    why_en: str


class Explained(Shape):
    """The counting as a sentence."""

    zh: str
    en: str


class CountedTerm(Shape):
    """A last day, with the ledger that leads to it."""

    key: str
    due: Annotated[Day, Field(description="The last day, through 24:00.")]
    effective: Instant
    ledger: list[LedgerDay]
    calendar: str
    provisional: bool
    moved: Annotated[bool, Field(description="The last day was a day of rest.")]
    explanation: Explained
    term: LawTerm


class LeadTime(Shape):
    """A last admissible day, counted back."""

    key: str
    last_day: Day
    effective: Instant
    ledger: list[LedgerDay]
    calendar: str
    provisional: bool
    explanation: Explained
    term: LawTerm


class NamedDay(Shape):
    """A day that is not simply what its weekday says."""

    day: Day
    working: bool
    why: str
    why_en: str


class CalendarYear(Shape):
    """The table of a year."""

    year: int
    status: str
    notice: Annotated[str | None, Field(description="Number of the notice that fixed it.")]
    version: str
    valid_through: Day
    working_days: int
    days: list[NamedDay]
