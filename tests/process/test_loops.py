"""Loops and multi-instances: how often, in which order, and how they end."""

import pytest

from domain.process import game
from domain.process.model import Definition
from tests.process.drawn import (
    Part,
    assign,
    boundary,
    define,
    draw,
    each,
    end,
    error,
    escalation,
    file,
    judged,
    loop,
    multi,
    own,
    parallel,
    play,
    process,
    restarted,
    rules,
    signal,
    start,
    subprocess,
    task,
    throw,
    timer,
    user,
    wait_at,
    waiting,
)

PLUS = own('assign target="n" value="n + 1"')


def line(a: Part, **more: Part) -> Definition:
    """A process with one activity, `a`, and what guards it."""
    ways = "".join(f"; {guard} > f{guard}" for guard in more)
    ends = {f"f{guard}": end() for guard in more}
    return draw(f"s > a > c > e{ways}", s=start(), a=a, c=task(), e=end(), **more, **ends)


@pytest.mark.parametrize(("first", "turns"), [(3, 1), (1, 2), (0, 3)])
def test_a_standard_loop_goes_on_while_its_condition_is_true(first: int, turns: int) -> None:
    played = play(line(task(PLUS + loop("n < 3"))), variables={"n": first})
    assert played.trace == (*("a",) * turns, "c")


def test_a_loop_may_test_before_its_first_turn() -> None:
    assert play(line(task(loop("false", 'testBefore="true"')))).trace == ("c",)
    assert play(line(task(loop("false")))).trace == ("a", "c")


def test_a_loop_ends_at_its_maximum() -> None:
    assert play(line(task(loop("true", 'loopMaximum="4"')))).trace == (*("a",) * 4, "c")
    assert play(line(task(loop("", 'loopMaximum="2"')))).trace == ("a", "a", "c")
    assert play(line(task(loop()))).trace == ("a", "c")


def test_a_loop_that_never_ends_is_stopped() -> None:
    assert play(line(task(loop("true")))).error == "run.too_long"


@pytest.mark.parametrize("sequential", [True, False])
def test_as_many_instances_as_the_count_says(sequential: bool) -> None:  # noqa: FBT001  – a parameter
    model = line(task(multi("n", sequential=sequential)))
    assert play(model, variables={"n": 3}).trace == ("a", "a", "a", "c")
    assert play(model, variables={"n": 0}).trace == ("c",)


@pytest.mark.parametrize("count", [-1, "three", None])
def test_a_count_that_is_no_natural_number_is_an_error(count: object) -> None:
    played = play(line(task(multi("n"))), variables={"n": count})
    assert (played.status, played.error) == ("error", "loop.cardinality")
    assert play(line(task(each("n", "one"))), variables={"n": count}).error == "loop.cardinality"


def test_too_many_instances_are_refused() -> None:
    assert play(line(task(multi("n"))), variables={"n": 10_001}).error == "run.too_long"


def test_a_fraction_written_as_count_is_refused_at_load() -> None:
    for inside in (multi("1.5"), multi("-1"), loop("true", 'loopMaximum="-1"')):
        verdict = judged("s > a > e", s=start(), a=task(inside), e=end())
        assert "multi_instance.cardinality" in rules(verdict)


def behaving(name: str, ref: str = "") -> str:
    """Three instances in a row; those that complete throw a signal to the activity's boundary."""
    attribute = f' {name.lower()}BehaviorEventRef="{ref}"' if ref else ""
    return multi("3", sequential=True).replace(
        "Characteristics ", f'Characteristics behavior="{name}"{attribute} ', 1
    )


@pytest.mark.parametrize(("name", "times"), [("None", 3), ("One", 1), ("All", 0)])
def test_instances_throw_to_their_own_boundary_event_and_cancel_nothing(
    name: str, times: int
) -> None:
    ways = process("s > a > b > e; d > c > f", s=start(), b=task(), e=end(), f=end(),
                   a=task(behaving(name, "" if name == "All" else "ev")), c=task(),
                   d=boundary("a", signal("g")))  # fmt: skip
    thrown = '<bpmn:signalEventDefinition id="ev" signalRef="g"/>'
    played = restarted(define(file(thrown, ways), "deployed"))
    assert played.trace.count("a") == 3
    assert played.trace.count("c") == times
    assert (played.trace.count("b"), played.status) == (1, "completed")


def test_a_behaviour_without_an_event_throws_nothing() -> None:
    model = draw("s > a > e", s=start(), a=task(behaving("None")), e=end())
    assert play(model).trace == ("a", "a", "a")


def test_each_element_of_a_list_has_its_instance() -> None:
    inside = each("names", "name") + assign("seen", "seen + name + string(loopCounter)")
    played = play(line(task(inside)), variables={"names": ["x", "y"], "seen": ""})
    assert played.variables["seen"] == "x1y2"


def test_a_list_that_has_shrunk_gives_null_to_the_instances_it_lost() -> None:
    inside = each("names", "name") + own(
        'assign target="names" value="[]"|assign target="last" value="name = null"'
    )
    played = play(line(task(inside)), variables={"names": ["x", "y"]})
    assert played.variables["last"] is True


def test_parallel_instances_wait_side_by_side_and_sequential_ones_in_a_row() -> None:
    beside, row = line(user(multi("2"))), line(user(multi("2", sequential=True)))
    first = game.begin(beside, "p", {})
    assert len(first.marking.at("a")) == 2
    second = game.complete(beside, first.marking, first.marking.at("a")[1].id, {})
    assert waiting(second) == ["a"]
    third = game.complete(beside, second.marking, wait_at(second, "a"), {})
    assert waiting(third) == ["c"]
    one = game.begin(row, "p", {})
    two = game.complete(row, one.marking, wait_at(one, "a"), {})
    assert wait_at(two, "a") != wait_at(one, "a")
    assert waiting(game.complete(row, two.marking, wait_at(two, "a"), {})) == ["c"]


def test_a_completion_condition_cancels_the_other_instances() -> None:
    model = line(user(multi("3", until="loopCounter = 2")))
    first = game.begin(model, "p", {})
    second = game.complete(model, first.marking, first.marking.at("a")[0].id, {})
    third = game.complete(model, second.marking, second.marking.at("a")[0].id, {})
    assert waiting(third) == ["c"]
    assert [one.how for one in third.closed] == ["completed", "cancelled"]


def test_a_deadline_guards_all_instances_together() -> None:
    model = line(user(multi("3")), d=boundary("a", timer("P1D")))
    first = game.begin(model, "p", {})
    assert len(first.marking.at("d")) == 1
    move = game.fire(model, first.marking, wait_at(first, "d"), {})
    assert move.ended
    done = play(model, jobs={"a": [{"wait": "PT1H"}] * 3})
    assert done.trace == ("a", "a", "a", "c")


def test_an_error_of_one_instance_ends_them_all() -> None:
    model = line(task(multi("3")), d=boundary("a", error("E")))
    failing = [{"wait": "PT1H"}, {"wait": "PT2H", "error": "E"}, {"wait": "PT3H"}]
    assert play(model, jobs={"a": failing}).trace == ("a",)


def test_an_escalation_of_an_instance_reaches_the_boundary() -> None:
    inside = subprocess("b > t > z", multi("2"), b=task(), z=task(), t=throw(escalation("X")))
    model = line(inside, d=boundary("a", escalation("X"), interrupting=False))
    played = play(model)
    assert played.status == "completed"
    assert [entry.element for entry in played.log if entry.what == "caught"] == ["d", "d"]


def test_sub_processes_and_calls_loop_too() -> None:
    model = line(subprocess("f > b; f > d", multi("2"), f=parallel(), b=task(), d=task()))
    assert sorted(play(model).trace) == ["a", "a", "b", "b", "c", "d", "d"]
    calling = Part("callActivity", 'calledElement="q"', multi("2", sequential=True))
    called = define(file(
        process("s > a > e", s=start(), a=calling, e=end()),
        process("b", "q", b=task()),
    ))  # fmt: skip
    assert play(called, process="p").trace == ("b", "a", "b", "a")


def test_terminate_in_an_instance_ends_only_that_instance() -> None:
    terminating = end("<bpmn:terminateEventDefinition/>")
    inside = subprocess("s2 > b > e2; s2 > d > e3", multi("2"), s2=start(), b=user(), d=task(),
                        e2=end(), e3=terminating)  # fmt: skip
    played = play(line(inside), jobs={"b": [{"wait": "P1D"}] * 2})
    assert (played.trace, played.status) == (("d", "d", "a", "a", "c"), "completed")
