"""Run cases as real cases: a model of our own, through PostgreSQL, Temporal and a worker."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from domain.kernel.json import Json
from infra.local import TemporalServer
from tests.conformance.cases import Went, go
from tests.conformance.people import for_people
from tests.conformance.temporal import Row, report
from tests.workflows.filing import Office, office, settings_of

HEAD = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:anjuan="urn:anjuan:bpmn:1" targetNamespace="x">
<error id="broken" errorCode="BROKEN"/><message id="go" name="go on"/>"""
ROUND = f"""{HEAD}<process id="round" isExecutable="true">
<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="fork"/>
<parallelGateway id="fork"/><sequenceFlow id="f2" sourceRef="fork" targetRef="try"/>
<sequenceFlow id="f3" sourceRef="fork" targetRef="slow"/>
<task id="try"/><sequenceFlow id="f4" sourceRef="try" targetRef="e2"/><endEvent id="e2"/>
<boundaryEvent id="b" attachedToRef="try"><errorEventDefinition errorRef="broken"/></boundaryEvent>
<sequenceFlow id="f5" sourceRef="b" targetRef="again"/><manualTask id="again"/>
<sequenceFlow id="f6" sourceRef="again" targetRef="wait"/>
<serviceTask id="slow"><extensionElements><anjuan:assign target="slow" value="true"/>
</extensionElements></serviceTask><sequenceFlow id="f7" sourceRef="slow" targetRef="e2"/>
<boundaryEvent id="t" attachedToRef="slow" cancelActivity="false"><timerEventDefinition>
<timeDuration>PT5S</timeDuration></timerEventDefinition></boundaryEvent>
<sequenceFlow id="f8" sourceRef="t" targetRef="remind"/><task id="remind"/>
<sequenceFlow id="f9" sourceRef="remind" targetRef="e3"/><endEvent id="e3"/>
<intermediateCatchEvent id="wait"><messageEventDefinition messageRef="go"/>
</intermediateCatchEvent><sequenceFlow id="f10" sourceRef="wait" targetRef="last"/>
<task id="last"/><sequenceFlow id="f11" sourceRef="last" targetRef="e"/><endEvent id="e"/>
</process></definitions>"""
DOUBLED = ROUND.replace('sourceRef="slow" targetRef="e2"', 'sourceRef="slow" targetRef="wait"')
SLOW: Json = {
    "variables": {"n": 1},
    "jobs": {"try": [{"error": "BROKEN"}], "slow": [{"wait": "PT10S", "set": {"n": 2}}]},
    "arrivals": [{"at": "PT20S", "message": "go on", "set": {"word": "yes"}}],
}


@pytest_asyncio.fixture
async def at_work(
    temporal_server: TemporalServer, database: str, tmp_path: Path
) -> AsyncIterator[Office]:
    async with office(settings_of(database, temporal_server.address, tmp_path)) as at_work:
        yield at_work


@pytest.mark.asyncio
async def test_a_case_goes_as_the_run_on_paper(at_work: Office) -> None:
    went = await go(replace(at_work, tenant="one"), "own.bpmn", ROUND.encode(), SLOW)
    assert (went.how, went.wrong) == ("deployed", ())
    assert went.answer == {
        "status": "completed", "error": None, "open": [],
        "trace": ["again", "remind", "slow", "last"],
        "variables": {"n": 2, "slow": True, "word": "yes"},
        "overlaps": [],
    }  # fmt: skip
    stops: Json = {**SLOW, "until": "PT7S"}
    went = await go(replace(at_work, tenant="two"), "own.bpmn", ROUND.encode(), stops)
    assert (went.wrong, went.answer["status"], went.answer["open"]) == (
        (),
        "running",
        ["slow", "wait"],
    )
    uncaught: Json = {"jobs": {"slow": [{"error": "OTHER"}]}}
    went = await go(replace(at_work, tenant="three"), "own.bpmn", ROUND.encode(), uncaught)
    assert went.how == "left"


@pytest.mark.asyncio
async def test_what_deployment_refuses_is_refused_and_what_is_unsound_played(
    at_work: Office,
) -> None:
    unsound = DOUBLED.encode()
    went = await go(replace(at_work, tenant="four"), "own.bpmn", unsound, {})
    assert (went.how, went.wrong, went.answer["status"]) == ("unsound", (), "stuck")
    broken = ROUND.replace("</process>", "<scriptTask id='x'/></process>").encode()
    went = await go(replace(at_work, tenant="five"), "own.bpmn", broken, {})
    assert (went.how, went.wrong, went.answer["status"]) == ("refused", (), "rejected")
    two = ROUND.replace("</process>", '</process><process id="q" isExecutable="true"/>').encode()
    went = await go(replace(at_work, tenant="six"), "own.bpmn", two, {"process": "round"})
    assert (went.how, went.wrong) == ("left", ())


def test_people_do_what_the_player_does_by_itself_and_nothing_else_changes() -> None:
    model = ROUND.encode()
    theirs = for_people(model).decode()
    assert theirs.count("<userTask") == 5
    assert "Task" not in theirs.replace("userTask", "")
    assert for_people(theirs.encode()).decode() == theirs


def test_the_report_gives_totals_and_a_reason_for_each_not_played() -> None:
    well, badly = Went("deployed", {}), Went("deployed", {}, ("status stuck",))
    left = Went("left", {}, reason="too hard")
    found = [
        Row("a", "a/x#1", 1, well, ()),
        Row("a", "a/x#2", 1, badly, badly.wrong),
        Row("b", "b/y#1", 2, left, ()),
    ]
    printed = list(report(found))
    assert printed[0] == "FAIL a/x#2: status stuck"
    assert printed[1] == "not played b/y#1: too hard"
    assert printed[-1] == "1 agree, 1 do not, 1 not played"
    assert printed[-2].split() == ["all", "1/2", "-", "-", "1"]
