"""Open work and its dates."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.case import Light
from api.schemas.law import LedgerDay
from api.schemas.shape import Day, Instant, Paged, Shape


class TaskView(Shape):
    """A task of a case."""

    id: str
    case: str
    number: str
    applicant: str
    task: Annotated[str, Field(description="Element of the diagram.")]
    label: str
    form: str
    role: str
    commands: list[str]
    state: Literal["open", "completed", "cancelled"]
    opened_at: Instant
    assignee: str | None
    done_by: str | None
    done_at: Instant | None
    due: Day | None
    light: Light


class DeadlineHolder(Shape):
    """Who has to keep a deadline."""

    holder: Literal["authority", "applicant", "public"]
    organisation: str


class DeadlineTerm(Shape):
    """The term a deadline was counted with, frozen when it was opened."""

    amount: int
    unit: str
    anchor: str
    cite: str


class Suspension(Shape):
    """A time that does not count."""

    since: Instant
    until: Instant | None
    reason: str
    cite: str


class DeadlineView(Shape):
    """A deadline; the ledger stands where one deadline is read."""

    id: str
    case: str
    number: str
    key: str
    label: str
    occurrence: int
    state: Literal["open", "met", "lapsed", "suspended", "cancelled"]
    light: Light
    as_of: Instant
    holder: DeadlineHolder
    term: DeadlineTerm
    local_practice: bool
    starts: Day
    due: Day | None
    effective: Instant | None
    ended_at: Instant | None
    consequence: Annotated[str | None, Field(description="Event of the law; null: only shown.")]
    calendar: str
    provisional: bool
    suspensions: list[Suspension]
    ledger: list[LedgerDay] | None


class TaskPage(Paged[TaskView]):
    """A page of tasks."""


class DeadlinePage(Paged[DeadlineView]):
    """A page of deadlines."""
