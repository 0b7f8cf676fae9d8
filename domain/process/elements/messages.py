"""Messages (消息): to who has waited longest, else they start a process or are kept."""

from domain.process.elements.starting import start_by
from domain.process.machine import Machine
from domain.process.model import Event, Node


def send(machine: Machine, node: Node, event: Event) -> None:
    """Throw the message of an event, of a part of it, or of a send task."""
    if event.ref is not None:
        machine.thrown.append((node.id, event.ref))
        if not arrive(machine, event.ref) and _wanted(machine, event.ref):
            machine.kept.append(event.ref)


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
        node.kind in ("receive", "catch", "boundary", "start")
        and any(part.trigger == "message" and part.ref == message for part in node.event.parts)
        for node in machine.definition.nodes.values()
    )
