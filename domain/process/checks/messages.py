"""Messages and signals: named by their events; message flows join pools, activities and events."""

from collections.abc import Iterator

from domain.process.checks.finding import Finding
from domain.process.checks.references import ACTIVITIES
from domain.process.drawing import Drawing, Element

_NAMED = {"messageEventDefinition": ("messageRef", "message.missing"),
          "signalEventDefinition": ("signalRef", "signal.missing")}  # fmt: skip
_EVENTS = frozenset(
    ("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent")
)
_ENDS = _EVENTS | ACTIVITIES | {"participant"}
_SENDING = frozenset(("endEvent", "intermediateThrowEvent"))


def check(drawing: Drawing) -> Iterator[Finding]:
    """Yield events that name no message or signal, and message flows that join wrong things."""
    for node in drawing.nodes:
        for one in drawing.events(node):
            if one.tag in _NAMED and one.ref(_NAMED[one.tag][0]) is None:
                yield Finding(_NAMED[one.tag][1], node)
    for collaboration in drawing.root.all("collaboration"):
        for flow in collaboration.all("messageFlow"):
            yield from _message_flow(drawing, flow)


def _message_flow(drawing: Drawing, flow: Element) -> Iterator[Finding]:
    source = drawing.by_id.get(flow.ref("sourceRef") or "")
    target = drawing.by_id.get(flow.ref("targetRef") or "")
    if source is None or target is None:
        yield from _unended(flow)
        return
    if source.tag not in _ENDS or source.tag in _EVENTS - _SENDING:
        yield Finding("message_flow.ends", flow, f"sourceRef: {source.tag}")
    elif target.tag not in _ENDS or target.tag in _SENDING:
        yield Finding("message_flow.ends", flow, f"targetRef: {target.tag}")
    elif _pool(drawing, source) is _pool(drawing, target):
        yield Finding("message_flow.same_pool", flow)
    for end in (source, target):
        if end.tag in ("startEvent", "endEvent") and not any(
            one.tag == "messageEventDefinition" for one in drawing.events(end)
        ):
            yield Finding("message_flow.event", flow, end.id or "")


def _unended(flow: Element) -> Iterator[Finding]:
    for name in ("sourceRef", "targetRef"):
        if flow.ref(name) is None:
            yield Finding("message_flow.ends", flow, f"{name} is missing")


def _pool(drawing: Drawing, end: Element) -> Element | None:
    """Return the process of a pool or of a node; a pool without a process stands for itself."""
    if end.tag == "participant":
        return drawing.by_id.get(end.ref("processRef") or "", end)
    one: Element | None = end
    while one is not None and one.tag != "process":
        one = one.parent
    return one
