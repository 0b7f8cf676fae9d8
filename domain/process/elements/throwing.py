"""Intermediate throwing events (中间抛出事件): what they throw comes when nothing else can move."""

from domain.process.elements.messages import send
from domain.process.elements.outgoing import out
from domain.process.elements.propagation import escalate
from domain.process.elements.signals import broadcast
from domain.process.machine import Machine, Throw, Token


def enter(machine: Machine, token: Token) -> None:
    """Park the throw; an event that throws nothing is passed."""
    if token.node.event.trigger == "none":
        out(machine, token.node, token.scope)
    elif token.node.event.trigger == "link":
        _jump(machine, token)
    else:
        machine.throws.append(Throw("event", token.scope, token.node))


def perform(machine: Machine, throw: Throw) -> None:
    """Throw what the event says; its own token has not gone on yet."""
    throw_event(machine, throw)


def throw_event(machine: Machine, throw: Throw) -> None:
    """Throw the message, signal or escalation of a throwing or end event."""
    match throw.node.event.trigger:
        case "signal":
            broadcast(machine, throw.node)
        case "escalation":
            machine.say("thrown", throw.node.id)
            escalate(machine, throw.node.event.ref or "", throw.scope)
        case _:
            send(machine, throw.node)


def _jump(machine: Machine, token: Token) -> None:
    """Go on behind the link that this one leads to."""
    target = machine.definition.nodes[token.node.event.ref or ""]
    machine.say("thrown", token.node.id)
    machine.say("caught", target.id)
    out(machine, target, token.scope)
