"""Complex gateway (复杂网关): goes on once, when the tokens that came suffice; then it resets.

`activationCount` is the number of tokens that wait. After it has gone on it swallows one token on
each other way in, until none can come any more; a second token on one way is for the next round.
"""

from decimal import Decimal

from domain.process.elements.inclusive import awaits, split
from domain.process.machine import Machine, Token
from domain.process.model import Node

COUNT = "activationCount"


def enter(machine: Machine, token: Token) -> None:
    """Take the ways whose condition is true, at once or when enough tokens came.

    Raises:
        RunError: `gateway.no_flow`, no flow may be taken.
    """
    node, scope = token.node, token.scope
    if token.flow is None or len(node.incoming) <= 1:
        split(machine, node, scope, 1)
        return
    machine.wait_to_join(token)
    used = machine.used.get((scope, node.id))
    if used is None:
        _try(machine, node, scope)
    elif token.flow not in used:
        _swallow(machine, node, scope, token.flow)


def reset(machine: Machine) -> bool:
    """Begin the next round of a gateway nothing more can reach; return whether there was one."""
    for scope, element in [where for where in machine.joins if where in machine.used]:
        node = machine.definition.nodes[element]
        if not awaits(machine, node, scope, machine.used[scope, element]):
            _next_round(machine, node, scope)
            return True
    return False


def _try(machine: Machine, node: Node, scope: str) -> None:
    """Go on if the tokens that wait suffice."""
    came = machine.joins[scope, node.id]
    known = {**machine.variables(scope), COUNT: Decimal(len(came))}
    if not came or not (node.activation is None or node.activation.holds(known)):
        machine.say("waits", node.id)
        return
    joined = [flow.id for flow in node.incoming if flow.id in came]
    machine.used[scope, node.id] = joined
    machine.join(scope, node.id, joined)
    machine.say("joined", node.id)
    split(machine, node, scope, len(joined))
    if len(joined) == len(node.incoming):
        _next_round(machine, node, scope)


def _swallow(machine: Machine, node: Node, scope: str, flow: str) -> None:
    used = machine.used[scope, node.id]
    used.append(flow)
    machine.join(scope, node.id, (flow,))
    if len(used) == len(node.incoming):
        _next_round(machine, node, scope)
    machine.leave(scope)


def _next_round(machine: Machine, node: Node, scope: str) -> None:
    del machine.used[scope, node.id]
    machine.forget_join(scope, node.id)
    if machine.joins.get((scope, node.id)):
        _try(machine, node, scope)
