"""End events (结束事件); what they throw is `throwing`'s."""

from domain.process.machine import Machine, Throw, Token


def enter(machine: Machine, token: Token) -> None:
    """End the token; an end event with a trigger throws first."""
    if token.node.event.trigger == "none":
        machine.leave(token.scope)
    else:
        machine.throws.append(Throw("event", token.scope, token.node))
