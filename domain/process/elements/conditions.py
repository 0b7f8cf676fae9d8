"""Conditional events (条件事件): they happen when their condition becomes true."""

from dataclasses import replace

from domain.process.machine import Machine


def decide(machine: Machine) -> bool:
    """Let each event happen whose condition is true and was not; return whether there was one.

    A condition that is true when its wait begins counts at once; an event that does not interrupt
    happens again only after its condition was false in between.
    """
    due = []
    for wait in machine.waits.values():
        if wait.kind != "conditional":
            continue
        condition = machine.definition.nodes[wait.element].event.parts[wait.part].condition
        true = condition is not None and condition.holds(machine.variables(wait.scope))
        if true and not wait.spent:
            due.append(wait.id)
        if true is not wait.spent:
            machine.waits[wait.id] = replace(wait, spent=true)
    machine.triggers.extend(due)
    return bool(due)
