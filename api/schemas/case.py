"""A case as its readers see it."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.command import Source
from api.schemas.shape import AnyJson, Day, Instant, Paged, Reason, Shape

Light = Annotated[str, Field(description="Derived at the time of reading.", examples=["green"])]


class DefinitionRef(Shape):
    """The diagram a case is pinned to, by the hash of its bytes."""

    hash: str
    name: str


class Applicant(Shape):
    """Whose case it is."""

    organisation: str
    uscc: str
    kind: str


class Waiting(Shape):
    """Whom the case waits for, to do what, until when, under which clause."""

    role: str
    organisation: str
    task: Annotated[str, Field(description="Form of the task; empty while only time runs.")]
    until: Day | None
    cite: str | None
    local_practice: bool


class LinkedCase(Shape):
    """Another case this one is tied to."""

    case: str
    kind: str


class NoticeRef(Shape):
    """A letter that was issued."""

    id: str
    kind: str
    number: str
    issued_at: Instant
    served_at: Instant | None
    voided_at: Annotated[
        Instant | None, Field(description="When it was declared void (作废), before any service.")
    ]
    method: str
    digest: Annotated[str | None, Field(description="Of the rendered letter, once it lies.")]
    printed: Annotated[str | None, Field(description="Of the letter as PDF, once it is printed.")]


class CaseView(Shape):
    """A case."""

    id: str
    number: str
    procedure: str
    variant: str
    definition: DefinitionRef
    jurisdiction: str
    status: str
    stage: str
    version: int
    applicant: Applicant
    received_at: Instant
    ended_at: Instant | None
    waiting_for: Waiting | None
    deadlines: list[str]
    notices: list[NoticeRef]
    links: list[LinkedCase]
    source: Source | None


class StatusView(Shape):
    """A status with its label and whose turn it is."""

    code: str
    label: str
    turn: Literal["authority", "applicant", "public", "nobody"]


class StageView(Shape):
    """The procedure's own stage."""

    code: str
    label: str


class WaitSentence(Waiting):
    """The wait in words."""

    working_days_left: int | None
    sentence: str


class IfNothing(Shape):
    """What comes by itself when nobody acts: by law, or by a timer of a plain process."""

    event: Annotated[str | None, Field(description="Null where only the stage ends.")]
    effective: Instant
    sentence: str
    cite: str | None
    local_practice: bool


class OpenTask(Shape):
    """An open task of the case."""

    id: str
    task: str
    role: str
    assignee: str | None


class PossibleAct(Shape):
    """A command, whether it may be given now, and if not, why."""

    name: str
    label: str
    allowed: bool
    if_match: Literal["any", "exact"]
    json_schema: Annotated[str, Field(alias="schema")]
    why_not: Reason | None


class WaitingCall(Shape):
    """A web service that does the work of a task, and has not answered."""

    call: str
    element: str
    name: str
    state: Annotated[
        Literal["open", "parked"], Field(description="parked: called again only by hand.")
    ]
    failures: int
    failure: Annotated[str | None, Field(description="Why there was no answer the last time.")]
    detail: str
    failed_at: Instant | None


class KeptMessage(Shape):
    """A message that came before anything waited for it, and that nothing has taken."""

    message: str
    received_at: Instant
    until: Instant
    state: Annotated[
        Literal["kept", "expired"], Field(description="expired: it is delivered no more.")
    ]


class PlainState(Shape):
    """What a plain process has besides: variables, services it waits for, messages that wait."""

    variables: Annotated[
        AnyJson,
        Field(description="Identity numbers in part; for the applicant, none that names a person."),
    ]
    key: str
    calls: list[WaitingCall]
    messages: list[KeptMessage]


class CaseState(Shape):
    """Everything needed to act, in one call; light and days left are as of `as_of`."""

    case: str
    number: str
    version: int
    as_of: Instant
    light: Light
    status: StatusView
    stage: StageView
    waiting_for: WaitSentence | None
    if_nothing_happens: IfNothing | None
    tasks: list[OpenTask]
    actions: list[PossibleAct]
    process: Annotated[PlainState | None, Field(description="Of plain processes.")] = None


class Person(Shape):
    """Who did it; masked for those who may not see persons."""

    person: str
    role: str
    organisation: str


class ClockChange(Shape):
    """What an event did to a deadline."""

    key: str
    change: str
    due: Day | None


class TimelineItem(Shape):
    """One event of a case with its three times."""

    id: str
    version: int
    type: str
    level: Literal["story", "work", "technical"]
    received: Instant
    effective: Instant
    recorded: Instant
    title: str
    by: Person
    channel: str
    cite: str | None
    notice: str | None
    clocks: list[ClockChange]
    command: str
    data: Annotated[AnyJson | None, Field(description="At level technical only.")]


class CasePage(Paged[CaseView]):
    """A page of cases."""


class TimelinePage(Paged[TimelineItem]):
    """A page of a timeline."""
