"""The public notice and objections to it (RS-2021-57A 二(十)4)."""

from datetime import date

import pytest

from domain.case.refusals import Malformed, RoleRequired, WrongStage
from domain.procedures.filing.refusals import PublicityRunning, ReasonsRequired
from tests.examples.filing import (
    CLERK,
    OBJECTED,
    ON_NOTICE,
    REVIEWER,
    SCHOOL,
    SOCIAL_TO_PUBLISH,
    TO_DECIDE,
    acting,
    approved,
    declined,
    objected,
    published,
    resolved,
)
from tests.spec.driver import cst, given

OVER = "2024-05-12 00:00"  # 24:00 of Saturday 11 May, which is worked


def test_a_social_organisation_is_put_on_public_notice() -> None:
    then = given(*SOCIAL_TO_PUBLISH).when(published())
    then.then("filing.notice_published", "task.completed", "deadline.opened", "process.moved")
    then.now("publicity", "publicity")
    clock = then.case.deadlines[-1]
    assert (clock.key, clock.amount, clock.due) == ("filing.publicity", 5, date(2024, 5, 11))
    assert (clock.holder, clock.term.local_practice) == ("public", True)


@pytest.mark.parametrize(("days", "due"), [(3, date(2024, 5, 9)), (7, date(2024, 5, 14))])
def test_the_center_sets_how_long_it_runs(days: int, due: date) -> None:
    """Local practice: no text says how long."""
    case = given(*SOCIAL_TO_PUBLISH, published(working_days=days)).case
    assert (case.deadlines[-1].amount, case.deadlines[-1].due) == (days, due)


def test_a_school_is_not_put_on_public_notice() -> None:
    given(*TO_DECIDE).when(published()).then_refused(WrongStage)


def test_nothing_is_approved_before_the_notice_has_run() -> None:
    given(*SOCIAL_TO_PUBLISH).when(approved("2024-05-06 09:00")).then_refused(PublicityRunning)
    then = given(*ON_NOTICE).when(approved("2024-05-11 23:59:59"))
    then.then_refused(PublicityRunning)
    assert then.outcome.evidence["until"] == "2024-05-11"
    given(*ON_NOTICE).when(declined("2024-05-11 10:00")).then_refused(WrongStage)


def test_when_the_notice_has_run_the_decision_is_due() -> None:
    past = given(*ON_NOTICE)
    then = past.when_nothing_until(OVER)
    then.then("deadline.lapsed", "task.opened", "process.moved").now("publicity", "decide")
    assert then.fact("deadline.lapsed").effective_at == cst(OVER)
    past.when(approved(OVER)).now("closed", "filed")


def test_anybody_may_object_while_the_notice_runs() -> None:
    then = given(*ON_NOTICE).when(objected())
    then.then("filing.objection_received", "task.opened", "process.moved").now("publicity")
    assert then.event("filing.objection_received").objection == "o-1"
    assert then.case.tasks[-1].role == "center.reviewer"


def test_an_objection_at_midnight_after_the_last_day_is_too_late() -> None:
    given(*ON_NOTICE).when(objected("2024-05-11 23:59:59")).then("…")
    given(*ON_NOTICE).when(objected(OVER)).then_refused(WrongStage)


def test_an_objection_after_the_term_is_too_late_even_while_another_is_open() -> None:
    given(*OBJECTED).when(objected(OVER)).then_refused(WrongStage)


def test_before_the_notice_there_is_nothing_to_object_to() -> None:
    given(*SOCIAL_TO_PUBLISH).when(objected("2024-05-01 10:00")).then_refused(WrongStage)


def test_the_applicant_and_the_center_do_not_object() -> None:
    for by in (SCHOOL, CLERK):
        sent = acting("2024-05-07 10:00", by, "object", text="x")
        given(*ON_NOTICE).when(sent).then_refused(RoleRequired)


def test_an_objection_says_something() -> None:
    sent = acting("2024-05-07 10:00", SCHOOL.__class__(role="public"), "object", text=" ")
    given(*ON_NOTICE).when(sent).then_refused(Malformed)


def test_an_upheld_objection_ends_the_filing() -> None:
    """RS-2021-57A 二(十)4: an upheld objection stops the filing."""
    then = given(*OBJECTED).when(resolved(upheld=True))
    then.then(
        "filing.objection_resolved", "notice.issued", "notice.served", "task.completed",
        "deadline.cancelled", "case.closed", "process.moved",
    ).now("refused", "declined")  # fmt: skip


def test_a_dismissed_objection_lets_the_notice_run_on() -> None:
    then = given(*OBJECTED).when(resolved())
    then.then("filing.objection_resolved", "task.completed", "process.moved").now("publicity")
    assert then.case.deadlines[-1].state == "open"


def test_an_objection_nobody_decided_holds_the_decision_back() -> None:
    past = given(*OBJECTED)
    past.when_nothing_until(OVER).then("deadline.lapsed", "process.moved").now("publicity")
    past.when(approved("2024-05-20 10:00")).then_refused(PublicityRunning)
    past.when(resolved("2024-05-20 11:00")).then("…").now("publicity", "decide")
    past.when(approved("2024-05-20 12:00")).now("closed")


def test_of_two_objections_the_older_is_decided_first_or_the_one_named() -> None:
    past = (*OBJECTED, objected("2024-05-07 11:00"))
    first = given(*past).when(resolved())
    assert first.event("filing.objection_resolved").objection == "o-1"
    named = given(*past).when(resolved(objection="o-2"))
    assert named.event("filing.objection_resolved").objection == "o-2"
    given(*past).when(resolved(objection="o-9")).then_refused(WrongStage)


def test_one_upheld_objection_of_two_is_enough() -> None:
    past = (*OBJECTED, objected("2024-05-07 11:00"), resolved())
    then = given(*past).when(resolved("2024-05-08 11:00", upheld=True))
    assert "task.cancelled" not in then.types
    then.now("refused")
    then = given(*past[:-1]).when(resolved(upheld=True)).now("refused")
    assert then.types.count("task.cancelled") == 1


def test_an_objection_is_not_upheld_without_a_reason() -> None:
    sent = acting("2024-05-08 10:00", REVIEWER, "resolve_objection", upheld=True)
    given(*OBJECTED).when(sent).then_refused(ReasonsRequired)
    plain = acting("2024-05-08 10:00", REVIEWER, "resolve_objection", upheld=False)
    given(*OBJECTED).when(plain).then("…")


def test_without_an_objection_there_is_none_to_decide() -> None:
    given(*ON_NOTICE).when(resolved()).then_refused(WrongStage)
