"""The fold of an annual plan: its rows, those in force, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import get_args

from domain.case.envelope import Meta
from domain.case.state import Case, Status
from domain.kernel.errors import UnknownNameError
from domain.kernel.times import start_of
from domain.procedures.planning import events as e
from domain.process.feel import Value
from domain.registers.plans import PlanRow

OWN_EVENTS: frozenset[type[object]] = frozenset(get_args(e.PlanEvent))
YEAR_END = "plan.year_end"  # deadline key


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A folded annual plan."""

    year: int = 0
    rows: tuple[PlanRow, ...] = ()  # as last submitted or adjusted
    late: bool = False
    published: tuple[PlanRow, ...] = ()  # those in force; empty: none yet
    published_at: datetime | None = None


def fold(data: object, event: object, meta: Meta) -> Plan:
    """Return the plan after one of its events.

    Raises:
        UnknownNameError: the event is not of an annual plan.
    """
    if not isinstance(data, Plan) or not isinstance(event, e.PlanEvent):
        raise UnknownNameError(f"{type(event).__name__} is no event of an annual plan")
    match event:
        case e.PlanSubmitted(year=year, rows=rows):
            return replace(data, year=year, rows=rows)
        case e.PlanLate():
            return replace(data, late=True)
        case e.PlanAdjusted(rows=rows):
            return replace(data, rows=rows)
        case e.PlanPublished(rows=rows):
            return replace(data, published=rows, published_at=meta.effective_at)
        case e.PlanApproved() | e.PlanReturned() | e.PlanYearEnded():
            return data


_STANDING: Mapping[type[object], tuple[Status, str]] = {
    e.PlanSubmitted: ("received", "plan_examination"),
    e.PlanAdjusted: ("received", "plan_examination"),
    e.PlanReturned: ("correction_required", "plan_correction"),
    e.PlanPublished: ("decided", "plan_in_force"),
    e.PlanYearEnded: ("closed", "plan_over"),
}


def standing(event: object, _data: object) -> tuple[Status, str] | None:
    """Return status and stage after an event; None where they stay."""
    return _STANDING.get(type(event))


def variables(_data: object) -> Mapping[str, Value]:
    """Return what the gateways of the diagram read: the command alone, which the case knows."""
    return {}


def decided(case: Case, _at: datetime) -> bool:
    """Whether the plan was ever published: from then on it is adjusted, not withdrawn."""
    return isinstance(case.data, Plan) and case.data.published_at is not None


def anchor(data: object, key: str) -> datetime | None:
    """Return the first day of the plan's year, where the year's end is counted from."""
    if key != YEAR_END or not isinstance(data, Plan):
        return None
    return start_of(date(data.year, 1, 1))
