"""Whatever the form of a command admits is decided: done or refused, never a fault of ours."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from domain.case.actor import Actor
from domain.case.commands import SPECS, parse
from domain.case.procedure import CommandSpec
from domain.case.state import Case
from tests.domain.case.payloads import payloads
from tests.domain.case.test_which_refusal import PAYLOADS, STAGES
from tests.examples.filing import REVIEWER, SCHOOL
from tests.spec.driver import Office, Sent, cst
from tests.spec.driver import given as after

LATER = cst("2024-05-08 12:00")
ON_EVERY_CASE = [name for name, spec in SPECS.items() if not spec.procedure]


def who(spec: CommandSpec) -> Actor:
    """Return somebody who may give the command in a case of the school."""
    if spec.name in PAYLOADS:
        return PAYLOADS[spec.name][0]
    if "institution.*" in spec.roles:
        return SCHOOL
    return Actor(role="system") if spec.roles == ("system",) else REVIEWER


@pytest.mark.parametrize("name", [*PAYLOADS, *ON_EVERY_CASE])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), stage=st.sampled_from(sorted(STAGES)))
def test_no_payload_its_form_admits_brings_a_case_to_a_halt(
    name: str, data: st.DataObject, stage: str
) -> None:
    spec = SPECS[name]
    payload: dict[str, Any] = data.draw(payloads(spec.payload))
    assume(not isinstance(parse(name, payload), tuple))
    office = Office() if spec.opens else after(*STAGES[stage]).office
    sent = Sent(LATER, who(spec), name, payload, opens=spec.opens)
    office.play("a", sent)
    case: Case | None = office.cases.get("a")
    if case is not None:  # and the terms it began or moved still end
        ends = [one.effective for one in case.deadlines if one.effective is not None]
        office.wait("a", max([LATER, *ends]) + timedelta(days=1))
