"""What must not get in: refused whole, by rule, element and line, in time and without a crash."""

import time
from collections.abc import Iterator

import pytest

from domain.process import game
from domain.process.checks import MOST
from domain.process.faults import Fault
from domain.process.net import MAX_WORK
from domain.process.rules import Level
from infra.bpmn_xml.judging import judge
from tests.process.drawn import (
    HEAD,
    boundary,
    call,
    define,
    end,
    exclusive,
    file,
    play,
    process,
    start,
    task,
    timer,
    user,
)

LONG = 2.0  # seconds; what looks at all pairs of elements takes many times as long


def lines(*inside: str) -> bytes:
    """A file whose first process holds each of `inside` on a line of its own, from line 3 on."""
    body = "\n".join(inside)
    return f'{HEAD}\n<bpmn:process id="p" isExecutable="true">\n{body}\n</bpmn:process></bpmn:definitions>'.encode()  # noqa: E501  – one piece


def refused(data: bytes, level: Level = "played") -> Iterator[Fault]:
    """Yield the faults of a file of which nothing is left; it must be judged in time."""
    judge(lines(), "warm.bpmn", level)
    begun = time.process_time()
    verdict = judge(data, "bad.bpmn", level)
    assert time.process_time() - begun < LONG
    assert verdict.definition is None
    assert verdict.faults
    yield from verdict.faults


FLOW = '<bpmn:sequenceFlow id="{}" sourceRef="{}" targetRef="{}"/>'.format
START, END, TASK = '<bpmn:startEvent id="s"/>', '<bpmn:endEvent id="e"/>', '<bpmn:task id="{}"/>'
USER = '<bpmn:userTask id="{}"/>'
SOUND = (START, END, TASK.format("a"), FLOW("f", "s", "a"), FLOW("g", "a", "e"))


@pytest.mark.parametrize(
    ("added", "rule", "element"),
    [
        (TASK.format("a"), "id.duplicate", "a"),
        (FLOW("h", "a", "nowhere"), "ref.missing", "h"),
        ('<bpmn:boundaryEvent id="b" attachedToRef="x"/>', "ref.missing", "b"),
        ('<bpmn:scriptTask id="x"/>', "element.unsupported", "x"),
        ('<bpmn:unheardOf id="x"/>', "element.unsupported", "x"),
        ('<bpmn:task id="x"><bpmn:extensionElements><anjuan:run xmlns:anjuan="urn:anjuan:bpmn:1"/>'
         "</bpmn:extensionElements></bpmn:task>", "extension.unknown", "x"),
    ],
)  # fmt: skip
def test_a_fault_is_told_by_rule_element_and_line(added: str, rule: str, element: str) -> None:
    found = {(one.rule, one.element, one.line) for one in refused(lines(*SOUND, added))}
    assert (rule, element, 8) in found


@pytest.mark.parametrize("text", ["a.b = 1", "system(1)", "a[1]", "1 +", "import os"])
def test_an_expression_that_reaches_out_is_told_by_its_line(text: str) -> None:
    condition = (
        f'<bpmn:sequenceFlow id="h" sourceRef="a" targetRef="e">\n'
        f"<bpmn:conditionExpression>{text}</bpmn:conditionExpression></bpmn:sequenceFlow>"
    )
    found = {(one.rule.partition(".")[0], one.element, one.line) for one in refused(
        lines(*SOUND, condition))}  # fmt: skip
    assert ("expression", "h", 9) in found


@pytest.mark.parametrize(
    ("inside", "rule", "element", "line"),
    [
        ((START, END, '<bpmn:exclusiveGateway id="m"/>', TASK.format("a"),
          '<bpmn:exclusiveGateway id="x" default="h"/>', FLOW("f", "s", "m"), FLOW("g", "m", "a"),
          FLOW("i", "a", "x"), FLOW("h", "x", "m"),
          '<bpmn:sequenceFlow id="j" sourceRef="x" targetRef="e"><bpmn:conditionExpression>n = 1'
          "</bpmn:conditionExpression></bpmn:sequenceFlow>"), "sound.cycle", "m", 5),
        ((*SOUND, USER.format("u"), USER.format("v"), FLOW("h", "u", "v"), FLOW("i", "v", "u")),
         "sound.dead", "u", 8),
    ],
)  # fmt: skip
def test_what_is_unsound_is_refused_when_deployed_with_its_line(
    inside: tuple[str, ...], rule: str, element: str, line: int
) -> None:
    assert judge(lines(*inside), "played.bpmn").ok
    found = {(one.rule, one.element, one.line) for one in refused(lines(*inside), "deployed")}
    assert (rule, element, line) in found


@pytest.mark.parametrize("tag", ["bpmn:subProcess", "bpmn:task", "x"])
def test_a_hundred_thousand_nested_elements_are_refused(tag: str) -> None:
    (fault,) = refused(lines(f"<{tag}>" * 100_000 + f"</{tag}>" * 100_000))
    assert (fault.rule, fault.line) == ("file.size", 1)


LINK = (
    '<bpmn:intermediateThrowEvent id="t{0}"><bpmn:linkEventDefinition name="{0}"/>'
    '</bpmn:intermediateThrowEvent><bpmn:intermediateCatchEvent id="c{0}">'
    '<bpmn:linkEventDefinition name="{0}"/></bpmn:intermediateCatchEvent>'
)
UNDONE = (
    '<bpmn:boundaryEvent id="b{0}" attachedToRef="a"><bpmn:compensateEventDefinition/>'
    '</bpmn:boundaryEvent><bpmn:association id="j{0}" sourceRef="b{0}" targetRef="a"/>'
)


@pytest.mark.parametrize("many", [LINK, UNDONE, TASK.format("a")])
def test_thousands_of_faults_are_found_in_time_and_the_first_are_told(many: str) -> None:
    inside = (many.format(number) for number in range(2_000))
    assert len(list(refused(lines(*SOUND, *inside), "deployed"))) == MOST


def test_a_split_into_thousands_of_ways_is_not_judged_for_ever() -> None:
    wide = int(MAX_WORK**0.5) + 1
    ways = (TASK.format(f"t{n}") + FLOW(f"f{n}", "g", f"t{n}") for n in range(wide))
    found = refused(lines('<bpmn:parallelGateway id="g"/>', *ways), "deployed")
    assert {one.rule for one in found} == {"sound.too_large"}


def test_a_long_chain_of_calls_is_judged_and_stopped_before_it_is_too_deep() -> None:
    def link(number: int, last: int) -> str:
        parts = {"s": start(), "e": end()} | {
            "c": user() if number == last else call(f"p{number + 1}")
        }
        named = {f"{name}{number}": part for name, part in parts.items()}
        return process(f"s{number} > c{number} > e{number}", f"p{number}", **named)

    short = define(file(*(link(number, 100) for number in range(101))), "deployed")
    assert game.begin(short, "p0", {}).marking.open == ("c100",)
    deep = define(file(*(link(number, 250) for number in range(251))))
    assert game.begin(deep, "p0", {}).error == "run.too_long"
    assert play(deep, process="p0").error == "run.too_long"


def test_a_diagram_with_a_refused_part_is_not_loaded_at_all() -> None:
    sound = process("s > a > e; d > b > f", s=start(), a=user(), e=end(), b=task(), f=end(),
                    d=boundary("a", timer("P1D")))  # fmt: skip
    assert judge(file(sound), "sound.bpmn").definition is not None
    other = process("s2 > x > [n.m] e2; x > e2", "q", s2=start(), x=exclusive(), e2=end())
    assert judge(file(sound, other), "half.bpmn").definition is None
