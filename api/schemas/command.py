"""Acting in a case: what is sent, and what comes back."""

from typing import Annotated, Any, Literal

from pydantic import Field

from api.schemas.shape import AnyJson, AskedPlace, Day, Instant, Reason, Shape

Word = Annotated[str, Field(min_length=1, max_length=80)]


class Source(Shape):
    """The sender's own key of a case: a second start with it answers the first case."""

    system: Word
    id: Word


class CaseStart(Shape):
    """A case to be opened: `with` is the opening command's payload."""

    procedure: Word
    variant: Annotated[
        str, Field(max_length=80, description="Unsaid: by the office and the institution's type.")
    ] = ""
    jurisdiction: Annotated[
        AskedPlace | None, Field(description="As in `with`; there it may be left out.")
    ] = None
    with_: Annotated[dict[str, Any], Field(alias="with")]
    source: Source | None = None


class TaskCompletion(Shape):
    """A task's command with its payload; without a name where only one would do it."""

    command: Word | None = None
    with_: Annotated[AnyJson, Field(alias="with", default_factory=dict)]


class TaskAssignment(Shape):
    """The person a task is given to; `instead_of`: only if nobody else than this one has it."""

    to: Word
    instead_of: Annotated[str, Field(max_length=80)] | None = None  # "": if it is free


class NoPayload(Shape):
    """Nothing needs to be said."""


class EventBrief(Shape):
    """An event this act led to."""

    type: str
    version: int
    effective: Instant


class Next(Shape):
    """What comes next."""

    sentence: str
    state: str


class Answer(Shape):
    """What became of an act. The same for ever, whenever it is asked again."""

    outcome: Literal["done"]
    command: Annotated[str, Field(description="Id of the act; also of its operation.")]
    received_at: Annotated[Instant, Field(description="The legal moment of receipt.")]
    case: str
    number: str
    version: int
    events: list[EventBrief]
    next: Next


class NoticePreview(Shape):
    """A letter that would be issued."""

    kind: str
    number: Annotated[str, Field(description="As it would be now; another may come first.")]


class DeadlinePreview(Shape):
    """A deadline that would begin or end."""

    key: str
    change: Literal["opened", "met", "lapsed", "cancelled", "suspended"]
    due: Day | None
    cite: str


class DryRun(Shape):
    """What an act would lead to; nothing was stored."""

    outcome: Literal["done", "refused"]
    as_of: Instant
    problem: Annotated[Reason | None, Field(description="The refusal it would meet.")]
    status: Annotated[str | None, Field(description="Of the case afterwards.")]
    events: list[EventBrief]
    notices: list[NoticePreview]
    deadlines: list[DeadlinePreview]
    next: Annotated[str | None, Field(description="The sentence that would then hold.")]


class Operation(Shape):
    """An act that was received, and how far it has come."""

    id: str
    status: Literal["queued", "succeeded", "refused"]
    command: str
    received_at: Instant
    case: Annotated[str | None, Field(description="Null while it is being opened.")]
    result: Answer | None
    problem: Annotated[AnyJson | None, Field(description="The problem, when refused.")]
