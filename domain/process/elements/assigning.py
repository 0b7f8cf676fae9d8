"""`<anjuan:assign>`: variables a task sets when it completes."""

from collections.abc import Iterable, Mapping

from domain.process.feel import Value
from domain.process.machine import Machine
from domain.process.model import Node

MAX_PARTS = 100_000  # of one variable; a part is a value, or so many letters of a text
DEEPEST = 30  # levels of lists and contexts of one variable
_LETTERS = 32


def assign(machine: Machine, node: Node, scope: str) -> None:
    """Set the variables of a task, in their order; each may read the one before."""
    for one in node.assigns:
        keep(machine, scope, one.target, one.value.evaluate(machine.variables(scope)))


def keep(machine: Machine, scope: str, target: str, value: Value) -> None:
    """Set a variable; a value that would be too large to be kept is null."""
    machine.host.assign(machine.root(scope), target, value if _fits(value) else None)


def _fits(value: Value) -> bool:
    parts, todo = 0, [(value, 0)]
    while todo:
        one, level = todo.pop()
        parts += 1 + (len(one) // _LETTERS if isinstance(one, str) else 0)
        if parts > MAX_PARTS or level > DEEPEST:
            return False
        inside = one.values() if isinstance(one, Mapping) else one
        if not isinstance(inside, str) and isinstance(inside, Iterable):
            todo += [(part, level + 1) for part in inside]
    return True
