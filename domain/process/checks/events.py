"""Events: what may trigger each kind, and that intermediate ones lie on a way."""

from collections.abc import Iterator, Mapping

from domain.process.checks.finding import Finding
from domain.process.drawing import Drawing, Element, local
from domain.process.links import link_target

_INTERMEDIATE = ("intermediateCatchEvent", "intermediateThrowEvent")
_TRIGGERS: Mapping[str, tuple[str, frozenset[str]]] = {  # element → rule, allowed triggers
    "intermediateCatchEvent": (
        "catch.trigger",
        frozenset(("message", "timer", "conditional", "link", "signal", "none")),
    ),
    "intermediateThrowEvent": (
        "throw.trigger",
        frozenset(("none", "message", "escalation", "compensate", "link", "signal")),
    ),
    "endEvent": (
        "end.trigger",
        frozenset(("none", "message", "escalation", "compensate", "signal", "error", "terminate",
                   "cancel")),
    ),
}  # fmt: skip
_TOP_STARTS = frozenset(("none", "message", "timer", "conditional", "signal"))


def check(drawing: Drawing) -> Iterator[Finding]:
    """Yield events with a wrong trigger or wrong flows."""
    for node in drawing.nodes:
        if not node.tag.endswith("Event"):
            continue
        triggers = [one.tag.removesuffix("EventDefinition") for one in drawing.events(node)]
        yield from _triggers(node, triggers or ["none"])
        yield from _flows(drawing, node)
        yield from _shared(drawing, node)
        if node.tag in ("endEvent", "intermediateThrowEvent"):
            yield from _escalation(drawing, node)
    yield from _links(drawing)


def _triggers(node: Element, triggers: list[str]) -> Iterator[Finding]:
    parent = node.parent
    if node.tag == "startEvent" and parent is not None and parent.tag == "process":
        yield from _allowed(node, triggers, "start.trigger", _TOP_STARTS)
    elif node.tag in _TRIGGERS:
        yield from _allowed(node, triggers, *_TRIGGERS[node.tag])
    cancels = node.tag == "endEvent" and "cancel" in triggers
    if cancels and (parent is None or parent.tag != "transaction"):
        yield Finding("end.cancel", node)


def _allowed(
    node: Element, triggers: list[str], rule: str, allowed: frozenset[str]
) -> Iterator[Finding]:
    for trigger in triggers:
        if trigger not in allowed:
            yield Finding(rule, node, trigger)


def _flows(drawing: Drawing, node: Element) -> Iterator[Finding]:
    incoming, outgoing = drawing.incoming(node), drawing.outgoing(node)
    if node.tag == "startEvent" and incoming:
        yield Finding("start.incoming", node)
    if node.tag == "endEvent" and outgoing:
        yield Finding("end.outgoing", node)
    if node.tag not in _INTERMEDIATE:
        return
    link = drawing.trigger(node) == "link"
    catching = node.tag == "intermediateCatchEvent"
    if link and ((catching and incoming) or (not catching and outgoing)):
        yield Finding("link.flow", node)
    if not incoming and not (link and catching):
        yield Finding("intermediate.incoming", node)
    if not outgoing and not (link and not catching):
        yield Finding("intermediate.outgoing", node)


def _shared(drawing: Drawing, node: Element) -> Iterator[Finding]:
    for one in drawing.events(node):
        if one.parent is not node and one.parent is not drawing.root:
            yield Finding("event.definition_shared", node, one.id or "")


def _escalation(drawing: Drawing, node: Element) -> Iterator[Finding]:
    for one in drawing.events(node):
        if one.tag == "escalationEventDefinition":
            target = drawing.by_id.get(one.ref("escalationRef") or "")
            if target is None or not target.get("escalationCode"):
                yield Finding("escalation.code", node)


def _links(drawing: Drawing) -> Iterator[Finding]:
    links = [
        node
        for node in drawing.nodes
        if node.tag in _INTERMEDIATE and drawing.trigger(node) == "link"
    ]
    reached = {id(link_target(drawing, node)) for node in links if _throws(node)}
    for node in links:
        paired = link_target(drawing, node) is not None if _throws(node) else id(node) in reached
        if not paired:
            yield Finding("link.pair", node)
        yield from _link_refs(drawing, node)


def _throws(node: Element) -> bool:
    return node.tag == "intermediateThrowEvent"


def _link_refs(drawing: Drawing, node: Element) -> Iterator[Finding]:
    """Links that name each other must do so in both directions."""
    own = drawing.events(node)[0]
    for name, back in (("target", "source"), ("source", "target")):
        for value in [one.text for one in own.all(name)] or [own.get(name) or ""]:
            other = drawing.by_id.get(local(value))
            if other is None or other.tag != own.tag:
                continue
            returned = [local(one.text) for one in other.all(back)]
            if own.id not in returned:
                yield Finding("link.pair", node, f"{name}: {other.id}")
