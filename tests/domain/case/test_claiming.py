"""Whose a task is: who comes second is told who was first, and takes nothing from them."""

from domain.case.refusals import TaskAlreadyClaimed, TaskAlreadyDone
from tests.examples.filing import ASSESSOR, CLERK, MONDAY, TO_EXAMINE, TUESDAY, acting
from tests.spec.driver import Sent, given

CLAIMED = acting(MONDAY, CLERK, "case.assign", to="p-clerk", task="t-1", instead_of="")


def taking(by: str, instead_of: str | None, task: str = "t-1") -> Sent:
    """Return the act by which a task is given to somebody."""
    expected = {} if instead_of is None else {"instead_of": instead_of}
    return acting(TUESDAY, ASSESSOR, "case.assign", to=by, task=task, **expected)


def test_a_free_task_is_taken_on() -> None:
    then = given(*TO_EXAMINE).when(CLAIMED).then("case.assigned")
    task = then.case.tasks[0]
    assert (task.assignee, task.assigned_at) == ("p-clerk", CLAIMED.at)


def test_a_task_that_a_colleague_took_meanwhile_stays_the_colleagues() -> None:
    then = given(*TO_EXAMINE, CLAIMED).when(taking("p-assessor", ""))
    evidence = then.then_refused(TaskAlreadyClaimed).outcome.evidence
    assert evidence == {"by": "p-clerk", "at": MONDAY}
    assert then.case.tasks[0].assignee == "p-clerk"


def test_to_take_on_again_what_is_ones_own_changes_nothing() -> None:
    then = given(*TO_EXAMINE, CLAIMED).when(taking("p-clerk", ""))
    assert then.then("case.assigned").case.tasks[0].assignee == "p-clerk"


def test_who_knows_whose_it_is_may_hand_it_on() -> None:
    then = given(*TO_EXAMINE, CLAIMED).when(taking("p-assessor", "p-clerk"))
    assert then.then("case.assigned").case.tasks[0].assignee == "p-assessor"
    late = given(*TO_EXAMINE, CLAIMED).when(taking("p-assessor", "p-third"))
    late.then_refused(TaskAlreadyClaimed)


def test_without_an_expectation_the_task_is_given_whoever_has_it() -> None:
    then = given(*TO_EXAMINE, CLAIMED).when(taking("p-assessor", None))
    assert then.then("case.assigned").case.tasks[0].assignee == "p-assessor"


def test_a_task_given_back_is_nobodys_since_nobodys_time() -> None:
    then = given(*TO_EXAMINE, CLAIMED).when(taking("", "p-clerk"))
    task = then.then("case.assigned").case.tasks[0]
    assert (task.assignee, task.assigned_at) == ("", None)


def test_a_task_that_is_done_is_nobodys_to_take() -> None:
    accepted = acting(MONDAY, CLERK, "filing.accept")
    then = given(*TO_EXAMINE, accepted).when(taking("p-assessor", ""))
    evidence = then.then_refused(TaskAlreadyDone).outcome.evidence
    assert evidence == {"by": "p-clerk", "at": MONDAY}
