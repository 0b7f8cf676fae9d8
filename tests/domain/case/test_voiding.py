"""A letter declared void (作废): before any service, by its own office, and told anew."""

from dataclasses import replace
from datetime import date

from domain.case.actor import Actor
from domain.case.refusals import (
    HasEnded,
    Malformed,
    NoticeIsVoid,
    NoticeOfOtherOffice,
    NoticeServed,
    OutsideJurisdiction,
    RoleRequired,
)
from tests.examples import batch
from tests.examples.filing import (
    CLERK,
    MONDAY,
    PROVINCE,
    REVIEWER,
    SCHOOL,
    TO_EXAMINE,
    TO_SUPPLEMENT,
    TUESDAY,
    Said,
    acting,
    listed,
    refused,
)
from tests.spec.driver import Sent, given

MAILED = (*TO_EXAMINE, listed(MONDAY, service="mail"))
LATER = "2024-05-06 10:00"


def voided(at: str = TUESDAY, by: Actor = REVIEWER, **more: Said) -> Sent:
    """The office declares its letter void."""
    told = {"notice": "n-1", "reason": "邮寄地址写错"} | more
    return acting(at, by, "notice.void", **told)


def test_a_letter_on_its_way_is_void_and_a_new_one_starts_the_window() -> None:
    then = given(*MAILED).when(voided())
    then.then(
        "notice.voided", "deadline.cancelled", "notice.issued", "notice.served", "deadline.opened"
    )
    old, new = then.case.notices
    assert (old.voided_at, old.void_reason, old.unserved) == (
        then.fact("notice.voided").effective_at, "邮寄地址写错", False,
    )  # fmt: skip
    assert (new.kind, new.replaces, new.number) == (old.kind, "n-1", "案卷演示〔2024〕2号")
    assert then.case.deadlines[-1].due == date(2024, 5, 16)  # ten working days after TUESDAY


def test_its_number_stays_used() -> None:
    past = given(*MAILED, voided())
    past.office.play("b", TO_EXAMINE[0])
    past.office.play("b", listed(LATER))
    (third,) = past.office.cases["b"].notices
    assert third.number == "案卷演示〔2024〕3号"


def test_a_new_letter_by_mail_waits_for_its_own_service() -> None:
    then = given(*MAILED).when(voided(service="mail"))
    then.then("notice.voided", "deadline.cancelled", "notice.issued", "deadline.opened")
    assert then.case.notices[-1].unserved
    served = acting(
        LATER, CLERK, "notice.serve", notice="n-2", method="mail", at="2024-05-06T09:00:00+08:00"
    )
    past = given(*MAILED, voided(service="mail"))
    past.when(served).then("notice.served", "deadline.met", "deadline.opened")


def test_a_letter_that_was_served_has_taken_effect() -> None:
    then = given(*TO_SUPPLEMENT).when(voided()).then_refused(NoticeServed)
    assert then.outcome.evidence["at"] == "2024-04-29 10:00"


def test_nothing_is_void_twice_and_nobody_is_served_with_it() -> None:
    past = given(*MAILED, voided())
    past.when(voided(LATER)).then_refused(NoticeIsVoid)
    told = {"notice": "n-1", "method": "mail", "at": "2024-04-30T09:00:00+08:00"}
    past.when(acting(LATER, CLERK, "notice.serve", **told)).then_refused(NoticeIsVoid)
    tried = acting(LATER, CLERK, "notice.attempt", **told, reason="退回")
    past.when(tried).then_refused(NoticeIsVoid)


def test_it_says_why_and_which_letter() -> None:
    faulty: tuple[dict[str, Said], ...] = (
        {"reason": " "}, {"notice": ""}, {"notice": "n-9"}, {"service": "pigeon"},
    )  # fmt: skip
    for wrong in faulty:
        given(*MAILED).when(voided(**wrong)).then_refused(Malformed)


def test_only_deciders_of_the_office_that_has_the_case_declare_it_void() -> None:
    past = given(*MAILED)
    for by in (CLERK, SCHOOL):
        past.when(voided(by=by)).then_refused(RoleRequired)
    past.when(voided(by=PROVINCE)).then_refused(OutsideJurisdiction)


def test_a_center_does_not_take_back_the_letter_of_another_one() -> None:
    """The permit across cities is the letter of the center that permitted last."""
    past = given(
        batch.reported(site=batch.site()),
        batch.site_requested(),
        batch.permitted("2024-06-04 10:00"),
        batch.permitted("2024-06-05 10:00", batch.OTHER_CENTER),
        office=batch.office(),
    )
    ours = past.when(voided("2024-06-05 11:00")).then_refused(NoticeOfOtherOffice)
    assert ours.outcome.evidence["office"] == "株洲市"
    theirs = replace(batch.OTHER_CENTER, role="center.reviewer")
    past.when(voided("2024-06-05 11:00", theirs)).then_refused(NoticeServed)


def test_the_office_that_took_the_case_over_declares_it_void() -> None:
    moved = acting(TUESDAY, REVIEWER, "case.transfer", jurisdiction="430103", reason="属地")
    heir = replace(REVIEWER, jurisdiction="430103")
    given(*MAILED, moved).when(voided(LATER, heir)).then("notice.voided", "…")


def test_after_the_end_nothing_is_void_any_more() -> None:
    given(*TO_EXAMINE, refused()).when(voided()).then_refused(HasEnded)
