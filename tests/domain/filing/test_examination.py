"""Accepting and refusing acceptance (HN-2022-1 一(二))."""

import pytest

from domain.case.refusals import HasEnded, OutsideJurisdiction, RoleRequired, VersionConflict
from domain.procedures.filing.refusals import ReasonsRequired
from tests.examples.filing import (
    BUREAU,
    CLERK,
    FOREIGN_CLERK,
    MONDAY,
    PROVINCE,
    SCHOOL,
    TO_EXAMINE,
    TUESDAY,
    accepted,
    acting,
    refused,
)
from tests.spec.driver import Sent, cst, given


def test_acceptance_meets_the_term_and_sends_its_notice() -> None:
    then = given(*TO_EXAMINE).when(accepted())
    then.then(
        "filing.accepted", "notice.issued", "notice.served", "task.completed", "deadline.met",
        "task.opened", "process.moved",
    ).now("accepted", "assess")  # fmt: skip
    assert then.case.tasks[0].done_by == "p-clerk"
    assert then.case.deadlines[0].ended_at == cst(MONDAY)


def test_a_refusal_with_reasons_and_basis_ends_the_case() -> None:
    """HN-2022-1 一(二): 决定不予受理的，应当说明理由和依据."""
    then = given(*TO_EXAMINE).when(refused())
    then.then(
        "filing.not_accepted", "notice.issued", "notice.served", "task.completed", "deadline.met",
        "case.closed", "process.moved",
    ).now("refused", "not_accepted")  # fmt: skip
    assert then.case.ended_at == cst(MONDAY)


@pytest.mark.parametrize(
    ("payload", "lacking"),
    [
        ({}, "理由 · reasons、依据 · legal basis"),
        ({"reasons": ["x"]}, "依据 · legal basis"),
        ({"legal_basis": ["x"]}, "理由 · reasons"),
        ({"reasons": [" "], "legal_basis": ["x"]}, "理由 · reasons"),
        ({"reasons": [], "legal_basis": ["x"]}, "理由 · reasons"),
    ],
)
def test_a_refusal_without_reasons_or_basis_is_no_refusal(
    payload: dict[str, list[str]], lacking: str
) -> None:
    then = given(*TO_EXAMINE).when(acting(MONDAY, CLERK, "refuse_acceptance", **payload))
    then.then_refused(ReasonsRequired)
    assert then.outcome.evidence["lacking"] == lacking
    assert then.outcome.cite == "HN-2022-1 一(二)"


def test_after_the_refusal_the_case_is_closed() -> None:
    for act in (accepted(TUESDAY), refused(TUESDAY), acting(TUESDAY, SCHOOL, "case.withdraw")):
        given(*TO_EXAMINE, refused()).when(act).then_refused(HasEnded)


@pytest.mark.parametrize("by", [FOREIGN_CLERK, PROVINCE])
def test_another_city_and_the_province_above_do_not_act(by: object) -> None:
    """A parent jurisdiction may read, not act."""
    sent = Sent(cst(MONDAY), by, "filing.accept", {})  # type: ignore[arg-type]
    given(*TO_EXAMINE).when(sent).then_refused(OutsideJurisdiction)


@pytest.mark.parametrize("by", [SCHOOL, BUREAU])
def test_only_the_center_examines(by: object) -> None:
    sent = Sent(cst(MONDAY), by, "filing.accept", {})  # type: ignore[arg-type]
    given(*TO_EXAMINE).when(sent).then_refused(RoleRequired)


def test_the_version_compared_is_that_of_the_procedures_last_event() -> None:
    """VOCABULARY §1: not of a task, note, assignment or clock."""
    past = given(*TO_EXAMINE, acting(MONDAY, CLERK, "case.note", text="x"))
    assert (past.case.own_version, past.case.version) == (2, 6)
    stale = Sent(cst(MONDAY), CLERK, "filing.accept", {}, if_match=6)
    past.when(stale).then_refused(VersionConflict)
    past.when(Sent(cst(MONDAY), CLERK, "filing.accept", {}, if_match=2)).then("…")
