"""Leaving a node: which of its flows a token takes."""

from domain.process.machine import Machine, RunError
from domain.process.model import Flow, Node


def out(machine: Machine, node: Node, scope: str) -> None:
    """Let the token that holds a count in `scope` leave `node` by its outgoing flows.

    All flows without condition, all whose condition is true, the default only if none was true;
    where there is no flow the token ends.

    Raises:
        RunError: `gateway.no_flow`, there are flows and none may be taken.
    """
    flows = node.outgoing
    if flows and (len(flows) > 1 or flows[0].condition is not None):
        flows = chosen(machine, node, scope)
    for flow in flows:
        machine.go(scope, flow)
    machine.leave(scope)


def chosen(machine: Machine, node: Node, scope: str) -> tuple[Flow, ...]:
    """Return every flow that may be taken.

    Raises:
        RunError: `gateway.no_flow`, there is none.
    """
    variables = machine.variables(scope)
    ways, held, conditional = [], False, False
    for flow in node.outgoing:
        if flow.id == node.default:
            continue
        if flow.condition is None:
            ways.append(flow)
            continue
        conditional = True
        if flow.condition.holds(variables):
            held = True
            ways.append(flow)
    if node.default is not None and not held and (conditional or not ways):
        ways.append(machine.definition.flows[node.default])
    if not ways:
        raise RunError("gateway.no_flow", node.id)
    return tuple(ways)
