"""Links between cases and cases opened by others are expected, and told when they are not there."""

import pytest

from infra.cli._memory_engine import memory_stage
from infra.scenario.playing import play
from infra.scenario.reading import read_scenario
from infra.scenario.yaml_text import MalformedError

OPENED = """
scenario: x
actors: {a: {role: institution.operator, person: p-1, organisation: 甲, jurisdiction: "430100"}}
cases: CASES
steps:
  - at: 2024-03-04T09:00:00+08:00
    case: s
    by: a
    procedure: evaluation_spec
    do: spec.submit
    with: {occupation_code: 6-99-00-01}
expect:
  s: {EXPECTED}
LINK
"""


def played(expected: str = "", cases: str = "{}", link: str = "") -> list[str]:
    text = OPENED.replace("EXPECTED", expected).replace("CASES", cases).replace("LINK", link)
    return play(read_scenario(text), memory_stage())


@pytest.mark.parametrize(
    "link",
    ["link: {from: s, to: t, kind: sanction}", "  links: [{from: s, to: t, kind: sanction}]"],
)
def test_a_link_that_is_not_there_is_a_difference(link: str) -> None:
    assert played(link=link) == ["at the end: s: not linked to t sanction"]


def test_a_link_expected_after_a_step_is_looked_for() -> None:
    step = "    expect: {link: {from: s, to: t, kind: sanction}}\nexpect:\n"
    text = OPENED.replace("expect:\n", step).replace("CASES", "{}").replace("LINK", "")
    found = play(read_scenario(text.replace("EXPECTED", "")), memory_stage())
    assert found == ["at the end: s: not linked to t sanction"]


def test_a_link_may_stand_with_the_case_it_leads_from() -> None:
    assert played("links: [{to: t}]") == ["at the end: s: not linked to t"]


def test_a_case_another_should_have_opened_is_a_difference() -> None:
    cases = "{t: {opened_by: s, procedure: sanction}}"
    assert played(cases=cases) == ["at the end: t: s opened no sanction"]


def test_such_a_case_may_be_named_among_the_expectations() -> None:
    link = "  cases: {t: {opened_by: s, procedure: sanction}}"
    assert played(link=link) == ["at the end: t: s opened no sanction"]


def test_the_version_of_a_case_may_be_expected() -> None:
    (sentence,) = played("version: 99")
    assert sentence.startswith("at the end: s: version is ")


def test_a_link_from_nowhere_is_malformed() -> None:
    with pytest.raises(MalformedError, match="from"):
        played(link="link: {to: t}")
