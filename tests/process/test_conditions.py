"""Conditional events: they happen when their condition becomes true."""

from domain.process import game
from tests.process.drawn import (
    boundary,
    catch,
    condition,
    draw,
    end,
    event_gateway,
    event_subprocess,
    play,
    start,
    subprocess,
    task,
    timer,
    user,
    waiting,
)

CATCH = draw("s > c > a > e", s=start(), c=catch(condition("n > 3")), a=user(), e=end())


def test_a_condition_that_is_true_when_its_wait_begins_counts_at_once() -> None:
    assert waiting(game.begin(CATCH, "p", {"n": 4})) == ["a"]


def test_a_condition_is_looked_at_again_when_the_facts_change() -> None:
    first = game.begin(CATCH, "p", {"n": 1})
    assert waiting(first) == ["c"]
    assert waiting(game.look(CATCH, first.marking, {"n": 2})) == ["c"]
    assert waiting(game.look(CATCH, first.marking, {"n": 9})) == ["a"]


def test_an_event_that_does_not_interrupt_happens_once_each_time_it_becomes_true() -> None:
    model = draw("s > a > e; d > b > f", s=start(), a=user(), e=end(), b=user(), f=end(),
                 d=boundary("a", condition("n > 3"), interrupting=False))  # fmt: skip
    move = game.begin(model, "p", {"n": 1})
    seen = []
    for n in (5, 6, 1, 7):
        move = game.look(model, move.marking, {"n": n})
        seen.append(len(move.marking.at("b")))
    assert seen == [1, 1, 1, 2]


def test_what_a_job_sets_can_interrupt_another_activity() -> None:
    model = draw("s > a > e; s > b > e; d > c > f", s=start(), a=user(), b=task(), e=end(),
                 c=task(), f=end(), d=boundary("a", condition("ready")))  # fmt: skip
    slow = {"a": [{"wait": "P9D"}], "b": [{"wait": "P1D", "set": {"ready": True}}]}
    played = play(model, jobs=slow)
    assert (played.trace, played.clock.days) == (("b", "c"), 1)


def test_a_condition_may_start_an_event_sub_process_before_its_scope_moves() -> None:
    handler = event_subprocess("s3 > h > e3", s3=start(condition("true")), h=task(), e3=end())
    model = draw("s > u > e", s=start(), e=end(), u=subprocess("a", a=task(), handler=handler))
    assert play(model).trace == ("h", "handler", "u")


def test_a_condition_may_be_one_way_on_from_an_event_gateway() -> None:
    model = draw("s > g > c > a > e; g > t > b > e", s=start(), g=event_gateway(), e=end(),
                 c=catch(condition("n > 3")), t=catch(timer("P2D")), a=task(),
                 b=task())  # fmt: skip
    assert play(model, variables={"n": 1}).trace == ("b",)
    assert play(model, variables={"n": 4}).trace == ("a",)
