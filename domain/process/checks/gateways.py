"""Gateways: as declared, splitting or merging, and what may follow an event-based one."""

from collections.abc import Iterator

from domain.process.checks.finding import Finding
from domain.process.drawing import Drawing, Element

_AFTER_EVENT_GATEWAY = frozenset(("message", "timer", "signal", "conditional"))


def check(drawing: Drawing) -> Iterator[Finding]:
    """Yield gateways that are not what they say."""
    for node in drawing.nodes:
        if node.tag.endswith("Gateway"):
            yield from _directed(drawing, node)
            if node.tag == "eventBasedGateway":
                yield from _event_based(drawing, node)


def _directed(drawing: Drawing, node: Element) -> Iterator[Finding]:
    many_in, many_out = len(drawing.incoming(node)) > 1, len(drawing.outgoing(node)) > 1
    direction = node.get("gatewayDirection")
    wrong = {
        "Converging": many_out,
        "Diverging": many_in,
        "Mixed": not (many_in and many_out),
    }.get(direction or "", False)
    if wrong:
        yield Finding("gateway.direction", node, direction or "")
    if not many_in and not many_out and node.tag != "eventBasedGateway":
        yield Finding("gateway.single", node)


def _event_based(drawing: Drawing, node: Element) -> Iterator[Finding]:
    outgoing = drawing.outgoing(node)
    if len(outgoing) < 2:  # noqa: PLR2004  – a choice
        yield Finding("event_gateway.outgoing", node)
    if node.flag("instantiate", "false") and drawing.incoming(node):
        yield Finding("event_gateway.instantiating", node)
    targets = []
    for flow in outgoing:
        if flow.all("conditionExpression"):
            yield Finding("event_gateway.condition", flow)
        target = drawing.by_id.get(flow.ref("targetRef") or "")
        if target is not None:
            targets.append(target)
            yield from _target(drawing, node, target)
    receives = any(one.tag == "receiveTask" for one in targets)
    if receives and any(drawing.trigger(one) == "message" for one in targets):
        yield Finding("event_gateway.target", node, "message event and receive task")


def _target(drawing: Drawing, node: Element, target: Element) -> Iterator[Finding]:
    catching = (
        target.tag == "intermediateCatchEvent" and drawing.trigger(target) in _AFTER_EVENT_GATEWAY
    )
    if not (catching or target.tag == "receiveTask"):
        yield Finding("event_gateway.target", node, target.id or "")
    elif len(drawing.incoming(target)) > 1 or target.id in drawing.guarded:
        yield Finding("event_gateway.target", node, f"{target.id}: other ways in, or guarded")
