"""Multiple events: any of their parts is enough, or all are needed, or all are thrown."""

import pytest

from domain.process import game
from tests.process.drawn import (
    Part,
    boundary,
    catch,
    compensate,
    condition,
    define,
    draw,
    end,
    error,
    escalation,
    event_subprocess,
    file,
    judged,
    message,
    process,
    restarted,
    rules,
    signal,
    start,
    stored,
    subprocess,
    task,
    terminate,
    throw,
    timer,
    undo,
    undoes,
    waiting,
)

ENDS = {"s": start(), "a": task(), "e": end()}
TWO = message("m") + timer("P3D")
TOGETHER = 'parallelMultiple="true"'


def arrival(day: int, name: str = "m") -> dict[str, object]:
    return {"at": f"P{day}D", "message": name}


def caught(inside: str, attributes: str = "") -> Part:
    return Part("intermediateCatchEvent", attributes, inside)


def test_any_part_lets_the_token_go_on_once() -> None:
    model = draw("s > c > a > e", c=catch(TWO), **ENDS)
    assert restarted(model, arrivals=[arrival(1)]).clock.days == 1
    late = restarted(model, arrivals=[arrival(9)])
    assert (late.trace, late.clock.days) == (("a",), 9)
    assert [line.at.days for line in late.log if line.element == "a" and line.what == "completed"] == [3]  # fmt: skip  # noqa: E501  – one value


def test_a_part_whose_time_has_come_forestalls_the_work_it_guards() -> None:
    model = draw("s > a > e; g > f", f=end(), g=boundary("a", message("m") + timer("PT0S")), **ENDS)
    assert (restarted(model).trace, restarted(model).status) == ((), "completed")


def test_all_parts_are_needed_where_it_says_so() -> None:
    model = draw("s > c > a > e", c=caught(TWO, TOGETHER), **ENDS)
    assert restarted(model).status == "stuck"
    assert restarted(model, arrivals=[arrival(1)]).clock.days == 3
    assert restarted(model, arrivals=[arrival(5)]).clock.days == 5


def test_a_real_case_waits_for_each_part() -> None:
    model = draw("s > c > a > e", c=caught(TWO, TOGETHER), **ENDS)
    first = game.begin(model, "p", {})
    assert waiting(first) == ["c"]
    assert [wait.kind for wait in first.opened] == ["multiple", "message", "timer"]
    assert stored(first.marking) == first.marking
    timed = next(wait for wait in first.marking.waits if wait.timer is not None)
    second = game.fire(model, stored(first.marking), timed.id, {})
    assert waiting(second) == ["c"]
    last = game.deliver(model, stored(second.marking), "m", {})
    assert last is not None
    assert waiting(last) == ["a"]
    with pytest.raises(Exception, match="no event"):
        game.fire(model, first.marking, first.opened[0].id, {})


def test_a_condition_may_be_a_part() -> None:
    model = draw("s > c > a > e", c=catch(timer("P3D") + condition("n = 1")), **ENDS)
    arrives = {"at": "P1D", "message": "m", "set": {"n": 1}}
    listening = draw("s > c > a > e; s > k > e", c=catch(timer("P3D") + condition("n = 1")),
                     k=catch(message("m")), **ENDS)  # fmt: skip
    assert restarted(listening, variables={"n": 0}, arrivals=[arrives]).clock.days == 1
    assert restarted(model, variables={"n": 1}).clock.days == 0


@pytest.mark.parametrize(
    ("interrupting", "attributes", "trace"),
    [
        (True, "", ("b",)),
        (False, "", ("b", "b", "a")),
        (True, TOGETHER, ("b",)),
        (False, TOGETHER, ("b", "a")),
    ],
)
def test_a_boundary_event_may_be_multiple(
    interrupting: bool,  # noqa: FBT001  – one of two ways
    attributes: str,
    trace: tuple[str, ...],
) -> None:
    event = boundary("a", TWO, interrupting=interrupting)
    event = Part(event.tag, f"{event.attributes} {attributes}", event.inside)
    model = draw("s > a > e; d > b > f", b=task(), f=end(), d=event, **ENDS)
    slow = {"a": [{"wait": "P9D"}]}
    assert restarted(model, jobs=slow, arrivals=[arrival(1)]).trace == trace


def test_an_event_sub_process_may_start_by_any_part() -> None:
    handler = event_subprocess("s3 > h > e3", s3=start(TWO), h=task(), e3=end())
    model = draw("s > a > e", handler=handler, **ENDS)
    slow = {"a": [{"wait": "P9D"}]}
    for arrivals, day in (([arrival(1)], 1), ([], 3)):
        played = restarted(model, jobs=slow, arrivals=arrivals)
        assert (played.trace, played.clock.days) == (("h", "handler"), day)


def test_errors_and_escalations_may_be_parts_of_a_boundary_event() -> None:
    for thrown in (error("E"), escalation("X")):
        inner = subprocess("s2 > x", s2=start(), x=end(thrown))
        model = draw("s > u > e; d > b > f", s=start(), u=inner, e=end(), b=task(), f=end(),
                     d=boundary("u", error("E") + escalation("X") + timer("P1D")))  # fmt: skip
        assert restarted(model).trace == ("b",)


def test_any_part_starts_a_process() -> None:
    model = define(file(
        process("s > a > t", "main", s=start(), a=task(), t=end(signal("g"))),
        process("s2 > b > e2", "other", s2=start(message("m") + signal("g")), b=task(), e2=end()),
    ))  # fmt: skip
    assert restarted(model, process="main").trace == ("a", "b")
    timed = draw("s > a > e", **ENDS | {"s": start(message("m") + timer("P2D"))})
    assert restarted(timed).clock.days == 2


def test_a_throwing_event_throws_all_its_parts() -> None:
    model = draw("s > t > a > e; s > c1 > b > e; s > c2 > e", t=throw(signal("g") + message("m")),
                 c1=catch(signal("g")), c2=catch(message("m")), b=task(), **ENDS)  # fmt: skip
    played = restarted(model)
    assert (sorted(played.trace), played.status) == (["a", "b"], "completed")


def test_what_ends_comes_last_among_the_parts() -> None:
    for last in (terminate(), error("E")):
        model = draw("s > f", s=start(), f=end(last + signal("g")))
        move = game.begin(model, "p", {})
        assert move.thrown == (("f", "g"),) or move.error == "E"
    undone = {"g": boundary("a", compensate()), "una": undo(), "as1": undoes("g", "una")}
    model = draw("s > a > f", s=start(), a=task(), f=end(compensate() + escalation("X")), **undone)
    played = restarted(model)
    assert (played.trace, played.status) == (("a", "una"), "escalated")


def test_a_multiple_event_with_a_timer_has_a_deadline_unless_all_are_needed() -> None:
    assert "wait.deadline" not in rules(judged("s > c > a > e", c=catch(TWO), **ENDS))
    together = judged("s > c > a > e", c=caught(TWO, TOGETHER), **ENDS)
    assert "wait.deadline" in rules(together)
