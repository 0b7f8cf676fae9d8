"""`anjuan process`: what it prints and how it exits."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.cli import process_docs as _docs  # noqa: F401  – registers render, diff and docs
from infra.cli.exits import Stop
from infra.cli.process import process_app
from tests.examples.versions import edited, shipped
from tests.process.drawn import boundary, end, exclusive, file, process, start, task, timer, user

GOOD = file(process("s > a > e", s=start(), a=task(), e=end()))
BILL = Path(__file__).parents[2] / "examples" / "processes" / "bill-payment.bpmn"
BAD = file(process("s > a > e; b > e", s=start(), a=task(), b=task(), e=end()))


@pytest.fixture
def models(tmp_path: Path) -> Path:
    (tmp_path / "good.bpmn").write_bytes(GOOD)
    (tmp_path / "bad.bpmn").write_bytes(BAD)
    return tmp_path


def run(*words: object, given: str | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(process_app, [str(word) for word in words], input=given)
    if isinstance(result.exception, Stop):
        return result.exception.exit_code, result.exception.message
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_check_answers_for_each_file_in_order(models: Path) -> None:
    code, out = run("check", models / "good.bpmn", models / "bad.bpmn", "--json")
    answer = json.loads(out)
    assert code == 1
    assert [one["file"] for one in answer] == [str(models / "good.bpmn"), str(models / "bad.bpmn")]
    assert [one["ok"] for one in answer] == [True, False]
    assert {"rule", "element", "line", "message"} == set(answer[1]["faults"][0])


def test_check_speaks_to_people(models: Path) -> None:
    code, out = run("check", models / "bad.bpmn")
    assert code == 1
    assert f"{models / 'bad.bpmn'}:1: b: " in out
    assert "[node.no_incoming]" in out
    assert run("check", models / "good.bpmn") == (0, f"{models / 'good.bpmn'}: 通过 ok\n")


def test_strict_makes_warnings_faults(tmp_path: Path) -> None:
    path = tmp_path / "bare.bpmn"
    path.write_bytes(file(process("s > a > e", s=start(), a=user(), e=end())))
    assert run("check", path)[0] == 0
    assert "警告 warning" in run("check", path)[1]
    assert run("check", path, "--strict")[0] == 1


def test_run_prints_how_it_ended(models: Path) -> None:
    given = {"jobs": {"a": [{"wait": "P1D", "set": {"n": 1.5, "m": 2.0}}]}}
    code, out = run("run", models / "good.bpmn", "--input", json.dumps(given), "--json", "--log")
    answer = json.loads(out)
    assert code == 0
    assert (answer["status"], answer["trace"], answer["clock"]) == ("completed", ["a"], "P1D")
    assert answer["variables"] == {"n": 1.5, "m": 2}
    assert answer["log"][0] == {"at": "PT0S", "element": "p", "what": "started"}
    assert "log" not in json.loads(run("run", models / "good.bpmn", "--json")[1])


def test_run_tells_people_a_timeline(models: Path) -> None:
    code, out = run("run", models / "good.bpmn", "--input", '{"jobs": {"a": [{"error": "E"}]}}')
    assert code == 0
    assert "a 环节" in out
    assert "error E" in out


def test_a_number_no_reader_of_json_holds_is_a_text(models: Path) -> None:
    given = '{"variables": {"x": 1e5000, "y": -2.5e300, "z": 1e-9999}}'
    code, out = run("run", models / "good.bpmn", "--input", given, "--json")
    assert (code, json.loads(out)["variables"]["x"]) == (0, "1E+5000")
    assert json.loads(out)["variables"]["y"] == -25 * 10**299
    assert json.loads(out)["variables"]["z"] == 0


def test_a_stranger_is_told_how_an_example_that_goes_round_comes_to_its_end() -> None:
    code, out = run("run", BILL)
    assert code == 0
    assert "it goes round and round" in out
    assert "lines left out" in out
    assert len(out.splitlines()) < 50
    *_, advised = out.splitlines()
    given = advised.strip().removeprefix("--input '").removesuffix("'")
    assert "completed" in run("run", BILL, "--input", given)[1].splitlines()[-1]


def test_input_comes_from_text_file_or_standard_input(models: Path, tmp_path: Path) -> None:
    path = tmp_path / "input.json"
    path.write_text('{"until": "P1D"}', encoding="utf-8")
    assert run("run", models / "good.bpmn", "--input", f"@{path}", "--json")[0] == 0
    assert run("run", models / "good.bpmn", "--input", "-", "--json", given="{}")[0] == 0


def test_a_faulty_diagram_is_rejected(models: Path) -> None:
    code, out = run("run", models / "bad.bpmn", "--json")
    answer = json.loads(out)
    assert (code, answer["status"]) == (1, "rejected")
    assert answer["faults"][0]["rule"] == "node.no_incoming"
    assert "[node.no_incoming]" in run("run", models / "bad.bpmn")[1]


@pytest.mark.parametrize(
    "given",
    [
        "{",
        "[]",
        "[" * 65 + "]" * 65,
        '{"variables": {"a": "\\ud800"}}',
        '{"x": 1}',
        '{"variables": {"a": NaN}}',
        '{"jobs": {"x": []}}',
        "@nowhere",
    ],
)
def test_wrong_input_is_said_in_one_line(models: Path, given: str) -> None:
    code, out = run("run", models / "good.bpmn", "--input", given)
    assert code == 2
    assert "\n" not in out.strip()


def test_wrong_usage_is_said(models: Path) -> None:
    assert run("check", models / "nowhere.bpmn")[0] == 2
    assert run("run")[0] == 2
    assert run("run", models / "good.bpmn", "--batch", models / "good.bpmn")[0] == 2
    assert run("run", "--batch", models / "good.bpmn")[0] == 2
    (models / "object.json").write_text("{}")
    assert run("run", "--batch", models / "object.json")[0] == 2
    (models / "gbk.json").write_bytes("备".encode("gbk"))
    assert run("run", "--batch", models / "gbk.json")[0] == 2


def test_a_broken_entry_of_a_batch_takes_no_other_with_it(models: Path) -> None:
    good = str(models / "good.bpmn")
    batch = [
        {"file": good, "input": {}},
        {"file": str(models / "nowhere.bpmn")},
        {"file": good, "input": {"x": 1}},
        {"file": str(models / "bad.bpmn"), "input": {}},
        7,
        {"file": good, "inptu": {}},
        {"file": good},
    ]
    (models / "batch.json").write_text(json.dumps(batch))
    code, out = run("run", "--batch", models / "batch.json", "--json")
    answers = json.loads(out)
    assert code == 0
    assert [one["status"] for one in answers] == ["completed", *["rejected"] * 5, "completed"]
    assert [one["faults"][0]["rule"] for one in answers[1:6]] == [
        "input", "input", "node.no_incoming", "input", "input",
    ]  # fmt: skip


def test_law_timers_are_counted_by_the_law_book(tmp_path: Path) -> None:
    path = tmp_path / "law.bpmn"
    path.write_bytes(file(process("s > a > e; d > f", s=start(), a=user(), e=end(), f=end(),
                                  d=boundary("a", timer("law:filing.acceptance")))))  # fmt: skip
    given = {
        "jobs": {"a": [{"wait": "forever"}]},
        "jurisdiction": "430000",
        "start": "2024-04-26T17:00:00+08:00",
    }
    answer = json.loads(run("run", path, "--input", json.dumps(given), "--json")[1])
    assert (answer["status"], answer["clock"]) == ("completed", "P13DT7H")
    given["jurisdiction"] = "000000"
    given["start"] = "2001-01-01T00:00:00+08:00"
    answer = json.loads(run("run", path, "--input", json.dumps(given), "--json")[1])
    assert (answer["status"], answer["error"]) == ("error", "law.no_rule")


def test_render_draws_or_says_why_not(models: Path, tmp_path: Path) -> None:
    code, out = run("render", models / "good.bpmn")
    assert code == 1
    assert "BPMN DI" in out
    assert run("render", models / "bad.bpmn")[0] == 1
    shape = (
        '<di:BPMNDiagram xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"'
        ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"><di:BPMNPlane>'
        '<di:BPMNShape bpmnElement="a"><dc:Bounds x="0" y="0" width="100" height="80"/>'
        "</di:BPMNShape></di:BPMNPlane></di:BPMNDiagram></bpmn:definitions>"
    )
    (models / "drawn.bpmn").write_bytes(GOOD.replace(b"</bpmn:definitions>", shape.encode()))
    assert run("render", models / "drawn.bpmn", "--active", "a")[1].startswith("<svg")
    picture = tmp_path / "picture.svg"
    assert run("render", models / "drawn.bpmn", "-o", picture)[0] == 0
    assert picture.read_text(encoding="utf-8").endswith("</svg>")


def test_a_choice_without_a_way_out_is_a_run_time_error(tmp_path: Path) -> None:
    path = tmp_path / "choice.bpmn"
    path.write_bytes(file(process("s > x > [n = 1] a > e; x > [n = 2] b > e", s=start(), e=end(),
                                  x=exclusive(), a=task(), b=task())))  # fmt: skip
    answer = json.loads(run("run", path, "--json")[1])
    assert (answer["status"], answer["error"]) == ("error", "gateway.no_flow")


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.bpmn", tmp_path / "new.bpmn"
    old.write_bytes(shipped())
    new.write_bytes(edited())
    return old, new


def test_diff_tells_each_change_in_both_languages_or_in_one(versions: tuple[Path, Path]) -> None:
    code, out = run("diff", *versions)
    assert code == 0
    assert (
        "新增环节 受理复核（confirm）：用户任务 · added element 受理复核 (confirm): user task"
        in out
    )
    assert "added" not in run("diff", *versions, "--lang", "zh")[1]
    answer = json.loads(run("diff", *versions, "--json")[1])
    assert {one["change"] for one in answer["changes"]} == {"added", "removed", "changed"}
    assert all(one["zh"] and one["en"] for one in answer["changes"])
    assert "nothing changed" in run("diff", versions[0], versions[0])[1]


def test_diff_draws_both_versions(versions: tuple[Path, Path], tmp_path: Path) -> None:
    picture = tmp_path / "diff.svg"
    assert run("diff", *versions, "--svg", picture)[0] == 0
    assert picture.read_text("utf-8").startswith("<svg")
    assert run("diff", *versions, "--svg", "-")[1].startswith("<svg")


def test_diff_ends_as_the_other_commands_do(models: Path, versions: tuple[Path, Path]) -> None:
    assert run("diff", versions[0], models / "bad.bpmn")[0] == 1
    assert run("diff", versions[0], models / "none.bpmn")[0] == 2
    assert run("diff", *versions, "--lang", "fr")[0] == 2
    assert run("diff", versions[0], models / "good.bpmn", "--svg", "-")[0] == 1  # no layout


def test_docs_writes_a_page_for_each_process(versions: tuple[Path, Path], tmp_path: Path) -> None:
    code, out = run("docs", versions[0], "-o", tmp_path / "pages")
    page = tmp_path / "pages" / "filing_hunan.html"
    assert (code, out.strip()) == (0, str(page))
    assert page.read_text("utf-8").startswith("<!doctype html>")


def test_docs_never_writes_one_page_over_another(
    versions: tuple[Path, Path], tmp_path: Path
) -> None:
    code, said = run("docs", *versions, "-o", tmp_path / "pages")
    assert code == 2
    of = [f"{one} filing_hunan" for one in versions]
    assert f"{of[0]} 与 {of[1]} 都要写 filing_hunan.html" in said
    assert not (tmp_path / "pages").exists()
    assert run("docs", versions[0], versions[0], "-o", tmp_path / "pages")[0] == 0


def test_docs_writes_only_into_its_folder(versions: tuple[Path, Path], tmp_path: Path) -> None:
    stray = tmp_path / "stray.bpmn"
    stray.write_bytes(versions[0].read_bytes().replace(b'"filing_hunan"', b'"../stray"'))
    code, out = run("docs", stray, "-o", tmp_path / "pages")
    assert (code, out.strip()) == (0, str(tmp_path / "pages" / ".._stray.html"))
    assert run("docs", versions[0], "-o", stray) == (
        1, f"无法写入文件 · cannot write {stray}: File exists",
    )  # fmt: skip


def test_render_shows_how_a_run_went(versions: tuple[Path, Path]) -> None:
    waits = {"jobs": {"examine": [{"wait": "forever"}]}, "until": "P1D"}
    code, out = run("render", versions[0], "--input", json.dumps(waits), "--count", "assess=7")
    assert code == 0
    assert 'class="node user active" data-element="examine"' in out
    assert 'class="flow taken" data-element="f_submitted"' in out
    assert (out.count(">1×<"), out.count(">7×<")) == (2, 1)
    assert run("render", versions[0], "--count", "assess")[0] == 2
    assert run("render", versions[0], "--active", "nowhere")[0] == 2
