"""The fold of a plain process: its variables, and the web services it waits for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, get_args

from domain.case.envelope import Meta
from domain.case.state import Status
from domain.kernel.errors import StreamBrokenError, UnknownNameError
from domain.kernel.json import Json, JsonValue
from domain.procedures.process import events as e
from domain.procedures.process import values
from domain.process.feel import Value

OWN_EVENTS: frozenset[type[object]] = frozenset(get_args(e.ProcessEvent))
CALL = "process.call"  # the activity that calls


def _none() -> Mapping[str, JsonValue]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallState:
    """A web service that does the work of a task, and how often it was tried."""

    id: str
    element: str
    wait: str
    state: Literal["open", "parked", "answered", "dropped"] = "open"
    round: int = 1  # rises when somebody has it called again
    failures: int = 0  # in this round
    failure: str = ""  # the last one
    detail: str = ""
    failed_at: datetime | None = None

    @property
    def outstanding(self) -> bool:
        """Whether the process still waits for it."""
        return self.state in ("open", "parked")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptState:
    """A message that came before anything waited for it."""

    id: str
    message: str  # its name, else its id in the diagram
    data: Json  # empty once it is delivered
    received_at: datetime
    until: datetime
    delivered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessData:
    """A folded plain process."""

    variables: Json = field(default_factory=_none)
    key: str = ""
    calls: tuple[CallState, ...] = ()
    kept: tuple[KeptState, ...] = ()  # every message ever kept, in order of receipt

    @property
    def undelivered(self) -> tuple[KeptState, ...]:
        """The messages that nothing has taken, expired ones too, in order of receipt."""
        return tuple(one for one in self.kept if not one.delivered)

    def call(self, which: str) -> CallState | None:
        """Return a call by its id."""
        return next((one for one in self.calls if one.id == which), None)


def of(data: object) -> ProcessData:
    """Return `data` as what it is.

    Raises:
        StreamBrokenError: it is the data of another procedure.
    """
    if not isinstance(data, ProcessData):
        raise StreamBrokenError(f"{type(data).__name__} is no plain process")
    return data


def fold(data: object, event: object, meta: Meta) -> ProcessData:
    """Return the process after one of its events.

    Raises:
        UnknownNameError: the event is not of a plain process.
    """
    its = of(data)
    match event:
        case e.ProcessStarted(variables=variables, key=key):
            return replace(its, variables=variables, key=key)
        case e.MessageReceived(data=added, kept=which):
            variables = {**its.variables, **added}
            return replace(its, variables=variables, kept=_delivered(its.kept, which))
        case e.MessageKept(kept=which, message=message, data=data, until=until):
            at = meta.effective_at
            kept = KeptState(id=which, message=message, data=data, received_at=at, until=until)
            return replace(its, kept=(*its.kept, kept))
        case (
            e.DataEntered(data=added)
            | e.SignalReceived(data=added)
            | e.VariablesAssigned(variables=added)
        ):
            return replace(its, variables={**its.variables, **added})
        case e.ExceptionRaised() | e.ProcessFinished() | e.ProcessFailed() | e.ProcessCancelled():
            return its
        case _:
            return _calls(its, event, meta)


def _delivered(kept: tuple[KeptState, ...], which: str) -> tuple[KeptState, ...]:
    if not which:
        return kept
    return tuple(replace(one, data={}, delivered=True) if one.id == which else one for one in kept)


def _calls(its: ProcessData, event: object, meta: Meta) -> ProcessData:
    match event:
        case e.CallRequested(call=which, element=element, wait=wait):
            asked = CallState(id=which, element=element, wait=wait)
            return replace(its, calls=(*its.calls, asked))
        case e.CallAnswered(call=which, data=added):
            answered = _changed(its, which, state="answered")
            return replace(answered, variables={**its.variables, **added})
        case e.CallDropped(call=which):
            return _changed(its, which, state="dropped")
        case e.CallFailed(call=which, failure=failure, detail=detail, parked=parked):
            return _changed(
                its,
                which,
                state="parked" if parked else "open",
                failures=_found(its, which).failures + 1,
                failure=failure,
                detail=detail,
                failed_at=meta.effective_at,
            )
        case e.CallRetried(call=which):
            again = _found(its, which).round + 1
            return _changed(its, which, state="open", round=again, failures=0)
        case _:
            raise UnknownNameError(f"{type(event).__name__} is no event of a plain process")


def _found(its: ProcessData, which: str) -> CallState:
    found = its.call(which)
    if found is None:
        raise StreamBrokenError(f"nobody asked for the call {which}")
    return found


def _changed(its: ProcessData, which: str, **changes: object) -> ProcessData:
    changed = replace(_found(its, which), **changes)  # type: ignore[arg-type]  # fields of it
    calls = tuple(changed if one.id == which else one for one in its.calls)
    return replace(its, calls=calls)


_STANDING: Mapping[type[object], tuple[Status, str]] = {
    e.ProcessStarted: ("accepted", "process_running"),
    e.ProcessFinished: ("closed", "process_finished"),
    e.ProcessFailed: ("terminated", "process_failed"),
    e.ProcessCancelled: ("terminated", "process_cancelled"),
}


def standing(event: object, _data: object) -> tuple[Status, str] | None:
    """Return status and stage after an event."""
    return _STANDING.get(type(event))


def variables(data: object) -> Mapping[str, Value]:
    """Return what the expressions of the diagram read."""
    return values.variables(of(data).variables)


def jobs(data: object) -> tuple[str, ...]:
    """Return the key of each call to be made: another one for each round."""
    return tuple(f"{CALL}:{one.id}:{one.round}" for one in of(data).calls if one.state == "open")
