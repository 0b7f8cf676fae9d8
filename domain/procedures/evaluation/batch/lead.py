"""The last admissible moment of a batch plan (提前量): shown before filing, frozen at receipt."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.kernel.terms import Term
from domain.law import clock
from domain.law.book import LawBook, NoRule
from domain.law.calendar import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTime:
    """Until when a plan for a first exam day may come, by which rule."""

    term: Term
    last_day: date
    effective: datetime  # 24:00 of `last_day`, UTC: from here on it is late
    provisional: bool  # counted by a year not yet published

    @property
    def blocks(self) -> bool:
        """Whether a late plan is approved only for a good reason; else late is only shown."""
        return self.term.consequence is not None


def lead_time(
    book: LawBook, calendar: Calendar, jurisdiction: str, variant: str, starts_on: date
) -> LeadTime | NoRule | None:
    """Return the lead time before `starts_on`, whose law it is; None where any day is in time.

    Cite: HN-2022-1 二(三); YU-2020-19 四(三); YU-2020-51 五(一).
    """
    term = book.term("batch.lead", jurisdiction, starts_on, variant)
    if isinstance(term, NoRule):
        free = book.rule("batch.without_lead", jurisdiction, starts_on, variant)
        return term if isinstance(free, NoRule) else None
    found = clock.lead(term, starts_on, calendar)
    return LeadTime(
        term=term,
        last_day=found.last_day,
        effective=found.effective,
        provisional=found.provisional,
    )
