"""Intermediate throwing events (中间抛出事件): what they throw comes when nothing else can move."""

from domain.process.elements.messages import send
from domain.process.elements.outgoing import out
from domain.process.machine import Machine, Throw, Token


def enter(machine: Machine, token: Token) -> None:
    """Park the throw; an event that throws nothing is passed."""
    if token.node.event.trigger == "none":
        out(machine, token.node, token.scope)
    else:
        machine.throws.append(Throw("event", token.scope, token.node))


def perform(machine: Machine, throw: Throw) -> None:
    """Throw what the event says; its own token has not gone on yet."""
    send(machine, throw.node)
