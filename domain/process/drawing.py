"""What a BPMN file says, element by element, before anybody judges it.

The reader in `infra` makes it from XML; the rules in `checks/` read it; `assemble` makes a
definition of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from domain.process.dmn.model import Decision
from domain.process.model import NodeKind

OWN = "urn:anjuan:bpmn:1"  # our extension namespace
Space = Literal["bpmn", "own", "di", "dmn", "other"]

NODE_KINDS: Mapping[str, NodeKind] = {
    "startEvent": "start",
    "endEvent": "end",
    "intermediateCatchEvent": "catch",
    "intermediateThrowEvent": "throw",
    "boundaryEvent": "boundary",
    "task": "task",
    "userTask": "user",
    "manualTask": "manual",
    "serviceTask": "service",
    "businessRuleTask": "rule",
    "sendTask": "send",
    "receiveTask": "receive",
    "exclusiveGateway": "exclusive",
    "parallelGateway": "parallel",
    "inclusiveGateway": "inclusive",
    "complexGateway": "complex",
    "eventBasedGateway": "event_gateway",
    "subProcess": "subprocess",
    "transaction": "subprocess",
    "adHocSubProcess": "subprocess",
    "callActivity": "call",
}
GLOBAL_TASKS: Mapping[str, NodeKind] = {
    "globalTask": "task",
    "globalUserTask": "user",
    "globalManualTask": "manual",
    "globalBusinessRuleTask": "rule",
}
DRAWN_NODES = frozenset(NODE_KINDS) | {
    "scriptTask",
    "choreographyTask",
    "subChoreography",
    "callChoreography",
}  # flow nodes of BPMN, played or not
BODIES = frozenset(("process", "subProcess", "transaction", "adHocSubProcess"))
EVENT_DEFINITIONS: Mapping[str, str] = {
    f"{name}EventDefinition": name
    for name in (
        "message", "timer", "error", "terminate", "signal", "escalation", "link", "conditional",
        "compensate", "cancel",
    )
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Element:
    """An XML element. Attribute names are local; foreign ones are prefixed: `xsi:type`, `own:x`."""

    space: Space
    tag: str
    attributes: Mapping[str, str]
    line: int
    parent: "Element | None" = None
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    @property
    def id(self) -> str | None:
        """The element's id."""
        return self.attributes.get("id")

    def get(self, name: str) -> str | None:
        """Return an attribute; None when it is missing."""
        return self.attributes.get(name)

    def ref(self, name: str) -> str | None:
        """Return the local part of the name an attribute, or else a child element, refers to."""
        value = self.attributes.get(name)
        if value is None:
            child = self.first(name)
            value = child.text if child is not None else None
        return local(value) if value is not None else None

    def flag(self, name: str, usual: Literal["true", "false"]) -> bool:
        """Return a boolean attribute."""
        return self.attributes.get(name, usual) in ("true", "1")

    def all(self, *tags: str) -> list["Element"]:
        """Return the BPMN children with one of these tags."""
        return [one for one in self.children if one.space == "bpmn" and one.tag in tags]

    def first(self, *tags: str) -> "Element | None":
        """Return the first BPMN child with one of these tags."""
        return next(iter(self.all(*tags)), None)

    def own(self, *tags: str) -> list["Element"]:
        """Return our extension elements with one of these tags."""
        return [
            one
            for holder in self.all("extensionElements")
            for one in holder.children
            if one.space == "own" and one.tag in tags
        ]

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all inside it, in the order of the file."""
        stack = [self]
        while stack:
            one = stack.pop()
            yield one
            stack.extend(reversed(one.children))


def name_the_nameless(root: Element) -> None:
    """Give nodes, flows and processes without an id one by their place: ids are optional."""
    count = 0
    for one in root.walk():
        wanted = one.tag in DRAWN_NODES or one.tag in ("sequenceFlow", "process")
        if one.space == "bpmn" and wanted and not one.id:
            count += 1
            one.attributes = {**one.attributes, "id": f"{one.tag}.{count}"}


def local(name: str) -> str:
    """Return a qualified name without its prefix."""
    return name.strip().rpartition(":")[2]


@dataclass(frozen=True)
class Drawing:
    """A whole file, with the look-ups that rules and assembling need."""

    root: Element
    file: str
    hash: str
    decisions: Mapping[str, Decision] = field(default_factory=dict)  # that its tasks may ask

    @cached_property
    def by_id(self) -> Mapping[str, Element]:
        """The BPMN elements by id; the first when an id stands twice."""
        found: dict[str, Element] = {}
        for one in self.root.walk():
            if one.space == "bpmn" and one.id is not None:
                found.setdefault(one.id, one)
        return found

    @cached_property
    def processes(self) -> tuple[Element, ...]:
        """The processes of the file."""
        return tuple(self.root.all("process"))

    @cached_property
    def bodies(self) -> tuple[Element, ...]:
        """Processes and sub-processes of every kind: what holds flow nodes."""
        return tuple(
            one
            for process in self.processes
            for one in process.walk()
            if one.space == "bpmn" and one.tag in BODIES
        )

    @cached_property
    def nodes(self) -> tuple[Element, ...]:
        """All flow nodes, in the order of the file."""
        return tuple(
            one for body in self.bodies for one in body.children
            if one.space == "bpmn" and one.tag in DRAWN_NODES
        )  # fmt: skip

    @cached_property
    def guarded(self) -> frozenset[str | None]:
        """The ids of the activities that boundary events are attached to."""
        return frozenset(
            one.ref("attachedToRef") for one in self.nodes if one.tag == "boundaryEvent"
        )

    @cached_property
    def flows(self) -> tuple[Element, ...]:
        """All sequence flows, in the order of the file."""
        return tuple(flow for body in self.bodies for flow in body.all("sequenceFlow"))

    @cached_property
    def _ways(self) -> tuple[Mapping[str, list[Element]], Mapping[str, list[Element]]]:
        coming: dict[str, list[Element]] = {}
        going: dict[str, list[Element]] = {}
        for flow in self.flows:
            coming.setdefault(flow.ref("targetRef") or "", []).append(flow)
            going.setdefault(flow.ref("sourceRef") or "", []).append(flow)
        return coming, going

    def incoming(self, node: Element) -> list[Element]:
        """Return the flows into a node."""
        return self._ways[0].get(node.id or "", [])

    def outgoing(self, node: Element) -> list[Element]:
        """Return the flows out of a node: those its `outgoing` list names first, in that order."""
        flows = self._ways[1].get(node.id or "", [])
        listed = [local(one.text) for one in node.all("outgoing")]
        place = {name: number for number, name in enumerate(listed)}
        return sorted(flows, key=lambda flow: place.get(flow.id or "", len(place)))

    @cached_property
    def associated(self) -> Mapping[str, list[str]]:
        """The ids at the other ends of the associations of each element that has some."""
        found: dict[str, list[str]] = {}
        for holder in (*self.bodies, *self.root.all("collaboration")):
            for one in holder.all("association"):
                source, target = (local(one.get(end) or "") for end in ("sourceRef", "targetRef"))
                found.setdefault(source, []).append(target)
                found.setdefault(target, []).append(source)
        return found

    @cached_property
    def links(self) -> Mapping[tuple[int, str, str], Element]:
        """The catching link events: by their body's identity and `id`, `source` or `name`."""
        found: dict[tuple[int, str, str], Element] = {}
        for node in self.nodes:
            if node.tag == "intermediateCatchEvent" and self.trigger(node) == "link":
                own, level = self.events(node)[0], id(node.parent)
                found.setdefault((level, "id", own.id or ""), node)
                found.setdefault((level, "name", own.get("name") or ""), node)
                for source in own.all("source"):
                    found.setdefault((level, "source", local(source.text)), node)
        return found

    def events(self, node: Element) -> list[Element]:
        """Return the event definitions of an event: its own, then those it refers to."""
        own = [one for one in node.children if one.space == "bpmn" and one.tag in EVENT_DEFINITIONS]
        named = (self.by_id.get(local(one.text)) for one in node.all("eventDefinitionRef"))
        return own + [one for one in named if one is not None and one.tag in EVENT_DEFINITIONS]

    def trigger(self, node: Element) -> str:
        """Return what triggers an event, or what it throws: `none`, `multiple` or the one kind."""
        events = self.events(node)
        if len(events) > 1:
            return "multiple"
        return EVENT_DEFINITIONS[events[0].tag] if events else "none"

    def executable(self, element: Element) -> bool:
        """Whether a process that holds the element, or any for one outside, is run or called."""
        one: Element | None = element
        while one is not None and one.tag != "process":
            one = one.parent
        holders = self.processes if one is None else (one,)
        return any(
            holder.flag("isExecutable", "false") or holder.id in self._called for holder in holders
        )

    @cached_property
    def _called(self) -> frozenset[str | None]:
        return frozenset(one.ref("calledElement") for one in self.nodes)
