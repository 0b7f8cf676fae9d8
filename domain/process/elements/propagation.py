"""Errors (错误) and escalations (升级): outwards to who catches them first."""

from collections.abc import Iterable
from typing import Literal

from domain.process.elements import event_subprocess
from domain.process.elements.boundary import caught
from domain.process.machine import BODILESS, Machine, RunError
from domain.process.model import Node

Kind = Literal["error", "escalation"]


def raise_error(machine: Machine, code: str, scope: str, task: str | None = None) -> None:
    """Throw an error from a task at work, or from an end event in `scope`.

    Raises:
        RunError: nobody catches it; the run ends with its code.
    """
    if not _caught(machine, "error", code, scope, task):
        raise RunError(code)


def escalate(machine: Machine, code: str, scope: str, task: str | None = None) -> None:
    """Throw an escalation; who throws goes on unless it is interrupted. Nobody need catch it."""
    if not _caught(machine, "escalation", code, scope, task):
        machine.unheard.append(code)


def _caught(machine: Machine, kind: Kind, code: str, scope: str, task: str | None) -> bool:
    if task is not None and _by_boundary(machine, kind, code, task):
        return True
    at: str | None = scope
    handled = False  # what an event sub-process throws does not start its own scope's handlers
    while at is not None:
        found = machine.scopes[at]
        if found.kind not in BODILESS and not handled and _by_handler(machine, kind, code, at):
            return True
        if _by_boundary(machine, kind, code, at):
            return True
        handled = found.kind == "event_subprocess"
        at = found.parent
    return False


def _by_handler(machine: Machine, kind: Kind, code: str, scope: str) -> bool:
    handlers = machine.body(scope).handlers
    starts = (event_subprocess.starter(machine, handler) for handler in handlers)
    start = _catcher(starts, kind, code)
    if start is not None:
        machine.say("caught", start.id)
        event_subprocess.begin(machine, start, scope)
    return start is not None


def _by_boundary(machine: Machine, kind: Kind, code: str, activity: str) -> bool:
    task = machine.waits.get(activity)
    element = task.element if task else machine.scopes[activity].element
    home = task.scope if task else machine.scopes[activity].parent
    if home is None or machine.scopes[home].kind in ("loop", "turn"):
        return False  # the boundary guards the loop as a whole
    if task is None and machine.scopes[activity].kind == "compensation":
        return False  # what it undoes has completed and is guarded no more
    node = _catcher(machine.definition.boundaries.get(element, ()), kind, code)
    if node is not None:
        caught(machine, node, home, activity)
    return node is not None


def _catcher(nodes: Iterable[Node], kind: Kind, code: str) -> Node | None:
    """Return the event that catches a code: an equal one before one without a code."""
    ready = [
        (node, part.ref) for node in nodes for part in node.event.parts if part.trigger == kind
    ]
    exact = (node for node, ref in ready if ref == code)
    return next(exact, next((node for node, ref in ready if ref is None), None))
