"""Two people at one task: who comes second hears who did it and when (VOCABULARY §1)."""

import pytest

from domain.case.refusals import HasEnded, TaskAlreadyDone, VersionConflict, WrongStage
from tests.examples.filing import (
    ASSESSOR,
    CLERK,
    MIDNIGHT,
    MONDAY,
    OBJECTED,
    REVIEWER,
    TO_DECIDE,
    TO_EXAMINE,
    TUESDAY,
    Said,
    accepted,
    acting,
    declined,
    listed,
    objected,
    resolved,
    supplied,
)
from tests.spec.driver import Given, Sent, cst, given

COLLEAGUE = type(CLERK)(
    person="p-clerk2", role="center.clerk", organisation="c-430100", jurisdiction="430100"
)
REFUSAL = {"reasons": ["场地不足"], "legal_basis": ["HN-2022-1 一(一)"]}
LIST = {"missing": [{"material": "premises", "reason": "缺"}]}


def late(do: str, version: int, by: Said = COLLEAGUE, **payload: Said) -> Sent:
    """Somebody acts on a version seen earlier."""
    return Sent(cst(TUESDAY), by, f"filing.{do}", payload, if_match=version)


@pytest.mark.parametrize(
    ("do", "payload"),
    [("accept", {}), ("refuse_acceptance", REFUSAL), ("request_supplement", LIST)],
)
def test_whoever_comes_second_at_a_task_hears_who_did_it_and_when(
    do: str, payload: dict[str, Said]
) -> None:
    past = given(*TO_EXAMINE)
    seen = past.case.own_version
    past.when(accepted(MONDAY)).then("filing.accepted", "…")
    then = past.when(late(do, seen, **payload)).then_refused(TaskAlreadyDone)
    assert then.outcome.evidence == {"by": "p-clerk", "at": "2024-04-29T10:00:00+08:00"}
    assert then.outcome.zh == "该任务已由 p-clerk 于 2024-04-29 10:00 办理，无需重复"


def test_who_did_not_say_what_they_saw_hears_of_the_stage() -> None:
    given(*TO_EXAMINE, accepted(MONDAY)).when(
        Sent(cst(TUESDAY), COLLEAGUE, "filing.accept", {})
    ).then_refused(WrongStage)


def test_who_saw_the_task_done_hears_of_the_stage() -> None:
    past = given(*TO_EXAMINE, accepted(MONDAY))
    past.when(late("accept", past.case.own_version)).then_refused(WrongStage)
    past.when(late("accept", 99)).then_refused(WrongStage)


def test_who_did_it_in_person_hears_of_the_stage() -> None:
    past = given(*TO_EXAMINE)
    seen = past.case.own_version
    past.when(accepted(MONDAY))
    past.when(late("accept", seen, by=CLERK)).then_refused(WrongStage)


def test_who_never_saw_the_task_open_hears_of_the_stage() -> None:
    past = given(*TO_EXAMINE)
    seen = past.case.own_version
    past.when(acting(MONDAY, CLERK, "accept"))
    past.when(late("approve", seen, by=REVIEWER))  # has a named refusal of its own
    past.when(late("decline", seen, by=REVIEWER)).then_refused(WrongStage)


def test_what_the_law_did_in_silence_is_a_matter_of_the_stage() -> None:
    past = given(*TO_EXAMINE)
    seen = past.case.own_version
    sent = Sent(cst(MIDNIGHT), CLERK, "filing.refuse_acceptance", REFUSAL, if_match=seen)
    past.when(sent).then_refused(WrongStage)


def test_a_task_that_is_open_again_is_a_matter_of_the_version() -> None:
    past = given(*TO_EXAMINE)
    seen = past.case.own_version
    for sent in (listed(MONDAY, "premises"), supplied("2024-04-29 15:00", "premises")):
        past.when(sent)
    past.when(late("accept", seen)).then_refused(VersionConflict)


def test_a_case_that_has_ended_says_so_first() -> None:
    past = given(*TO_DECIDE)
    seen = past.case.own_version
    past.when(declined("2024-05-06 10:00"))
    past.when(late("approve", seen, by=REVIEWER)).then_refused(HasEnded)


# ── several tasks of one command ──────────────────────────────────────────────────────────────────


def two_objections() -> Given:
    """A public notice with two objections."""
    return given(*OBJECTED, objected("2024-05-07 11:00"))


def tasks(past: Given) -> list[tuple[str, str]]:
    """Return the state of each objection's task and of the objection."""
    found = [one.state for one in past.case.tasks if one.form == "filing.resolve_objection"]
    return list(zip(found, (one.state for one in past.case.data.objections), strict=True))  # type: ignore[attr-defined]  # of a filing


def test_an_objection_resolved_is_its_own_task_done() -> None:
    past = two_objections()
    past.when(resolved("2024-05-08 10:00", objection="o-2")).then("filing.objection_resolved", "…")
    assert tasks(past) == [("open", "open"), ("completed", "dismissed")]
    past.when(resolved("2024-05-08 11:00", objection="o-1")).then("filing.objection_resolved", "…")
    assert tasks(past) == [("completed", "dismissed"), ("completed", "dismissed")]


def test_without_a_name_the_objection_that_waits_longest_is_resolved() -> None:
    past = two_objections()
    past.when(resolved("2024-05-08 10:00"))
    assert tasks(past) == [("completed", "dismissed"), ("open", "open")]


def test_two_people_at_one_objection_are_told_apart_another_is_still_open() -> None:
    past = two_objections()
    seen = past.case.own_version
    past.when(resolved("2024-05-08 10:00", objection="o-1"))
    again = {"upheld": False, "reason": "x", "objection": "o-1"}
    other = {"upheld": False, "reason": "x", "objection": "o-2"}
    at = cst("2024-05-08 11:00")
    first = Sent(at, ASSESSOR, "filing.resolve_objection", again, if_match=seen)
    past.when(first).then_refused(TaskAlreadyDone)
    second = Sent(at, ASSESSOR, "filing.resolve_objection", other, if_match=seen)
    past.when(second).then_refused(VersionConflict)
