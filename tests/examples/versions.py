"""An edited copy of the shipped filing diagram, as an office might make it, and a world with it."""

from dataclasses import replace
from functools import cache
from importlib import resources

from domain.ports import World
from domain.process.model import Definition
from infra.bpmn_xml.judging import judge
from infra.definitions import Definitions, load_definitions
from infra.law_data import load_law_book
from tests.spec.driver import world

PLACE = ("filing", "hunan")
EVALUATE = {"old": "assess", "new": "evaluate"}  # the task that has another id in the copy

_CONFIRM = """<bpmn:userTask id="confirm" name="受理复核">
      <bpmn:documentation>审核人员复核受理。 A reviewer confirms the acceptance.</bpmn:documentation>
      <bpmn:extensionElements>
        <anjuan:task role="center.reviewer" form="filing.examine" commands="filing.accept" holder="authority"/>
        <anjuan:noDeadline reason="法规未定复核期限"/>
        <anjuan:cite clause="HN-2022-1 一(二)"/>
      </bpmn:extensionElements>
      <bpmn:incoming>f_accepted</bpmn:incoming>
      <bpmn:outgoing>f_confirmed</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:userTask id="evaluate\""""  # noqa: E501  – XML as a modeller writes it
_CONFIRM_FLOW = """<bpmn:sequenceFlow id="f_confirmed" sourceRef="confirm" targetRef="evaluate"/>
    <bpmn:sequenceFlow id="f_to_publish\""""
_CONFIRM_DRAWN = """<bpmndi:BPMNShape id="confirm_di" bpmnElement="confirm">
        <dc:Bounds x="560" y="275" width="110" height="60"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="f_confirmed_di" bpmnElement="f_confirmed">
        <di:waypoint x="670" y="305"/>
        <di:waypoint x="700" y="305"/>
        <di:waypoint x="700" y="260"/>
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNShape id="to_publish_di\""""
_EDITS: tuple[tuple[str, str], ...] = (
    # renamed: the same element under another name, and one under another id as well
    ('name="受理审查"', 'name="收件核验"'),
    ('"assess"', '"evaluate"'),
    ('name="评估"', 'name="专家评估"'),
    # inserted: a reviewer confirms the acceptance
    ('<bpmn:userTask id="evaluate"', _CONFIRM),
    ("<bpmn:incoming>f_accepted</bpmn:incoming>\n      <bpmn:outgoing>f_assessed",
     "<bpmn:incoming>f_confirmed</bpmn:incoming>\n      <bpmn:outgoing>f_assessed"),
    ('"f_accepted" sourceRef="examined" targetRef="evaluate"',
     '"f_accepted" sourceRef="examined" targetRef="confirm"'),
    ('<bpmn:sequenceFlow id="f_to_publish"', _CONFIRM_FLOW),
    ('<bpmndi:BPMNShape id="to_publish_di"', _CONFIRM_DRAWN),
    ('<di:waypoint x="525" y="220"/>\n        <di:waypoint x="640" y="220"/>',
     '<di:waypoint x="525" y="220"/>\n        <di:waypoint x="545" y="220"/>\n'
     '        <di:waypoint x="545" y="305"/>\n        <di:waypoint x="560" y="305"/>'),
    # removed: the notice begins by itself
    ('<di:waypoint x="930" y="220"/>', '<di:waypoint x="1110" y="220"/>'),
    ('targetRef="publish_notice"', 'targetRef="publicity"'),
    ("<bpmn:incoming>f_published</bpmn:incoming>", "<bpmn:incoming>f_to_publish</bpmn:incoming>"),
    ('<bpmn:sequenceFlow id="f_published" sourceRef="publish_notice" targetRef="publicity"/>', ""),
)  # fmt: skip


@cache
def shipped() -> bytes:
    """Return the diagram as it is shipped."""
    return resources.files("domain.procedures").joinpath("filing", "hunan.bpmn").read_bytes()


@cache
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


@cache
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


@cache
def world_keeping(*sources: bytes) -> World:
    """Return the world of specs, in which other diagrams are kept as well."""
    return replace(world(), definitions=keeping(*sources))
