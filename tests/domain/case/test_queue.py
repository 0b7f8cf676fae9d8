"""What comes next, and when a case wants to be woken (RELIABILITY R16)."""

from dataclasses import replace
from datetime import datetime

from domain.case.command import Command, Lapse
from domain.case.queue import next_due, next_work, turn
from tests.examples.filing import (
    CLERK,
    DIGEST,
    LAST_SECOND,
    MIDNIGHT,
    MONDAY,
    TO_DECIDE,
    TO_EXAMINE,
    TO_SUPPLEMENT,
    approved,
    system,
)
from tests.spec.driver import cst, given


def waiting(name: str, at: str) -> Command:
    """Return a command that waits."""
    return Command(
        id=name, case_id="a", name="case.note", payload={"text": name}, actor=CLERK,
        channel="spec", received_at=cst(at),
    )  # fmt: skip


def test_what_was_received_before_the_due_instant_comes_first() -> None:
    case = given(*TO_EXAMINE).case
    early, late = waiting("early", LAST_SECOND), waiting("late", MIDNIGHT)
    now = cst("2024-05-12 00:00")
    assert next_work(case, [early, late], now, None) == early
    assert isinstance(next_work(case, [late], now, None), Lapse)
    assert isinstance(next_work(case, [], now, None), Lapse)
    assert next_work(case, [], cst(LAST_SECOND), None) is None


def test_with_a_command_named_nothing_is_left_once_it_has_its_outcome() -> None:
    case = given(*TO_EXAMINE).case
    early = waiting("early", MONDAY)
    assert next_work(case, [early], cst(MONDAY), "early") == early
    assert next_work(case, [early], cst(MONDAY), "another") is None
    assert next_work(None, [early], cst(MONDAY), "early") == early
    assert next_work(None, [], cst(MONDAY), None) is None


def test_a_turn_says_how_long_to_sleep_and_for_whom() -> None:
    case = given(*TO_EXAMINE).case
    now = turn(case, cst("2024-05-09 23:59:00"), frozen=False)
    assert (now.wake_after, now.waiting_for, now.until) == (60.0, "center.*", "2024-05-09")
    assert (now.deadline, now.stage, now.done) == ("filing.acceptance", "examine", False)
    assert turn(case, cst("2024-06-01 00:00"), frozen=False).wake_after == 0.0
    assert turn(case, cst(MONDAY), frozen=True).wake_after is None


def test_a_letter_not_rendered_is_a_job_and_the_case_is_not_done_before_it() -> None:
    past = given(*TO_DECIDE, approved("2024-05-20 10:00"))
    now = turn(past.case, cst("2024-05-20 10:00"), frozen=False)
    assert [(one.activity, one.key) for one in now.jobs] == [
        ("notice.render", "a:notice.render:n-1"), ("notice.render", "a:notice.render:n-2"),
    ]  # fmt: skip
    assert (now.done, now.waiting_for, now.deadline) == (False, "", "")
    for which in ("n-1", "n-2"):
        past.when(
            system("2024-05-20 10:01", "notice.record_rendering", notice=which, digest=DIGEST)
        )
    assert turn(past.case, cst("2024-05-20 10:02"), frozen=False).done


def test_of_several_deadlines_the_earliest_lapses_first() -> None:
    case = given(*TO_SUPPLEMENT).case
    open_ = case.deadlines[-1]
    assert open_.effective is not None
    sooner = replace(open_, id="d-9", effective=datetime.min.replace(tzinfo=open_.effective.tzinfo))
    both = replace(case, deadlines=(*case.deadlines, sooner))
    assert next_due(both) == sooner
    flag = replace(sooner, wait="")
    assert next_due(replace(case, deadlines=(*case.deadlines, flag))) == open_
