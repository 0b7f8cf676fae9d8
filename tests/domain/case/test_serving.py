"""A letter under way has a term of the office: it shows, and nothing follows from it."""

from datetime import date

import pytest

from domain.case.refusals import NoticeServed
from domain.case.serving import SERVICE
from domain.case.state import Deadline
from domain.case.views.waiting import wait
from tests.examples.filing import (
    CLERK,
    MONDAY,
    SCHOOL,
    TO_EXAMINE,
    TO_SUPPLEMENT,
    acting,
    listed,
    supplied,
)
from tests.spec.driver import Given, Then, cst, given, world

MAILED = (*TO_EXAMINE, listed(MONDAY, "premises", service="mail"))


def terms(of: Given | Then) -> list[Deadline]:
    """Return the terms of letters under way."""
    return [one for one in of.case.deadlines if one.key == SERVICE]


def test_a_letter_sent_by_mail_should_arrive_within_ten_working_days() -> None:
    (term,) = terms(given(*MAILED))
    assert (term.due, term.holder, term.wait) == (date(2024, 5, 15), "authority", "")
    assert term.term.local_practice
    assert term.term.consequence is None


def test_an_electronic_letter_is_never_under_way() -> None:
    assert terms(given(*TO_SUPPLEMENT)) == []


def test_nothing_happens_when_it_is_over_and_service_meets_it_late() -> None:
    past = given(*MAILED)
    assert past.office.wait("a", cst("2024-06-01 00:00")) == []
    served = acting(
        "2024-06-03 10:00", CLERK, "notice.serve", notice="n-1", method="mail",
        at="2024-06-03T09:00:00+08:00",
    )  # fmt: skip
    (term,) = terms(past.when(served))
    assert term.state == "met"


@pytest.mark.parametrize(
    ("command", "more"),
    [("notice.serve", {"method": "in_person"}), ("notice.attempt", {"reason": "拒收"})],
)
def test_of_a_letter_that_was_served_one_learns_when_and_how(
    command: str, more: dict[str, str]
) -> None:
    served = acting(
        "2024-05-07 10:00", CLERK, "notice.serve", notice="n-1", method="mail",
        at="2024-05-07T09:00:00+08:00",
    )  # fmt: skip
    told = {"notice": "n-1", "method": "mail", "at": "2024-05-08T09:00:00+08:00"} | more
    then = given(*MAILED, served).when(acting("2024-05-08 10:00", CLERK, command, **told))
    then.then_refused(NoticeServed)
    assert then.outcome.evidence["method"] == "mail"
    assert "2024-05-07 09:00" in then.outcome.zh
    assert "邮寄" in then.outcome.zh


def test_the_case_waits_for_who_has_the_work_not_for_the_letter() -> None:
    found = wait(given(*MAILED).case, world(), cst("2024-06-01 00:00"))
    assert found is not None
    assert (found.organisation, found.until) == ("长沙甲培训学校", None)


def test_an_answer_before_any_service_leaves_the_term_to_be_met() -> None:
    past = given(*MAILED, supplied("2024-05-06 10:00", "premises"))
    assert [one.state for one in terms(past)] == ["open"]
    found = wait(past.case, world(), cst("2024-05-06 10:00"))
    assert found is not None
    assert found.key == "filing.acceptance"


def test_it_ends_with_the_case() -> None:
    past = given(*MAILED, acting("2024-05-06 10:00", SCHOOL, "case.withdraw"))
    assert [one.state for one in terms(past)] == ["cancelled"]
