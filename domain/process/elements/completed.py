"""What completed and can be compensated (可补偿): the newest last."""

from dataclasses import replace

from domain.process.machine import Machine
from domain.process.marking import Completed
from domain.process.model import Definition, Node


def remember(machine: Machine, node: Node, scope: str, which: str) -> None:
    """Note that an activity completed as `which`, where it or something inside can be compensated.

    What would compensate it as a whole makes what is inside unknown.
    """
    if not machine.definition.compensable:
        return
    around = machine.scopes[scope]
    if around.kind == "compensation" or undoer(machine.definition, node) is not None:
        machine.forget(which)
    elif not (restarter(machine.definition, node) or within(machine, which)):
        return
    if around.kind != "compensation":
        home = (around.parent or "") if around.kind == "turn" else scope
        machine.completed[which] = Completed(which, node.id, home)


def within(machine: Machine, scope: str) -> list[Completed]:
    """Return what completed in a scope and can be compensated, oldest first."""
    return [one for one in machine.completed.values() if one.scope == scope]


def hand_over(machine: Machine, found: list[Completed], scope: str) -> None:
    """Count what completed as completed in `scope`; its place in the order stays."""
    for one in found:
        machine.completed[one.id] = replace(one, scope=scope)


def undoer(definition: Definition, node: Node) -> Node | None:
    """Return the compensation boundary event of an activity."""
    guards = definition.boundaries.get(node.id, ())
    return next((guard for guard in guards if guard.compensates is not None), None)


def restarter(definition: Definition, node: Node) -> Node | None:
    """Return the start of the event sub-process that compensates a sub-process from inside."""
    body = definition.inside(node.id)
    starts = (
        definition.nodes[definition.bodies[handler].triggered[0]]
        for handler in (body.handlers if body is not None else ())
    )
    return next((start for start in starts if start.event.has("compensate")), None)
