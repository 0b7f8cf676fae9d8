"""Signals (信号): to all who wait; they are not kept."""

from domain.process.elements.starting import start_by
from domain.process.machine import Machine
from domain.process.model import Event, Node


def broadcast(machine: Machine, node: Node, event: Event) -> None:
    """Throw the signal of an event, or of a part of it."""
    if event.ref is not None:
        machine.thrown.append((node.id, event.ref))
        reach(machine, event.ref)


def reach(machine: Machine, signal: str) -> None:
    """Give a signal (its id) to all that wait for it now, and start what it starts."""
    waiting = [wait.id for wait in machine.waits.values() if wait.ref == signal]
    machine.triggers.extend(which for which in waiting if machine.waits[which].kind == "signal")
    if machine.host.open_world:
        start_by(machine, "signal", signal)
