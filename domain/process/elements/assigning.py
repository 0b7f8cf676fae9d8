"""`<anjuan:assign>`: variables a task sets when it completes."""

from domain.process.machine import Machine
from domain.process.model import Node


def assign(machine: Machine, node: Node, scope: str) -> None:
    """Set the variables of a task, in their order; each may read the one before."""
    for one in node.assigns:
        value = one.value.evaluate(machine.variables(scope))
        machine.host.assign(machine.root(scope), one.target, value)
