"""Elements: only what is executed may stand in a process, only what we know in our namespace."""

import re
from collections.abc import Iterator

from domain.process.checks.finding import Finding
from domain.process.drawing import DRAWN_NODES, EVENT_DEFINITIONS, NODE_KINDS, Drawing, Element
from domain.process.extensions import FIELD_KINDS, HOLDERS, KNOWN

_READ_OVER = frozenset((
    "sequenceFlow", "dataObject", "dataObjectReference", "dataStoreReference", "laneSet",
    "association", "textAnnotation", "group", "documentation", "extensionElements",
    "ioSpecification", "ioBinding", "property", "auditing", "monitoring", "resourceRole",
    "performer", "humanPerformer", "potentialOwner", "supportedInterfaceRef", "supports",
    "correlationSubscription", "incoming", "outgoing", "dataInputAssociation",
    "dataOutputAssociation", "loopCharacteristics", "standardLoopCharacteristics",
    "multiInstanceLoopCharacteristics", "completionCondition",
))  # fmt: skip
UNPLAYED_NODES = DRAWN_NODES - frozenset(NODE_KINDS)
_THROWING = frozenset(("intermediateThrowEvent", "endEvent"))
_AWAITED = frozenset(("message", "timer", "signal", "conditional"))
_FINAL = frozenset(("error", "terminate", "cancel", "compensate"))  # nothing is thrown behind it
_NAME = re.compile(r"[^\W\d]\w{0,79}")  # what an expression can name
_ADDRESS = re.compile(r"https?://[^\s/@?#]+(?:[/?][^\s#]*)?")  # no credentials, no fragment
_CHOREOGRAPHIES = frozenset(("choreography", "globalChoreographyTask"))


def check(drawing: Drawing) -> Iterator[Finding]:
    """Yield what would not be executed as drawn, and what is misspelt in our namespace."""
    for one in drawing.root.all(*_CHOREOGRAPHIES):
        yield Finding("element.unsupported", one, one.tag)
    for body in drawing.bodies:
        yield from _body(drawing, body)
    for one in drawing.root.walk():
        yield from _extension(one)
    for process in drawing.processes:
        public = process.get("processType") in ("Public", "public")
        if public and process.flag("isExecutable", "false"):
            yield Finding("process.public", process)


def _body(drawing: Drawing, body: Element) -> Iterator[Finding]:
    for one in body.children:
        if one.space != "bpmn":
            continue
        if one.tag in UNPLAYED_NODES or one.tag not in DRAWN_NODES | _READ_OVER:
            yield Finding("element.unsupported", one, one.tag)
        elif one.tag in DRAWN_NODES:
            yield from _node(drawing, one)


def _node(drawing: Drawing, node: Element) -> Iterator[Finding]:
    if drawing.trigger(node) == "multiple":
        yield from _multiple(drawing, node)
    called = drawing.by_id.get(node.ref("calledElement") or "")
    if called is not None and called.tag == "globalScriptTask":
        yield Finding("element.unsupported", node, called.tag)


def _multiple(drawing: Drawing, node: Element) -> Iterator[Finding]:
    """A link is a way of its own; parts that are thrown inside cannot be waited for together."""
    triggers = {EVENT_DEFINITIONS[one.tag] for one in drawing.events(node)}
    if "link" in triggers:
        yield Finding("element.unsupported", node, "link and another event")
    if node.tag == "boundaryEvent" and "compensate" in triggers:
        yield Finding("element.unsupported", node, "compensation and another event")
    starts = node.tag == "startEvent" and node.parent is not None and node.parent.tag == "process"
    together = node.flag("parallelMultiple", "false") and node.tag not in _THROWING
    if together and (starts or not triggers <= _AWAITED):
        yield Finding("element.unsupported", node, "parallelMultiple")
    if node.tag in _THROWING and len(triggers & _FINAL) > 1:
        yield Finding("element.unsupported", node, " ".join(sorted(triggers & _FINAL)))


def _extension(element: Element) -> Iterator[Finding]:
    for name in element.attributes:
        if name.startswith("own:"):
            yield Finding("extension.unknown", element, name.removeprefix("own:"))
    if element.space != "own":
        return
    known = KNOWN.get(element.tag)
    if known is None:
        yield Finding("extension.unknown", element, element.tag)
        return
    for name in element.attributes:
        if name not in known:
            yield Finding("extension.unknown", element, f"{element.tag} {name}")
    if element.tag == "task" and element.get("holder") not in HOLDERS | {None}:
        yield Finding("extension.unknown", element, f"holder={element.get('holder')}")
    yield from _ours(element)


def _ours(element: Element) -> Iterator[Finding]:
    """Find what is wrong with forms and calls."""
    if element.tag == "field":
        yield from _field(element)
    elif element.tag == "output" and not _NAME.fullmatch(element.get("target") or ""):
        yield Finding("field.name", element, element.get("target") or "")
    elif element.tag == "call" and not _ADDRESS.fullmatch(element.get("url") or "https://x"):
        yield Finding("call.address", element, element.get("url") or "")


def _field(element: Element) -> Iterator[Finding]:
    kind, name = element.get("type") or "text", element.get("name") or ""
    if not _NAME.fullmatch(name):
        yield Finding("field.name", element, name)
    if kind not in FIELD_KINDS or (kind == "choice" and not (element.get("options") or "").split()):
        yield Finding("field.type", element, kind)
