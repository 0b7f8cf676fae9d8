"""From a drawing without faults to the definition that is played."""

from collections.abc import Iterable
from typing import Literal, cast

from domain.kernel.errors import EngineError
from domain.process.associations import undoing
from domain.process.drawing import (
    EVENT_DEFINITIONS,
    GLOBAL_TASKS,
    NODE_KINDS,
    Drawing,
    Element,
    local,
)
from domain.process.extensions import (
    assigns_of,
    call_of,
    cites_of,
    deadline_of,
    decision_of,
    effect_of,
    fields_of,
    task_mark,
)
from domain.process.feel import Expression, compile_expression, is_feel
from domain.process.layout_reading import layout_of
from domain.process.links import link_target
from domain.process.model import (
    ACTIVITIES,
    AdHoc,
    Body,
    Definition,
    Event,
    Flow,
    Loop,
    Named,
    Node,
    NodeKind,
    Process,
    Trigger,
)
from domain.process.timers import TimerSpec, parse_timer

TIMES: tuple[tuple[str, Literal["date", "duration", "cycle"]], ...] = (
    ("timeDate", "date"),
    ("timeDuration", "duration"),
    ("timeCycle", "cycle"),
)


def assemble(drawing: Drawing) -> Definition:
    """Return the definition of a drawing that has no fault.

    Raises:
        EngineError: the drawing has a fault that the checks should have found.
    """
    try:
        return _Assembler(drawing).definition()
    except (KeyError, ValueError) as error:
        raise EngineError(f"{drawing.file}: {error}") from error


class _Assembler:
    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.flows = {flow.id: flow for flow in map(self._flow, drawing.flows)}
        self.errors = _codes(drawing, "error", "errorCode")
        self.escalations = _codes(drawing, "escalation", "escalationCode")

    def definition(self) -> Definition:
        nodes = {node.id: node for node in map(self._node, self.drawing.nodes)}
        return Definition(
            hash=self.drawing.hash,
            file=self.drawing.file,
            processes={one.id: one for one in map(_process, self.drawing.processes)},
            bodies={
                one.id: one for one in (self._body(body, nodes) for body in self.drawing.bodies)
            },
            nodes=nodes,
            flows=self.flows,
            messages=_named(self.drawing, "message"),
            signals=_named(self.drawing, "signal"),
            errors=self.errors,
            escalations=self.escalations,
            decisions=self.drawing.decisions,
            layout=layout_of(self.drawing),
        )

    def _flow(self, flow: Element) -> Flow:
        return Flow(
            id=flow.id or "",
            source=flow.ref("sourceRef") or "",
            target=flow.ref("targetRef") or "",
            line=flow.line,
            name=flow.get("name") or "",
            condition=_expression(flow.first("conditionExpression")),
        )

    def _node(self, element: Element) -> Node:
        parent = element.parent
        return Node(
            id=element.id or "",
            kind=self._kind(element),
            body=(parent.id or "") if parent is not None else "",
            line=element.line,
            name=element.get("name") or "",
            documentation=documentation_of(element),
            incoming=tuple(self.flows[flow.id or ""] for flow in self.drawing.incoming(element)),
            outgoing=tuple(self.flows[flow.id or ""] for flow in self.drawing.outgoing(element)),
            default=element.ref("default"),
            event=self._event(element),
            attached_to=element.ref("attachedToRef"),
            interrupting=self._interrupting(element),
            instantiates=element.flag("instantiate", "false"),
            called=element.ref("calledElement"),
            loop=self._loop(element),
            transaction=element.tag == "transaction",
            compensates=self._compensates(element),
            undoing=element.flag("isForCompensation", "false"),
            start_quantity=self._quantity(element, "startQuantity"),
            completion_quantity=self._quantity(element, "completionQuantity"),
            activation=_expression(element.first("activationCondition")),
            assigns=assigns_of(element),
            task=task_mark(element),
            fields=fields_of(element),
            call=call_of(element),
            effect=effect_of(element),
            decision=decision_of(element),
            deadline=deadline_of(element)[0],
            no_deadline=deadline_of(element)[1],
            cite=cites_of(element),
        )

    def _kind(self, element: Element) -> NodeKind:
        """Return the kind of a node; a call of a global task is such a task."""
        if element.tag == "subProcess" and element.flag("triggeredByEvent", "false"):
            return "event_subprocess"
        called = self.drawing.by_id.get(element.ref("calledElement") or "")
        if called is not None and called.tag in GLOBAL_TASKS:
            return GLOBAL_TASKS[called.tag]
        return NODE_KINDS[element.tag]

    def _quantity(self, element: Element, name: str) -> int:
        """Return how many tokens an activity takes or gives; elsewhere the word means nothing."""
        said = element.get(name) if self._kind(element) in ACTIVITIES else None
        return int(said or 1)

    def _interrupting(self, element: Element) -> bool:
        if element.tag == "boundaryEvent":
            return element.flag("cancelActivity", "true")
        return element.flag("isInterrupting", "true")

    def _event(self, element: Element) -> Event:
        if element.tag in ("sendTask", "receiveTask"):
            return Event("message", element.ref("messageRef"))
        definitions = self.drawing.events(element)
        if not definitions:
            return Event()
        if len(definitions) == 1:
            return self._one_event(element, definitions[0])
        several = tuple(self._one_event(element, one) for one in definitions)
        return Event("multiple", several=several, every=element.flag("parallelMultiple", "false"))

    def _one_event(self, element: Element, one: Element) -> Event:
        trigger = cast(Trigger, EVENT_DEFINITIONS[one.tag])
        match trigger:
            case "timer":
                return Event(trigger, timer=_timer(one))
            case "conditional":
                return Event(trigger, condition=_expression(one.first("condition")))
            case "error":
                return Event(trigger, self._code(one.ref("errorRef"), self.errors))
            case "escalation":
                return Event(trigger, self._code(one.ref("escalationRef"), self.escalations))
            case "compensate":
                waits = one.flag("waitForCompletion", "true")
                return Event(trigger, one.ref("activityRef"), waits=waits)
            case "link":
                catching = link_target(self.drawing, element)
                return Event(trigger, catching.id if catching is not None else None)
            case _:
                return Event(trigger, one.ref(f"{trigger}Ref"))

    @staticmethod
    def _code(ref: str | None, codes: dict[str, str]) -> str | None:
        return codes[ref] if ref is not None else None

    def _compensates(self, element: Element) -> str | None:
        """Return the activity that undoes what a compensation boundary event guards."""
        tags = {one.tag for one in self.drawing.events(element)}
        if element.tag != "boundaryEvent" or "compensateEventDefinition" not in tags:
            return None
        return next((one.id for one in undoing(self.drawing, element)), None)

    def _loop(self, element: Element) -> Loop | None:
        if (one := element.first("standardLoopCharacteristics")) is not None:
            maximum = one.get("loopMaximum")
            return Loop(
                "standard",
                condition=_expression(one.first("loopCondition")),
                test_before=one.flag("testBefore", "false"),
                maximum=compile_expression(maximum) if maximum else None,
            )
        if (one := element.first("multiInstanceLoopCharacteristics")) is not None:
            return self._multi_instance(element, one)
        return None

    def _multi_instance(self, element: Element, one: Element) -> Loop:
        item = one.first("inputDataItem")
        behavior = (one.get("behavior") or "All").lower()
        named = self.drawing.by_id.get(one.ref(f"{behavior}BehaviorEventRef") or "")
        return Loop(
            "sequential" if one.flag("isSequential", "false") else "parallel",
            condition=_expression(one.first("completionCondition")),
            cardinality=_expression(one.first("loopCardinality")),
            collection=local(one.ref("loopDataInputRef") or "") or None,
            item=(item.get("name") or item.id) if item is not None else None,
            throws=self._one_event(element, named) if named is not None else None,
            throws_once=behavior == "one",
        )

    def _body(self, body: Element, nodes: dict[str, Node]) -> Body:
        inside = [nodes[one.id or ""] for one in body.children if one.id in nodes]
        starts = [node for node in inside if node.kind == "start"]
        ends = any(node.kind == "end" for node in inside)
        if starts or ends:
            begins = [node for node in starts if node.event.trigger == "none"]
        else:
            begins = [node for node in inside if _unled(node)]
        triggered = [node for node in starts if node.event.trigger != "none"]
        return Body(
            id=body.id or "",
            kind=_body_kind(body),
            nodes=_ids(inside),
            flows=tuple(flow.id or "" for flow in body.all("sequenceFlow")),
            begins=_ids(begins),
            triggered=_ids([*triggered, *(node for node in inside if node.instantiates)]),
            handlers=_ids(node for node in inside if node.kind == "event_subprocess"),
            ad_hoc=_ad_hoc(body),
        )


def _unled(node: Node) -> bool:
    apart = node.kind in ("boundary", "event_subprocess") or node.undoing
    return not (node.incoming or apart)


def _ad_hoc(body: Element) -> AdHoc | None:
    if body.tag != "adHocSubProcess":
        return None
    return AdHoc(
        in_a_row=body.get("ordering") == "Sequential",
        until=_expression(body.first("completionCondition")),
        cancel_rest=body.flag("cancelRemainingInstances", "true"),
    )


def _ids(nodes: Iterable[Node]) -> tuple[str, ...]:
    return tuple(node.id for node in nodes)


def _body_kind(body: Element) -> Literal["process", "subprocess", "event_subprocess"]:
    if body.tag == "process":
        return "process"
    return "event_subprocess" if body.flag("triggeredByEvent", "false") else "subprocess"


def _process(element: Element) -> Process:
    return Process(
        id=element.id or "",
        name=element.get("name") or "",
        line=element.line,
        executable=element.flag("isExecutable", "false"),
        documentation=documentation_of(element),
    )


def _named(drawing: Drawing, tag: str) -> dict[str, Named]:
    return {
        one.id or "": Named(one.id or "", one.get("name") or "") for one in drawing.root.all(tag)
    }


def _codes(drawing: Drawing, tag: str, attribute: str) -> dict[str, str]:
    """Return the code of each error or escalation; one without a code goes by its id."""
    return {one.id or "": one.get(attribute) or one.id or "" for one in drawing.root.all(tag)}


def _expression(element: Element | None) -> Expression | None:
    """Return the expression; None where a process that nobody runs has none we can read."""
    if element is None or not is_feel(element.get("language") or "feel"):
        return None
    text = element.text.strip()
    return compile_expression(text) if text else None


def documentation_of(element: Element) -> str | None:
    """Return the text of an element's `documentation`."""
    texts = [one.text.strip() for one in element.all("documentation") if one.text.strip()]
    return "\n".join(texts) or None


def timer_of(definition: Element) -> TimerSpec:
    """Return what a timer event definition says.

    Raises:
        ValueError: it says nothing, or what does not parse.
    """
    for tag, kind in TIMES:
        if (found := definition.first(tag)) is not None:
            return parse_timer(kind, found.text)
    raise ValueError("a timer without date, duration or cycle")


def _timer(definition: Element) -> TimerSpec | None:
    """Return the timer; None where a process that nobody runs has none we can read."""
    try:
        return timer_of(definition)
    except ValueError:
        return None
