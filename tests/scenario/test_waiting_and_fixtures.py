"""What a scenario may expect and load besides events and deadlines."""

from pathlib import Path

import pytest

from infra.cli._memory_engine import memory_stage
from infra.cli.main import run
from infra.scenario.playing import play
from infra.scenario.reading import read_scenario
from infra.scenario.yaml_text import MalformedError

FILED = """
scenario: x
actors:
  school: {role: institution.operator, person: p-1, organisation: 甲, jurisdiction: "430100"}
  clerk: {role: center.clerk, person: p-2, organisation: 中心, jurisdiction: "430100"}
FIXTURES
steps:
  - at: 2024-03-04T09:00:00+08:00
    case: a
    procedure: filing
    variant: hunan
    by: school
    do: filing.submit
    with:
      jurisdiction: "430100"
      institution: {name: 甲, uscc: 524301006666666667, type: school, address: x, principal: p-1}
      scope: [{occupation_code: 6-18-01-01, occupation: 车工, level: 4}]
      commitment: {signed_by: p-1, signed_at: 2024-03-04T09:00:00+08:00}
STEPS
expect:
  a: EXPECTED
"""


def played(expected: str, *, fixtures: str = "", steps: str = "") -> list[str]:
    text = FILED.replace("EXPECTED", expected).replace("FIXTURES", fixtures)
    return play(read_scenario(text.replace("STEPS", steps)), memory_stage())


def test_whom_the_case_waits_for_can_be_expected_in_memory() -> None:
    until = "task: filing.examine, until: 2024-03-13, cite: HN-2022-1 (二)"
    assert played("{waiting_for: {role: center.clerk, " + until + "}}") == []
    (sentence,) = played("{waiting_for: {role: center.reviewer}}")
    assert "waiting_for" in sentence
    assert "center.clerk" in sentence


def test_a_case_that_has_ended_waits_for_nobody() -> None:
    withdrawn = (
        "  - at: 2024-03-05T09:00:00+08:00\n    case: a\n    by: school\n    do: case.withdraw\n"
    )
    ended = withdrawn + "    with: {reason: x}"
    assert played("{status: withdrawn, waiting_for: null}", steps=ended) == []


def test_instants_within_data_compare_by_meaning() -> None:
    data = "{commitment: {signed_at: 2024-03-04T01:00:00Z}}"
    assert played("{events: [{type: filing.submitted, data: " + data + "}]}") == []


def test_supervisors_and_certificates_may_be_loaded() -> None:
    lists = "fixtures: {supervisors: [{person: p-9}], certificates: [{number: Y1, level: 4}]}"
    assert played("{status: received}", fixtures=lists) == []


def test_a_fixture_without_its_shape_ends_with_exit_2_and_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.yaml"
    lists = "fixtures:\n  institutions:\n    - {name: 乙}"
    text = FILED.replace("FIXTURES", lists).replace("STEPS", "").replace("EXPECTED", "{}")
    broken.write_text(text, encoding="utf-8")
    assert run(["scenario", "run", str(broken)]) == 2
    told = capsys.readouterr().err
    assert f"{broken}:8: " in told
    assert "uscc" in told


def test_an_act_in_a_case_that_was_never_opened_finds_no_case() -> None:
    other = "  - at: 2024-03-05T09:00:00+08:00\n    case: b\n    by: clerk\n    do: filing.accept\n"
    assert played("{status: received}", steps=other + "    refused: case.not_found") == []


def test_a_scenario_in_which_nobody_acts_is_malformed() -> None:
    with pytest.raises(MalformedError, match="no actors"):
        read_scenario("scenario: x\nactors: {}\nsteps:\n  - at: 2024-03-04T09:00:00+08:00\n")
