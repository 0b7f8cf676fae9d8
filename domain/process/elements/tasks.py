"""Tasks (任务): user, manual, service, business-rule, send, receive and abstract."""

from typing import cast

from domain.process.elements.assigning import assign
from domain.process.elements.boundary import guard
from domain.process.elements.completed import remember
from domain.process.elements.decisions import answer
from domain.process.machine import Finished, Machine, Outcome, Throw
from domain.process.marking import Wait, WaitKind
from domain.process.model import Node


def begin(machine: Machine, node: Node, scope: str, *, guarded: bool) -> None:
    """Begin the work of a task; its boundary events begin before it."""
    which = machine.new_id("w")
    machine.say("started", node.id, which)
    if guarded:
        guard(machine, node, scope, which)
    wait = machine.open_wait(node, scope, cast(WaitKind, node.kind), which=which)
    outcome = machine.host.work(wait, machine.root(scope))
    if outcome is not None:
        end(machine, wait, outcome)


def end(machine: Machine, wait: Wait, outcome: Outcome) -> None:
    """End the work of a task; what it throws is thrown when nothing else can move."""
    node = machine.definition.nodes[wait.element]
    error = outcome.error or answer(machine, node, wait.scope)
    if error is not None:
        machine.throws.append(Throw("error", wait.scope, node, wait.id, error))
    elif outcome.escalate is not None:
        machine.throws.append(Throw("escalate", wait.scope, node, wait.id, outcome.escalate))
    elif node.kind == "send" and node.event.ref is not None:
        machine.throws.append(Throw("send", wait.scope, node, wait.id))
    else:
        finish(machine, wait)


def finish(machine: Machine, wait: Wait) -> None:
    """Close a task whose work is done and let its token go on."""
    node = machine.definition.nodes[wait.element]
    assign(machine, node, wait.scope)
    machine.close_wait(wait.id, "completed")
    machine.stand_down(wait.id)
    machine.say("completed", node.id, wait.id)
    remember(machine, node, wait.scope, wait.id)
    machine.finished.append(Finished(node, wait.scope))
