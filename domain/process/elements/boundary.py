"""Boundary events (边界事件): they guard an activity while it is at work."""

from dataclasses import replace

from domain.process.elements.outgoing import out
from domain.process.elements.waiting import listens, wait_kind
from domain.process.machine import Machine
from domain.process.marking import Wait
from domain.process.model import Node


def guard(machine: Machine, node: Node, scope: str, which: str) -> None:
    """Open the boundary events of an activity that begins as `which` in `scope`."""
    for event in machine.definition.boundaries.get(node.id, ()):
        if listens(event):
            machine.open_wait(event, scope, wait_kind(event), role="boundary", attached_to=which)


def occur(machine: Machine, wait: Wait) -> None:
    """Let the event of a boundary wait happen."""
    node = machine.definition.nodes[wait.element]
    guarded = wait.attached_to or ""
    machine.say("fired" if wait.kind == "timer" else "caught", node.id, wait.id)
    if node.interrupting:
        machine.close_wait(wait.id, "fired")
        machine.cancel_activity(guarded)
    else:
        machine.live[wait.scope] += 1
        again(machine, node, wait)
    out(machine, node, wait.scope)


def caught(machine: Machine, node: Node, scope: str, guarded: str) -> None:
    """Let a boundary event catch what was thrown inside the activity it guards."""
    machine.say("caught", node.id)
    if node.interrupting:
        machine.cancel_activity(guarded)
    else:
        machine.live[scope] += 1
    out(machine, node, scope)


def again(machine: Machine, node: Node, wait: Wait) -> None:
    """Keep listening after an event that does not interrupt; a timer while its cycle has turns."""
    if wait.timer is None:
        return
    machine.close_wait(wait.id, "fired")
    if (timer := wait.timer.next()) is not None:
        later = replace(node, event=replace(node.event, timer=timer))
        machine.open_wait(later, wait.scope, "timer", role=wait.role, attached_to=wait.attached_to)
