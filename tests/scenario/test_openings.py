"""Which variant an opening gets that names none, or one that is not deployed."""

import pytest

from infra.cli._memory_engine import memory_stage
from infra.scenario.playing import play
from infra.scenario.reading import read_scenario

INSTITUTION = "{name: 甲, uscc: 524301006666666667, type: TYPE, address: x, principal: p-1}"
OPENING = """
scenario: x
actors:
  school: {role: institution.operator, person: p-1, organisation: 甲, jurisdiction: "HOME"}
fixtures:
  institutions:
    - {name: 甲, uscc: 524301006666666667, type: TYPE, jurisdiction: "HOME"}
steps:
  - {at: 2024-03-04T09:00:00+08:00, case: a, procedure: PROCEDURE, by: school, do: COMMAND}
expect:
  a: {variant: EXPECTED}
"""
FILING = (
    '{jurisdiction: "OFFICE", institution: ' + INSTITUTION + ", computerised: true,"
    " scope: [{occupation_code: 6-18-01-01, occupation: 车工, level: 4}],"
    " commitment: {signed_by: p-1, signed_at: 2024-03-04}}"
)
SPEC = "{occupation_code: 6-18-01-01}"


def opened(procedure: str, said: str, **words: str) -> list[str]:
    command, payload = said.split(" ", 1)
    text = OPENING.replace("COMMAND", f"{command}, with: {payload}")
    for word, value in {"PROCEDURE": procedure, **words}.items():
        text = text.replace(word, value)
    return play(read_scenario(text), memory_stage())


@pytest.mark.parametrize(
    ("home", "kind", "office", "variant"),
    [
        ("430100", "school", "430100", "hunan"),
        ("110000", "enterprise", "000000", "national_employer"),
        ("110000", "social_organisation", "110000", "social_organisation"),
    ],
)
def test_a_filing_without_variant_takes_that_of_its_office(
    home: str, kind: str, office: str, variant: str
) -> None:
    words = {"HOME": home, "TYPE": kind, "OFFICE": office, "EXPECTED": variant}
    assert opened("filing", f"filing.submit {FILING}", **words) == []


def test_a_spec_without_variant_takes_that_of_its_province() -> None:
    words = {"TYPE": "enterprise", "HOME": "410100", "EXPECTED": "henan"}
    assert opened("evaluation_spec", f"spec.submit {SPEC}", **words) == []
    words |= {"HOME": "430100", "EXPECTED": "hunan"}
    assert opened("evaluation_spec", f"spec.submit {SPEC}", **words) == []


@pytest.mark.parametrize(
    "named", ["PROCEDURE, variant: national", "PROCEDURE, variant: henan_enterprise", "other"]
)
def test_what_is_not_deployed_is_an_unknown_procedure(named: str) -> None:
    words = {"TYPE": "enterprise", "HOME": "410100", "EXPECTED": "henan"}
    asked = named.replace("PROCEDURE", "evaluation_spec")
    refused = opened(asked, f"spec.submit {SPEC}, refused: procedure.unknown", **words)
    assert refused == ["at the end: a: no such case was opened"]
