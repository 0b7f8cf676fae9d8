"""The scenarios that ship hold in memory; the command tells the truth about others."""

import json
from pathlib import Path

import pytest

from domain.procedures.table import PROCEDURES
from infra.cli._memory_engine import memory_stage
from infra.cli.main import run
from infra.scenario.playing import play
from infra.scenario.reading import read_scenario

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").rglob("*.yaml"))
FIRST, SECOND = (one for one in EXAMPLES if one.stem.startswith(("hunan-01", "hunan-02")))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_expectation_of_the_scenario_holds(file: Path) -> None:
    assert play(read_scenario(file.read_text(encoding="utf-8")), memory_stage()) == []


def test_there_are_scenarios_of_every_procedure_that_has_diagrams_of_its_own() -> None:
    opened = {
        step.procedure
        for file in EXAMPLES
        for step in read_scenario(file.read_text(encoding="utf-8")).steps
    }
    assert opened >= {name for name, its in PROCEDURES.items() if its.diagrams}
    assert len(EXAMPLES) >= 45


def test_a_scenario_that_does_not_hold_ends_with_exit_1_and_the_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "changed.yaml"
    text = SECOND.read_text(encoding="utf-8")
    changed.write_text(text.replace("status: accepted\n", "status: refused\n"), encoding="utf-8")
    assert run(["scenario", "run", str(FIRST), str(changed), "--json"]) == 1
    first, second = json.loads(capsys.readouterr().out)
    assert (first["ok"], first["differences"]) == (True, [])
    assert second["differences"] == ["at the end: a: status is 'accepted', not 'refused'"]


def test_a_malformed_file_ends_with_exit_2_and_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("scenario: x\nsteps: []\n", encoding="utf-8")
    assert run(["scenario", "run", str(broken)]) == 2
    assert f"{broken}:2: 没有步骤" in capsys.readouterr().err


def test_a_missing_file_ends_with_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scenario", "run", "nowhere.yaml"]) == 2
    assert "nowhere.yaml" in capsys.readouterr().err


def test_a_sandbox_that_does_not_answer_ends_with_exit_7(
    capsys: pytest.CaptureFixture[str],
) -> None:
    server = ["--server", "http://127.0.0.1:9"]
    assert run(["scenario", "run", str(FIRST), *server]) == 7
    assert "make up" in capsys.readouterr().err
