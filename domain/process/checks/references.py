"""References: every id once, and every reference a run reads leads to the right kind of element."""

from collections.abc import Iterator

from domain.process.checks.finding import Finding
from domain.process.drawing import (
    DRAWN_NODES,
    EVENT_DEFINITIONS,
    GLOBAL_TASKS,
    Drawing,
    Element,
    local,
)

ACTIVITIES = frozenset(
    tag
    for tag in DRAWN_NODES
    if tag.endswith(("Task", "ubProcess")) or tag in ("task", "transaction", "callActivity")
)  # fmt: skip
CALLABLE = frozenset(("process", "globalScriptTask", *GLOBAL_TASKS))
_DEFINITIONS = frozenset(EVENT_DEFINITIONS)
_MULTI = frozenset(("multiInstanceLoopCharacteristics",))
_MESSAGING = frozenset(("messageEventDefinition", "sendTask", "receiveTask", "messageFlow"))

# element, reference → the kinds it may lead to
_RULES: tuple[tuple[frozenset[str], str, frozenset[str]], ...] = (
    (frozenset(("sequenceFlow",)), "sourceRef", frozenset()),  # kinds: `flow.ends`
    (frozenset(("sequenceFlow",)), "targetRef", frozenset()),
    (frozenset(("messageFlow",)), "sourceRef", frozenset()),  # kinds: `message_flow.ends`
    (frozenset(("messageFlow",)), "targetRef", frozenset()),
    (frozenset(("boundaryEvent",)), "attachedToRef", ACTIVITIES),
    (frozenset(("callActivity",)), "calledElement", CALLABLE),
    (_MESSAGING, "messageRef", frozenset(("message",))),
    (frozenset(("signalEventDefinition",)), "signalRef", frozenset(("signal",))),
    (frozenset(("errorEventDefinition",)), "errorRef", frozenset(("error",))),
    (frozenset(("escalationEventDefinition",)), "escalationRef", frozenset(("escalation",))),
    (frozenset(("compensateEventDefinition",)), "activityRef", ACTIVITIES),
    (_MULTI, "oneBehaviorEventRef", _DEFINITIONS),
    (_MULTI, "noneBehaviorEventRef", _DEFINITIONS),
    (frozenset(("linkEventDefinition",)), "target", frozenset(("linkEventDefinition",))),
    (frozenset(("linkEventDefinition",)), "source", frozenset(("linkEventDefinition",))),
    (frozenset(("participant",)), "processRef", frozenset(("process",))),
)  # fmt: skip
_REQUIRED = frozenset(
    (
        ("sequenceFlow", "sourceRef"),
        ("sequenceFlow", "targetRef"),
        ("boundaryEvent", "attachedToRef"),
        ("callActivity", "calledElement"),
    )
)


def check(drawing: Drawing) -> Iterator[Finding]:
    """Yield doubled ids and references that lead nowhere or to the wrong kind."""
    yield from _doubled(drawing)
    by_tag: dict[str, list[Element]] = {}
    for one in drawing.root.walk():
        if one.space == "bpmn":
            by_tag.setdefault(one.tag, []).append(one)
    for tags, name, kinds in _RULES:
        for tag in tags:
            for one in by_tag.get(tag, ()):
                yield from _reference(drawing, one, name, kinds)
    for holder in by_tag.get("eventDefinitionRef", ()):
        yield from _resolved(drawing, holder, local(holder.text), _DEFINITIONS)


def _doubled(drawing: Drawing) -> Iterator[Finding]:
    seen = drawing.by_id
    for one in drawing.root.walk():
        if one.space == "bpmn" and one.id is not None and seen[one.id] is not one:
            yield Finding("id.duplicate", one, one.id)


def _reference(
    drawing: Drawing, element: Element, name: str, kinds: frozenset[str]
) -> Iterator[Finding]:
    values: list[str | None] = [local(one.text) for one in element.all(name)]
    values = values or [element.ref(name)]
    for value in values:
        if value is not None:
            yield from _resolved(drawing, element, value, kinds)
        elif (element.tag, name) in _REQUIRED:
            yield Finding("ref.missing", element, name)


def _resolved(
    drawing: Drawing, element: Element, value: str, kinds: frozenset[str]
) -> Iterator[Finding]:
    found = drawing.by_id.get(value)
    if found is None:
        yield Finding("ref.missing", element, value)
    elif kinds and found.tag not in kinds:
        yield Finding("ref.kind", element, f"{value}: {found.tag}")
