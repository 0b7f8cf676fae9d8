"""End events (结束事件)."""

from domain.process.elements.propagation import raise_error
from domain.process.elements.throwing import throw_event
from domain.process.machine import Machine, Throw, Token


def enter(machine: Machine, token: Token) -> None:
    """End the token; an end event with a trigger throws first."""
    if token.node.event.trigger == "none":
        machine.leave(token.scope)
    else:
        machine.throws.append(Throw("event", token.scope, token.node))


def perform(machine: Machine, throw: Throw) -> None:
    """Throw what the end event says; its own token has not ended yet.

    Raises:
        RunError: an error that nobody catches.
    """
    match throw.node.event.trigger:
        case "error":
            machine.say("thrown", throw.node.id)
            raise_error(machine, throw.node.event.ref or "", throw.scope)
        case "terminate":
            _terminate(machine, throw)
        case _:
            throw_event(machine, throw)


def _terminate(machine: Machine, throw: Throw) -> None:
    """Stop all else in the scope, which is then complete; at the top the process is terminated."""
    machine.say("thrown", throw.node.id)
    machine.clear_scope(throw.scope)
    machine.emptied.append(throw.scope)
    if machine.scopes[throw.scope].kind == "process":
        machine.terminated = True
