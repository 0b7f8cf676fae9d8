"""Throwing and end events (抛出事件): what they throw comes when nothing else can move."""

from domain.process.elements import compensation
from domain.process.elements.messages import send
from domain.process.elements.outgoing import out
from domain.process.elements.propagation import escalate, raise_error
from domain.process.elements.signals import broadcast
from domain.process.machine import Machine, Throw, Token
from domain.process.model import Event

_LAST = frozenset(("compensate", "cancel", "error", "terminate"))  # nothing is thrown behind them


def enter(machine: Machine, token: Token) -> None:
    """Park the throw; an event that throws nothing is passed."""
    if token.node.event.trigger == "none":
        out(machine, token.node, token.scope)
    elif token.node.event.trigger == "link":
        _jump(machine, token)
    else:
        machine.throws.append(Throw("event", token.scope, token.node))


def perform(machine: Machine, throw: Throw) -> None:
    """Throw what the event says, part by part; its own token has not gone on yet.

    Raises:
        RunError: an error that nobody catches.
    """
    for event in sorted(throw.node.event.parts, key=lambda part: part.trigger in _LAST):
        if machine.throws and machine.throws[0] is throw:  # no part before has stopped it
            _throw(machine, throw, event)


def _throw(machine: Machine, throw: Throw, event: Event) -> None:
    machine.say("thrown", throw.node.id)
    match event.trigger:
        case "signal":
            broadcast(machine, throw.node, event)
        case "escalation":
            escalate(machine, event.ref or "", throw.scope)
        case "error":
            raise_error(machine, event.ref or "", throw.scope)
        case "terminate":
            _terminate(machine, throw)
        case "compensate":
            compensation.throw(machine, throw, event)
        case "cancel":
            compensation.cancel(machine, throw)
        case _:
            send(machine, throw.node, event)


def _terminate(machine: Machine, throw: Throw) -> None:
    """Stop all else in the scope, which is then complete; at the top the process is terminated."""
    machine.clear_scope(throw.scope)
    machine.emptied.append(throw.scope)
    if machine.scopes[throw.scope].kind == "process":
        machine.terminated = True


def _jump(machine: Machine, token: Token) -> None:
    """Go on behind the link that this one leads to."""
    target = machine.definition.nodes[token.node.event.ref or ""]
    machine.say("thrown", token.node.id)
    machine.say("caught", target.id)
    out(machine, target, token.scope)
