"""Intermediate catching events (中间捕获事件), and start events that wait for their time."""

from dataclasses import replace

from domain.process.elements.outgoing import out
from domain.process.elements.waiting import listen, wait_kind, whole
from domain.process.machine import Machine, Token
from domain.process.marking import Wait


def enter(machine: Machine, token: Token) -> None:
    """Wait for the event; without a trigger the token passes."""
    node = token.node
    if node.event.trigger in ("none", "link"):
        out(machine, node, token.scope)
        return
    several = node.event.trigger == "multiple"
    wait = machine.open_wait(node, token.scope, "multiple" if several else wait_kind(node))
    machine.say("waits", node.id, wait.id)
    if several:
        listen(machine, node, token.scope, "part", wait.id)


def occur_in_part(machine: Machine, wait: Wait) -> None:
    """Let a part of a multiple event happen; the token goes on when that is enough."""
    node = machine.definition.nodes[wait.element]
    machine.say("fired" if wait.kind == "timer" else "caught", node.id, wait.id)
    if not whole(machine, node, wait):
        return
    if wait.id in machine.waits:
        machine.close_wait(wait.id, "fired")
    whole_id = wait.attached_to or ""
    machine.close_wait(whole_id, "completed")
    machine.stand_down(whole_id)
    out(machine, node, wait.scope)


def occur(machine: Machine, wait: Wait) -> None:
    """Let the token go on; each firing of a cycle lets one through."""
    node = machine.definition.nodes[wait.element]
    machine.close_wait(wait.id, "fired")
    machine.say("fired" if wait.kind == "timer" else "caught", node.id, wait.id)
    if wait.timer is not None and (timer := wait.timer.next()) is not None:
        machine.live[wait.scope] += 1
        later = replace(node, event=replace(node.event, timer=timer))
        machine.open_wait(later, wait.scope, "timer")
    out(machine, node, wait.scope)
