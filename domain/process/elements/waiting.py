"""Which waits an event or receive task opens: a multiple event (多重事件) one for each part."""

from collections.abc import Mapping
from dataclasses import replace

from domain.kernel.errors import EngineError
from domain.process.machine import Machine
from domain.process.marking import Role, Wait, WaitKind
from domain.process.model import Node, Trigger

_KINDS: Mapping[Trigger, WaitKind] = {
    "timer": "timer",
    "message": "message",
    "signal": "signal",
    "conditional": "conditional",
}


def wait_kind(node: Node) -> WaitKind:
    """Return the kind of wait at a catching event or receive task.

    Raises:
        EngineError: the node waits for nothing.
    """
    if node.kind == "receive":
        return "receive"
    if node.event.trigger not in _KINDS:
        raise EngineError(f"{node.id} waits for nothing")
    return _KINDS[node.event.trigger]


def listen(
    machine: Machine, node: Node, scope: str, role: Role, attached_to: str | None = None
) -> None:
    """Open a wait for each part of an event that waits: others catch what is thrown inside."""
    for number, part in enumerate(node.event.parts):
        if part.trigger in _KINDS:
            one = replace(node, event=part) if node.event.several else node
            wait = machine.open_wait(
                one, scope, _KINDS[part.trigger], role=role, attached_to=attached_to
            )
            if number:
                machine.waits[wait.id] = replace(wait, part=number)


def whole(machine: Machine, node: Node, wait: Wait) -> bool:
    """Whether an event has happened, now that what `wait` waits for has; it is closed if not."""
    if not node.event.every:
        return True
    machine.close_wait(wait.id, "fired")
    return not any(
        one.element == wait.element and one.attached_to == wait.attached_to
        for one in machine.waits.values()
    )


def again(machine: Machine, node: Node, wait: Wait) -> None:
    """Keep listening after an event that does not interrupt; a timer while its cycle has turns."""
    if node.event.every:
        listen(machine, node, wait.scope, wait.role, wait.attached_to)
    elif wait.timer is not None:
        machine.close_wait(wait.id, "fired")
        if (timer := wait.timer.next()) is not None:
            event = replace(node.event.parts[wait.part], timer=timer)
            opened = machine.open_wait(
                replace(node, event=event), wait.scope, "timer",
                role=wait.role, attached_to=wait.attached_to,
            )  # fmt: skip
            machine.waits[opened.id] = replace(opened, part=wait.part)
