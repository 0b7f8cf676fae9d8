"""The working days of years, as a tenant has published them."""

from dataclasses import dataclass

from domain.case.decision import Claim
from domain.kernel.events import event
from domain.kernel.json import Json

CALENDAR = "calendar"


@event("calendar.published")
@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPublished:
    """The working days of a year are out; `table` is what `calendar.parse_year` reads."""

    year: int
    table: Json


def claim(published: CalendarPublished) -> Claim:
    """Return the claim by which a year stands; published again, it is replaced."""
    holder = str(published.year)
    return Claim(kind=CALENDAR, key="cn", holder=holder, ordinal=0, data=published.table)
