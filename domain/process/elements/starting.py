"""Starting a process or sub-process (开始事件): at its plain starts, or by what triggers it."""

from dataclasses import replace

from domain.process.elements import ad_hoc
from domain.process.elements.event_gateway import pass_by
from domain.process.elements.event_subprocess import listen
from domain.process.elements.outgoing import out
from domain.process.machine import Machine, Token
from domain.process.model import Node, Trigger


def enter(machine: Machine, token: Token) -> None:
    """Go on behind a start event."""
    out(machine, token.node, token.scope)


def begin_process(machine: Machine, process: str) -> str:
    """Start a process at its plain starts and return its scope.

    A process that only timers start waits for them; one that only a message or signal starts goes
    on as if it had just come.
    """
    scope = machine.open_scope("process", process, None)
    machine.say("started", process, scope)
    body = machine.body(scope)
    if body.begins or not body.triggered:
        begin_body(machine, scope)
        return scope
    listen(machine, scope)
    starts = [machine.definition.nodes[one] for one in body.triggered]
    timers = [
        replace(node, event=part)
        for node in starts
        for part in node.event.parts
        if part.trigger == "timer"
    ]
    machine.live[scope] += len(timers) or 1
    for node in timers:
        wait = machine.open_wait(node, scope, "timer")
        machine.say("waits", node.id, wait.id)
    if not timers:
        pass_by(machine, starts[0], scope)
    return scope


def begin_body(machine: Machine, scope: str) -> None:
    """Put a token at each beginning of the body that runs in a scope."""
    listen(machine, scope)
    body = machine.body(scope)
    for element in ad_hoc.first(machine, scope):
        machine.put(scope, machine.definition.nodes[element])
    if not body.begins:
        machine.emptied.append(scope)


def start_by(machine: Machine, trigger: Trigger, ref: str) -> bool:
    """Start each process that a message or signal starts; a message only the first."""
    started = False
    for process in machine.definition.processes.values():
        node = _start(machine, process.id, trigger, ref) if process.executable else None
        if node is None or (started and trigger == "message"):
            continue
        scope = machine.open_scope("process", process.id, None)
        machine.live[scope] += 1
        machine.say("started", process.id, scope)
        listen(machine, scope)
        pass_by(machine, node, scope)
        started = True
    return started


def _start(machine: Machine, process: str, trigger: Trigger, ref: str) -> Node | None:
    for element in machine.definition.bodies[process].triggered:
        node = machine.definition.nodes[element]
        for one in _starts(machine, node):
            if any(part.trigger == trigger and part.ref == ref for part in one.event.parts):
                return one
    return None


def _starts(machine: Machine, node: Node) -> tuple[Node, ...]:
    """Return the nodes that catch: an instantiating gateway's are those behind it."""
    if node.kind != "event_gateway":
        return (node,)
    return tuple(machine.definition.nodes[flow.target] for flow in node.outgoing)
