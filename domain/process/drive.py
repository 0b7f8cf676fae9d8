"""The order of things: which token, join or throw comes next, and which element knows it."""

from collections.abc import Callable, Mapping

from domain.kernel.errors import EngineError
from domain.process.elements import (
    ad_hoc,
    boundary,
    catching,
    compensation,
    complex_gateway,
    conditions,
    ending,
    event_gateway,
    event_subprocess,
    exclusive,
    inclusive,
    lifecycle,
    messages,
    parallel,
    propagation,
    starting,
    subprocess,
    tasks,
    throwing,
)
from domain.process.elements.outgoing import out
from domain.process.machine import Machine, Outcome, Throw, Token
from domain.process.model import ACTIVITIES, NodeKind

_ENTER: Mapping[NodeKind, Callable[[Machine, Token], None]] = {
    "start": starting.enter,
    "end": ending.enter,
    "catch": catching.enter,
    "throw": throwing.enter,
    "exclusive": exclusive.enter,
    "parallel": parallel.enter,
    "inclusive": inclusive.enter,
    "complex": complex_gateway.enter,
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
        elif inclusive.decide(machine) or _reset(machine):
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
            lifecycle.finish(machine, machine.finished.popleft())
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
    elif wait.role == "part":
        catching.occur_in_part(machine, wait)
    else:
        catching.occur(machine, wait)


def _enter(machine: Machine, token: Token) -> None:
    node = token.node
    if node.kind in ACTIVITIES:
        lifecycle.enter(machine, token)
    elif node.kind in _ENTER:
        _ENTER[node.kind](machine, token)
    else:
        raise EngineError(f"no token can enter {node.kind} {node.id}")


def _reset(machine: Machine) -> bool:
    return machine.definition.complex_gateways and complex_gateway.reset(machine)


def _empty(machine: Machine, scope: str) -> None:
    """Let a scope without tokens be complete, unless it has more to do."""
    if machine.live.get(scope) != 0:
        return
    if machine.scopes[scope].kind == "compensation":
        compensation.proceed(machine, scope)
    elif not ad_hoc.carry_on(machine, scope):
        subprocess.complete(machine, scope)


def _perform(machine: Machine, throw: Throw) -> None:
    """Throw; who threw goes on only after all that was reached, unless that has stopped it."""
    if throw.what != "event":
        machine.say("thrown", throw.node.id)
    if throw.what == "error":
        propagation.raise_error(machine, throw.code or "", throw.scope, throw.wait)
    elif throw.what == "escalate":
        propagation.escalate(machine, throw.code or "", throw.scope, throw.wait)
    elif throw.what == "send":
        messages.send(machine, throw.node, throw.node.event)
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
