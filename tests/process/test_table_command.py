"""`anjuan process` on decision tables: check, decide, run with them, embed them."""

import json
from pathlib import Path

import pytest

from infra.bpmn_xml.judging import judge
from tests.process.drawn import Part, end, file, own, process, start
from tests.process.tabled import decision, definitions, table
from tests.process.test_command import run

EXAMPLES = Path(__file__).parents[2] / "examples" / "processes"
SCALE = table("n:number{>= 0} -> out:string", '< 5 | "low"', '>= 5 | "high"')
ASKS = Part("businessRuleTask", "", own('decision ref="t" result="grade"'))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "scale.dmn").write_bytes(SCALE)
    (tmp_path / "bad.dmn").write_bytes(table("n:number -> out", "> 5 | 1", "> 7 | 2"))
    note = "<bpmn:documentation>note</bpmn:documentation>"
    ways = process("s > r > e", s=start(), r=ASKS, e=end())
    (tmp_path / "flow.bpmn").write_bytes(file(ways.replace(">", f">{note}", 1)))
    return tmp_path


def test_check_takes_tables_and_says_which_rows_overlap(folder: Path) -> None:
    assert run("check", folder / "scale.dmn") == (0, f"{folder / 'scale.dmn'}: 通过 ok\n")
    code, out = run("check", folder / "scale.dmn", folder / "bad.dmn", "--json")
    good, bad = json.loads(out)
    assert (code, good["ok"], bad["ok"]) == (1, True, False)
    assert "rows 1, 2: n = 8" in bad["faults"][0]["message"]
    assert bad["warnings"][0]["rule"] == "dmn.gap"
    assert run("check", "--strict", folder / "bad.dmn")[0] == 1


def test_check_knows_the_tables_that_stand_beside_a_diagram(folder: Path) -> None:
    assert "[decision.missing]" in run("check", folder / "flow.bpmn")[1]
    code, out = run("check", folder / "flow.bpmn", folder / "scale.dmn")
    assert code == 0
    assert "警告 warning: " in out
    assert "[decision.outside]" in out


def test_decide_says_which_rows_hit_and_why_others_do_not(folder: Path) -> None:
    code, out = run("decide", folder / "scale.dmn", "--input", '{"n": 4.5}')
    assert code == 0
    assert "n = 4.5" in out
    assert "命中 hit       1" in out
    assert "不符 unmet     2  n: >= 5" in out
    assert '结论 answer  "low"' in out


def test_decide_answers_as_json(folder: Path) -> None:
    code, out = run("decide", folder / "scale.dmn", "--input", '{"n": 4.5}', "--json")
    answer = json.loads(out)
    assert code == 0
    assert (answer["value"], answer["hits"], answer["trouble"]) == ("low", [1], None)
    assert answer["rows"][1]["unmet"] == {"input": "n", "cell": ">= 5"}
    assert answer["inputs"] == [{"label": "n", "value": 4.5}]


def test_a_table_without_an_answer_says_why_and_fails(folder: Path) -> None:
    code, out = run("decide", folder / "scale.dmn", "--input", '{"n": -1}')
    assert code == 1
    assert "输入的类型或取值不符合决策表；an input has the wrong type or value (n = -1)" in out
    code, out = run("decide", folder / "scale.dmn", "--input", '{"n": "x"}', "--json")
    assert (code, json.loads(out)["trouble"]) == (1, "decision.input")
    assert run("decide", folder / "bad.dmn")[0] == 1


def test_one_of_several_tables_is_named(folder: Path) -> None:
    both = [decision(name, "n:number -> out:number", f"- | {name[1]}") for name in ("t1", "t2")]
    (folder / "two.dmn").write_bytes(definitions(*both))
    assert run("decide", folder / "two.dmn") == (2, "--decision: t1 或 or t2")
    code, out = run("decide", folder / "two.dmn", "--decision", "t2", "--json")
    assert (code, json.loads(out)["value"]) == (0, 2)
    assert run("decide", folder / "scale.dmn", "--input", "[]")[0] == 2
    (folder / "again.dmn").write_bytes(SCALE)
    assert run("check", folder / "again.dmn", folder / "scale.dmn")[0] == 2


def test_run_asks_the_tables_of_other_files(folder: Path) -> None:
    given = '{"variables": {"n": 9}}'
    words = ("run", folder / "flow.bpmn", "--input", given, "--json")
    assert json.loads(run(*words)[1])["status"] == "rejected"
    played = json.loads(run(*words, "--tables", folder / "scale.dmn")[1])
    assert (played["status"], played["variables"]) == ("completed", {"n": 9, "grade": "high"})


def test_a_diagram_with_its_tables_embedded_may_be_deployed(folder: Path) -> None:
    made = folder / "made.bpmn"
    assert run("embed", folder / "flow.bpmn", folder / "scale.dmn", "-o", made)[0] == 0
    verdict = judge(made.read_bytes(), "made.bpmn", "deployed")
    assert verdict.definition is not None, verdict.faults
    assert set(verdict.definition.decisions) == {"t"}
    assert "<bpmn:definitions" in run("embed", folder / "flow.bpmn", folder / "scale.dmn")[1]
    (folder / "broken.bpmn").write_text("<x")
    assert run("embed", folder / "broken.bpmn", folder / "scale.dmn")[0] == 1
    assert "[dmn.root]" in run("embed", folder / "flow.bpmn", folder / "flow.bpmn")[1]
    nowhere = folder / "none" / "made.bpmn"
    assert run("embed", folder / "flow.bpmn", folder / "scale.dmn", "-o", nowhere)[0] == 1
    given = SCALE.decode()
    assert "<decision " in run("embed", folder / "flow.bpmn", "-", given=given)[1]


@pytest.mark.parametrize(
    ("inspected", "row", "grade"),
    [
        ({"score": 91.5, "serious": False, "before": "首次"}, 4, "合格"),
        ({"score": 91.5, "serious": False, "before": "合格"}, 3, "优秀"),
        ({"score": 60, "serious": False, "before": "整改"}, 5, "合格"),
        ({"score": 59.99, "serious": False, "before": "优秀"}, 6, "整改"),
        ({"score": 100, "serious": True, "before": "优秀"}, 2, "整改"),
        ({"score": 100, "serious": True, "before": "整改"}, 1, "暂停"),
    ],
)
def test_the_example_grades_every_inspection(
    inspected: dict[str, object], row: int, grade: str
) -> None:
    example = EXAMPLES / "inspection-grade.dmn"
    assert run("check", "--strict", example) == (0, f"{example}: 通过 ok\n")
    answer = json.loads(run("decide", example, "--input", json.dumps(inspected), "--json")[1])
    assert (answer["hits"], answer["value"]["grade"]) == ([row], grade)
