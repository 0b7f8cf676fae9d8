"""Tasks of plain processes that end by an error or with an escalation, and processes that do."""

from tests.api.client import Caller, code_of
from tests.api.conftest import As
from tests.api.memory import TENANT, House
from tests.api.test_processes import deploy, started, state, tasks

HEAD = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:anjuan="urn:anjuan:bpmn:1" targetNamespace="x">
<error id="broken" errorCode="BROKEN"/><error id="lost" errorCode="LOST"/>
<escalation id="dear" escalationCode="DEAR"/>"""
INSPECTION = f"""{HEAD}<process id="inspection" name="抽查" isExecutable="true">
<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="look"/>
<userTask id="look" name="查看"><extensionElements>
<anjuan:field name="found" type="text" label="发现" required="true"/></extensionElements></userTask>
<sequenceFlow id="f2" sourceRef="look" targetRef="e"/><endEvent id="e"/>
<boundaryEvent id="b" attachedToRef="look"><errorEventDefinition errorRef="broken"/></boundaryEvent>
<sequenceFlow id="f3" sourceRef="b" targetRef="repair"/><userTask id="repair" name="修理"/>
<sequenceFlow id="f4" sourceRef="repair" targetRef="e2"/><endEvent id="e2"/>
<boundaryEvent id="c" attachedToRef="look" cancelActivity="false">
<escalationEventDefinition escalationRef="dear"/></boundaryEvent>
<sequenceFlow id="f5" sourceRef="c" targetRef="approve"/><userTask id="approve" name="批准费用"/>
<sequenceFlow id="f6" sourceRef="approve" targetRef="e3"/><endEvent id="e3"/>
</process></definitions>"""
LOSS = f"""{HEAD}<process id="loss" name="遗失" isExecutable="true">
<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="search"/>
<userTask id="search" name="查找"><extensionElements>
<anjuan:assign target="searched" value="true"/></extensionElements></userTask>
<sequenceFlow id="f2" sourceRef="search" targetRef="e"/>
<endEvent id="e"><errorEventDefinition errorRef="lost"/></endEvent>
</process></definitions>"""


def at_look(by: As) -> str:
    """Deploy the inspection, start a case and return its id."""
    deploy(by("admin"), "inspection", INSPECTION)
    return started(by("clerk"), "inspection")


def labels(caller: Caller, case: str) -> set[str]:
    """Return what the open tasks of a case are called."""
    return {one["label"] for one in tasks(caller, case)}


def events(house: House, case: str) -> list[str]:
    """Return the names of what happened in a case."""
    return [one.type for one in house.store.tables.stream(TENANT, case)]


def test_a_task_ends_by_an_error_the_diagram_catches_its_form_unfinished(
    by: As, house: House
) -> None:
    case = at_look(by)
    answer = by("clerk").act(case, "process.complete", {"error": "BROKEN"})
    assert answer.status_code == 200, answer.text
    assert labels(by("clerk"), case) == {"修理"}
    assert "process.exception_raised" in events(house, case)
    assert "task.completed" not in events(house, case)


def test_an_error_nothing_catches_is_refused_and_the_task_stays(by: As) -> None:
    case = at_look(by)
    answer = by("clerk").act(case, "process.complete", {"error": "BORKEN"})
    assert (answer.status_code, code_of(answer)) == (409, "process.nobody_catches")
    assert labels(by("clerk"), case) == {"查看"}


def test_a_task_done_with_an_escalation_is_done_and_told_of(by: As) -> None:
    case = at_look(by)
    payload = {"data": {"found": "裂缝"}, "escalation": "DEAR"}
    assert by("clerk").act(case, "process.complete", payload).status_code == 200
    assert labels(by("clerk"), case) == {"批准费用"}


def test_an_escalation_asks_for_the_whole_form(by: As) -> None:
    case = at_look(by)
    answer = by("clerk").act(case, "process.complete", {"escalation": "DEAR"})
    assert answer.status_code == 422
    assert "/data/found" in answer.json()["detail"]


def test_a_task_ends_in_one_way_only(by: As) -> None:
    case = at_look(by)
    both = {"error": "BROKEN", "escalation": "DEAR"}
    assert by("clerk").act(case, "process.complete", both).status_code == 422
    assert labels(by("clerk"), case) == {"查看"}


def test_what_was_done_stays_done_when_the_process_ends_by_an_error(by: As, house: House) -> None:
    deploy(by("admin"), "loss", LOSS)
    case = started(by("clerk"), "loss")
    assert by("clerk").act(case, "process.complete", {}).status_code == 200
    assert state(by("clerk"), case)["status"] == "terminated"
    told = events(house, case)
    assert "task.completed" in told
    assert "task.cancelled" not in told
    assert told.index("process.assigned") < told.index("process.failed")


HEARD = f"""{HEAD}<message id="m1" name="款到"/><signal id="g1" name="停业"/>
<process id="heard" isExecutable="true"><startEvent id="s"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="c"/>
<intermediateCatchEvent id="c"><messageEventDefinition messageRef="m1"/></intermediateCatchEvent>
<sequenceFlow id="f2" sourceRef="c" targetRef="d"/>
<intermediateCatchEvent id="d"><signalEventDefinition signalRef="g1"/></intermediateCatchEvent>
<sequenceFlow id="f3" sourceRef="d" targetRef="x"/>
<userTask id="x"><multiInstanceLoopCharacteristics><loopCardinality>n</loopCardinality>
</multiInstanceLoopCharacteristics></userTask>
<sequenceFlow id="f4" sourceRef="x" targetRef="e"/><endEvent id="e"/></process></definitions>"""


def test_the_timeline_names_what_was_heard_and_says_in_words_why_a_process_failed(by: As) -> None:
    deploy(by("admin"), "heard", HEARD)
    case = started(by("clerk"), "heard")
    for kind, name in (("message", "款到"), ("signal", "停业")):
        assert by("clerk").act(case, f"process.{kind}", {kind: name}).status_code == 200
    told = {
        language: [
            one["title"]
            for one in by("clerk")
            .get(f"/cases/{case}/timeline", {"accept-language": language}, level="technical")
            .json()["items"]
        ]
        for language in ("zh", "en")
    }
    assert {"收到消息：款到", "收到信号：停业"} <= set(told["zh"])
    assert {"Message received: 款到", "Signal received: 停业"} <= set(told["en"])
    assert "流程因错误终止：循环的次数不是自然数，或集合不是列表" in told["zh"]
    why = "the count of a loop is no natural number, or its collection no list"
    assert f"Process ended by an error: {why}" in told["en"]
