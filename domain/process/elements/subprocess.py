"""Embedded sub-processes (子流程) and call activities (调用活动)."""

from domain.process.elements.boundary import guard
from domain.process.elements.completed import hand_over, remember, within
from domain.process.elements.starting import begin_body
from domain.process.machine import Finished, Machine
from domain.process.model import Node


def begin(machine: Machine, node: Node, scope: str, *, guarded: bool) -> None:
    """Begin the body of a sub-process, or the process a call activity calls."""
    inner = machine.open_scope("call" if node.kind == "call" else "subprocess", node.id, scope)
    machine.say("started", node.id, inner)
    if guarded:
        guard(machine, node, scope, inner)
    begin_body(machine, inner)


def complete(machine: Machine, which: str) -> None:
    """Close a scope without tokens and let the activity's token go on."""
    scope = machine.scopes[which]
    parent = scope.parent or ""
    if scope.kind == "event_subprocess":
        hand_over(machine, within(machine, which), parent)
        machine.leave(parent)
    elif scope.parent is not None:
        node = machine.definition.nodes[scope.element]
        remember(machine, node, parent, which)
        machine.finished.append(Finished(node, parent))
    machine.close_scope(which)
    machine.say("completed", scope.element, which)
