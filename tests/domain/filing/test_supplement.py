"""One list of defects, and the window to answer it (HN-2022-1 一(二))."""

from datetime import date

import pytest

from domain.case.refusals import (
    HasEnded,
    Malformed,
    NoticeServed,
    OutsideJurisdiction,
    WrongStage,
)
from domain.kernel.errors import Refusal
from domain.procedures.filing.refusals import SupplementOnce, SupplementTooLong
from tests.examples.filing import (
    CLERK,
    DIGEST,
    MONDAY,
    OTHER_SCHOOL,
    SCHOOL,
    TO_EXAMINE,
    TO_SUPPLEMENT,
    TUESDAY,
    accepted,
    acting,
    listed,
    material,
    refused,
    supplied,
)
from tests.spec.driver import cst, given


def test_the_list_stops_the_first_clock_and_starts_the_second_at_one_instant() -> None:
    then = given(*TO_EXAMINE).when(listed(MONDAY))
    then.then(
        "filing.supplement_requested", "notice.issued", "notice.served", "task.completed",
        "deadline.met", "task.opened", "deadline.opened", "process.moved",
    ).now("correction_required", "supplement")  # fmt: skip
    assert {fact.effective_at for fact in then.happened.decision.facts} == {cst(MONDAY)}
    assert then.event("notice.issued").number == "案卷演示〔2024〕1号"
    assert then.case.jobs == ("notice.render:n-1",)


def test_ten_working_days_are_the_usual_window() -> None:
    """HN-2022-1 一(二): at most ten; that ten is the default is local practice."""
    clock = given(*TO_EXAMINE, listed(MONDAY)).case.deadlines[-1]
    assert (clock.key, clock.amount, clock.due) == ("filing.supplement", 10, date(2024, 5, 15))
    assert (clock.holder, clock.term.at_most) == ("applicant", True)


def test_the_center_may_set_fewer() -> None:
    clock = given(*TO_EXAMINE, listed(MONDAY, working_days=5)).case.deadlines[-1]
    assert (clock.amount, clock.due) == (5, date(2024, 5, 9))


@pytest.mark.parametrize("days", [11, 30])
def test_more_than_ten_working_days_is_too_long(days: int) -> None:
    given(*TO_EXAMINE).when(listed(MONDAY, working_days=days)).then_refused(SupplementTooLong)


@pytest.mark.parametrize("wrong", [{"working_days": 0}, {"working_days": True}, {"missing": []}])
def test_no_days_and_no_items_are_malformed(wrong: dict[str, object]) -> None:
    payload = {"missing": [{"material": "a", "reason": "x"}], **wrong}
    given(*TO_EXAMINE).when(acting(MONDAY, CLERK, "request_supplement", **payload)).then_refused(
        Malformed
    )


def test_a_second_list_is_refused_while_the_first_is_open() -> None:
    """Local practice: all defects are told at once."""
    then = given(*TO_SUPPLEMENT).when(listed(TUESDAY, "rules"))
    then.then_refused(SupplementOnce)
    assert then.outcome.evidence == {"day": "2024-04-29", "notice": "案卷演示〔2024〕1号"}
    assert then.outcome.cite == "local practice"


def test_a_second_list_is_refused_after_the_first_was_answered() -> None:
    past = (*TO_SUPPLEMENT, supplied(TUESDAY, "premises", "staff"))
    given(*past).when(listed("2024-05-06 09:00", "rules")).then_refused(SupplementOnce)


def test_a_second_list_that_is_also_too_long_is_a_second_list() -> None:
    given(*TO_SUPPLEMENT).when(listed(TUESDAY, working_days=11)).then_refused(SupplementOnce)


def test_a_part_of_what_is_missing_keeps_the_window() -> None:
    then = given(*TO_SUPPLEMENT).when(supplied(TUESDAY, "staff"))
    then.then("filing.supplemented", "task.completed", "task.opened", "process.moved")
    then.now("correction_required", "supplement")
    event = then.event("filing.supplemented")
    assert (event.complete, event.still_missing) == (False, ("premises",))
    assert then.case.deadlines[-1].state == "open"


def test_parts_add_up_until_every_listed_item_is_answered() -> None:
    then = given(*TO_SUPPLEMENT, supplied(TUESDAY, "staff")).when(
        supplied("2024-05-06 10:00", "premises", "more")
    )
    then.then(
        "filing.supplemented", "task.completed", "deadline.met", "task.opened", "deadline.opened",
        "process.moved",
    ).now("received", "examine")  # fmt: skip
    assert then.event("filing.supplemented").complete


def test_one_item_listed_twice_is_answered_once() -> None:
    past = (*TO_EXAMINE, listed(MONDAY, "staff", "staff"))
    given(*past).when(supplied(TUESDAY, "staff")).now("received")


def test_what_was_not_supplemented_in_time_is_deemed_abandoned() -> None:
    """HN-2022-1 一(二): 逾期未补正的，视为放弃申请."""
    then = given(*TO_SUPPLEMENT, supplied(TUESDAY, "staff")).when_nothing_until("2024-06-01 00:00")
    then.then(
        "deadline.lapsed", "task.cancelled", "filing.deemed_abandoned", "case.closed",
        "process.moved",
    ).now("abandoned")  # fmt: skip
    assert then.fact("filing.deemed_abandoned").effective_at == cst("2024-05-16 00:00")
    assert then.case.ended_at == cst("2024-05-16 00:00")
    assert then.case.marking == {}


def test_the_last_second_of_the_window_is_in_time_and_midnight_is_not() -> None:
    given(*TO_SUPPLEMENT).when(supplied("2024-05-15 23:59:59", "premises", "staff")).now("received")
    then = given(*TO_SUPPLEMENT).when(supplied("2024-05-16 00:00", "premises", "staff"))
    then.then_refused(HasEnded).now("abandoned")


def test_the_center_waits_while_the_institution_supplements() -> None:
    for act in (accepted(TUESDAY), refused(TUESDAY)):
        given(*TO_SUPPLEMENT).when(act).then_refused(WrongStage)


def test_nothing_is_supplemented_that_nobody_asked_for() -> None:
    given(*TO_EXAMINE).when(supplied(MONDAY, "staff")).then_refused(WrongStage)


def test_another_institution_does_not_supplement() -> None:
    sent = acting(TUESDAY, OTHER_SCHOOL, "supplement", materials=[material("staff")])
    given(*TO_SUPPLEMENT).when(sent).then_refused(OutsideJurisdiction)


def test_a_supplement_holds_at_least_one_material() -> None:
    sent = acting(TUESDAY, SCHOOL, "supplement", materials=[])
    given(*TO_SUPPLEMENT).when(sent).then_refused(Malformed)


def test_a_list_sent_by_mail_starts_the_clock_only_when_served() -> None:
    """VOCABULARY §9: other methods by `notice.serve`, and the clock starts there."""
    by_mail = given(*TO_EXAMINE, listed(MONDAY, service="mail"))
    assert "filing.supplement" not in {one.key for one in by_mail.case.deadlines}
    served = acting(
        "2024-05-07 09:00", CLERK, "notice.serve",
        notice="n-1", method="mail", at="2024-05-06T15:00:00+08:00", proof="回执",
    )  # fmt: skip
    then = by_mail.when(served)
    then.then("notice.served", "deadline.met", "deadline.opened")
    clock = then.case.deadlines[-1]
    assert (clock.starts, clock.due) == (cst("2024-05-06 15:00"), date(2024, 5, 17))
    then = by_mail.when_nothing_until("2024-06-01 00:00")
    assert then.fact("filing.deemed_abandoned").effective_at == cst("2024-05-18 00:00")


def test_two_failed_services_start_no_clock_and_the_third_way_does() -> None:
    """送达未成不起算：the window runs from the service, by whatever way it succeeds."""
    past = given(
        *TO_EXAMINE, listed(MONDAY, service="mail"),
        acting("2024-05-06 16:00", CLERK, "notice.attempt", notice="n-1", method="mail",
               at="2024-05-06T15:00:00+08:00", reason="无人签收"),
        acting("2024-05-08 16:00", CLERK, "notice.attempt", notice="n-1", method="in_person",
               at="2024-05-08T15:00:00+08:00", reason="拒收"),
    )  # fmt: skip
    assert "filing.supplement" not in {one.key for one in past.case.deadlines}
    letter = past.case.notices[0]
    assert [(one.method, one.reason) for one in letter.attempts] == [
        ("mail", "无人签收"), ("in_person", "拒收"),
    ]  # fmt: skip
    assert letter.served_at is None
    then = past.when(
        acting("2024-05-10 09:00", CLERK, "notice.serve", notice="n-1", method="public_notice",
               at="2024-05-09T09:00:00+08:00", proof=DIGEST)
    )  # fmt: skip
    then.then("notice.served", "deadline.met", "deadline.opened")
    assert then.case.deadlines[-1].starts == cst("2024-05-09 09:00")
    assert then.case.notices[0].proof == DIGEST
    late = acting("2024-05-10 10:00", CLERK, "notice.attempt", notice="n-1", method="mail",
                  at="2024-05-10T09:30:00+08:00", reason="退回")  # fmt: skip
    served = given(
        *TO_EXAMINE, listed(MONDAY),
    )  # fmt: skip
    served.when(late).then_refused(NoticeServed)


@pytest.mark.parametrize(
    ("notice", "at", "kind"),
    [
        ("n-9", "2024-05-06T15:00:00+08:00", WrongStage),
        ("n-1", "2024-05-08T15:00:00+08:00", Malformed),
        ("n-1", "2024-04-28T15:00:00+08:00", Malformed),
    ],
)
def test_service_of_an_unknown_letter_or_at_an_impossible_time_is_refused(
    notice: str, at: str, kind: type[Refusal]
) -> None:
    past = given(*TO_EXAMINE, listed(MONDAY, service="mail"))
    sent = acting("2024-05-07 09:00", CLERK, "notice.serve", notice=notice, method="mail", at=at)
    past.when(sent).then_refused(kind)


def test_what_was_served_electronically_is_not_served_again() -> None:
    sent = acting(
        "2024-05-07 09:00", CLERK, "notice.serve",
        notice="n-1", method="mail", at="2024-05-06T15:00:00+08:00",
    )  # fmt: skip
    given(*TO_SUPPLEMENT).when(sent).then_refused(NoticeServed)
