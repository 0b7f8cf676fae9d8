"""Exclusive, parallel and inclusive gateways, and conditions behind a task."""

import pytest

from domain.process import game
from tests.process.drawn import (
    boundary,
    catch,
    draw,
    end,
    exclusive,
    inclusive,
    link,
    parallel,
    play,
    start,
    task,
    throw,
    timer,
    user,
    wait_at,
    waiting,
)
from tests.process.random_paths import Act, Straight

CHOICE = draw("s > x > [n > 5] a > e; x > [n > 3] b > e; x > c* > e",
              s=start(), x=exclusive(), a=task(), b=task(), c=task(), e=end())  # fmt: skip


@pytest.mark.parametrize(("n", "way"), [(9, "a"), (6, "a"), (4, "b"), (3, "c"), (None, "c")])
def test_an_exclusive_gateway_takes_the_first_true_way_or_the_default(
    n: int | None, way: str
) -> None:
    assert play(CHOICE, variables={"n": n}).trace == (way,)


def test_a_way_without_condition_counts_as_true() -> None:
    model = draw("s > x > a > e; x > [true] b > e", s=start(), x=exclusive(), a=task(), b=task(),
                 e=end())  # fmt: skip
    assert play(model).trace == ("a",)


def test_no_way_out_of_an_exclusive_gateway_is_an_error() -> None:
    model = draw("s > x > [n > 5] a > e; x > [n > 3] b > e", s=start(), x=exclusive(), a=task(),
                 b=task(), e=end())  # fmt: skip
    played = play(model, variables={"n": 1})
    assert (played.status, played.error, played.open) == ("error", "gateway.no_flow", ())
    assert game.begin(model, "p", {"n": 1}).error == "gateway.no_flow"


def test_the_order_of_the_gateways_list_decides() -> None:
    listed = "<bpmn:outgoing>x_b</bpmn:outgoing><bpmn:outgoing>x_a</bpmn:outgoing>"
    gate = exclusive()
    model = draw("s > x > a > e; x > b > e", s=start(), a=task(), b=task(), e=end(),
                 x=type(gate)("exclusiveGateway", "", listed))  # fmt: skip
    assert play(model).trace == ("b",)


def test_a_parallel_gateway_splits_and_joins() -> None:
    model = draw("s > f > a > j > c > e; f > b > j", s=start(), f=parallel(), a=user(), b=user(),
                 j=parallel(), c=user(), e=end())  # fmt: skip
    first = game.begin(model, "p", {})
    assert waiting(first) == ["a", "b"]
    second = game.complete(model, first.marking, wait_at(first, "b"), {})
    assert waiting(second) == ["a", "j"]
    third = game.complete(model, second.marking, wait_at(second, "a"), {})
    assert waiting(third) == ["c"]
    assert "joined" in [step.what for step in third.steps]


def test_a_parallel_join_takes_one_token_from_each_way() -> None:
    model = draw("s > f > a > j > c > e; f > b > m > j; f > d > m", s=start(), f=parallel(),
                 a=task(), b=task(), d=task(), m=exclusive(), j=parallel(), c=task(),
                 e=end())  # fmt: skip
    played = play(model)
    assert played.status == "stuck"
    assert played.open == ("j",)
    assert played.trace.count("c") == 1


def test_conditions_behind_a_parallel_gateway_are_ignored() -> None:
    model = draw("s > f > [false] a > e; f > b > e", s=start(), f=parallel(), a=task(), b=task(),
                 e=end())  # fmt: skip
    assert sorted(play(model).trace) == ["a", "b"]


def test_true_parallelism_shows_as_overlap() -> None:
    model = draw("s > f > a > e; f > b > e", s=start(), f=parallel(), a=task(), b=task(), e=end())
    slow = {"a": [{"wait": "PT10S"}], "b": [{"wait": "PT5S"}]}
    assert play(model, jobs=slow).overlaps == (("a", "b"),)
    assert play(model).overlaps == ()


SPLIT = draw("s > i > [n > 1] a > j > d > e; i > [n > 2] b > j; i > c* > j", s=start(),
             i=inclusive(), a=task(), b=task(), c=task(), j=inclusive(), d=task(),
             e=end())  # fmt: skip


@pytest.mark.parametrize(("n", "ways"), [(3, ["a", "b"]), (2, ["a"]), (0, ["c"])])
def test_an_inclusive_gateway_takes_every_true_way_and_joins_them(n: int, ways: list[str]) -> None:
    played = play(SPLIT, variables={"n": n}, jobs={"a": [{"wait": "P2D"}], "b": [{"wait": "P1D"}]})
    assert sorted(played.trace) == [*ways, "d"]
    assert played.trace[-1] == "d"


def test_no_way_out_of_an_inclusive_gateway_is_an_error() -> None:
    model = draw("s > i > [n > 1] a > e; i > [n > 2] b > e", s=start(), i=inclusive(), a=task(),
                 b=task(), e=end())  # fmt: skip
    assert play(model, variables={"n": 0}).error == "gateway.no_flow"


def test_an_inclusive_join_does_not_wait_for_what_cannot_come() -> None:
    model = draw("s > x > [n = 1] a > j > d > e; x > b* > j", s=start(), x=exclusive(), a=task(),
                 b=task(), j=inclusive(), d=task(), e=end())  # fmt: skip
    assert play(model, variables={"n": 1}).trace == ("a", "d")


def test_an_inclusive_join_in_a_real_case_waits_between_steps() -> None:
    users = {"a": user(), "b": user(), "c": user()}
    model = draw("s > i > [true] a > j > d > e; i > [true] b > j; i > c* > j", s=start(),
                 i=inclusive(), j=inclusive(), d=user(), e=end(), **users)  # fmt: skip
    first = game.begin(model, "p", {})
    second = game.complete(model, first.marking, wait_at(first, "a"), {})
    assert waiting(second) == ["b", "j"]
    third = game.complete(model, second.marking, wait_at(second, "b"), {})
    assert waiting(third) == ["d"]


LOOP = draw(
    "s > m > x > i > [n > 1] a > j > k; i > b* > j; x > c > k; k > y > [n = 9] d > m; y > e*",
    s=start(), m=exclusive(), x=parallel(), i=inclusive(), a=user(), b=user(), j=inclusive(),
    c=user(), k=parallel(), y=exclusive(), d=user(), e=end(),
)  # fmt: skip


def test_an_inclusive_join_does_not_wait_for_a_token_that_waits_for_it() -> None:
    """The token at the parallel join could come round to either way in, but only after this one."""
    begun = game.begin(LOOP, "p", {"n": 2})
    beside = game.complete(LOOP, begun.marking, wait_at(begun, "c"), {"n": 2})
    assert waiting(beside) == ["a", "k"]
    assert game.complete(LOOP, beside.marking, wait_at(beside, "a"), {"n": 2}).ended


def test_a_join_that_is_over_leaves_nothing_behind() -> None:
    """What waited longest is told by the order of joins, which a restart must not change."""
    run = Straight(LOOP)
    run.play(Act("begin", variables={"n": 9}))
    for task_of_both in ("a", "c"):
        (wait,) = run.machine.freeze().at(task_of_both)
        run.play(Act("complete", wait.id, variables={"n": 9}))
    assert run.machine.freeze().open == ("d",)
    assert run.machine.joins == {}


def test_a_task_takes_free_ways_and_true_ones_and_the_default_only_when_none_is_true() -> None:
    model = draw("s > t > a > e; t > [n = 1] b > e; t > c* > e", s=start(), t=task(), a=task(),
                 b=task(), c=task(), e=end())  # fmt: skip
    assert sorted(play(model, variables={"n": 1}).trace) == ["a", "b", "t"]
    assert sorted(play(model, variables={"n": 2}).trace) == ["a", "c", "t"]


def test_a_gateway_may_begin_a_scope_without_start_events() -> None:
    model = draw("f > a; f > b", f=parallel(), a=task(), b=task())
    assert sorted(play(model).trace) == ["a", "b"]


def test_an_inclusive_join_waits_for_what_may_come_by_a_link_or_a_boundary_event() -> None:
    model = draw("s > i > [true] a > j > d > e; i > [true] b > l; k > j; i > c* > j; t > j",
                 s=start(), i=inclusive(), a=task(), b=task(), c=user(), l=throw(link("n")),
                 k=catch(link("n")), j=inclusive(), d=task(), e=end(),
                 t=boundary("c", timer("P3D")))  # fmt: skip
    played = play(model, jobs={"b": [{"wait": "P1D"}]})
    assert played.trace == ("a", "b", "d")


def test_an_event_without_a_trigger_is_passed() -> None:
    model = draw("s > c > t > e", s=start(), c=catch(""), t=throw(""), e=end())
    assert play(model).status == "completed"
