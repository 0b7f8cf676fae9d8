"""The examples of the API's description, from the folders of the procedures. Tests send them."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.case.examples import EXAMPLES
from domain.kernel.json import Json
from domain.procedures.table import PROCEDURES

PROCEDURE, TERM, COMMAND = "filing", "filing.acceptance", "filing.supplement"
PAYLOADS: Mapping[str, Json] = MappingProxyType(
    {**EXAMPLES, **{name: one for its in PROCEDURES.values() for name, one in its.examples.items()}}
)


def opening(procedure: str) -> Json:
    """Return a body that opens a case of `procedure`.

    Raises:
        StopIteration: no command of it opens one.
        KeyError: there is no such procedure, or no example of its opening command.
    """
    its = PROCEDURES[procedure]
    place = [*PROCEDURES].index(procedure)
    return {
        "procedure": procedure,
        "variant": its.variants[0],
        "jurisdiction": "430100",
        "with": PAYLOADS[next(one.name for one in its.commands if one.opens)],
        "source": {"system": "hn-portal", "id": f"A-20240426-{77 + place}"},
    }


OPENINGS = tuple(opening(name) for name, its in PROCEDURES.items() if its.variants)

PROCESS, ENDPOINT = "greeting", "stock"  # a deployed process, and a web service
PROCESS_FILE: Json = {
    "file": "greeting.bpmn",
    "source": """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:example"
             xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
             xmlns:dc="http://www.omg.org/spec/DD/20100524/DC">
  <message id="answer" name="answer"/>
  <process id="greeting" name="问候" isExecutable="true">
    <startEvent id="s"/>
    <intermediateCatchEvent id="c" name="答复">
      <messageEventDefinition messageRef="answer"/>
    </intermediateCatchEvent>
    <endEvent id="e"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="c"/>
    <sequenceFlow id="f2" sourceRef="c" targetRef="e"/>
  </process>
  <bpmndi:BPMNDiagram id="d">
    <bpmndi:BPMNPlane id="p" bpmnElement="greeting">
      <bpmndi:BPMNShape id="s_di" bpmnElement="s">
        <dc:Bounds x="20" y="20" width="36" height="36"/>
      </bpmndi:BPMNShape>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</definitions>
""",
}
MESSAGE: Json = {"message": "answer", "key": "greeting-1", "data": {"text": "你好"}}
