"""The order of things: which token, join or throw comes next, and which element knows it."""

from collections.abc import Callable, Mapping

from domain.kernel.errors import EngineError
from domain.process.elements import (
    activities,
    boundary,
    catching,
    conditions,
    ending,
    event_gateway,
    event_subprocess,
    exclusive,
    inclusive,
    loops,
    messages,
    parallel,
    propagation,
    starting,
    subprocess,
    tasks,
    throwing,
)
from domain.process.elements.outgoing import out
from domain.process.machine import Finished, Machine, Outcome, Throw, Token
from domain.process.model import ACTIVITIES, NodeKind

_ENTER: Mapping[NodeKind, Callable[[Machine, Token], None]] = {
    "start": starting.enter,
    "end": ending.enter,
    "catch": catching.enter,
    "throw": throwing.enter,
    "exclusive": exclusive.enter,
    "parallel": parallel.enter,
    "inclusive": inclusive.enter,
    "event_gateway": event_gateway.enter,
}


def run(machine: Machine) -> None:
    """Move until every token waits.

    Tokens move oldest first, one node at a time; when none can, inclusive joins are decided; when
    still nothing can, one throw happens and reaches all that waits by then.

    Raises:
        RunError: the run ended by an error nobody catches, or failed.
    """
    while True:
        _settle(machine)
        if machine.definition.conditional and conditions.decide(machine):
            continue
        if machine.tokens:
            machine.count()
            _enter(machine, machine.tokens.popleft())
        elif inclusive.decide(machine):
            continue
        elif machine.throws:
            _perform(machine, machine.throws[0])
        else:
            return


def _settle(machine: Machine) -> None:
    """Let what has just happened take its effect before the next token moves."""
    while machine.triggers or machine.finished or machine.emptied:
        if machine.triggers:
            trigger(machine, machine.triggers.popleft())
        elif machine.finished:
            _finish(machine, machine.finished.popleft())
        else:
            _empty(machine, machine.emptied.popleft())


def trigger(machine: Machine, which: str) -> None:
    """Let what an open wait waits for happen; a wait that is no longer open is passed over."""
    wait = machine.waits.get(which)
    if wait is None:
        return
    if machine.is_task(wait):
        tasks.end(machine, wait, Outcome())
    elif wait.role == "boundary":
        boundary.occur(machine, wait)
    elif wait.role == "handler":
        event_subprocess.occur(machine, wait)
    elif wait.role == "choice":
        event_gateway.choose(machine, wait)
    else:
        catching.occur(machine, wait)


def _enter(machine: Machine, token: Token) -> None:
    node = token.node
    if node.kind in ACTIVITIES and node.loop is not None:
        loops.begin(machine, node, node.loop, token.scope)
    elif node.kind in ACTIVITIES:
        activities.begin(machine, node, token.scope, guarded=True)
    elif node.kind in _ENTER:
        _ENTER[node.kind](machine, token)
    else:
        raise EngineError(f"no token can enter {node.kind} {node.id}")


def _finish(machine: Machine, done: Finished) -> None:
    if machine.scopes[done.scope].kind == "turn":
        loops.turn_done(machine, done.node, done.scope)
    else:
        out(machine, done.node, done.scope)


def _empty(machine: Machine, scope: str) -> None:
    if machine.live.get(scope) == 0:
        subprocess.complete(machine, scope)


def _perform(machine: Machine, throw: Throw) -> None:
    """Throw; who threw goes on only after all that was reached, unless that has stopped it."""
    if throw.what == "error":
        machine.say("thrown", throw.node.id)
        propagation.raise_error(machine, throw.code or "", throw.scope, throw.wait)
    elif throw.what == "escalate":
        machine.say("thrown", throw.node.id)
        propagation.escalate(machine, throw.code or "", throw.scope, throw.wait)
    elif throw.node.kind == "end":
        ending.perform(machine, throw)
    elif throw.what == "send":
        messages.send(machine, throw.node)
    else:
        throwing.perform(machine, throw)
    while machine.triggers:
        trigger(machine, machine.triggers.popleft())
    if machine.throws and machine.throws[0] is throw:
        machine.throws.popleft()
        _go_on(machine, throw)


def _go_on(machine: Machine, throw: Throw) -> None:
    if throw.wait is not None:
        tasks.finish(machine, machine.waits[throw.wait])
    elif throw.node.kind == "end":
        machine.leave(throw.scope)
    else:
        out(machine, throw.node, throw.scope)
