"""What happens to an annual plan (VOCABULARY §4). When and by whom stands in the envelope."""

from dataclasses import dataclass
from datetime import date

from domain.kernel.events import event
from domain.registers.plans import PlanRow


@event("plan.submitted")
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSubmitted:
    """The plan of a year arrived.

    Cite: HN-2022-1 二(三).
    """

    year: int
    rows: tuple[PlanRow, ...]


@event("plan.late")
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLate:
    """The plan arrived after its last day; it is taken in all the same.

    Cite: HN-2022-1 二(三).
    """

    due: date  # the last day: 31 December of the year before


@event("plan.approved")
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanApproved:
    """The center filed the plan (备案)."""


@event("plan.published")
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPublished:
    """The plan is published and may be carried out (公布).

    Cite: HN-2022-1 二(三).
    """

    year: int
    rows: tuple[PlanRow, ...]
    late: bool = False


@event("plan.returned")
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReturned:
    """The center returned the plan, with reasons (退回)."""

    reasons: tuple[str, ...]


@event("plan.adjusted")
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAdjusted:
    """The institution put other rows in the place of the plan's; they are filed anew.

    Cite: HN-2022-1 二(三).
    """

    rows: tuple[PlanRow, ...]


@event("plan.year_ended")
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanYearEnded:
    """The year is over and with it the plan (年度终了)."""

    year: int


PlanEvent = (
    PlanSubmitted
    | PlanLate
    | PlanApproved
    | PlanPublished
    | PlanReturned
    | PlanAdjusted
    | PlanYearEnded
)
