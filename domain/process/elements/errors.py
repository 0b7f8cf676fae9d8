"""Errors (错误): from the activity outwards to the nearest event that catches them."""

from collections.abc import Iterable

from domain.process.elements.boundary import caught
from domain.process.machine import Machine, RunError
from domain.process.model import Node, Trigger


def raise_error(machine: Machine, code: str, scope: str, task: str | None = None) -> None:
    """Throw an error from a task at work, or from an end event in `scope`.

    Raises:
        RunError: nobody catches it; the run ends with its code.
    """
    if task is not None and _caught_by_boundary(machine, code, task, machine.waits[task].element):
        return
    at: str | None = scope
    while at is not None:
        if _caught_by_boundary(machine, code, at, machine.scopes[at].element):
            return
        at = machine.scopes[at].parent
    raise RunError(code)


def _caught_by_boundary(machine: Machine, code: str, activity: str, element: str) -> bool:
    home = machine.waits[activity].scope if activity in machine.waits else _parent(machine, activity)
    if home is None or machine.scopes[home].kind == "loop":
        return False  # the boundary guards the loop as a whole
    guards = machine.definition.boundaries.get(element, ())
    node = catcher(guards, "error", code)
    if node is not None:
        caught(machine, node, home, activity)
    return node is not None


def _parent(machine: Machine, scope: str) -> str | None:
    return machine.scopes[scope].parent


def catcher(nodes: Iterable[Node], trigger: Trigger, code: str) -> Node | None:
    """Return the event that catches a code: an equal one before one without a code."""
    ready = [node for node in nodes if node.event.trigger == trigger]
    exact = (node for node in ready if node.event.ref == code)
    return next(exact, next((node for node in ready if node.event.ref is None), None))
