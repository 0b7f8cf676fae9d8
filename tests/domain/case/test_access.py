"""Who may know, read and act (ARCHITECTURE §8)."""

from dataclasses import replace

from domain.case.access import (
    acts_for,
    code_if_hidden,
    may_know,
    may_see_person,
    may_send,
    viewer,
)
from domain.case.actor import LAW, SYSTEM, Actor
from domain.case.commands import command_spec
from domain.case.procedure import CommandSpec
from domain.case.refusals import HasEnded
from domain.ports import Viewer
from tests.examples import planning
from tests.examples.filing import (
    ANYBODY,
    CLERK,
    FOREIGN_CLERK,
    ON_NOTICE,
    OTHER_SCHOOL,
    PROVINCE,
    SCHOOL,
    TO_EXAMINE,
    USCC,
)
from tests.spec.driver import Sent, cst, given


def test_applicant_office_and_those_above_know_of_a_case() -> None:
    case = given(*TO_EXAMINE).case
    for actor in (SCHOOL, CLERK, PROVINCE, LAW, SYSTEM):
        assert may_know(actor, case), actor
    for actor in (OTHER_SCHOOL, FOREIGN_CLERK, ANYBODY, Actor(role="center.clerk")):
        assert not may_know(actor, case), actor


def test_the_office_acts_and_the_one_above_only_reads() -> None:
    case = given(*TO_EXAMINE).case
    assert acts_for(CLERK, case, _spec("filing.accept"))
    assert acts_for(SCHOOL, case, _spec("filing.supplement"))
    assert not acts_for(PROVINCE, case, _spec("filing.accept"))


def test_another_office_concerned_reads_all_and_does_only_what_is_its_own() -> None:
    case = replace(given(*TO_EXAMINE).case, offices=(FOREIGN_CLERK.jurisdiction,))
    own, shared = _spec("filing.accept"), replace(_spec("filing.accept"), offices="concerned")
    assert may_know(FOREIGN_CLERK, case)
    assert acts_for(FOREIGN_CLERK, case, shared)
    assert not acts_for(FOREIGN_CLERK, case, own)


def test_people_of_the_exam_stand_where_their_organisation_stands() -> None:
    case = given(*TO_EXAMINE).case
    for role in ("exam.staff", "exam.head", "assessor", "supervisor.internal"):
        assert may_know(replace(SCHOOL, role=role), case)
        assert not may_know(replace(OTHER_SCHOOL, role=role), case)


def _spec(name: str) -> CommandSpec:
    found = command_spec(name)
    assert found is not None
    return found


def test_the_public_answers_a_public_notice_and_nothing_else() -> None:
    hidden, shown = given(*TO_EXAMINE).case, given(*ON_NOTICE).case
    assert not may_send(ANYBODY, hidden, "filing.object")
    assert may_send(ANYBODY, shown, "filing.object")
    assert not may_send(ANYBODY, shown, "filing.approve")
    assert may_send(CLERK, shown, "filing.approve")


def test_the_year_of_a_plan_is_no_public_notice() -> None:
    plan = given(planning.submitted(), office=planning.office()).case
    assert [one.holder for one in plan.deadlines] == ["public"]
    assert not may_send(ANYBODY, plan, "filing.object")


def test_who_was_shown_the_notice_learns_that_the_case_has_ended() -> None:
    withdrawn = Sent(cst("2024-05-07 10:00"), SCHOOL, "case.withdraw", {"reason": "x"})
    late = Sent(cst("2024-05-07 11:00"), ANYBODY, "filing.object", {"text": "x"})
    ended = given(*ON_NOTICE, withdrawn)
    assert may_send(ANYBODY, ended.case, "filing.object")
    ended.when(late).then_refused(HasEnded)
    assert not may_send(ANYBODY, given(*TO_EXAMINE, withdrawn).case, "filing.object")


def test_lists_hold_what_the_viewer_may_know() -> None:
    assert viewer(SCHOOL) == Viewer(organisation=USCC)
    assert viewer(PROVINCE) == Viewer(jurisdiction="430000")
    assert viewer(ANYBODY) == Viewer()
    assert viewer(Actor(role="ministry.center")) == Viewer(jurisdiction="000000")
    narrow = Actor(role="ministry.center", jurisdiction="430000")
    assert viewer(narrow) == Viewer(jurisdiction="430000")


def test_a_hidden_case_answers_as_a_known_one_would() -> None:
    assert code_if_hidden(FOREIGN_CLERK, "filing.accept") == "case.outside_jurisdiction"
    assert code_if_hidden(FOREIGN_CLERK, "filing.approve") == "case.role_required"
    assert code_if_hidden(FOREIGN_CLERK, "filing.sing") == "case.role_required"


def test_the_institution_never_sees_who_objected_or_who_acted() -> None:
    case = given(*ON_NOTICE).case
    assert may_see_person(CLERK, case)
    assert not may_see_person(SCHOOL, case)
