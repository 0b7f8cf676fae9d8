"""Tasks: the game stops at each; who completes it lets the token go on."""

import pytest

from domain.kernel.errors import EngineError
from domain.process import game
from domain.process.marking import Marking
from tests.process.drawn import (
    assign,
    boundary,
    draw,
    end,
    error,
    loop,
    own,
    play,
    send,
    service,
    start,
    task,
    timer,
    user,
    wait_at,
    waiting,
)

LINE = draw("s > a > b > e", s=start(), a=user(), b=service(own('effect name="x"')), e=end())


def test_a_process_stops_at_its_first_task() -> None:
    move = game.begin(LINE, "p", {})
    assert waiting(move) == ["a"]
    assert [wait.kind for wait in move.opened] == ["user"]
    assert move.taken == ("s_a",)
    assert not move.ended
    assert not move.automatic


def test_completing_a_task_opens_the_next_and_closes_it() -> None:
    first = game.begin(LINE, "p", {})
    move = game.complete(LINE, first.marking, wait_at(first, "a"), {})
    assert waiting(move) == ["b"]
    assert [(one.wait.element, one.how) for one in move.closed] == [("a", "completed")]
    assert [wait.element for wait in move.automatic] == ["b"]


def test_the_last_completion_ends_the_process() -> None:
    first = game.begin(LINE, "p", {})
    second = game.complete(LINE, first.marking, wait_at(first, "a"), {})
    move = game.complete(LINE, second.marking, wait_at(second, "b"), {})
    assert move.ended
    assert move.marking.ended
    assert move.marking.waits == ()
    assert [step.what for step in move.steps] == ["completed", "taken", "completed"]


def test_a_task_that_is_not_open_cannot_be_completed() -> None:
    first = game.begin(LINE, "p", {})
    with pytest.raises(EngineError):
        game.complete(LINE, first.marking, "w99", {})
    with pytest.raises(EngineError):
        game.fail(LINE, first.marking, "w99", "E", {})


def test_an_unknown_process_cannot_begin() -> None:
    with pytest.raises(EngineError):
        game.begin(LINE, "q", {})


def test_a_task_assigns_in_order_before_its_conditions_are_read() -> None:
    marks = own('assign target="n" value="n + 1"|assign target="m" value="n * 2"')
    model = draw("s > a > [m = 4] b > e; a > c* > e2", s=start(), a=task(marks), b=user(),
                 c=user(), e=end(), e2=end())  # fmt: skip
    first = game.begin(model, "p", {"n": 1})
    move = game.complete(model, first.marking, wait_at(first, "a"), {"n": 1})
    assert waiting(move) == ["b"]
    assert move.assigned == {"n": 2, "m": 4}


def test_a_failed_task_without_a_catcher_ends_the_run_with_its_code() -> None:
    first = game.begin(LINE, "p", {})
    move = game.fail(LINE, first.marking, wait_at(first, "a"), "BROKEN", {})
    assert move.error == "BROKEN"
    assert move.ended
    assert move.marking == first.marking


def test_a_task_entered_twice_runs_twice() -> None:
    model = draw("s > a > c > e; s > b > c", s=start(), a=task(), b=task(), c=task(), e=end())
    assert sorted(play(model).trace) == ["a", "b", "c", "c"]


def test_a_send_task_throws_its_message_when_its_work_is_done() -> None:
    model = draw("s > a > e", s=start(), a=send("m"), e=end())
    first = game.begin(model, "p", {})
    assert first.thrown == ()
    move = game.complete(model, first.marking, wait_at(first, "a"), {})
    assert move.thrown == (("a", "m"),)
    assert move.ended
    assert move.marking.kept == ()


def test_ending_a_case_from_outside_cancels_every_wait() -> None:
    model = draw("s > a > e; s > b > f; d > g", s=start(), a=user(), b=user(), e=end(), f=end(),
                 d=boundary("a", timer("P3D")), g=end())  # fmt: skip
    first = game.begin(model, "p", {})
    move = game.cancel_all(model, first.marking)
    assert move.ended
    assert {one.how for one in move.closed} == {"cancelled"}
    assert sorted(one.wait.element for one in move.closed) == ["a", "b", "d"]
    assert move.marking == Marking(next=first.marking.next)


def test_a_job_that_fails_goes_the_way_of_its_error() -> None:
    model = draw("s > a > e; d > b > f", s=start(), a=task(), e=end(), b=task(), f=end(),
                 d=boundary("a", error("E1")))  # fmt: skip
    assert play(model).trace == ("a",)
    assert play(model, jobs={"a": [{"error": "E1"}]}).trace == ("b",)
    assert play(model, jobs={"a": [{"error": "E2"}]}).status == "error"


def test_a_played_assignment_reads_what_its_job_set() -> None:
    model = draw("s > a > e", s=start(), a=task(assign("out", 'data + "!"')), e=end())
    played = play(model, variables={"data": "x"}, jobs={"a": [{"set": {"data": "y"}}]})
    assert played.variables["out"] == "y!"


@pytest.mark.parametrize("grown", ["x + x", "[x, x]", "[x]", "{a: x, b: x}"])
def test_a_variable_that_grows_beyond_what_can_be_kept_is_null(grown: str) -> None:
    turns = loop("", 'loopMaximum="200"')
    model = draw("s > a > e", s=start(), a=task(assign("x", grown) + turns), e=end())
    played = play(model, variables={"x": "letters"})
    assert played.status == "completed"
    assert len(str(played.variables["x"])) < 10_000_000
    one = draw("s > a > e", s=start(), a=task(assign("x", "x + x")), e=end())
    assert play(one, variables={"x": "a" * 1_600_000}).variables["x"] is None
    assert len(play(one, variables={"x": "a" * 1_000}).variables["x"]) == 2_000
