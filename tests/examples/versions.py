"""An edited copy of the shipped filing diagram, as an office might make it, and a world with it."""

from dataclasses import replace
from importlib import resources

from domain.ports import World
from domain.process.model import Definition
from infra.bpmn_xml.judging import judge
from infra.definitions import Definitions, load_definitions
from infra.law_data import load_law_book
from tests.spec.driver import world

PLACE = ("filing", "hunan")
EVALUATE = {"old": "assess", "new": "evaluate"}  # the task that has another id in the copy

_AGAIN = """<bpmn:userTask id="assess_again" name="复评">
      <bpmn:documentation>另一名审核人员复评。 Another reviewer assesses once more.</bpmn:documentation>
      <bpmn:extensionElements>
        <anjuan:task role="center.reviewer" form="filing.assess" commands="filing.assess" holder="authority"/>
        <anjuan:noDeadline reason="法规未定评估期限"/>
        <anjuan:cite clause="HN-2022-1 一(一)"/>
      </bpmn:extensionElements>
      <bpmn:incoming>f_assessed</bpmn:incoming>
      <bpmn:outgoing>f_assessed_again</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:exclusiveGateway id="to_publish\""""  # noqa: E501  – XML as a modeller writes it
_AGAIN_FLOW = """<bpmn:sequenceFlow id="f_assessed_again" sourceRef="assess_again" targetRef="to_publish"/>
    <bpmn:sequenceFlow id="f_to_publish\""""  # noqa: E501  – the same
_AGAIN_DRAWN = """<bpmndi:BPMNShape id="assess_again_di" bpmnElement="assess_again">
        <dc:Bounds x="785" y="20" width="120" height="80"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="f_assessed_again_di" bpmnElement="f_assessed_again">
        <di:waypoint x="845" y="100"/>
        <di:waypoint x="845" y="195"/>
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNShape id="to_publish_di\""""
_EDITS: tuple[tuple[str, str], ...] = (
    # renamed: the same element under another name, and one under another id as well
    ('name="受理审查"', 'name="收件核验"'),
    ('"assess"', '"evaluate"'),
    ('name="评估"', 'name="专家评估"'),
    # inserted: a second assessment
    ('<bpmn:exclusiveGateway id="to_publish"', _AGAIN),
    ('<bpmn:incoming>f_assessed</bpmn:incoming>\n      <bpmn:outgoing>f_to_publish',
     '<bpmn:incoming>f_assessed_again</bpmn:incoming>\n      <bpmn:outgoing>f_to_publish'),
    ('"evaluate" targetRef="to_publish"', '"evaluate" targetRef="assess_again"'),
    ('<bpmn:sequenceFlow id="f_to_publish"', _AGAIN_FLOW),
    ('<bpmndi:BPMNShape id="to_publish_di"', _AGAIN_DRAWN),
    # removed: the notice begins by itself
    ('targetRef="publish_notice"', 'targetRef="publicity"'),
    ("<bpmn:incoming>f_published</bpmn:incoming>", "<bpmn:incoming>f_to_publish</bpmn:incoming>"),
    ('<bpmn:sequenceFlow id="f_published" sourceRef="publish_notice" targetRef="publicity"/>', ""),
)  # fmt: skip


def shipped() -> bytes:
    """Return the diagram as it is shipped."""
    return resources.files("domain.procedures").joinpath("filing", "hunan.bpmn").read_bytes()


def edited() -> bytes:
    """Return the copy: two tasks renamed, one of them with another id, one inserted, one gone."""
    text = shipped().decode()
    for before, after in _EDITS:
        assert before in text, before
        text = text.replace(before, after)
    for start, end in (
        ('<bpmn:userTask id="publish_notice"', "</bpmn:userTask>"),
        ('<bpmndi:BPMNShape id="publish_notice_di"', "</bpmndi:BPMNShape>"),
        ('<bpmndi:BPMNEdge id="f_published_di"', "</bpmndi:BPMNEdge>"),
    ):
        first = text.index(start)
        text = text[:first] + text[text.index(end, first) + len(end) :]
    return text.encode()


def definition_of(source: bytes) -> Definition:
    """Return the definition of a diagram that may be shipped."""
    keys = frozenset(load_law_book().keys)
    verdict = judge(source, "edited.bpmn", "own", keys.__contains__)
    assert verdict.definition is not None, verdict.faults
    return verdict.definition


def keeping(*sources: bytes) -> Definitions:
    """Return the diagrams shipped, with others kept by their hash."""
    found = load_definitions()
    kept = {definition_of(one).hash: one for one in sources}
    current = {PLACE: found.current(*PLACE)}
    shipped_ones = {place: one for place, one in current.items() if one is not None}
    return Definitions(shipped_ones, found.sources | kept)


def world_keeping(*sources: bytes) -> World:
    """Return the world of specs, in which other diagrams are kept as well."""
    return replace(world(), definitions=keeping(*sources))
