"""The fold of `deadline.*`: the ledger of terms that run, rest or ran."""

from dataclasses import replace
from datetime import datetime

from domain.case import events as e
from domain.case.envelope import Meta
from domain.case.state import Deadline, DeadlineState, Pause
from domain.kernel.errors import StreamBrokenError

Deadlines = tuple[Deadline, ...]


def fold_deadline(deadlines: Deadlines, event: object, meta: Meta) -> Deadlines | None:
    """Return the deadlines after `event`; None when it is not about one.

    Raises:
        StreamBrokenError: the event names a deadline that is not there or not in that state.
    """
    at = meta.effective_at
    match event:
        case e.DeadlineOpened():
            return (*deadlines, _opened(event))
        case e.DeadlineMet(deadline=which):
            return _ended(deadlines, which, "met", at)
        case e.DeadlineLapsed(deadline=which):
            return _ended(deadlines, which, "lapsed", at)
        case e.DeadlineCancelled(deadline=which):
            return _ended(deadlines, which, "cancelled", at)
        case e.DeadlineSuspended() | e.DeadlineResumed():
            return _paused(deadlines, event, at)
        case e.DeadlineExtended() | e.DeadlineRedated():
            return _moved(deadlines, event)
        case _:
            return None


def _opened(event: e.DeadlineOpened) -> Deadline:
    return Deadline(
        id=event.deadline,
        key=event.key,
        occurrence=event.occurrence,
        term=event.term,
        amount=event.amount,
        holder=event.holder,
        element=event.element,
        wait=event.wait,
        starts=event.starts,
        due=event.due,
        effective=event.effective,
        calendar=event.calendar,
        provisional=event.provisional,
    )


def _ended(deadlines: Deadlines, which: str, state: DeadlineState, at: datetime) -> Deadlines:
    return _with(deadlines, replace(_running(deadlines, which), state=state, ended_at=at))


def _paused(
    deadlines: Deadlines, event: e.DeadlineSuspended | e.DeadlineResumed, at: datetime
) -> Deadlines:
    found = _running(deadlines, event.deadline)
    match event:
        case e.DeadlineSuspended(reason=reason, cite=cite):
            pause = Pause(since=at, until=None, reason=reason, cite=cite)
            pauses = (*found.pauses, pause)
            still = replace(found, state="suspended", due=None, effective=None, pauses=pauses)
            return _with(deadlines, still)
        case e.DeadlineResumed():
            if not found.pauses:
                raise StreamBrokenError(f"{found.id} was never suspended")
            pauses = (*found.pauses[:-1], replace(found.pauses[-1], until=at))
            going = replace(
                found,
                state="open",
                due=event.due,
                effective=event.effective,
                calendar=event.calendar,
                provisional=event.provisional,
                pauses=pauses,
            )
            return _with(deadlines, going)


def _moved(deadlines: Deadlines, event: e.DeadlineExtended | e.DeadlineRedated) -> Deadlines:
    found = _running(deadlines, event.deadline)
    if isinstance(event, e.DeadlineExtended):
        found, due = replace(found, amount=event.amount), event.due
    else:
        due = event.new
    moved = replace(
        found,
        due=due,
        effective=event.effective,
        calendar=event.calendar,
        provisional=event.provisional,
    )
    return _with(deadlines, moved)


def _running(deadlines: Deadlines, which: str) -> Deadline:
    found = next((one for one in deadlines if one.id == which), None)
    if found is None or found.state not in ("open", "suspended"):
        raise StreamBrokenError(f"no deadline {which} is running")
    return found


def _with(deadlines: Deadlines, changed: Deadline) -> Deadlines:
    return tuple(changed if one.id == changed.id else one for one in deadlines)
