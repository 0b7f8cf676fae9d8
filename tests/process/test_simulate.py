"""Playing on paper: the script, the clock, the order of what falls on one instant, the answer."""

from datetime import timedelta

import pytest

from domain.process.model import Definition
from domain.process.script import START, ScriptError, parse_script
from tests.process.drawn import (
    boundary,
    catch,
    define,
    draw,
    end,
    file,
    message,
    parallel,
    play,
    process,
    signal,
    start,
    subprocess,
    task,
    timer,
    user,
)

LINE = draw("s > a > b > e", s=start(), a=task(), b=task(), e=end())
TWO = define(file(
    process("s > a > e", "p", s=start(), a=task(), e=end()),
    process("s2 > c > e2", "q", s2=start(), c=catch(message("m")), e2=end()),
))  # fmt: skip


def test_each_activation_takes_the_next_outcome() -> None:
    model = draw("s > a > x > [n = 3] e; x > a*", s=start(), a=task(), e=end(),
                 x=task())  # fmt: skip
    outcomes = [{"wait": "P1D", "set": {"n": 1}}, {"set": {"n": 3}}]
    played = play(model, variables={"n": 0}, jobs={"a": outcomes})
    assert played.trace == ("a", "x", "a", "x")
    assert (played.clock, played.variables["n"]) == (timedelta(days=1), 3)


def test_a_job_that_never_ends_leaves_the_run_stuck() -> None:
    played = play(LINE, jobs={"a": [{"wait": "forever"}]})
    assert (played.status, played.open, played.trace) == ("stuck", ("a",), ())


def test_the_clock_stops_where_it_is_told() -> None:
    played = play(LINE, jobs={"a": [{"wait": "P9D"}]}, until="P2D")
    assert (played.status, played.open, played.clock) == ("running", ("a",), timedelta(days=2))
    done = play(LINE, jobs={"a": [{"wait": "P2D"}]}, until="P2D")
    assert done.status == "completed"
    assert play(LINE, until="P9999Y").status == "completed"


def test_an_arrival_comes_after_all_else_of_its_instant() -> None:
    model = draw("s > c > e; d > f", s=start(), c=user(), e=end(), f=end(),
                 d=boundary("c", message("m")))  # fmt: skip
    arrival = [{"at": "P1D", "message": "m"}]
    assert play(model, jobs={"c": [{"wait": "P1D"}]}, arrivals=arrival).trace == ("c",)
    assert play(model, jobs={"c": [{"wait": "P2D"}]}, arrivals=arrival).trace == ()


def test_several_processes_start_in_order_and_the_last_ones_variables_are_told() -> None:
    played = play(TWO, process=["q", "p"], variables={"x": 1}, jobs={"a": [{"set": {"x": 2}}]})
    assert (played.status, played.open, played.variables) == ("stuck", ("c",), {"x": 2})


def test_the_log_tells_each_step_with_its_time() -> None:
    model = draw("s > c > e", s=start(), c=catch(timer("P1D")), e=end())
    assert [(line.at.days, line.element, line.what) for line in play(model).log] == [
        (0, "p", "started"), (0, "s_c", "taken"), (0, "c", "waits"), (1, "c", "fired"),
        (1, "c_e", "taken"), (1, "p", "completed"),
    ]  # fmt: skip


def test_overlaps_leave_out_what_lies_inside_the_other() -> None:
    model = draw("s > f > u > e; f > b > e", s=start(), f=parallel(), e=end(), b=task(),
                 u=subprocess("a", a=task()))  # fmt: skip
    slow = {"a": [{"wait": "P2D"}], "b": [{"wait": "P1D"}]}
    assert play(model, jobs=slow).overlaps == (("a", "b"), ("b", "u"))
    assert play(model, jobs=slow, until="P1D").overlaps == (("a", "b"), ("b", "u"))


def test_one_after_the_other_is_no_overlap() -> None:
    slow = {"a": [{"wait": "P1D"}], "b": [{"wait": "P1D"}]}
    assert play(LINE, jobs=slow).overlaps == ()


def test_what_ended_at_the_start_overlaps_nothing() -> None:
    model = draw("s > a > b > e", s=start(), a=task(), b=task(), e=end())
    assert play(model, jobs={"b": [{"wait": "P1D"}]}).overlaps == ()


def test_a_script_is_complete_by_default() -> None:
    script = parse_script(LINE, {})
    assert (script.processes, script.start, script.jurisdiction) == (("p",), START, "000000")


def test_a_script_may_say_when_and_where() -> None:
    given = {"start": "2024-05-01T08:00:00", "jurisdiction": "430000", "process": "p"}
    script = parse_script(LINE, given)
    assert script.start.isoformat() == "2024-05-01T08:00:00+08:00"
    assert script.jurisdiction == "430000"


def test_the_only_process_that_starts_by_itself_need_not_be_named() -> None:
    model = define(file(
        process("s > c > e", "outer", s=start(), c=task(), e=end()),
        process("s2 > e2", "by_message", s2=start(message("m")), e2=end()),
    ))  # fmt: skip
    assert parse_script(model, {}).processes == ("outer",)
    lone = define(file(process("s > e", "by_signal", s=start(signal("g")), e=end())))
    assert parse_script(lone, {}).processes == ("by_signal",)
    assert play(lone).status == "completed"


@pytest.mark.parametrize(
    "given",
    [
        [], {"proces": "p"}, {"process": "nowhere"}, {"process": []}, {"process": [1]},
        {"process": ""},
        {"variables": 1}, {"jobs": {"nowhere": []}}, {"jobs": {"s": []}}, {"jobs": {"a": {}}},
        {"jobs": {"a": [{"wiat": "P1D"}]}}, {"jobs": {"a": [{"wait": "soon"}]}}, {"jobs": []},
        {"jobs": {"a": [{"error": "E", "escalate": "X"}]}}, {"jobs": {"a": [{"error": 1}]}},
        {"jobs": {"a": [{"escalate": ""}]}}, {"jobs": {"a": [{"set": []}]}}, {"arrivals": {}},
        {"arrivals": [{}]}, {"arrivals": [{"message": "m", "signal": "g"}]},
        {"arrivals": [{"message": "nowhere"}]}, {"arrivals": [{"signal": "nowhere"}]},
        {"arrivals": [{"message": "m", "at": "x"}]}, {"until": "x"}, {"until": 1}, {"start": "x"},
        {"start": 1}, {"jurisdiction": 1},
    ],
)  # fmt: skip
def test_wrong_input_is_refused(given: object) -> None:
    with pytest.raises(ScriptError):
        parse_script(LINE, given)


def test_which_of_two_processes_must_be_said() -> None:
    with pytest.raises(ScriptError, match="p, q"):
        parse_script(TWO, {})


def test_a_process_that_is_not_executable_is_not_started() -> None:
    sketch: Definition = define(
        file(process("s > e", s=start(), e=end())).replace(b'isExecutable="true"', b"")
    )
    with pytest.raises(ScriptError, match="executable"):
        parse_script(sketch, {"process": "p"})
    with pytest.raises(ScriptError, match="none"):
        parse_script(sketch, {})
