"""Boundary events (边界事件): they guard an activity while it is at work."""

from domain.process.elements.outgoing import out
from domain.process.elements.waiting import again, listen, whole
from domain.process.machine import Machine
from domain.process.marking import Wait
from domain.process.model import Event, Node


def guard(machine: Machine, node: Node, scope: str, which: str) -> None:
    """Open the boundary events of an activity that begins as `which` in `scope`."""
    for event in machine.definition.boundaries.get(node.id, ()):
        listen(machine, event, scope, "boundary", which)


def occur(machine: Machine, wait: Wait) -> None:
    """Let the event of a boundary wait happen."""
    node = machine.definition.nodes[wait.element]
    guarded = wait.attached_to or ""
    machine.say("fired" if wait.kind == "timer" else "caught", node.id, wait.id)
    if not whole(machine, node, wait):
        return
    if node.interrupting:
        if wait.id in machine.waits:
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


def overhear(machine: Machine, activity: Node, scope: str, event: Event) -> None:
    """Let a boundary event catch what instances of its activity throw; nothing is cancelled."""
    for node in machine.definition.boundaries.get(activity.id, ()):
        for part in node.event.parts:
            if part.trigger == event.trigger and part.ref in (None, event.ref):
                machine.say("caught", node.id)
                machine.live[scope] += 1
                out(machine, node, scope)
                break
