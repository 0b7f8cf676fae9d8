"""Business rule tasks that ask a decision table: at load, in a case, and when it has no answer."""

from decimal import Decimal

import pytest

from domain.process import game
from infra.bpmn_xml.judging import judge
from tests.process.drawn import (
    Part,
    boundary,
    define,
    draw,
    end,
    error,
    exclusive,
    file,
    play,
    process,
    start,
    user,
)
from tests.process.tabled import decision, definitions, judged

CALL = '<anjuan:decision ref="t" result="grade"/>'
SCALE = decision("t", "n:number{>= 0} -> out:string", '< 5 | "low"', '>= 5 | "high"')


def asks(call: str = CALL, table: str = SCALE) -> Part:
    inside = definitions(table).decode() if table else ""
    extension = f"<bpmn:extensionElements>{call}{inside}</bpmn:extensionElements>"
    return Part("businessRuleTask", "", extension)


def drawn(task: Part) -> bytes:
    ways = 's > r > x; x > [grade = "high"] a > e; x > b* > e2'
    parts = {"s": start(), "r": task, "x": exclusive(), "a": user(), "b": user()}
    return file(process(ways, **parts, e=end(), e2=end()))


@pytest.mark.parametrize(("n", "way", "grade"), [(9, "a", "high"), (4, "b", "low")])
def test_the_table_does_the_work_of_the_task_and_gateways_read_its_answer(
    n: int, way: str, grade: str
) -> None:
    move = game.begin(define(drawn(asks()), "deployed"), "p", {"n": n})
    assert [wait.element for wait in move.opened] == [way]
    assert move.assigned == {"grade": grade}
    assert move.automatic == ()


def test_values_a_task_assigns_may_read_the_answer() -> None:
    call = CALL + '<anjuan:assign target="again" value="grade + &quot;!&quot;"/>'
    move = game.begin(define(drawn(asks(call)), "deployed"), "p", {"n": 9})
    assert move.assigned == {"grade": "high", "again": "high!"}


def test_without_an_answer_the_task_ends_with_an_error() -> None:
    move = game.begin(define(drawn(asks()), "deployed"), "p", {"n": -1})
    assert move.error == "decision.input"


def test_a_boundary_event_catches_that_there_is_no_answer() -> None:
    parts = {"r": asks(), "c": boundary("r", error())}
    data = file(process("s > r > e; c > a > e2", s=start(), **parts, a=user(), e=end(), e2=end()))
    move = game.begin(define(data, "deployed"), "p", {"n": "many"})
    assert [wait.element for wait in move.opened] == ["a"]
    assert move.error is None


def test_a_simulated_run_asks_the_table_too() -> None:
    played = play(draw("s > r > e", s=start(), r=asks(), e=end()), variables={"n": Decimal(7)})
    assert (played.status, played.variables["grade"]) == ("completed", "high")


@pytest.mark.parametrize(
    ("task", "rule"),
    [
        (asks(table=""), "decision.missing"),
        (asks('<anjuan:decision ref="x" result="grade"/>'), "decision.missing"),
        (asks('<anjuan:decision result="grade"/>'), "decision.missing"),
        (asks('<anjuan:decision ref="t"/>'), "decision.task"),
        (asks('<anjuan:decision ref="t" result="a.b"/>'), "decision.task"),
        (asks(CALL + '<anjuan:effect name="x"/>'), "decision.task"),
        (asks(CALL + CALL), "decision.task"),
        (Part("serviceTask", "", asks().inside), "decision.task"),
        (asks('<anjuan:decision ref="t" result="g" file="x"/>'), "extension.unknown"),
        (asks(table=decision("t", "n:number -> out", "> | 1")), "expression.syntax"),
        (asks(table=decision("t", "n:number -> out", "> 5 | 1", "> 6 | 2")), "dmn.overlap"),
    ],
)  # fmt: skip
def test_a_task_that_cannot_ask_its_table_is_refused(task: Part, rule: str) -> None:
    verdict = judge(drawn(task), "rules.bpmn")
    assert rule in {one.rule for one in verdict.faults}
    assert verdict.definition is None


def test_a_table_of_another_file_may_be_played_but_not_deployed() -> None:
    outside = judged(definitions(SCALE)).decisions
    data = drawn(asks(table=""))
    played = judge(data, "rules.bpmn", decisions=outside)
    assert played.definition is not None
    assert "decision.outside" in {one.rule for one in played.warnings}
    refused = judge(data, "rules.bpmn", "deployed", decisions=outside)
    assert [one.rule for one in refused.faults] == ["decision.outside"]


def test_two_tables_of_one_name_in_a_file_are_refused() -> None:
    data = drawn(asks(table=SCALE + "</definitions>" + definitions(SCALE).decode()[:-14]))
    assert "id.duplicate" in {one.rule for one in judge(data, "rules.bpmn").faults}
