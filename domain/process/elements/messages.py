"""Messages (消息): to who has waited longest, else they start a process or are kept."""

from domain.process.elements.starting import start_by
from domain.process.machine import Machine
from domain.process.model import Node


def send(machine: Machine, node: Node) -> None:
    """Throw the message of an event or send task."""
    machine.say("thrown", node.id)
    if node.event.ref is not None:
        machine.thrown.append((node.id, node.event.ref))
        if not arrive(machine, node.event.ref) and _wanted(machine, node.event.ref):
            machine.kept.append(node.event.ref)


def arrive(machine: Machine, message: str) -> bool:
    """Give a message (its id) to the oldest wait for it; return whether anybody took it."""
    for wait in machine.waits.values():
        waiting = wait.kind in ("message", "receive") and wait.ref == message
        if waiting and wait.id not in machine.triggers:
            machine.triggers.append(wait.id)
            return True
    return machine.host.open_world and start_by(machine, "message", message)


def _wanted(machine: Machine, message: str) -> bool:
    """Whether any element of the file could take it later; what goes elsewhere is not kept here."""
    return any(
        node.event.ref == message
        and (node.kind == "receive" or (node.event.trigger == "message" and _catches(node)))
        for node in machine.definition.nodes.values()
    )


def _catches(node: Node) -> bool:
    return node.kind in ("catch", "boundary", "start")
