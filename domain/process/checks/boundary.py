"""Boundary events: what may guard which activity, and their flows."""

from collections.abc import Iterator

from domain.process.checks.finding import Finding
from domain.process.drawing import Drawing, Element, local

_NEVER = frozenset(("none", "link", "terminate"))
_INTERRUPTING_ONLY = frozenset(("error", "cancel", "compensate"))


def check(drawing: Drawing) -> Iterator[Finding]:
    """Yield boundary events that could not work."""
    for node in drawing.nodes:
        if node.tag == "boundaryEvent":
            yield from _trigger(drawing, node)
            yield from _flows(drawing, node)


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
    elif len(handlers(drawing, node)) != 1:
        yield Finding("compensation.handler", node)


def handlers(drawing: Drawing, node: Element) -> list[Element]:
    """Return the activities for compensation that an association joins to a boundary event."""
    found = []
    for body in drawing.bodies:
        for one in body.all("association"):
            ends = [local(one.get("sourceRef") or ""), local(one.get("targetRef") or "")]
            if node.id in ends:
                other = drawing.by_id.get(ends[1] if ends[0] == node.id else ends[0])
                if other is not None and other.flag("isForCompensation", "false"):
                    found.append(other)
    return found
