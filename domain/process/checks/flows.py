"""Sequence flows: where they may begin and end, and which nodes need them."""

from collections.abc import Iterator

from domain.process.checks.finding import Finding
from domain.process.checks.references import ACTIVITIES
from domain.process.drawing import DRAWN_NODES, Drawing, Element, local

_DEFAULTED = ACTIVITIES | {"exclusiveGateway", "inclusiveGateway", "complexGateway"}


def check(drawing: Drawing) -> Iterator[Finding]:
    """Yield flows and nodes that are wrongly connected."""
    for flow in drawing.flows:
        yield from _flow(drawing, flow)
    for node in drawing.nodes:
        yield from _default(drawing, node)
        yield from _lone_condition(drawing, node)
        yield from _listed(drawing, node)
    for body in drawing.bodies:
        yield from _connected(drawing, body)


def _flow(drawing: Drawing, flow: Element) -> Iterator[Finding]:
    if not flow.flag("isImmediate", "true"):
        yield Finding("flow.immediate", flow)
    for name in ("sourceRef", "targetRef"):
        end = drawing.by_id.get(flow.ref(name) or "")
        if end is None:
            continue
        if end.tag not in DRAWN_NODES:
            yield Finding("flow.ends", flow, f"{name}: {end.tag}")
        elif end.parent is not flow.parent:
            yield Finding("flow.scope", flow, f"{name}: {end.id}")


def _default(drawing: Drawing, node: Element) -> Iterator[Finding]:
    default = node.ref("default")
    if default is None:
        return
    outgoing = {flow.id for flow in drawing.outgoing(node)}
    if node.tag not in _DEFAULTED or default not in outgoing:
        yield Finding("flow.default", node, default)


def _lone_condition(drawing: Drawing, node: Element) -> Iterator[Finding]:
    outgoing = drawing.outgoing(node)
    if node.tag in ACTIVITIES and len(outgoing) == 1 and outgoing[0].all("conditionExpression"):
        yield Finding("flow.lone_condition", outgoing[0])


def _listed(drawing: Drawing, node: Element) -> Iterator[Finding]:
    """Yield what a node lists and the flows do not say: a run follows the flows."""
    for name, flows in (("incoming", drawing.incoming(node)), ("outgoing", drawing.outgoing(node))):
        there = {flow.id for flow in flows}
        for one in node.all(name):
            if local(one.text) not in there:
                yield Finding("flow.listed", node, f"{name}: {local(one.text)}")


def _connected(drawing: Drawing, body: Element) -> Iterator[Finding]:
    starts, ends = body.all("startEvent"), body.all("endEvent")
    instantiating = [one for one in body.children if one.flag("instantiate", "false")]
    if ends and not starts and not instantiating and body.tag != "adHocSubProcess":
        yield Finding("start.missing", body)
    if starts and not ends and body.tag != "adHocSubProcess":
        yield Finding("end.missing", body)
    for node in body.children:
        if node.space != "bpmn" or node.tag not in DRAWN_NODES or _apart(drawing, node):
            continue
        needs_way_in = node.tag not in ("startEvent", "boundaryEvent")
        if starts and needs_way_in and not drawing.incoming(node):
            yield Finding("node.no_incoming", node)
        if ends and node.tag not in ("endEvent", "boundaryEvent") and not drawing.outgoing(node):
            yield Finding("node.no_outgoing", node)


def _apart(drawing: Drawing, node: Element) -> bool:
    """Whether no flow leads to a node: a handler, a link, or what starts a process itself."""
    return (
        node.flag("triggeredByEvent", "false")
        or node.flag("isForCompensation", "false")
        or node.flag("instantiate", "false")
        or drawing.trigger(node) == "link"
    )
