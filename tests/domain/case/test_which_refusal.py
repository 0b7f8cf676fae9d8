"""Which refusal wins (VOCABULARY §1), and every command at every stage."""

import pytest

from domain.case.actor import Actor
from domain.case.commands import SPECS
from domain.case.refusals import (
    HasEnded,
    OutsideJurisdiction,
    RoleRequired,
    SamePerson,
    VersionConflict,
    WrongStage,
)
from domain.kernel.errors import UnknownNameError
from domain.procedures.filing.refusals import QuotaExceeded
from tests.domain.filing.test_decision import full, on_the_last_step
from tests.examples.filing import (
    ANYBODY,
    ASSESSOR,
    CLERK,
    MONDAY,
    OBJECTED,
    ON_NOTICE,
    REVIEWER,
    SCHOOL,
    SOCIAL_TO_PUBLISH,
    TO_ASSESS,
    TO_DECIDE,
    TO_EXAMINE,
    TO_SUPPLEMENT,
    acting,
    application,
    approved,
    material,
    refused,
)
from tests.spec.driver import Office, Sent, cst, given

AT = "2024-05-08 12:00"
PAYLOADS: dict[str, tuple[Actor, dict[str, object]]] = {
    "filing.submit": (SCHOOL, application()),
    "filing.accept": (CLERK, {}),
    "filing.request_supplement": (CLERK, {"missing": [{"material": "a", "reason": "b"}]}),
    "filing.supplement": (SCHOOL, {"materials": [material("a")]}),
    "filing.refuse_acceptance": (CLERK, {"reasons": ["a"], "legal_basis": ["b"]}),
    "filing.assess": (ASSESSOR, {"passed": True}),
    "filing.publish_notice": (CLERK, {}),
    "filing.object": (ANYBODY, {"text": "x"}),
    "filing.resolve_objection": (REVIEWER, {"upheld": False, "reason": "x"}),
    "filing.approve": (REVIEWER, {}),
    "filing.decline": (REVIEWER, {"reasons": ["a"], "legal_basis": ["b"]}),
    "filing.file_branch": (REVIEWER, {"branch": "x", "passed": True}),
}
DONE, WRONG = "", "case.wrong_stage"
ONCE, MISSING, RUNNING = (
    "filing.supplement_once", "filing.assessment_missing", "filing.publicity_running",
)  # fmt: skip
STAGES = {
    "examine": TO_EXAMINE,
    "supplement": TO_SUPPLEMENT,
    "assess": TO_ASSESS,
    "publish": SOCIAL_TO_PUBLISH,
    "publicity": ON_NOTICE,
    "objection": OBJECTED,
    "decide": TO_DECIDE,
}
EXPECTED = {  # stage → what is not `case.wrong_stage`
    "examine": {
        "filing.accept": DONE, "filing.request_supplement": DONE, "filing.refuse_acceptance": DONE,
    },
    "supplement": {"filing.supplement": DONE, "filing.request_supplement": ONCE},
    "assess": {"filing.assess": DONE, "filing.approve": MISSING},
    "publish": {"filing.publish_notice": DONE, "filing.approve": RUNNING},
    "publicity": {"filing.object": DONE, "filing.approve": RUNNING},
    "objection": {
        "filing.object": DONE, "filing.resolve_objection": DONE, "filing.approve": RUNNING,
    },
    "decide": {"filing.approve": DONE, "filing.decline": DONE},
}  # fmt: skip


def test_the_matrix_names_every_command_of_the_filing() -> None:
    assert set(PAYLOADS) == {name for name, spec in SPECS.items() if spec.procedure == "filing"}


@pytest.mark.parametrize("command", PAYLOADS)
@pytest.mark.parametrize("stage", STAGES)
def test_each_command_at_each_stage(stage: str, command: str) -> None:
    by, payload = PAYLOADS[command]
    past = given(*STAGES[stage])
    at = MONDAY if stage == "examine" else AT
    then = past.when(Sent(cst(at), by, command, payload))
    assert then.outcome.code == EXPECTED[stage].get(command, WRONG)


@pytest.mark.parametrize("command", PAYLOADS)
def test_after_the_end_every_command_finds_the_case_closed(command: str) -> None:
    by, payload = PAYLOADS[command]
    given(*TO_EXAMINE, refused()).when(Sent(cst(AT), by, command, payload)).then_refused(HasEnded)


def stranger(role: str) -> Actor:
    """Return somebody of that role in another city."""
    return Actor(person="p-assessor", role=role, jurisdiction="430200")


def test_the_end_comes_before_role_place_stage_and_version() -> None:
    sent = Sent(cst(AT), stranger("public"), "filing.approve", {}, if_match=99)
    given(*TO_EXAMINE, refused()).when(sent).then_refused(HasEnded)


def test_the_role_comes_before_place_stage_and_version() -> None:
    sent = Sent(cst(MONDAY), stranger("center.clerk"), "filing.approve", {}, if_match=99)
    given(*TO_EXAMINE).when(sent).then_refused(RoleRequired)


def test_the_place_comes_before_stage_and_version() -> None:
    sent = Sent(cst(MONDAY), stranger("center.reviewer"), "filing.approve", {}, if_match=99)
    given(*TO_EXAMINE).when(sent).then_refused(OutsideJurisdiction)


def test_the_stage_comes_before_the_version() -> None:
    sent = Sent(cst(MONDAY), ASSESSOR, "filing.approve", {}, if_match=99)
    given(*TO_EXAMINE).when(sent).then_refused(WrongStage)


def test_the_version_comes_before_the_same_person_and_that_before_the_named_ones() -> None:
    office = full(3)
    on_the_last_step(office)
    past = given(office=office)
    at = cst("2024-05-20 10:00")
    past.when(Sent(at, ASSESSOR, "filing.approve", {}, if_match=99)).then_refused(VersionConflict)
    past.when(Sent(at, ASSESSOR, "filing.approve", {})).then_refused(SamePerson)
    past.when(approved("2024-05-20 10:00")).then_refused(QuotaExceeded)


def test_after_a_deemed_acceptance_a_refusal_is_of_the_wrong_stage_not_version() -> None:
    """VOCABULARY §1: the version compared is the procedure's; after a deemed outcome stage wins."""
    by, payload = PAYLOADS["filing.refuse_acceptance"]
    sent = Sent(cst("2024-05-10 09:00"), by, "filing.refuse_acceptance", payload, if_match=2)
    given(*TO_EXAMINE).when(sent).then_refused(WrongStage)


def test_a_refusal_with_legal_meaning_is_an_event_of_the_case() -> None:
    office = full(3)
    on_the_last_step(office)
    then = given(office=office).when(approved("2024-05-20 10:00"))
    assert then.happened.decision.stream == "a"
    assert then.case.status == "publicity"
    given(office=office).when(acting("2024-05-20 11:00", REVIEWER, "decline",
                                     reasons=["x"], legal_basis=["y"])).now("refused")  # fmt: skip


def test_a_command_nobody_registered_is_our_fault() -> None:
    with pytest.raises(UnknownNameError):
        Office().play("a", Sent(cst(MONDAY), CLERK, "filing.sing", {}))
