"""A scenario file means exactly what it looks like, or is refused with its line."""

import pytest

from infra.scenario.codes import derived_code
from infra.scenario.reading import read_scenario
from infra.scenario.yaml_text import MalformedError, read

STEP = """
  - at: 2024-04-26T17:00:00+08:00
    case: a
    by: school
    do: filing.submit
    with: {on: 0430, level: 4, ready: true, nothing: null}
"""
FILE = f"""scenario: A title
cite: [HN-2022-1 一(二)]
actors:
  school: {{role: institution.operator, person: p-s, organisation: 甲校, jurisdiction: "430100"}}
steps:{STEP}"""


def test_words_that_yaml_would_change_stay_what_they_are() -> None:
    payload = read_scenario(FILE).steps[0].payload
    assert payload == {"on": "0430", "level": 4, "ready": True, "nothing": None}


def test_the_name_of_an_organisation_stands_for_the_code_derived_from_it() -> None:
    actor = read_scenario(FILE).actors["school"]
    assert (actor.organisation, actor.name) == (derived_code("甲校"), "甲校")


def test_the_name_of_an_organisation_stands_for_the_code_its_filing_gives() -> None:
    named = FILE.replace("{on: 0430", "{institution: {name: 甲校, uscc: 91X}, on: 0430")
    assert read_scenario(named).actors["school"].organisation == "91X"


@pytest.mark.parametrize(
    ("change", "to", "line"),
    [
        ("do: filing.submit", "doo: filing.submit", 9),
        ("by: school", "by: nobody", 8),
        ("+08:00", "", 6),
        ("    by: school\n", "", 6),
        ("scenario: A title", "scenario: A title\nscenario: again", 2),
        ("role: institution.operator, ", "", 4),
        ("cite: [HN-2022-1 一(二)]", "cite: {a: b}", 2),
        ("steps:", "stepps:", 5),
        ("cite:", "  cite:", 2),
    ],
)
def test_a_fault_is_named_with_its_line(change: str, to: str, line: int) -> None:
    with pytest.raises(MalformedError) as raised:
        read_scenario(FILE.replace(change, to, 1))
    assert raised.value.line == line


def test_steps_out_of_order_are_a_fault() -> None:
    with pytest.raises(MalformedError, match="in order of time"):
        read_scenario(FILE + STEP.replace("2024-04-26", "2024-04-25"))


def test_unknown_expectations_are_a_fault() -> None:
    with pytest.raises(MalformedError, match="unknown key statis"):
        read_scenario(FILE + "expect:\n  a: {statis: received}\n")


def test_an_empty_file_is_a_fault() -> None:
    with pytest.raises(MalformedError, match="empty"):
        read("")


def test_a_file_nested_without_end_is_a_fault() -> None:
    with pytest.raises(MalformedError, match="deeply"):
        read("a: " + "[" * 40 + "]" * 40)
