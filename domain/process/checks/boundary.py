"""Boundary events: what may guard which activity, and their flows."""

from collections.abc import Iterator

from domain.process.associations import undoing
from domain.process.checks.finding import Finding
from domain.process.drawing import Drawing, Element

_NEVER = frozenset(("none", "link", "terminate"))
_INTERRUPTING_ONLY = frozenset(("error", "cancel", "compensate"))


def check(drawing: Drawing) -> Iterator[Finding]:
    """Yield boundary events that could not work."""
    for node in drawing.nodes:
        if node.tag == "boundaryEvent":
            yield from _trigger(drawing, node)
            yield from _flows(drawing, node)
        elif node.flag("isForCompensation", "false") and _led(drawing, node):
            yield Finding("compensation.flow", node)


def _led(drawing: Drawing, node: Element) -> bool:
    return bool(drawing.incoming(node) or drawing.outgoing(node))


def _trigger(drawing: Drawing, node: Element) -> Iterator[Finding]:
    triggers = [one.tag.removesuffix("EventDefinition") for one in drawing.events(node)] or ["none"]
    interrupting = node.flag("cancelActivity", "true")
    for trigger in triggers:
        if trigger in _NEVER or (not interrupting and trigger in _INTERRUPTING_ONLY):
            yield Finding("boundary.trigger", node, trigger)
    if "cancel" in triggers:
        guarded = drawing.by_id.get(node.ref("attachedToRef") or "")
        if guarded is not None and guarded.tag != "transaction":
            yield Finding("boundary.cancel", node)


def _flows(drawing: Drawing, node: Element) -> Iterator[Finding]:
    if drawing.incoming(node):
        yield Finding("boundary.incoming", node)
    outgoing = drawing.outgoing(node)
    if drawing.trigger(node) != "compensate":
        if not outgoing:
            yield Finding("boundary.outgoing", node)
        return
    if outgoing:
        yield Finding("compensation.flow", node)
    elif len(undoing(drawing, node)) != 1:
        yield Finding("compensation.handler", node)
