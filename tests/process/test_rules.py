"""Every rule of the reader: one small diagram that breaks it, named by rule, element and line."""

import pytest

from domain.kernel.errors import EngineError, UnknownNameError
from domain.process.assemble import assemble
from domain.process.checking import Verdict
from domain.process.rules import RULES
from infra.bpmn_xml.judging import judge
from infra.bpmn_xml.reader import read
from tests.process.drawn import (
    Part,
    assign,
    boundary,
    call,
    catch,
    define,
    end,
    error,
    escalation,
    event_gateway,
    event_subprocess,
    exclusive,
    file,
    judged,
    link,
    message,
    multi,
    own,
    parallel,
    process,
    receive,
    signal,
    start,
    subprocess,
    task,
    terminate,
    throw,
    timer,
    user,
)

LINE = {"s": start(), "a": task(), "e": end()}
ALL = "s > a > e"


def raw(inside: str, attributes: str = 'isExecutable="true"') -> bytes:
    """A file with one process written out."""
    return file(f'<bpmn:process id="p" {attributes}>{inside}</bpmn:process>')


def line_with(inside: str) -> bytes:
    """A sound process with one more element among its flow elements."""
    return file(process(ALL, **LINE).replace("</bpmn:process>", f"{inside}</bpmn:process>"))


def nested(flows: str, tag: str = "subProcess", attributes: str = "", /, **parts: Part) -> bytes:
    inside = Part(tag, attributes, "", flows, parts)
    return file(process("s > u > e", s=start(), u=inside, e=end()))


FLOW = '<bpmn:sequenceFlow id="{}" sourceRef="{}" targetRef="{}"/>'.format
TASK = '<bpmn:task id="{}"/>'.format
NO_SPAN = timer("P1D").replace("timeDuration", "timeDate")
CANCEL = "<bpmn:cancelEventDefinition/>"
COMPENSATE = "<bpmn:compensateEventDefinition/>"
CONDITION = "<bpmn:conditionalEventDefinition><bpmn:condition>{}</bpmn:condition></bpmn:conditionalEventDefinition>"  # noqa: E501  – one piece
POOLS = (
    '<bpmn:collaboration id="c"><bpmn:participant id="one" processRef="p"/>'
    '<bpmn:participant id="two" processRef="q"/>{}</bpmn:collaboration>'
)


def pools(flow: str, /, **parts: Part) -> bytes:
    """Two pools, `p` with nodes s, a, e and `q` with nodes s2, b, e2, and a message flow."""
    other = {"s2": start(), "b": task(), "e2": end()} | parts
    return file(
        POOLS.format(f'<bpmn:messageFlow id="mf" {flow}/>'),
        process(ALL, "p", **LINE),
        process("s2 > b > e2", "q", **other),
    )


COMPLEX = multi("2").replace("Characteristics>", 'Characteristics behavior="Complex">', 1)


CASES: list[tuple[str, bytes]] = [
    # references
    ("id.duplicate", line_with(TASK("a"))),
    ("ref.missing", line_with(FLOW("f", "a", "nowhere"))),
    ("ref.missing", line_with('<bpmn:sequenceFlow id="f" sourceRef="a"/>')),
    ("ref.missing", file(process("s > c > e", s=start(), c=call("nowhere"), e=end()))),
    ("ref.missing", file(process(ALL, **LINE | {"a": boundary("x", timer("P1D"))}))),
    ("ref.kind", file(process("s > a > e; d > e", s=start(), a=task(), e=end(),
                              d=boundary("s", timer("P1D"))))),
    ("ref.missing", file(process("s > c > e", s=start(), c=Part("callActivity"), e=end()))),
    ("ref.kind", file(process("s > c > e", s=start(), c=call("s"), e=end()))),
    ("ref.missing", line_with("<bpmn:startEvent id='x'><bpmn:eventDefinitionRef>no"
                              "</bpmn:eventDefinitionRef></bpmn:startEvent>")),
    # elements
    ("element.unsupported", line_with('<bpmn:scriptTask id="x"/>')),
    ("element.unsupported", file(process(ALL, **LINE | {"a": task(COMPLEX)}))),
    ("element.unsupported", file(process(ALL, **LINE), '<bpmn:choreography id="x"/>')),
    ("element.unsupported", file(process("s > c > e; c2 > e", s=start(), e=end(),
                                         c=throw(link("n") + message("m")), c2=catch(link("n"))))),
    ("element.unsupported", file(process("s > e", e=end(), s=start(
        timer("P1D") + message("m"), 'parallelMultiple="true"')))),
    ("element.unsupported", file(process("s > e", s=start(), e=end(error("E") + terminate())))),
    ("element.unsupported", file(process(ALL, **LINE, d=boundary("a", COMPENSATE + error())))),
    ("extension.unknown", file(process(ALL, **LINE | {"a": task(own('tsak role="x"'))}))),
    ("extension.unknown", file(process(ALL, **LINE | {"a": task(own('task rol="x"'))}))),
    ("extension.unknown", file(process(ALL, **LINE | {"a": task(own('task holder="x"'))}))),
    ("extension.unknown", file(process(ALL, **LINE | {"a": task("", 'anjuan:role="x"')}))),
    ("process.public", raw(TASK("a"), 'isExecutable="true" processType="Public"')),
    # expressions
    ("expression.syntax", file(process("s > x > [n.m] a > e; x > e", **LINE, x=exclusive()))),
    ("expression.syntax", file(process(ALL, **LINE | {"a": task(assign("x", "1 +"))}))),
    ("expression.syntax", file(process(ALL, **LINE | {"a": task(own('assign value="1"'))}))),
    ("expression.function", file(process("s > x > [exec(n)] a > e; x > e", **LINE, x=exclusive()))),
    ("condition.empty", file(process("s > x > [ ] a > e; x > e", **LINE, x=exclusive()))),
    ("expression.language", raw(
        TASK("a") + TASK("b") + TASK("c") + FLOW("g", "a", "c")
        + '<bpmn:sequenceFlow id="f" sourceRef="a" targetRef="b"><bpmn:conditionExpression'
        ' xsi:type="bpmn:tFormalExpression" language="urn:java">x</bpmn:conditionExpression>'
        "</bpmn:sequenceFlow>")),
    ("expression.language", file(process(ALL, **LINE)).replace(
        b'id="definitions"', b'id="definitions" expressionLanguage="urn:java"')),
    # flows
    ("flow.ends", line_with('<bpmn:dataObject id="x"/>' + FLOW("f", "a", "x"))),
    ("flow.scope", nested("s2 > b > e2", s2=start(), b=task(), e2=end()).replace(
        b"</bpmn:process>", FLOW("f", "s", "b").encode() + b"</bpmn:process>")),
    ("flow.default", file(process(ALL, **LINE | {"a": task("", 'default="s_a"')}))),
    ("flow.default", file(process(ALL, **LINE | {"s": start("", 'default="s_a"')}))),
    ("flow.lone_condition", file(process("s > a > [true] e", **LINE))),
    ("flow.immediate", line_with(FLOW("f", "a", "e").replace("/>", ' isImmediate="false"/>'))),
    ("node.no_incoming", file(process("s > a > e; b > e", **LINE, b=task()))),
    ("node.no_outgoing", file(process("s > a > e; s > b", **LINE, b=task()))),
    # events
    ("start.missing", file(process("a > e", a=task(), e=end()))),
    ("end.missing", file(process("s > a", s=start(), a=task()))),
    ("start.incoming", file(process("s > a > e; a > s", **LINE))),
    ("end.outgoing", file(process("s > a > e; e > a", **LINE))),
    ("start.trigger", file(process(ALL, **LINE | {"s": start(error("E"))}))),
    ("end.trigger", file(process(ALL, **LINE | {"e": end(timer("P1D"))}))),
    ("end.cancel", file(process(ALL, **LINE | {"e": end(CANCEL)}))),
    ("catch.trigger", file(process(ALL, **LINE | {"a": catch(error("E"))}))),
    ("throw.trigger", file(process(ALL, **LINE | {"a": throw(terminate())}))),
    ("intermediate.incoming", file(process("c > a", c=catch(timer("P1D")), a=task()))),
    ("intermediate.outgoing", file(process("a > c", c=catch(timer("P1D")), a=task()))),
    ("escalation.code", file(process(ALL, **LINE | {"e": end(escalation())}))),
    ("event.definition_shared", file(process("s > c > d > e", s=start(), e=end(),
        c=catch(timer("P1D").replace("Definition>", 'Definition id="x">', 1)),
        d=catch("<bpmn:eventDefinitionRef>x</bpmn:eventDefinitionRef>")))),
    ("link.flow", file(process("s > l > e; s > k; l > k", s=start(), e=end(), l=throw(link("n")),
                               k=catch(link("n"))))),
    ("link.pair", file(process("s > l; k > e", s=start(), e=end(), l=throw(link("n")),
                               k=catch(link("other"))))),
    ("link.pair", file(process("s > l; k > e", s=start(), e=end(),
        l=throw('<bpmn:linkEventDefinition id="l1" name="n"><bpmn:target>k1</bpmn:target>'
                "</bpmn:linkEventDefinition>"),
        k=catch('<bpmn:linkEventDefinition id="k1" name="n"/>')))),
    # timers
    ("timer.one", file(process(ALL, **LINE | {"a": catch("<bpmn:timerEventDefinition/>")}))),
    ("timer.value", file(process(ALL, **LINE | {"a": catch(timer("Pfive"))}))),
    ("timer.value", file(process(ALL, **LINE | {"a": catch(NO_SPAN)}))),
    ("timer.value", file(process(ALL, **LINE | {"a": catch(timer("R/every day"))}))),
    # messages
    ("message.missing", file(process(ALL, **LINE | {
        "a": catch("<bpmn:messageEventDefinition/>")}))),
    ("signal.missing", file(process(ALL, **LINE | {"a": catch("<bpmn:signalEventDefinition/>")}))),
    ("message_flow.ends", pools('sourceRef="s" targetRef="b"')),
    ("message_flow.ends", pools('sourceRef="a" targetRef="e2"')),
    ("message_flow.ends", pools('sourceRef="a"')),
    ("message_flow.same_pool", pools('sourceRef="a" targetRef="one"')),
    ("message_flow.event", pools('sourceRef="a" targetRef="s2"')),
    # boundary
    ("boundary.trigger", file(process("s > a > e; d > e", **LINE, d=boundary("a", "")))),
    ("boundary.trigger", file(process("s > a > e; d > e", **LINE,
                                      d=boundary("a", error("E"), interrupting=False)))),
    ("boundary.cancel", file(process("s > a > e; d > e", **LINE, d=boundary("a", CANCEL)))),
    ("boundary.incoming", file(process("s > a > e; d > e; s > d", **LINE,
                                       d=boundary("a", timer("P1D"))))),
    ("boundary.outgoing", file(process(ALL, **LINE, d=boundary("a", timer("P1D"))))),
    ("compensation.flow", file(process("s > a > e; d > e", **LINE, d=boundary("a", COMPENSATE)))),
    ("compensation.handler", file(process(ALL, **LINE, d=boundary("a", COMPENSATE)))),
    # gateways
    ("gateway.direction", file(process("s > x > a > e; x > e", **LINE,
                                       x=exclusive('gatewayDirection="Converging"')))),
    ("gateway.direction", file(process("s > x > a > e; x > e", **LINE,
                                       x=parallel('gatewayDirection="Mixed"')))),
    ("gateway.direction", file(process("s > x > a > e; s > x; a > x; x > e", **LINE,
                                       x=parallel('gatewayDirection="Diverging"')))),
    ("gateway.single", file(process("s > x > a > e", **LINE, x=exclusive()))),
    ("event_gateway.outgoing", file(process("s > g > c > e", s=start(), e=end(), g=event_gateway(),
                                            c=catch(timer("P1D"))))),
    ("event_gateway.condition", file(process("s > g > [true] c > e; g > d > e", s=start(), e=end(),
        g=event_gateway(), c=catch(timer("P1D")), d=catch(timer("P2D"))))),
    ("event_gateway.target", file(process("s > g > c > e; g > a > e", **LINE, g=event_gateway(),
                                          c=catch(timer("P1D"))))),
    ("event_gateway.target", file(process("s > g > c > e; g > r > e", s=start(), e=end(),
        g=event_gateway(), c=catch(message("m")), r=receive("m")))),
    ("event_gateway.target", file(process("s > g > c > e; g > r > e; d > e", s=start(), e=end(),
        g=event_gateway(), c=catch(timer("P1D")), r=receive("m"), d=boundary("r", timer("P1D"))))),
    ("event_gateway.instantiating", file(process("s > g > c > e; g > d > e", s=start(), e=end(),
        g=event_gateway('instantiate="true"'), c=catch(message("m")), d=catch(message("n"))))),
    # activities
    ("activity.quantity", file(process(ALL, **LINE | {"a": task("", 'completionQuantity="0"')}))),
    ("activity.two_loops", file(process(ALL, **LINE | {"a": task(
        "<bpmn:standardLoopCharacteristics/><bpmn:multiInstanceLoopCharacteristics/>")}))),
    ("multi_instance.cardinality", file(process(ALL, **LINE | {"a": task(
        "<bpmn:multiInstanceLoopCharacteristics/>")}))),
    ("receive.instantiating", file(process(ALL, **LINE | {"a": receive("m",
    'instantiate="true"')}))),
    ("call.none_start", file(
        process("s > c > e", s=start(), c=call("q"), e=end()),
        process("s2 > b > e2", "q", s2=start(message("m")), b=task(), e2=end()))),
    # sub-processes
    ("subprocess.start_trigger", nested("s2 > b > e2", s2=start(timer("P1D")), b=task(), e2=end())),
    ("event_subprocess.flow", nested("s2 > b > e2", "subProcess", 'triggeredByEvent="true"',
                                     s2=start(timer("P1D")), b=task(), e2=end())),
    ("event_subprocess.start", file(process(ALL, **LINE, h=event_subprocess("b", b=task())))),
    ("event_subprocess.start", file(process(ALL, **LINE, h=event_subprocess(
        "s2 > e2", s2=start(error("E"), 'isInterrupting="false"'), e2=end())))),
    ("event_subprocess.start", file(process(ALL, **LINE, h=event_subprocess(
        "s2 > e2", s2=start(), e2=end())))),
    # plain processes
    ("field.name", file(process(ALL, **LINE | {"a": task(own('field name="not a name"'))}))),
    ("field.type", file(process(ALL, **LINE | {"a": task(own('field name="a" type="colour"'))}))),
    ("field.type", file(process(ALL, **LINE | {"a": task(own('field name="a" type="choice"'))}))),
    ("call.address", file(process(ALL, **LINE | {"a": task(own('call url="ftp://somewhere"'))}))),
    ("call.address", file(process(ALL, **LINE | {"a": task(own('call url="https://user:word@somewhere/"'))}))),
    ("adhoc.content", nested("s2 > e2", "adHocSubProcess", s2=start(), e2=end())),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "data"), CASES, ids=[f"{n}-{rule}" for n, (rule, _) in enumerate(CASES)]
)
def test_a_broken_rule_is_refused_by_name(rule: str, data: bytes) -> None:
    verdict = judge(data, "broken.bpmn")
    assert rule in {one.rule for one in verdict.faults}
    assert not verdict.ok
    assert verdict.definition is None
    for one in verdict.faults:
        assert one.message
        assert one.line >= 1


def test_a_fault_says_where_and_in_two_languages() -> None:
    data = line_with("\n\n" + TASK("lost"))
    (first, _) = judge(data, "broken.bpmn").faults
    assert (first.rule, first.element, first.line) == ("node.no_incoming", "lost", 3)
    assert "入流" in first.message
    assert "no flow leads here" in first.message
    assert first.to_json() == {
        "rule": "node.no_incoming", "element": "lost", "line": 3, "message": first.message,
    }  # fmt: skip


def test_every_played_rule_is_proven_to_be_found() -> None:
    proven = {rule for rule, _ in CASES}
    tables = ("dmn.", "decision.")  # proven with the tables
    played = {name for name, rule in RULES.items() if rule.level == "played"}
    played -= {name for name in played if name.startswith(tables)}
    elsewhere = {"input", "file.size", "file.xml", "file.doctype", "file.bpmn"}
    assert played - proven - elsewhere == set()


@pytest.mark.parametrize(
    ("rule", "inside"),
    [
        ("timer.value", timer("Pfive")),
        ("timer.one", "<bpmn:timerEventDefinition/>"),
        ("message.missing", "<bpmn:messageEventDefinition/>"),
        ("signal.missing", "<bpmn:signalEventDefinition/>"),
    ],
)
def test_what_nobody_runs_is_only_warned_of(rule: str, inside: str) -> None:
    data = file(process("s > c > e", s=start(), c=catch(inside), e=end()))
    sketch = data.replace(b'isExecutable="true"', b"")
    assert rule in {one.rule for one in judge(data, "run.bpmn").faults}
    verdict = judge(sketch, "sketch.bpmn")
    assert verdict.ok
    assert rule in {one.rule for one in verdict.warnings}
    assert rule in {one.rule for one in judge(sketch, "sketch.bpmn", "own").faults}


@pytest.mark.parametrize(
    ("way", "flow", "warned"),
    [
        ("incoming", "s_a", []), ("outgoing", "a_e", []), ("incoming", "nowhere", ["flow.listed"]),
        ("incoming", "a_e", ["flow.listed"]), ("outgoing", "s_a", ["flow.listed"]),
    ],
)  # fmt: skip
def test_a_node_that_lists_flows_of_others_is_warned_of(
    way: str, flow: str, warned: list[str]
) -> None:
    listed = task(f"<bpmn:{way}>{flow}</bpmn:{way}>")
    verdict = judge(file(process(ALL, **LINE | {"a": listed})), "test.bpmn", "deployed")
    assert verdict.ok
    found = [(one.rule, one.element) for one in verdict.warnings if one.rule.startswith("flow")]
    assert found == [(rule, "a") for rule in warned]


def test_a_sketch_with_foreign_conditions_can_still_be_read() -> None:
    sketch = raw(
        TASK("a") + TASK("b") + TASK("c") + FLOW("g", "a", "c")
        + '<bpmn:sequenceFlow id="f" sourceRef="a" targetRef="b"><bpmn:conditionExpression'
        ' language="urn:java">x.y()</bpmn:conditionExpression>'
        "</bpmn:sequenceFlow>", "")  # fmt: skip
    assert judge(sketch, "sketch.bpmn").ok


def test_our_marks_become_fields_of_the_node() -> None:
    marks = own(
        'task role="center.*" form="filing.examine"'
        ' commands="filing.accept filing.refuse_acceptance"'
        ' holder="authority"|noDeadline reason="none said"|cite clause="HN-2022-1 一(二)"'
    )
    note = "<bpmn:documentation> HN-2022-1 一(二) </bpmn:documentation>"
    data = file(process("s > a > b > c > e", s=start(), a=user(note + marks), e=end(),
                        b=task(own('deadline key="filing.decision"')),
                        c=Part("serviceTask", "", own('effect name="filing.accept"'))))  # fmt: skip
    verdict = judge(data, "marks.bpmn")
    assert verdict.definition is not None
    node = verdict.definition.node("a")
    assert (node.task.role, node.task.form, node.task.holder) == (
        "center.*", "filing.examine", "authority",
    )  # fmt: skip
    assert node.task.commands == ("filing.accept", "filing.refuse_acceptance")
    assert node.no_deadline == "none said"
    assert node.cite == ("HN-2022-1 一(二)",)
    assert node.documentation == "HN-2022-1 一(二)"
    assert node.name == "a 环节"
    assert verdict.definition.node("b").deadline == "filing.decision"
    assert verdict.definition.node("c").effect == "filing.accept"


def test_a_verdict_without_faults_is_ok() -> None:
    assert Verdict().ok
    assert judged(ALL, **LINE).ok


def test_a_compensation_handler_is_found_by_its_association() -> None:
    handler = task("", 'isForCompensation="true"')
    joined = '<bpmn:association id="as" sourceRef="d" targetRef="h"/>'
    data = file(process(ALL, **LINE, d=boundary("a", COMPENSATE), h=handler))
    data = data.replace(b"</bpmn:process>", joined.encode() + b"</bpmn:process>")
    definition = define(data)
    assert definition.node("d").compensates == "h"
    assert definition.compensable


def test_an_unknown_element_of_a_definition_is_a_defect() -> None:
    definition = define(file(process(ALL, **LINE)))
    with pytest.raises(UnknownNameError):
        definition.node("nowhere")


def test_a_drawing_with_faults_cannot_be_assembled() -> None:
    drawing = read(file(process("s > x > [a.b] e; x > e", **LINE, x=exclusive())), "x").drawing
    assert drawing is not None
    with pytest.raises(EngineError):
        assemble(drawing)


def test_signals_and_sub_processes_are_played() -> None:
    verdict = judged("s > u > c > e", s=start(), c=catch(signal("g")), e=end(),
                     u=subprocess("a", a=task()))  # fmt: skip
    assert verdict.ok
