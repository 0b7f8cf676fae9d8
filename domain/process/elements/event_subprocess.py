"""Event sub-processes (事件子流程): they listen while their scope runs."""

from domain.process.elements import ad_hoc
from domain.process.elements.outgoing import out
from domain.process.elements.waiting import again, whole
from domain.process.elements.waiting import listen as open_waits
from domain.process.machine import Machine
from domain.process.marking import Wait
from domain.process.model import Node


def listen(machine: Machine, scope: str) -> None:
    """Open what would start the event sub-processes of a scope that begins."""
    for handler in machine.body(scope).handlers:
        open_waits(machine, starter(machine, handler), scope, "handler", scope)


def starter(machine: Machine, handler: str) -> Node:
    """Return the start event of an event sub-process."""
    return machine.definition.nodes[machine.definition.bodies[handler].triggered[0]]


def occur(machine: Machine, wait: Wait) -> None:
    """Let the event of a listening wait happen."""
    start = machine.definition.nodes[wait.element]
    machine.say("fired" if wait.kind == "timer" else "caught", start.id, wait.id)
    if not whole(machine, start, wait):
        return
    if start.interrupting:
        if wait.id in machine.waits:
            machine.close_wait(wait.id, "fired")
    else:
        again(machine, start, wait)
    begin(machine, start, wait.scope)


def begin(machine: Machine, start: Node, scope: str) -> None:
    """Run the event sub-process of `start`; an interrupting one stops the rest of its scope."""
    if start.interrupting:
        ad_hoc.stop(machine, scope)
        machine.clear_scope(scope)
        machine.stand_down(scope)
    inner = machine.open_scope("event_subprocess", start.body, scope)
    machine.live[scope] += 1
    machine.say("started", start.body, inner)
    machine.live[inner] += 1
    listen(machine, inner)
    out(machine, start, inner)
