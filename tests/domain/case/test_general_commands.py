"""The commands on every case: assign, note, transfer, withdraw, service work."""

from datetime import date

import pytest

from domain.case.refusals import (
    HasEnded,
    Malformed,
    OutsideJurisdiction,
    RoleRequired,
    WrongStage,
)
from domain.procedures.filing.refusals import WrongAuthority
from tests.examples.filing import (
    ASSESSOR,
    BUREAU,
    CLERK,
    DIGEST,
    MONDAY,
    OBJECTED,
    ON_NOTICE,
    OTHER_SCHOOL,
    PRINCIPAL,
    SCHOOL,
    SOCIAL_TO_PUBLISH,
    TO_ASSESS,
    TO_DECIDE,
    TO_EXAMINE,
    TO_SUPPLEMENT,
    TUESDAY,
    acting,
    approved,
    supplied,
    system,
)
from tests.spec.driver import Office, Sent, cst, given

STAGES = {
    "examine": TO_EXAMINE,
    "supplement": TO_SUPPLEMENT,
    "assess": TO_ASSESS,
    "publish_notice": SOCIAL_TO_PUBLISH,
    "publicity": ON_NOTICE,
    "objection": OBJECTED,
    "decide": TO_DECIDE,
}
LATER = "2024-05-08 12:00"


def test_a_note_changes_nothing() -> None:
    before = given(*TO_EXAMINE)
    own, clocks = before.case.own_version, before.case.deadlines
    then = before.when(acting(MONDAY, CLERK, "case.note", text="已电话联系"))
    then.then("case.noted")
    assert (then.case.notes, then.case.own_version, then.case.deadlines) == (1, own, clocks)


def test_the_open_tasks_of_the_authority_are_given_to_a_person() -> None:
    then = given(*TO_EXAMINE).when(acting(MONDAY, ASSESSOR, "case.assign", to="p-clerk"))
    then.then("case.assigned")
    assert then.case.tasks[0].assignee == "p-clerk"


def test_the_applicants_task_is_not_the_centers_to_assign() -> None:
    given(*TO_SUPPLEMENT).when(acting(TUESDAY, CLERK, "case.assign", to="p")).then_refused(
        WrongStage
    )


@pytest.mark.parametrize("name", ["case.assign", "case.note"])
def test_an_institution_neither_assigns_nor_notes(name: str) -> None:
    payload = {"to": "p"} if name == "case.assign" else {"text": "x"}
    given(*TO_EXAMINE).when(acting(MONDAY, SCHOOL, name, **payload)).then_refused(RoleRequired)


def test_an_empty_note_is_malformed() -> None:
    given(*TO_EXAMINE).when(acting(MONDAY, CLERK, "case.note", text=" ")).then_refused(Malformed)


def test_a_transferred_case_keeps_its_clocks_and_its_new_office_acts() -> None:
    past = given(*TO_EXAMINE)
    clocks = past.case.deadlines
    then = past.when(acting(MONDAY, BUREAU, "case.transfer", jurisdiction="430200", reason="x"))
    then.then("case.transferred")
    assert (then.case.jurisdiction, then.case.deadlines) == ("430200", clocks)
    past.when(acting(TUESDAY, CLERK, "accept")).then_refused(OutsideJurisdiction)
    theirs = type(CLERK)(person="p-z", role="center.clerk", jurisdiction="430200")
    accepted = past.when(acting(TUESDAY, theirs, "accept"))
    assert accepted.event("notice.issued").number == "案卷演示〔2024〕1号"


def test_no_letter_number_comes_twice_whichever_office_sends_it() -> None:
    """VOCABULARY §9: the number carries the mark of the settings, and none is used again."""
    office = Office()
    theirs = type(CLERK)(person="p-z", role="center.clerk", jurisdiction="430200")
    moved = acting("2024-04-29 15:00", BUREAU, "case.transfer", jurisdiction="430200", reason="x")
    first = given(*TO_SUPPLEMENT, moved, supplied(TUESDAY, "premises", "staff"), office=office)
    first.when(acting("2024-05-06 10:00", theirs, "accept"))
    given(*TO_ASSESS, office=office, case_id="b")
    numbers = [one.number for name in "ab" for one in office.cases[name].notices]
    assert numbers == [f"案卷演示〔2024〕{n}号" for n in (1, 2, 3)]


def test_a_case_is_not_transferred_out_of_its_province_or_to_where_it_is() -> None:
    out = acting(MONDAY, BUREAU, "case.transfer", jurisdiction="410100", reason="x")
    given(*TO_EXAMINE).when(out).then_refused(WrongAuthority)
    here = acting(MONDAY, BUREAU, "case.transfer", jurisdiction="430100", reason="x")
    given(*TO_EXAMINE).when(here).then_refused(WrongStage)
    nowhere = acting(MONDAY, BUREAU, "case.transfer", jurisdiction="439", reason="x")
    given(*TO_EXAMINE).when(nowhere).then_refused(Malformed)


def test_a_clerk_does_not_transfer() -> None:
    sent = acting(MONDAY, CLERK, "case.transfer", jurisdiction="430200", reason="x")
    given(*TO_EXAMINE).when(sent).then_refused(RoleRequired)


@pytest.mark.parametrize("stage", STAGES)
def test_the_applicant_withdraws_at_every_stage_before_the_decision(stage: str) -> None:
    past = given(*STAGES[stage])
    then = past.when(acting(LATER, PRINCIPAL, "case.withdraw", reason="不再申请"))
    then.now("withdrawn", "withdrawn")
    assert then.types[0] == "case.withdrawn"
    assert then.types[-2:] == ["case.closed", "process.moved"]
    assert not [one for one in then.case.tasks if one.state == "open"]
    assert not [one for one in then.case.deadlines if one.state == "open"]
    assert past.office.wait("a", cst("2030-01-01 00:00")) == []
    past.when(acting("2024-06-01 09:00", CLERK, "accept")).then_refused(HasEnded)


def test_nobody_else_withdraws() -> None:
    given(*TO_EXAMINE).when(acting(MONDAY, CLERK, "case.withdraw")).then_refused(RoleRequired)
    sent = acting(MONDAY, OTHER_SCHOOL, "case.withdraw")
    given(*TO_EXAMINE).when(sent).then_refused(OutsideJurisdiction)


def test_a_rendered_letter_is_recorded_once_and_moves_nothing() -> None:
    past = given(*TO_SUPPLEMENT)
    report = system(TUESDAY, "notice.record_rendering", notice="n-1", digest=DIGEST)
    then = past.when(report)
    then.then("notice.rendered")
    assert (then.case.jobs, then.case.notices[0].digest) == ((), DIGEST)
    past.when(report).then()
    unknown = system(TUESDAY, "notice.record_rendering", notice="n-9", digest=DIGEST)
    past.when(unknown).then_refused(WrongStage)


def test_the_last_letter_is_rendered_after_the_end() -> None:
    past = given(*TO_DECIDE, approved("2024-05-20 10:00"))
    report = system("2024-05-20 10:01", "notice.record_rendering", notice="n-2", digest=DIGEST)
    past.when(report).then("notice.rendered").now("closed")


def test_people_do_not_report_for_the_system() -> None:
    sent = acting(TUESDAY, CLERK, "notice.record_rendering", notice="n-1", digest=DIGEST)
    given(*TO_SUPPLEMENT).when(sent).then_refused(RoleRequired)


def test_a_letter_sent_by_mail_needs_its_service_recorded() -> None:
    """VOCABULARY §1: `notice.serve {notice, method, at, proof}`."""
    past = given(*TO_EXAMINE, acting(
        MONDAY, CLERK, "request_supplement", missing=[{"material": "a", "reason": "x"}],
        service="in_person", working_days=3,
    ))  # fmt: skip
    sent = Sent(
        acting(TUESDAY, CLERK, "accept").at, CLERK, "notice.serve",
        {"notice": "n-1", "method": "in_person", "at": "2024-04-30T09:00:00+08:00"},
    )  # fmt: skip
    then = past.when(sent)
    assert then.case.deadlines[-1].due == date(2024, 5, 8)
