"""What happens in a plain process besides the moves of its tokens, tasks and terms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.kernel.events import event
from domain.kernel.json import Json


@event("process.started")
@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessStarted:
    """Somebody started the process."""

    variables: Json
    key: str = ""  # the sender's, by which messages find the case


@event("process.data_entered")
@dataclass(frozen=True, slots=True, kw_only=True)
class DataEntered:
    """Whoever did a task filled in its form."""

    task: str
    data: Json


@event("process.exception_raised")
@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionRaised:
    """Whoever did a task ended it with an error or an escalation of the diagram."""

    task: str
    kind: Literal["error", "escalation"]
    code: str


@event("process.message_received")
@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceived:
    """A message came that the process waited for, or one that was `kept` found who waits."""

    message: str  # id in the diagram
    data: Json
    kept: str = ""  # "m-<n>"


@event("process.message_kept")
@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKept:
    """A message came before anything waited for it."""

    kept: str  # "m-<n>", n counts in the case
    message: str  # its name, else its id in the diagram
    data: Json
    until: datetime  # from then on it is delivered no more


@event("process.signal_received")
@dataclass(frozen=True, slots=True, kw_only=True)
class SignalReceived:
    """A signal came that the process listened to."""

    signal: str  # id in the diagram
    data: Json


@event("process.assigned")
@dataclass(frozen=True, slots=True, kw_only=True)
class VariablesAssigned:
    """The diagram set variables as a task completed."""

    variables: Json


@event("process.call_requested")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallRequested:
    """A web service is asked to do the work of a service or send task."""

    call: str  # "c-<n>", n counts in the case
    element: str
    wait: str


@event("process.call_answered")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnswered:
    """The web service did it, or said that it cannot be done."""

    call: str
    data: Json
    error: str = ""


@event("process.call_failed")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallFailed:
    """There was no answer to go on with; `parked`: it is called again only by hand."""

    call: str
    failure: str
    detail: str = ""
    parked: bool = False


@event("process.call_retried")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallRetried:
    """Somebody wants the web service called again."""

    call: str


@event("process.call_dropped")
@dataclass(frozen=True, slots=True, kw_only=True)
class CallDropped:
    """The task was overtaken by events: whatever the web service says counts no more."""

    call: str


@event("process.finished")
@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessFinished:
    """No token is left."""


@event("process.failed")
@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessFailed:
    """An error that nothing in the diagram catches ended the process."""

    error: str


@event("process.cancelled")
@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessCancelled:
    """The office ended the process before its time."""

    reason: str


ProcessEvent = (
    ProcessStarted
    | DataEntered
    | ExceptionRaised
    | MessageReceived
    | MessageKept
    | SignalReceived
    | VariablesAssigned
    | CallRequested
    | CallAnswered
    | CallFailed
    | CallRetried
    | CallDropped
    | ProcessFinished
    | ProcessFailed
    | ProcessCancelled
)
