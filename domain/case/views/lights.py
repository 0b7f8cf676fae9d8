"""The light of a deadline, and the ledger of its days."""

from datetime import date, datetime
from typing import Literal

from domain.case.clocks import counted
from domain.case.state import Case, Deadline
from domain.case.views.terms import binding
from domain.kernel.times import legal_day
from domain.law.calendar import Calendar
from domain.law.clock import Due, Paused
from domain.ports import Alike, Clock, World

Light = Literal["green", "amber", "red", "grey", "provisional", "law", "done", "none"]

AMBER_DAYS = 2  # working days: with no more left, the light is amber
AMBER_SHARE = 20  # percent of the term: with no more left, the light is amber
_GRAVEST: tuple[Light, ...] = ("red", "amber", "provisional", "grey", "green")


def light(deadline: Deadline, now: datetime, calendar: Calendar) -> Light:
    """Return the light: red overdue, amber near, provisional uncertain, grey paused, green well.

    A deadline that has ended is `law` where the law acted, else `done`.
    """
    if deadline.state == "suspended" or (deadline.state == "open" and deadline.due is None):
        return "grey"
    if deadline.state != "open" or deadline.due is None:
        acted = deadline.state == "lapsed" and deadline.term.consequence is not None
        return "law" if acted else "done"
    term = (legal_day(deadline.starts), deadline.due)
    running = _running(*term, legal_day(now), calendar)
    return "provisional" if running == "green" and deadline.provisional else running


def _running(starts: date, due: date, today: date, calendar: Calendar) -> Light:
    """Return the light of a term by its days."""
    if due < today:
        return "red"
    left = calendar.working_days(today, due)
    if left <= AMBER_DAYS:
        return "amber"
    return "amber" if left * 100 <= calendar.working_days(starts, due) * AMBER_SHARE else "green"


class Lights:
    """The lights of one moment for many cases at once: equal terms are counted once."""

    def __init__(self, now: datetime, calendar: Calendar) -> None:
        """Look at `now`."""
        self._today, self._calendar = legal_day(now), calendar
        self._known: dict[tuple[date, date], Light] = {}

    def of(self, clock: Clock) -> Light:
        """Return the light of a deadline with these days, as `light` does."""
        if clock.due is None:
            return "grey"
        term = (clock.starts, clock.due)
        if term not in self._known:
            self._known[term] = _running(*term, self._today, self._calendar)
        found = self._known[term]
        return "provisional" if found == "green" and clock.provisional else found

    def gravest(self, alike: Alike) -> Light:
        """Return the light of cases with these deadlines, as `case_light` does."""
        lights = {self.of(one) for one in alike.clocks}
        return next((one for one in _GRAVEST if one in lights), "none")


def case_light(case: Case, now: datetime, world: World) -> Light:
    """Return the gravest light of the deadlines that run; `none` when none runs."""
    lights = {light(one, now, world.calendar) for one in binding(world, case)}
    return next((one for one in _GRAVEST if one in lights), "none")


def ledger(deadline: Deadline, calendar: Calendar) -> Due | Paused:
    """Return the way to the last day: each day counted, skipped or paused, with its reason."""
    return counted(deadline, calendar)
