"""The commands of plain processes: the same for every diagram."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from domain.case.acts import Code
from domain.case.procedure import CommandSpec
from domain.kernel.json import Json, JsonValue
from domain.kernel.limits import Between, Filled, Line, Word

OFFICES = ("center.*", "bureau.*", "ministry.center", "education.reviewer")
PEOPLE = ("institution.*", "exam.*", *OFFICES, "expert", "supervisor.*")
NAME = "process"


def _none() -> Mapping[str, JsonValue]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class StartProcess:
    """Start a case of a deployed process, which the case's variant names (启动流程)."""

    version: Annotated[int, Between(1)] | None = None  # unsaid: the one deployed last
    variables: Json = field(default_factory=_none)
    key: Annotated[str, Word()] = ""  # the sender's, by which messages find the case
    jurisdiction: Annotated[str, Code] = ""  # unsaid: the starter's own


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteTask:
    """Do a task of the process (办理任务)."""

    task: Annotated[str, Word()] = ""  # by its id in the case; unsaid: the one that waits longest
    data: Json = field(default_factory=_none)
    error: Annotated[str, Line()] = ""  # of the diagram: the task ends by it, its form unfinished
    escalation: Annotated[str, Line()] = ""  # of the diagram: the task is done, and tells of it


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMessage:
    """Tell the process that a message has come (消息送达)."""

    message: Annotated[str, Word(), Filled()]  # its name, or its id in the diagram
    data: Json = field(default_factory=_none)
    ttl: Annotated[str, Line()] = ""  # ISO 8601: how long it is kept while nothing waits for it


@dataclass(frozen=True, slots=True, kw_only=True)
class SendSignal:
    """Tell the process of a signal (信号)."""

    signal: Annotated[str, Word(), Filled()]  # its name, or its id in the diagram
    data: Json = field(default_factory=_none)


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelProcess:
    """End the process before its time (终止流程)."""

    reason: Annotated[str, Filled()]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryCall:
    """Call a web service once more that did not answer (重新调用)."""

    call: Annotated[str, Word()] = ""  # unsaid: every one that was given up


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCall:
    """A web service answered, or it did not (登记调用结果)."""

    call: Annotated[str, Word(), Filled()]
    data: Json = field(default_factory=_none)  # the variables its reply sets
    error: Annotated[str, Line()] = ""  # of the process: the code its reply names
    failure: Annotated[str, Word()] = ""  # why there was no answer to go on with
    detail: Annotated[str, Line()] = ""
    final: bool = False  # calling again by itself is of no use


COMPLETE = "process.complete"
RECORD = "process.record_call"


def _spec(
    name: str, payload: type[object], roles: tuple[str, ...], *, opens: bool = False
) -> CommandSpec:
    return CommandSpec(name=name, payload=payload, roles=roles, opens=opens, procedure=NAME)


COMMANDS = (
    _spec("process.start", StartProcess, PEOPLE, opens=True),
    _spec(COMPLETE, CompleteTask, PEOPLE),
    _spec("process.message", SendMessage, PEOPLE),
    _spec("process.signal", SendSignal, PEOPLE),
    _spec("process.cancel", CancelProcess, OFFICES),
    _spec("process.retry_call", RetryCall, OFFICES),
    _spec(RECORD, RecordCall, ("system",)),
)
