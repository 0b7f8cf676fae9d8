"""Messages of a plain process: taken at once, or kept until something comes to wait for them."""

from datetime import datetime, timedelta

from domain.case.procedure import Act, Play
from domain.case.refusals import malformed
from domain.case.state import Case
from domain.kernel.errors import Refusal
from domain.kernel.faults import Fault, fault
from domain.ports import World
from domain.procedures.process import commands as c
from domain.procedures.process import events as e
from domain.procedures.process.facts import KeptState, of
from domain.procedures.process.refusals import NobodyWaits, TooManyKept
from domain.procedures.process.values import unnameable
from domain.process import game
from domain.process.game import Marking
from domain.process.model import Definition
from domain.process.timers import parse_span

MOST_KEPT = 100  # in one case at a time
LONGEST = timedelta(days=366)  # that anybody may ask a message to be kept
_LOOK: Play = game.look


def awaits_message(world: World, case: Case, message: str) -> bool:
    """Whether something in the case waits for a message with that name or id."""
    which = world.definitions.pinned(case.definition).message(message)
    waits = game.waits_of(case.marking)
    return any(one.kind in ("message", "receive") and one.ref == which for one in waits)


def send(payload: c.SendMessage, case: Case, world: World, at: datetime) -> Act | Refusal:
    """Return what a message leads to that was received `at` an instant.

    What waits for it takes it. Else it is kept for the time its sender says; a message that nothing
    in the diagram catches, or with no time to wait, is refused.
    """
    until = _until(payload, at, world.message_hours)
    if not isinstance(until, datetime):
        return malformed((until,))
    definition = world.definitions.pinned(case.definition)
    which = definition.message(payload.message)
    waited = awaits_message(world, case, payload.message)
    if which is None or not (waited or (_caught(definition, which) and at < until)):
        return NobodyWaits(name=payload.message)
    if faults := unnameable(payload.data, "/data"):
        return malformed(faults)
    if waited:
        received = e.MessageReceived(message=which, data=payload.data)
        return Act(events=((received, ""),), play=_delivering(which))
    if sum(at < one.until for one in of(case.data).undelivered) >= MOST_KEPT:
        return TooManyKept(most=MOST_KEPT)
    kept = e.MessageKept(
        kept=f"m-{len(of(case.data).kept) + 1}",
        message=definition.messages[which].name or which,
        data=payload.data,
        until=until,
    )
    return Act(events=((kept, ""),), play=_LOOK)


def taken(
    case: Case, definition: Definition, marking: Marking, at: datetime
) -> tuple[object, Play] | None:
    """Return the oldest message kept that something waits for by now, and how it is delivered."""
    waits = {one.ref for one in marking.waits if one.kind in ("message", "receive")}
    for one in of(case.data).undelivered:
        which = definition.message(one.message)
        if which is not None and which in waits and at < one.until:
            event = e.MessageReceived(message=which, data=one.data, kept=one.id)
            return event, _delivering(which)
    return None


def lost(one: KeptState, case: Case, now: datetime) -> bool:
    """Whether a message that was kept can reach nothing any more: too late, or the case over."""
    return case.ended or one.until <= now


def catches(definition: Definition) -> bool:
    """Whether anything in the diagram catches a message."""
    return any(_caught(definition, one) for one in definition.messages)


def _caught(definition: Definition, message: str) -> bool:
    """Whether something in the diagram may come to wait for a message, by its id."""
    return any(
        part.ref == message and part.trigger == "message"
        for node in definition.nodes.values()
        if node.kind in ("catch", "boundary", "receive", "start")
        for part in node.event.parts
    )


def _until(payload: c.SendMessage, at: datetime, hours: int) -> datetime | Fault:
    """Return until when a message may be kept; what was received at that instant is too late."""
    if not payload.ttl:
        return at + timedelta(hours=hours)
    try:
        until = parse_span(payload.ttl).after(at)
    except (ValueError, OverflowError):
        until = None
    if until is None or until - at > LONGEST:
        zh = f"须为 ISO 8601 时长，如 PT2H、P3D，最长 {LONGEST.days} 日"
        en = f"an ISO 8601 duration such as PT2H or P3D, at most {LONGEST.days} days"
        return fault("/ttl", "field", zh, en)
    return until


def _delivering(which: str) -> Play:
    return lambda its, marking, known: game.deliver(its, marking, which, known)
