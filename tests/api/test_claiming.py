"""Who takes a task on first has it; the others are told who, and since when."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.ports import BodyDiffers, Receipt, Stored
from tests.api.client import Said, code_of
from tests.api.conftest import As
from tests.api.memory import House

AT = "2024-04-26 17:00"


@pytest.fixture
def task(case: str) -> str:
    """The path of the open task's commands."""
    return f"/tasks/{case}.t-1/commands"


def test_of_two_who_claim_at_once_one_gets_the_task(house: House, by: As, task: str) -> None:
    gate, received = threading.Barrier(2), house.services.desk.receive

    async def both(receipt: Receipt) -> Stored | BodyDiffers:
        await asyncio.to_thread(gate.wait, 10)  # both have looked before either act is stored
        return await received(receipt)

    house.services.desk.receive = both  # type: ignore[method-assign]  # a gate before the real one
    with ThreadPoolExecutor(2) as people:
        claims = people.map(
            lambda who: (who, by(who).post(f"{task}/claim", {})), ("clerk", "reviewer")
        )
        answers = dict(claims)
    assert sorted(one.status_code for one in answers.values()) == [200, 409]
    winner = next(who for who, one in answers.items() if one.status_code == 200)
    loser = next(one for one in answers.values() if one.status_code == 409)
    assert code_of(loser) == "task.already_claimed"
    assert f"p-{winner} 于 {AT}" in loser.json()["detail"]
    path = task.removesuffix("/commands")
    assert by("clerk").get(path).json()["assignee"] == f"p-{winner}"


def test_a_claim_may_be_sent_as_a_command_too(by: As, case: str) -> None:
    body: Said = {"to": "p-clerk", "task": "t-1", "instead_of": ""}
    assert by("clerk").act(case, "case.assign", body).status_code == 200
    late = by("reviewer").act(case, "case.assign", {**body, "to": "p-reviewer"})
    assert (late.status_code, code_of(late)) == (409, "task.already_claimed")


def test_nobody_gives_back_what_a_colleague_has(by: As, task: str) -> None:
    assert by("clerk").post(f"{task}/claim", {}).status_code == 200
    other = by("reviewer").post(f"{task}/release", {})
    assert (other.status_code, code_of(other)) == (409, "task.already_claimed")
    assert by("clerk").post(f"{task}/release", {}).status_code == 200


def test_a_task_is_handed_on_from_whom_one_saw_it_with(by: As, task: str) -> None:
    assert by("clerk").post(f"{task}/claim", {}).status_code == 200
    seen = by("reviewer").post(f"{task}/assign", {"to": "p-reviewer", "instead_of": ""})
    assert code_of(seen) == "task.already_claimed"
    known = by("reviewer").post(f"{task}/assign", {"to": "p-reviewer", "instead_of": "p-clerk"})
    assert known.status_code == 200
    assert by("clerk").post(f"{task}/assign", {"to": "p-clerk"}).status_code == 200


def test_a_task_that_is_done_is_claimed_by_nobody(by: As, case: str, task: str) -> None:
    assert by("clerk").act(case, "filing.accept").status_code == 200
    late = by("reviewer").post(f"{task}/claim", {})
    assert (late.status_code, code_of(late)) == (409, "task.already_done")
    assert "p-clerk" in late.json()["detail"]
