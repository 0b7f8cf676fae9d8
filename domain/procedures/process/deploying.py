"""What a diagram must be besides sound, to run real cases without code of its own."""

from collections.abc import Iterator

from domain.process.faults import Fault, fault_at
from domain.process.model import Definition, Process

LONGEST_ID = 80


def main_process(definition: Definition) -> Process | None:
    """Return the one process that a case of the diagram runs; None unless there is just one."""
    found = [one for one in definition.processes.values() if one.executable]
    return found[0] if len(found) == 1 else None


def undeployable(definition: Definition) -> Iterator[Fault]:
    """Yield what stands against it: several processes, or marks that mean code of a procedure."""
    process = main_process(definition)
    if process is None or len(process.id) > LONGEST_ID:
        first = next(iter(definition.processes.values()), None)
        names = ", ".join(one.id for one in definition.processes.values() if one.executable)
        yield fault_at("deploy.one_process", first.id if first else None, 1, names)
    for node in definition.nodes.values():
        if node.effect is not None:
            yield fault_at("extension.code", node.id, node.line, f"effect {node.effect}")
        if node.task.commands:
            commands = " ".join(node.task.commands)
            yield fault_at("extension.code", node.id, node.line, f"commands {commands}")
