"""Event-based gateway (事件网关): what happens first decides the way."""

from domain.process.elements.assigning import assign
from domain.process.elements.completed import remember
from domain.process.elements.outgoing import out
from domain.process.elements.waiting import wait_kind
from domain.process.machine import Machine, Token
from domain.process.marking import Wait
from domain.process.model import ACTIVITIES, Node


def enter(machine: Machine, token: Token) -> None:
    """Wait for all events and receive tasks behind the gateway at once."""
    gate = machine.open_wait(token.node, token.scope, "event_gateway")
    machine.say("waits", token.node.id, gate.id)
    for flow in token.node.outgoing:
        target = machine.definition.nodes[flow.target]
        kind = wait_kind(target)
        machine.open_wait(target, token.scope, kind, role="choice", attached_to=gate.id)


def choose(machine: Machine, wait: Wait) -> None:
    """Go on behind the event that happened; the other ways are closed."""
    gate = machine.close_wait(wait.attached_to or "", "completed")
    machine.close_wait(wait.id, "fired")
    machine.stand_down(gate.id)
    target = machine.definition.nodes[wait.element]
    gateway = machine.definition.nodes[gate.element]
    for flow in gateway.outgoing:
        if flow.target == target.id:
            machine.taken.append(flow.id)
            machine.say("taken", flow.id)
    pass_by(machine, target, gate.scope)


def pass_by(machine: Machine, target: Node, scope: str) -> None:
    """Let the token go on behind an event, or a receive task, that has just happened."""
    if target.kind in ACTIVITIES:
        which = machine.new_id("w")
        machine.say("started", target.id, which)
        assign(machine, target, scope)
        machine.say("completed", target.id, which)
        remember(machine, target, scope, which)
    else:
        machine.say("fired" if target.event.trigger == "timer" else "caught", target.id)
    out(machine, target, scope)
