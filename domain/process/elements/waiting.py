"""Which kind of wait an event or receive task opens."""

from collections.abc import Mapping

from domain.kernel.errors import EngineError
from domain.process.marking import WaitKind
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


def listens(node: Node) -> bool:
    """Whether an event opens a wait of its own: not those that only catch what is thrown inside."""
    return node.event.trigger in _KINDS
