"""Suspending, resuming, extending and recounting terms (VOCABULARY §1)."""

from datetime import date
from typing import Any

import pytest

from domain.case.refusals import LawReasonsRequired, NotExtendable, RoleRequired, WrongStage
from domain.law.calendar import parse_year
from tests.examples.filing import (
    ASSESSOR,
    BUREAU,
    CLERK,
    FRIDAY,
    MONDAY,
    ON_NOTICE,
    SOCIAL_TO_PUBLISH,
    TO_EXAMINE,
    TO_SUPPLEMENT,
    TUESDAY,
    accepted,
    acting,
    listed,
    published,
    submitted,
    supplied,
    system,
)
from tests.spec.driver import Sent, cst, given, published_calendar

ACCEPTANCE, SUPPLEMENT = "filing.acceptance", "filing.supplement"
WHY = {"reason": "调查", "cite": "长鉴〔2024〕1号"}


def suspended(at: str, key: str = ACCEPTANCE, by: Any = ASSESSOR, **more: str) -> Sent:  # noqa: ANN401
    """An official suspends a term."""
    return acting(at, by, "deadline.suspend", key=key, **(WHY | more))


def resumed(at: str, key: str = ACCEPTANCE) -> Sent:
    """An official resumes a term."""
    return acting(at, BUREAU, "deadline.resume", key=key)


def extended(at: str, key: str, amount: int, **more: str) -> Sent:
    """An official extends a term."""
    return acting(at, ASSESSOR, "deadline.extend", key=key, amount=amount, **(WHY | more))


def test_a_suspended_term_has_no_last_day_and_never_lapses() -> None:
    past = given(*TO_EXAMINE, suspended(MONDAY))
    clock = past.case.deadlines[0]
    assert (clock.state, clock.due, clock.effective) == ("suspended", None, None)
    assert clock.pauses[0].reason == "调查"
    assert past.office.wait("a", cst("2030-01-01 00:00")) == []


def test_resuming_acts_as_a_new_starting_day_for_what_is_left() -> None:
    """VOCABULARY §1: a day of which any part is suspended does not count."""
    past = given(submitted(FRIDAY), suspended("2024-04-29 10:00"), resumed("2024-05-08 10:00"))
    clock = past.case.deadlines[0]
    assert (clock.state, clock.due) == ("open", date(2024, 5, 15))
    then = past.when_nothing_until("2024-06-01 00:00")
    assert then.fact("filing.deemed_accepted").effective_at == cst("2024-05-16 00:00")


def test_a_term_suspended_and_resumed_on_one_day_loses_that_day() -> None:
    past = given(submitted(FRIDAY), suspended("2024-04-29 10:00"), resumed("2024-04-29 11:00"))
    assert past.case.deadlines[0].due == date(2024, 5, 10)


def test_a_term_may_rest_twice() -> None:
    twice = (
        suspended("2024-04-29 10:00"), resumed("2024-04-29 11:00"),
        suspended("2024-05-06 10:00"), resumed("2024-05-07 10:00"),
    )  # fmt: skip
    assert given(submitted(FRIDAY), *twice).case.deadlines[0].due == date(2024, 5, 13)


def test_work_done_while_its_term_rests_meets_it() -> None:
    then = given(*TO_EXAMINE, suspended(MONDAY)).when(accepted(TUESDAY))
    assert "deadline.met" in then.types
    assert then.case.deadlines[0].state == "met"


def test_a_resting_term_is_not_suspended_again_nor_a_running_one_resumed() -> None:
    given(*TO_EXAMINE, suspended(MONDAY)).when(suspended(TUESDAY)).then_refused(WrongStage)
    given(*TO_EXAMINE).when(resumed(MONDAY)).then_refused(WrongStage)
    given(*TO_EXAMINE).when(suspended(MONDAY, key=SUPPLEMENT)).then_refused(WrongStage)


@pytest.mark.parametrize("empty", ["reason", "cite"])
def test_a_suspension_names_its_reason_and_document(empty: str) -> None:
    sent = suspended(MONDAY, **{empty: " "})
    given(*TO_EXAMINE).when(sent).then_refused(LawReasonsRequired)
    longer = extended(TUESDAY, SUPPLEMENT, 1, **{empty: ""})
    past = given(*TO_EXAMINE, listed(MONDAY, working_days=5))
    past.when(longer).then_refused(LawReasonsRequired)


def test_a_clerk_does_not_suspend() -> None:
    given(*TO_EXAMINE).when(suspended(MONDAY, by=CLERK)).then_refused(RoleRequired)


def test_the_term_of_acceptance_cannot_be_extended() -> None:
    """HN-2022-1 一(二): the texts know no extension."""
    then = given(*TO_EXAMINE).when(extended(MONDAY, ACCEPTANCE, 1))
    then.then_refused(NotExtendable)
    assert then.event("command.refused").cite == "HN-2022-1 一(二)"
    assert then.case.deadlines[0].due == date(2024, 5, 9)


def test_the_window_to_supplement_grows_to_ten_working_days_and_no_further() -> None:
    """HN-2022-1 一(二): 补正期限不超过10个工作日."""
    past = given(*TO_EXAMINE, listed(MONDAY, working_days=5))
    past.when(extended(TUESDAY, SUPPLEMENT, 6)).then_refused(NotExtendable)
    then = past.when(extended(TUESDAY, SUPPLEMENT, 5))
    then.then("deadline.extended")
    assert (then.case.deadlines[-1].amount, then.case.deadlines[-1].due) == (10, date(2024, 5, 15))
    past.when(extended(TUESDAY, SUPPLEMENT, 1)).then_refused(NotExtendable)


def test_a_term_of_local_practice_may_be_extended() -> None:
    then = given(*ON_NOTICE).when(extended("2024-05-07 09:00", "filing.publicity", 2))
    assert then.case.deadlines[-1].due == date(2024, 5, 14)


def test_what_does_not_run_is_not_extended() -> None:
    given(*TO_EXAMINE).when(extended(MONDAY, SUPPLEMENT, 1)).then_refused(WrongStage)


def test_the_clock_that_begins_anew_is_the_one_meant() -> None:
    past = given(
        *TO_SUPPLEMENT, supplied(TUESDAY, "premises", "staff"), suspended("2024-05-06 10:00")
    )
    assert [one.state for one in past.case.deadlines] == ["met", "met", "suspended"]


def test_a_published_year_recounts_the_terms_that_reach_into_it() -> None:
    """VOCABULARY §1: `deadline.redated` keeps the old and the new last day."""
    past = given(submitted("2026-12-28 09:00"))
    before = past.case.deadlines[0]
    assert before.provisional
    year = parse_year({
        "year": 2027, "status": "official", "notice": "n",
        "holidays": [{"name": "元旦", "rest": ["2027-01-01", "2027-01-02", "2027-01-03",
                                              "2027-01-04"]}],
    })  # fmt: skip
    published_calendar(past.office, past.office.world.calendar.with_year(year))
    then = past.when(system("2026-12-29 09:00", "deadline.redate", calendar="x"))
    then.then("deadline.redated")
    event = then.event("deadline.redated")
    assert event.old == before.due
    assert event.new > event.old
    assert not then.case.deadlines[0].provisional
    past.when(system("2026-12-29 09:01", "deadline.redate", calendar="x")).then()


def test_recounting_leaves_what_rests_or_is_done_alone() -> None:
    past = given(*TO_EXAMINE, suspended(MONDAY))
    past.when(system(TUESDAY, "deadline.redate")).then()
    past = given(*SOCIAL_TO_PUBLISH, published())
    past.when(system("2024-05-07 09:00", "deadline.redate")).then()
