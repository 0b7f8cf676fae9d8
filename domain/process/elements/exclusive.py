"""Exclusive gateway (排他网关): one way, the first whose condition is true."""

from domain.process.elements.outgoing import out
from domain.process.machine import Machine, RunError, Token
from domain.process.model import Flow


def enter(machine: Machine, token: Token) -> None:
    """Take the first flow that is free or true, in the order of the gateway, else the default.

    Raises:
        RunError: `gateway.no_flow`, no flow may be taken.
    """
    if len(token.node.outgoing) < 2:  # noqa: PLR2004  – it only merges
        out(machine, token.node, token.scope)
        return
    machine.go(token.scope, _first(machine, token))
    machine.leave(token.scope)


def _first(machine: Machine, token: Token) -> Flow:
    variables = machine.variables(token.scope)
    for flow in token.node.outgoing:
        free = flow.condition is None or flow.condition.holds(variables)
        if free and flow.id != token.node.default:
            return flow
    if token.node.default is None:
        raise RunError("gateway.no_flow", token.node.id)
    return machine.definition.flows[token.node.default]
