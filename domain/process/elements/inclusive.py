"""Inclusive gateway (包容网关): takes every way that may be taken, joins what can still come."""

from collections.abc import Iterable

from domain.process.elements.outgoing import chosen
from domain.process.machine import Machine, Token
from domain.process.marking import Scope
from domain.process.model import Node


def enter(machine: Machine, token: Token) -> None:
    """Take the ways whose condition is true; a joining one first waits, see `decide`.

    Raises:
        RunError: `gateway.no_flow`, no flow may be taken.
    """
    node, scope = token.node, token.scope
    if token.flow is not None and len(node.incoming) > 1:
        machine.wait_to_join(token)
        machine.say("waits", node.id)
    else:
        split(machine, node, scope, 1)


def decide(machine: Machine) -> bool:
    """Join the oldest gateway that awaits nobody any more; return whether there was one."""
    for (scope, element), came in machine.joins.items():
        node = machine.definition.nodes[element]
        if node.kind != "inclusive":
            continue
        if not awaits(machine, node, scope, came):
            joined = [flow.id for flow in node.incoming if flow.id in came]
            machine.join(scope, element, joined)
            machine.say("joined", element)
            split(machine, node, scope, len(joined))
            return True
    return False


def split(machine: Machine, node: Node, scope: str, joined: int) -> None:
    """Let the tokens that joined leave by every way that may be taken.

    Raises:
        RunError: `gateway.no_flow`, no flow may be taken.
    """
    for flow in chosen(machine, node, scope) if len(node.outgoing) > 1 else node.outgoing:
        machine.go(scope, flow)
    machine.leave(scope, joined)


def awaits(machine: Machine, gateway: Node, scope: str, came: Iterable[str]) -> bool:
    """Whether a token that stands elsewhere in a scope is awaited on a flow that has not `come`."""
    awaited = machine.definition.awaited(gateway, frozenset(came))
    return not awaited.isdisjoint(_standing(machine, scope, gateway))


def _standing(machine: Machine, scope: str, gateway: Node) -> set[str]:
    """Return the nodes of a scope where other tokens stand."""
    standing = {w.element for w in machine.waits.values() if w.scope == scope and w.role == "token"}
    standing |= {
        one.element
        for one in machine.scopes.values()
        if one.parent == scope and not _went_on(machine, one)
    }
    standing |= {throw.node.id for throw in machine.throws if throw.scope == scope}
    standing |= {element for (at, element), came in machine.joins.items() if came and at == scope}
    return standing - {gateway.id}


def _went_on(machine: Machine, scope: Scope) -> bool:
    """Whether it is a compensation whose event has not waited for it: no token stands there."""
    if scope.kind != "compensation":
        return False
    return not all(part.waits for part in machine.definition.nodes[scope.element].event.parts)
