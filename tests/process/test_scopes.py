"""Sub-processes, calls, event sub-processes, errors, escalations, terminate, signals, links."""

from domain.process import game
from infra.bpmn_xml.judging import judge
from tests.process.drawn import (
    boundary,
    call,
    catch,
    define,
    draw,
    end,
    error,
    escalation,
    event_subprocess,
    file,
    link,
    message,
    parallel,
    play,
    process,
    signal,
    start,
    subprocess,
    task,
    terminate,
    throw,
    timer,
    user,
    wait_at,
    waiting,
)


def test_a_sub_process_is_complete_when_no_token_is_left_in_it() -> None:
    model = draw("s > u > c > e", s=start(), c=user(), e=end(),
                 u=subprocess("s2 > f > a > e2; f > b > e2", s2=start(), f=parallel(), a=user(),
                              b=user(), e2=end()))  # fmt: skip
    first = game.begin(model, "p", {})
    assert waiting(first) == ["a", "b"]
    assert first.marking.active == {"a", "b", "u"}
    second = game.complete(model, first.marking, wait_at(first, "a"), {})
    third = game.complete(model, second.marking, wait_at(second, "b"), {})
    assert waiting(third) == ["c"]
    assert ("completed", "u") in [(step.what, step.element) for step in third.steps]


def test_a_sub_process_without_events_starts_at_its_unled_nodes() -> None:
    model = draw(
        "s > u > e", s=start(), e=end(), u=subprocess("a > b", a=task(), b=task(), c=task())
    )
    assert play(model).trace == ("a", "c", "b", "u")


def test_an_empty_sub_process_is_passed() -> None:
    model = draw("s > u > a > e", s=start(), u=subprocess(""), a=task(), e=end())
    assert play(model).trace == ("u", "a")


def test_a_deadline_on_a_sub_process_stops_all_inside() -> None:
    model = draw("s > u > e; d > b > f", s=start(), e=end(), b=user(), f=end(),
                 d=boundary("u", timer("P2D")),
                 u=subprocess("s2 > a > e2; s2 > c > e2; d2 > e3", s2=start(), a=user(),
                              c=catch(message("m")), e2=end(), e3=end(),
                              d2=boundary("a", timer("P9D"))))  # fmt: skip
    first = game.begin(model, "p", {})
    move = game.fire(model, first.marking, wait_at(first, "d"), {})
    assert waiting(move) == ["b"]
    assert sorted(one.wait.element for one in move.closed) == ["a", "c", "d", "d2"]
    assert [scope.kind for scope in move.marking.scopes] == ["process"]


CALLED = define(file(
    process("s > c > b > e", "outer", s=start(), c=call("inner"), b=user(), e=end()),
    process("s2 > a > e2", "inner", s2=start(), a=user(), e2=end()),
))  # fmt: skip


def test_a_call_activity_runs_the_process_it_calls() -> None:
    first = game.begin(CALLED, "outer", {})
    assert waiting(first) == ["a"]
    move = game.complete(CALLED, first.marking, wait_at(first, "a"), {})
    assert waiting(move) == ["b"]
    assert play(CALLED).trace == ("a", "c", "b")


def test_a_call_of_a_global_task_is_that_task() -> None:
    ways = process("s > c > e", s=start(), c=call("g"), e=end())
    model = define(file(ways, '<bpmn:globalUserTask id="g"/>'))
    assert [wait.kind for wait in game.begin(model, "p", {}).opened] == ["user"]
    assert play(model).trace == ("c",)
    assert not judge(file(ways, '<bpmn:globalScriptTask id="g"/>'), "script.bpmn").ok


def test_a_process_that_calls_itself_is_stopped() -> None:
    model = define(file(process("s > c > e", "p", s=start(), c=call("p"), e=end())))
    assert play(model).error == "run.too_long"


def test_a_cycle_that_never_waits_is_stopped() -> None:
    model = draw("a > b > a; c > a", a=task(), b=task(), c=task())
    played = play(model)
    assert (played.status, played.error) == ("error", "run.too_long")


def test_an_error_goes_outwards_to_the_nearest_catcher() -> None:
    inner = subprocess("s3 > a > e3", s3=start(), a=task(), e3=end(error("E1")))
    model = draw("s > u > e; d1 > b > f1; d2 > c > f2", s=start(), e=end(), b=task(), c=task(),
                 f1=end(), f2=end(), d1=boundary("u", error("E2")), d2=boundary("u", error()),
                 u=subprocess("s2 > v > e2", s2=start(), v=inner, e2=end()))  # fmt: skip
    assert play(model).trace == ("a", "c")


def test_an_equal_code_catches_before_an_event_without_a_code() -> None:
    model = draw("s > a > e; d1 > b > f1; d2 > c > f2", s=start(), a=task(), e=end(), b=task(),
                 c=task(), f1=end(), f2=end(), d1=boundary("a", error()),
                 d2=boundary("a", error("E1")))  # fmt: skip
    assert play(model, jobs={"a": [{"error": "E1"}]}).trace == ("c",)
    assert play(model, jobs={"a": [{"error": "E9"}]}).trace == ("b",)


def test_an_error_nobody_catches_ends_the_run() -> None:
    model = draw("s > f > a > e; f > b > e2", s=start(), f=parallel(), a=task(), e=end(error("E1")),
                 b=user(), e2=end())  # fmt: skip
    played = play(model, jobs={"b": [{"wait": "P1D"}]})
    assert (played.status, played.error, played.trace) == ("error", "E1", ("a",))


def test_an_error_leaves_a_called_process() -> None:
    model = define(file(
        process("s > c > e; d > b > f", "outer", s=start(), c=call("inner"), b=task(), e=end(),
                f=end(), d=boundary("c", error("E1"))),
        process("s2 > a > e2", "inner", s2=start(), a=task(), e2=end(error("E1"))),
    ))  # fmt: skip
    assert play(model, process="outer").trace == ("a", "b")


def test_terminate_at_the_top_ends_everything() -> None:
    model = draw("s > f > a > e; f > b > t", s=start(), f=parallel(), a=user(), b=task(), e=end(),
                 t=end(terminate()))  # fmt: skip
    played = play(model, jobs={"a": [{"wait": "P1D"}]})
    assert (played.status, played.trace, played.open) == ("terminated", ("b",), ())
    first = game.begin(model, "p", {})
    move = game.complete(model, first.marking, wait_at(first, "b"), {})
    assert move.terminated
    assert move.ended


def test_terminate_in_a_sub_process_ends_only_it() -> None:
    model = draw("s > u > c > e", s=start(), c=task(), e=end(),
                 u=subprocess("s2 > f > a > e2; f > b > t", s2=start(), f=parallel(), a=task(),
                              b=task(), e2=end(), t=end(terminate())))  # fmt: skip
    played = play(model, jobs={"a": [{"wait": "P1D"}]})
    assert (played.status, played.trace) == ("completed", ("b", "u", "c"))


def test_tokens_move_before_anything_is_thrown() -> None:
    model = draw("s > f > a > b > c > e; f > t", s=start(), f=parallel(), a=task(), b=task(),
                 c=task(), e=end(), t=end(terminate()))  # fmt: skip
    assert play(model).trace == ("a", "b", "c")


def test_a_signal_reaches_all_who_wait_and_is_not_kept() -> None:
    model = draw("s > f > c1 > a > e; f > c2 > b > e; f > w > t > c3 > e", s=start(), f=parallel(),
                 c1=catch(signal("g")), c2=catch(signal("g")), a=task(), b=task(), e=end(),
                 w=catch(timer("P1D")), t=throw(signal("g")), c3=catch(signal("g")))  # fmt: skip
    played = play(model)
    assert (played.trace, played.status, played.open) == (("a", "b"), "stuck", ("c3",))


def test_a_signal_starts_every_process_it_can() -> None:
    model = define(file(
        process("s > a > e", "main", s=start(), a=task(), e=end(signal("g"))),
        process("s2 > b > e2", "one", s2=start(signal("g")), b=task(), e2=end()),
        process("s3 > c > e3", "two", s3=start(signal("g")), c=task(), e3=end()),
    ))  # fmt: skip
    assert sorted(play(model, process="main").trace) == ["a", "b", "c"]


def test_a_signal_may_arrive_from_outside() -> None:
    model = draw("s > c > e; d > f", s=start(), c=user(), e=end(), f=end(),
                 d=boundary("c", signal("g"), interrupting=False))  # fmt: skip
    played = play(model, jobs={"c": [{"wait": "P3D"}]}, arrivals=[{"at": "P1D", "signal": "g"}])
    assert [line.element for line in played.log if line.what == "caught"] == ["d"]
    assert played.status == "completed"


def test_a_link_goes_on_at_its_partner() -> None:
    model = draw("s > a > l1; l2 > b > e", s=start(), a=task(), l1=throw(link("on")), b=task(),
                 l2=catch(link("on")), e=end())  # fmt: skip
    assert play(model).trace == ("a", "b")


def test_an_escalation_that_does_not_interrupt_lets_its_thrower_go_on() -> None:
    model = draw("s > u > e; d > b > f", s=start(), e=end(), b=task(), f=end(),
                 d=boundary("u", escalation("X"), interrupting=False),
                 u=subprocess("s2 > t > a > e2", s2=start(), t=throw(escalation("X")), a=task(),
                              e2=end()))  # fmt: skip
    assert sorted(play(model).trace) == ["a", "b", "u"]


def test_an_interrupting_escalation_cancels_what_throws_it() -> None:
    model = draw("s > u > e; d > b > f", s=start(), e=end(), b=task(), f=end(),
                 d=boundary("u", escalation()),
                 u=subprocess("s2 > t > a > e2", s2=start(), t=throw(escalation("X")), a=task(),
                              e2=end()))  # fmt: skip
    assert play(model).trace == ("b",)


def test_an_escalation_that_reaches_nobody_is_told_at_the_end() -> None:
    model = draw("s > a > e", s=start(), a=task(), e=end(escalation("X")))
    played = play(model)
    assert (played.status, played.error, played.trace) == ("escalated", "X", ("a",))


def test_a_job_may_escalate_and_is_done() -> None:
    model = draw("s > a > e; d > b > f", s=start(), a=task(), e=end(), b=task(), f=end(),
                 d=boundary("a", escalation("X"), interrupting=False))  # fmt: skip
    assert sorted(play(model, jobs={"a": [{"escalate": "X"}]}).trace) == ["a", "b"]


def handled(trigger: str, attributes: str = "") -> bytes:
    handler = event_subprocess("s3 > h > e3", s3=start(trigger, attributes), h=task(), e3=end())
    inside = subprocess("s2 > a > t > e2", s2=start(), a=task(), t=throw(escalation("X")), e2=end(),
                        handler=handler)  # fmt: skip
    return file(process("s > u > c > e", s=start(), u=inside, c=task(), e=end()))


def test_an_interrupting_event_sub_process_stops_the_rest_of_its_scope() -> None:
    slow = {"a": [{"wait": "P9D"}]}
    played = play(define(handled(timer("P1D"))), jobs=slow)
    assert played.trace == ("h", "handler", "u", "c")


def test_an_event_sub_process_that_does_not_interrupt_runs_beside_its_scope() -> None:
    slow = {"a": [{"wait": "P9D"}]}
    played = play(define(handled(timer("R2/P1D"), 'isInterrupting="false"')), jobs=slow)
    assert played.trace == ("h", "handler", "h", "handler", "a", "u", "c")


def test_an_event_sub_process_catches_errors_and_escalations_of_its_scope() -> None:
    caught = play(define(handled(error("E1"))), jobs={"a": [{"error": "E1"}]})
    assert caught.trace == ("h", "handler", "u", "c")
    beside = play(define(handled(escalation("X"), 'isInterrupting="false"')))
    assert sorted(beside.trace) == ["a", "c", "h", "handler", "u"]


def test_an_error_inside_an_event_sub_process_is_not_caught_by_itself() -> None:
    handler = event_subprocess("s3 > e3", s3=start(error("E1")), e3=end(error("E1")))
    model = draw("s > a > e", s=start(), a=task(), e=end(), handler=handler)
    played = play(model, jobs={"a": [{"error": "E1"}]})
    assert (played.status, played.error) == ("error", "E1")


def test_a_message_starts_an_event_sub_process_of_a_real_case() -> None:
    handler = event_subprocess("s3 > h > e3", s3=start(message("m")), h=user(), e3=end())
    model = draw("s > a > e", s=start(), a=user(), e=end(), handler=handler)
    first = game.begin(model, "p", {})
    assert [wait.role for wait in first.opened] == ["handler", "token"]
    move = game.deliver(model, first.marking, "m", {})
    assert move is not None
    assert waiting(move) == ["h"]
    last = game.complete(model, move.marking, wait_at(move, "h"), {})
    assert last.ended
