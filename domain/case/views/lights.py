"""The light of a deadline, and the ledger of its days."""

from datetime import datetime
from typing import Literal

from domain.case.clocks import counted
from domain.case.state import Case, Deadline
from domain.law.calendar import Calendar
from domain.law.clock import Due, Paused, working_days_left

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
    left = working_days_left(now, deadline.due, calendar)
    if left < 0:
        return "red"
    whole = working_days_left(deadline.starts, deadline.due, calendar)
    if left <= AMBER_DAYS or left * 100 <= whole * AMBER_SHARE:
        return "amber"
    return "provisional" if deadline.provisional else "green"


def case_light(case: Case, now: datetime, calendar: Calendar) -> Light:
    """Return the gravest light of the deadlines that run; `none` when none runs."""
    running = [one for one in case.deadlines if one.state in ("open", "suspended")]
    lights = {light(one, now, calendar) for one in running}
    return next((one for one in _GRAVEST if one in lights), "none")


def ledger(deadline: Deadline, calendar: Calendar) -> Due | Paused:
    """Return the way to the last day: each day counted, skipped or paused, with its reason."""
    return counted(deadline, calendar)
