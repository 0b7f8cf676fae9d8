"""Compensation: what completed is undone, newest first, by whoever is drawn to undo it."""

import pytest

from domain.process import game
from domain.process.marking import Completed
from tests.process.drawn import (
    Part,
    boundary,
    call,
    compensate,
    define,
    draw,
    end,
    error,
    event_subprocess,
    exclusive,
    file,
    inclusive,
    judged,
    multi,
    parallel,
    play,
    process,
    restarted,
    rules,
    start,
    stored,
    subprocess,
    task,
    throw,
    timer,
    undo,
    undoes,
    user,
    wait_at,
    waiting,
)


def undoable(name: str, handler: str = "task") -> dict[str, Part]:
    """A task with a compensation event, and `un…` that undoes it."""
    return {name: task(), **handled(name, handler)}


def handled(name: str, handler: str = "task") -> dict[str, Part]:
    """What undoes an activity."""
    return {f"d_{name}": boundary(name, compensate()), f"un{name}": undo(handler),
            f"as_{name}": undoes(f"d_{name}", f"un{name}")}  # fmt: skip


ENDS = {"s": start(), "e": end()}


def test_what_completed_is_undone_newest_first() -> None:
    model = draw("s > a > b > c > t > z > e", t=throw(compensate()), z=task(), c=task(),
                 **ENDS | undoable("a") | undoable("b"))  # fmt: skip
    assert restarted(model).trace == ("a", "b", "c", "unb", "una", "z")


def test_one_activity_may_be_named() -> None:
    model = draw("s > a > b > t > z > e", t=throw(compensate("a")), z=task(),
                 **ENDS | undoable("a") | undoable("b"))  # fmt: skip
    assert restarted(model).trace == ("a", "b", "una", "z")


def test_what_has_not_completed_is_not_undone() -> None:
    model = draw("s > f > a > e; f > t > z > e", f=parallel(), t=throw(compensate("a")), z=task(),
                 **ENDS | undoable("a"))  # fmt: skip
    assert restarted(model, jobs={"a": [{"wait": "P1D"}]}).trace == ("z", "a")


def test_everything_is_undone_once() -> None:
    model = draw("s > a > t > t2 > e", t=throw(compensate()), t2=throw(compensate()),
                 **ENDS | undoable("a"))  # fmt: skip
    assert restarted(model).trace == ("a", "una")


def test_an_activity_that_ran_twice_is_undone_twice() -> None:
    model = draw("s > m > a > x > [n = 2] t > e; x > m*", m=exclusive(), x=exclusive(),
                 t=throw(compensate()), **ENDS | undoable("a"))  # fmt: skip
    played = restarted(
        model, variables={"n": 0}, jobs={"a": [{"set": {"n": 1}}, {"set": {"n": 2}}]}
    )
    assert played.trace == ("a", "a", "una", "una")


def test_each_instance_is_undone_once_the_whole_activity_completed() -> None:
    parts = ENDS | undoable("a") | {"a": task(multi("3"))}
    model = draw("s > a > t > e", t=throw(compensate()), **parts)
    assert restarted(model).trace == ("a", "a", "a", "una", "una", "una")
    parts |= {"b": boundary("a", timer("P1D")), "t": throw(compensate())}
    stopped = draw("s > a > e; b > t > f", f=end(), **parts)
    played = restarted(stopped, jobs={"a": [{}, {"wait": "P2D"}, {}]})
    assert played.trace == ("a", "a")


@pytest.mark.parametrize(
    ("waits", "trace"), [(True, ("a", "una", "z")), (False, ("a", "z", "una"))]
)
def test_who_throws_waits_for_the_end_unless_it_says_otherwise(
    waits: bool,  # noqa: FBT001  – one of two ways
    trace: tuple[str, ...],
) -> None:
    model = draw("s > a > t > z > e", t=throw(compensate(waits=waits)), z=task(),
                 **ENDS | undoable("a"))  # fmt: skip
    played = restarted(model, jobs={"una": [{"wait": "P1D"}]})
    assert (played.trace, played.status) == (trace, "completed")


def test_an_end_event_undoes_and_then_ends() -> None:
    model = draw("s > f > a > e; f > b > e2", f=parallel(), b=user(), e2=end(),
                 **ENDS | undoable("a") | {"e": end(compensate())})  # fmt: skip
    played = restarted(model, jobs={"b": [{"wait": "P1D"}]})
    assert (played.trace, played.status) == (("a", "una", "b"), "completed")


def test_a_throw_reaches_only_what_completed_on_its_own_level() -> None:
    inner = subprocess("s2 > t > e2", s2=start(), t=throw(compensate()), e2=end())
    model = draw("s > a > u > e", u=inner, **ENDS | undoable("a"))
    assert restarted(model).trace == ("a", "u")


def within(*names: str) -> Part:
    """A sub-process with tasks in a row that can be undone."""
    parts: dict[str, Part] = {"s2": start(), "e2": end()}
    for name in names:
        parts |= undoable(name)
    return subprocess(f"s2 > {' > '.join(names)} > e2", **parts)


def test_a_sub_process_is_undone_by_what_undoes_its_parts() -> None:
    model = draw("s > a > u > b > t > e", t=throw(compensate()), u=within("c", "d"),
                 **ENDS | undoable("a") | undoable("b"))  # fmt: skip
    assert restarted(model).trace == ("a", "c", "d", "u", "b", "unb", "und", "unc", "una")


def test_a_sub_process_with_a_handler_of_its_own_is_undone_as_a_whole() -> None:
    model = draw("s > u > t > e", t=throw(compensate()), **ENDS | {"u": within("c")} | handled("u"))
    assert restarted(model).trace == ("c", "u", "unu")


def test_a_sub_process_is_undone_by_its_event_sub_process() -> None:
    handler = event_subprocess("s3 > x > t3 > y > e3", s3=start(compensate()), x=task(), y=task(),
                               t3=throw(compensate("c")), e3=end())  # fmt: skip
    inner = subprocess("s2 > c > d > e2", s2=start(), e2=end(), handler=handler,
                       **undoable("c") | undoable("d"))  # fmt: skip
    model = draw("s > u > t > z > e", u=inner, t=throw(compensate()), z=task(), **ENDS)
    assert restarted(model).trace == ("c", "d", "u", "x", "unc", "y", "handler", "z")


def test_a_sub_process_that_was_stopped_is_not_undone() -> None:
    inner = subprocess("s2 > c > w > e2", s2=start(), w=user(), e2=end(), **undoable("c"))
    model = draw("s > u > e; d > t > f", u=inner, d=boundary("u", timer("P1D")),
                 t=throw(compensate()), f=end(), **ENDS)  # fmt: skip
    played = restarted(model, jobs={"w": [{"wait": "forever"}]})
    assert (played.trace, played.marking.completed) == (("c",), ())


def test_an_error_handler_undoes_what_completed_around_it() -> None:
    handler = event_subprocess("s3 > t > e3", s3=start(error("E")), t=throw(compensate()), e3=end())
    model = draw("s > a > b > x", s=start(), b=task(), x=end(error("E")), handler=handler,
                 **undoable("a"))  # fmt: skip
    assert restarted(model).trace == ("a", "b", "una", "handler")


def test_a_called_process_is_undone_like_a_sub_process() -> None:
    model = define(file(
        process("s > c > t > e", "outer", c=call("inner"), t=throw(compensate()), **ENDS),
        process("s2 > a > e2", "inner", s2=start(), e2=end(), **undoable("a")),
    ))  # fmt: skip
    assert restarted(model, process="outer").trace == ("a", "c", "una")


def test_a_handler_may_take_its_time_and_survive_restarts() -> None:
    model = draw("s > a > b > t > z > e", t=throw(compensate()), z=user(),
                 **ENDS | undoable("a", "userTask") | undoable("b", "userTask"))  # fmt: skip
    move = game.begin(model, "p", {})
    for name in ("a", "b"):
        move = game.complete(model, stored(move.marking), wait_at(move, name), {})
    assert [one.element for one in move.marking.completed] == ["a"]
    assert waiting(move) == ["unb"]
    assert move.marking.active == {"t", "unb"}
    for name in ("unb", "una"):
        assert waiting(move) == [name]
        assert stored(move.marking) == move.marking
        move = game.complete(model, stored(move.marking), wait_at(move, name), {})
    assert waiting(move) == ["z"]
    assert move.marking.completed == ()
    assert [scope.kind for scope in move.marking.scopes] == ["process"]


def test_a_failing_handler_is_not_caught_by_what_it_undoes() -> None:
    model = draw("s > a > t > e; x > b > f", t=throw(compensate()), b=task(), f=end(),
                 x=boundary("a", error()), **ENDS | undoable("a"))  # fmt: skip
    played = play(model, jobs={"una": [{"error": "E"}]})
    assert (played.status, played.error, played.trace) == ("error", "E", ("a",))


def test_what_a_stopped_compensation_has_not_undone_can_still_be_undone() -> None:
    handler = event_subprocess("s3 > t3 > e3", s3=start(error("E")), t3=throw(compensate()),
                               e3=end())  # fmt: skip
    model = draw("s > a > u > b > t > e", t=throw(compensate()), u=within("c", "d"),
                 handler=handler, **ENDS | undoable("a") | undoable("b"))  # fmt: skip
    trace = ("a", "c", "d", "u", "b", "unb", "und", "unc", "una", "handler")
    assert restarted(model).trace == (*trace[:-1],)
    failed = restarted(model, jobs={"und": [{"error": "E"}]})
    assert failed.trace == tuple(one for one in trace if one != "und")
    assert failed.status == "completed"


def test_what_undoes_may_itself_run_several_times() -> None:
    parts = ENDS | undoable("a") | {"una": Part("task", 'isForCompensation="true"', multi("2"))}
    model = draw("s > a > t > e", t=throw(compensate()), **parts)
    assert restarted(model).trace == ("a", "una", "una")


def test_a_process_without_compensation_remembers_nothing() -> None:
    model = draw("s > a > b > e", a=task(), b=user(), **ENDS)
    move = game.complete(model, game.begin(model, "p", {}).marking, "w2", {})
    assert move.marking.completed == ()
    assert "completed" not in move.marking.to_json()
    assert Completed("w2", "a", "s1") not in move.marking.completed


def test_a_handler_stands_apart_and_its_diagram_is_sound() -> None:
    parts = ENDS | undoable("a") | {"t": throw(compensate())}
    assert not {one for one in rules(judged("s > a > t > e", **parts)) if one.startswith("sound")}
    flows = judged("s > a > t > una > e", **parts)
    assert "compensation.flow" in rules(flows)
    unused = judged("s > a > e", a=user(), h=undo(), **ENDS)
    assert "sound.dead" in rules(unused)


def test_an_association_may_stand_in_the_collaboration() -> None:
    tie = '<bpmn:association id="tie" sourceRef="una" targetRef="d_a"/>'
    parts = {name: part for name, part in undoable("a").items() if part.tag != "association"}
    ways = process("s > a > t > e", t=throw(compensate()), **ENDS | parts)
    model = define(file(f'<bpmn:collaboration id="c">{tie}</bpmn:collaboration>', ways))
    assert restarted(model).trace == ("a", "una")


def test_a_join_does_not_wait_for_a_compensation_that_nobody_waits_for() -> None:
    model = draw("s > a > f; f > t > x; x > e0*; x > [false] y > j; f > b > j; j > z > e2",
                 f=parallel(), t=throw(compensate(waits=False)), x=exclusive(), e0=end(),
                 y=task(), b=user(), j=inclusive(), z=user(), e2=end(),
                 s=start(), **undoable("a", "userTask"))  # fmt: skip
    begun = game.begin(model, "p", {})
    undoing = game.complete(model, begun.marking, wait_at(begun, "a"), {})
    joined = game.complete(model, undoing.marking, wait_at(undoing, "b"), {})
    assert joined.marking.open == ("una", "z")
