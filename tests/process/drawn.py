"""Draws diagrams for tests from one line of flows and a word per node.

    draw("s > x > [amount > 3] a > e; x > b* > e", s=start(), x=exclusive(), a=user() …)

`>` is a sequence flow named `from_to`, `[…]` before a node is the condition of the flow into it, a
`*` behind a node makes the flow into it the default of its source. A sub-process has its own flows.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from domain.process.checking import Verdict
from domain.process.game import Move
from domain.process.marking import Marking
from domain.process.model import Definition
from domain.process.rules import Level
from domain.process.script import parse_script
from domain.process.simulate import LawTimer, Played, Relay, simulate
from infra.bpmn_xml.judging import judge

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:anjuan="urn:anjuan:bpmn:1"'
    ' id="definitions" targetNamespace="urn:test">'
)


@dataclass(frozen=True)
class Part:
    """A node to be drawn: tag, attributes, what stands inside, the flows of a sub-process."""

    tag: str
    attributes: str = ""
    inside: str = ""
    flows: str = ""
    parts: Mapping[str, "Part"] = field(default_factory=dict)
    behind: str = ""  # what stands behind the parts


def start(inside: str = "", attributes: str = "") -> Part:
    return Part("startEvent", attributes, inside)


def end(inside: str = "") -> Part:
    return Part("endEvent", "", inside)


def task(inside: str = "", attributes: str = "") -> Part:
    return Part("task", attributes, inside)


def user(inside: str = "", attributes: str = "") -> Part:
    return Part("userTask", attributes, inside)


def service(inside: str = "") -> Part:
    return Part("serviceTask", "", inside)


def send(ref: str) -> Part:
    return Part("sendTask", f'messageRef="{ref}"')


def receive(ref: str, attributes: str = "") -> Part:
    return Part("receiveTask", f'messageRef="{ref}" {attributes}')


def catch(inside: str) -> Part:
    return Part("intermediateCatchEvent", "", inside)


def throw(inside: str = "") -> Part:
    return Part("intermediateThrowEvent", "", inside)


def boundary(activity: str, inside: str, *, interrupting: bool = True) -> Part:
    cancel = "true" if interrupting else "false"
    return Part("boundaryEvent", f'attachedToRef="{activity}" cancelActivity="{cancel}"', inside)


def exclusive(attributes: str = "") -> Part:
    return Part("exclusiveGateway", attributes)


def parallel(attributes: str = "") -> Part:
    return Part("parallelGateway", attributes)


def inclusive() -> Part:
    return Part("inclusiveGateway")


def complex_gateway(activation: str = "") -> Part:
    """A gateway that goes on when its condition on `activationCount` holds."""
    text = f"<bpmn:activationCondition>{escape(activation)}</bpmn:activationCondition>"
    return Part("complexGateway", "", text if activation else "")


def event_gateway(attributes: str = "") -> Part:
    return Part("eventBasedGateway", attributes)


def call(process: str) -> Part:
    return Part("callActivity", f'calledElement="{process}"')


def subprocess(flows: str, inside: str = "", /, **parts: Part) -> Part:
    return Part("subProcess", "", inside, flows, parts)


def transaction(flows: str, inside: str = "", /, **parts: Part) -> Part:
    return Part("transaction", "", inside, flows, parts)


def ad_hoc(flows: str, attributes: str = "", until: str = "", /, **parts: Part) -> Part:
    """An ad-hoc sub-process that ends early when the condition `until` holds."""
    text = f"<bpmn:completionCondition>{escape(until)}</bpmn:completionCondition>"
    return Part("adHocSubProcess", attributes, "", flows, parts, text if until else "")


def undo(tag: str = "task", attributes: str = "") -> Part:
    """An activity for compensation."""
    return Part(tag, f'isForCompensation="true" {attributes}')


def undoes(boundary_event: str, activity: str) -> Part:
    """The association of a compensation boundary event with the activity that undoes."""
    return Part("association", f'sourceRef="{boundary_event}" targetRef="{activity}"')


def event_subprocess(flows: str, /, **parts: Part) -> Part:
    return Part("subProcess", 'triggeredByEvent="true"', "", flows, parts)


def timer(value: str) -> str:
    tag = (
        "timeCycle"
        if value.startswith("R")
        else "timeDate"
        if value[0].isdigit()
        else "timeDuration"
    )
    return (
        f'<bpmn:timerEventDefinition><bpmn:{tag} xsi:type="bpmn:tFormalExpression">{value}'
        f"</bpmn:{tag}></bpmn:timerEventDefinition>"
    )


def message(ref: str) -> str:
    return f'<bpmn:messageEventDefinition messageRef="{ref}"/>'


def signal(ref: str) -> str:
    return f'<bpmn:signalEventDefinition signalRef="{ref}"/>'


def error(code: str = "") -> str:
    ref = f' errorRef="{code}"' if code else ""
    return f"<bpmn:errorEventDefinition{ref}/>"


def escalation(code: str = "") -> str:
    ref = f' escalationRef="{code}"' if code else ""
    return f"<bpmn:escalationEventDefinition{ref}/>"


def compensate(activity: str = "", *, waits: bool = True) -> str:
    ref = f' activityRef="{activity}"' if activity else ""
    wait = "" if waits else ' waitForCompletion="false"'
    return f"<bpmn:compensateEventDefinition{ref}{wait}/>"


def cancel() -> str:
    return "<bpmn:cancelEventDefinition/>"


def condition(text: str) -> str:
    return (
        "<bpmn:conditionalEventDefinition><bpmn:condition>"
        f"{escape(text)}</bpmn:condition></bpmn:conditionalEventDefinition>"
    )


def multi(count: str, *, sequential: bool = False, until: str = "") -> str:
    """Several instances: `count` is an expression."""
    row = ' isSequential="true"' if sequential else ""
    done = f"<bpmn:completionCondition>{escape(until)}</bpmn:completionCondition>" if until else ""
    return (
        f"<bpmn:multiInstanceLoopCharacteristics{row}><bpmn:loopCardinality>{escape(count)}"
        f"</bpmn:loopCardinality>{done}</bpmn:multiInstanceLoopCharacteristics>"
    )


def each(collection: str, item: str) -> str:
    """One instance for each element of a variable."""
    return (
        "<bpmn:multiInstanceLoopCharacteristics>"
        f"<bpmn:loopDataInputRef>{collection}</bpmn:loopDataInputRef>"
        f'<bpmn:inputDataItem id="{item}_item" name="{item}"/>'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


def loop(condition_text: str = "", attributes: str = "") -> str:
    """A standard loop that goes on while its condition is true."""
    text = f"<bpmn:loopCondition>{escape(condition_text)}</bpmn:loopCondition>"
    return (
        f"<bpmn:standardLoopCharacteristics {attributes}>{text if condition_text else ''}"
        "</bpmn:standardLoopCharacteristics>"
    )


def link(name: str) -> str:
    return f'<bpmn:linkEventDefinition name="{name}"/>'


def terminate() -> str:
    return "<bpmn:terminateEventDefinition/>"


def own(inside: str) -> str:
    """Our extension elements: `own('effect name="x"')`, several separated by `|`."""
    elements = "".join(f"<anjuan:{one.strip()}/>" for one in inside.split("|"))
    return f"<bpmn:extensionElements>{elements}</bpmn:extensionElements>"


def assign(target: str, value: str) -> str:
    return own(f'assign target="{target}" value="{escape(value)}"')


def process(flows: str, name: str = "p", /, **parts: Part) -> str:
    """Return one process as XML."""
    inside = _body(flows, parts)
    return f'<bpmn:process id="{name}" isExecutable="true">{inside}</bpmn:process>'


def file(*inside: str) -> bytes:
    """Return a whole file: processes and other root elements; what they refer to is added."""
    text = "".join(inside)
    roots = ""
    for tag, ref, code in (
        ("message", "messageRef", ""),
        ("signal", "signalRef", ""),
        ("error", "errorRef", "errorCode"),
        ("escalation", "escalationRef", "escalationCode"),
    ):
        for one in sorted(set(re.findall(rf'{ref}="(\w+)"', text))):
            extra = f' {code}="{one}"' if code else f' name="{one} name"'
            roots += "" if f'<bpmn:{tag} id="{one}"' in text else f'<bpmn:{tag} id="{one}"{extra}/>'
    return f"{HEAD}{roots}{text}</bpmn:definitions>".encode()


def draw(flows: str, /, **parts: Part) -> Definition:
    """Return the definition of a file with one process; it must be playable."""
    return define(file(process(flows, **parts)))


def define(data: bytes, level: Level = "played") -> Definition:
    """Return the definition of a file that has no fault."""
    verdict = judge(data, "test.bpmn", level)
    assert verdict.definition is not None, verdict.faults
    return verdict.definition


def judged(flows: str, level: Level = "played", /, **parts: Part) -> Verdict:
    """Return the verdict on a file with one process."""
    return judge(file(process(flows, **parts)), "test.bpmn", level)


def rules(verdict: Verdict) -> set[str]:
    """Return the names of the rules a verdict finds broken, warnings included."""
    return {one.rule for one in (*verdict.faults, *verdict.warnings)}


def play(
    definition: Definition,
    *,
    law: LawTimer | None = None,
    relay: Relay = lambda marking: marking,
    **script: object,
) -> Played:
    """Play a definition by a script given as keywords."""
    return simulate(definition, parse_script(definition, script), law, relay)


def stored(marking: Marking) -> Marking:
    """Return what a marking is after a restart: through text and back."""
    return Marking.from_json(json.loads(json.dumps(marking.to_json())))


def restarted(definition: Definition, **script: object) -> Played:
    """Play a definition straight and restarted after every step; both must go the same way."""
    parsed = parse_script(definition, script)
    straight = simulate(definition, parsed)
    assert simulate(definition, parsed, relay=stored) == straight
    return straight


def waiting(move: Move) -> list[str]:
    """Return the elements at which a move's tokens wait."""
    return list(move.marking.open)


def wait_at(move: Move, element: str) -> str:
    """Return the id of the only wait at an element."""
    (wait,) = move.marking.at(element)
    return wait.id


def _body(flows: str, parts: Mapping[str, Part]) -> str:
    drawn: list[str] = []
    defaults: dict[str, str] = {}
    for chain in filter(None, (one.strip() for one in flows.split(";"))):
        source = ""
        for step in re.split(r" > (?![^\[]*\])", chain):
            found = re.fullmatch(
                r"(?:\[(?P<when>.+)\] )?(?P<node>\w+)(?P<default>\*?)", step.strip()
            )
            assert found is not None, step
            if source:
                drawn.append(_flow(source, found["node"], found["when"]))
                if found["default"]:
                    defaults[source] = f"{source}_{found['node']}"
            source = found["node"]
    ties = [name for name, part in parts.items() if part.tag == "association"]  # stand last
    nodes = [_drawn(one, parts[one], defaults.get(one)) for one in parts if one not in ties]
    return "".join([*nodes, *drawn, *(_drawn(one, parts[one], None) for one in ties)])


def _flow(source: str, target: str, when: str | None) -> str:
    condition = (
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{escape(when)}'
        "</bpmn:conditionExpression>"
        if when
        else ""
    )
    return (
        f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f"{condition}</bpmn:sequenceFlow>"
    )


def _drawn(name: str, part: Part, default: str | None) -> str:
    shown = "" if part.tag == "association" else f' name="{name} 环节"'
    chosen = f' default="{default}"' if default else ""
    body = _body(part.flows, part.parts) if part.flows or part.parts else ""
    return (
        f'<bpmn:{part.tag} id="{name}"{shown} {part.attributes}{chosen}>'
        f"{part.inside}{body}{part.behind}</bpmn:{part.tag}>"
    )
