"""Messages: to who has waited longest, else they start a process or are kept."""

from domain.process import game
from tests.process.drawn import (
    boundary,
    catch,
    define,
    draw,
    end,
    event_gateway,
    file,
    message,
    parallel,
    play,
    process,
    receive,
    send,
    start,
    task,
    throw,
    timer,
    user,
    wait_at,
    waiting,
)

CATCH = draw("s > c > a > e", s=start(), c=catch(message("m")), a=user(), e=end())


def test_a_message_reaches_who_waits_for_it() -> None:
    first = game.begin(CATCH, "p", {})
    assert [(wait.kind, wait.ref) for wait in first.opened] == [("message", "m")]
    move = game.deliver(CATCH, first.marking, "m", {})
    assert move is not None
    assert waiting(move) == ["a"]


def test_a_message_may_be_called_by_its_name() -> None:
    first = game.begin(CATCH, "p", {})
    assert game.deliver(CATCH, first.marking, "m name", {}) is not None


def test_a_message_nobody_waits_for_moves_nothing() -> None:
    first = game.begin(CATCH, "p", {})
    arrived = game.deliver(CATCH, first.marking, "m", {})
    assert arrived is not None
    assert game.deliver(CATCH, arrived.marking, "m", {}) is None
    assert game.deliver(CATCH, first.marking, "unknown", {}) is None


def test_who_has_waited_longest_takes_the_message() -> None:
    model = draw("s > f > c > e; f > d > e", s=start(), f=parallel(), c=catch(message("m")),
                 d=catch(message("m")), e=end())  # fmt: skip
    first = game.begin(model, "p", {})
    move = game.deliver(model, first.marking, "m", {})
    assert move is not None
    assert waiting(move) == ["d"]


def test_a_receive_task_is_done_by_its_message() -> None:
    model = draw("s > r > e", s=start(), r=receive("m"), e=end())
    first = game.begin(model, "p", {})
    move = game.deliver(model, first.marking, "m", {})
    assert move is not None
    assert move.ended
    assert ("completed", "r") in [(step.what, step.element) for step in move.steps]
    assert play(model).status == "stuck"
    assert play(model, arrivals=[{"at": "P1D", "message": "m"}]).trace == ("r",)


def test_what_a_process_sends_to_itself_is_kept_until_it_is_wanted() -> None:
    model = draw("s > t > a > c > e", s=start(), t=throw(message("m")), a=user(),
                 c=catch(message("m")), e=end())  # fmt: skip
    first = game.begin(model, "p", {})
    assert first.marking.kept == ("m",)
    assert first.thrown == (("t", "m"),)
    move = game.complete(model, first.marking, wait_at(first, "a"), {})
    assert move.ended


def test_a_boundary_message_interrupts_or_not() -> None:
    for interrupting, left in ((True, ["b"]), (False, ["a", "b"])):
        model = draw("s > a > e; d > b > f", s=start(), a=user(), e=end(), b=user(), f=end(),
                     d=boundary("a", message("m"), interrupting=interrupting))  # fmt: skip
        first = game.begin(model, "p", {})
        move = game.deliver(model, first.marking, "m", {})
        assert move is not None
        assert waiting(move) == left
        again = game.deliver(model, move.marking, "m", {})
        assert (again is None) is interrupting


TALK = define(file(
    process("s > a > w > e", "asks", s=start(), a=send("question"), w=catch(message("answer")),
            e=end()),
    process("s2 > b > t > e2", "answers", s2=start(message("question")), b=task(), e2=end(),
            t=throw(message("answer"))),
))  # fmt: skip


def test_a_message_starts_a_process_of_the_same_file() -> None:
    played = play(TALK, process="asks")
    assert (played.status, played.trace) == ("completed", ("a", "b"))


def test_a_real_case_starts_no_other_process() -> None:
    first = game.begin(TALK, "asks", {})
    move = game.complete(TALK, first.marking, wait_at(first, "a"), {})
    assert waiting(move) == ["w"]
    assert move.thrown == (("a", "question"),)


def test_a_process_that_a_message_starts_begins_as_if_it_had_come() -> None:
    move = game.begin(TALK, "answers", {})
    assert waiting(move) == ["b"]


def test_a_process_may_be_started_by_an_arrival_that_brings_values() -> None:
    model = define(file(
        process("s > c > e", "main", s=start(), c=catch(timer("P9D")), e=end()),
        process("s2 > b > e2", "other", s2=start(message("m")), b=task(), e2=end()),
    ))  # fmt: skip
    arrivals = [{"at": "P1D", "message": "m", "set": {"x": 1}}]
    played = play(model, process="main", arrivals=arrivals)
    assert played.trace == ("b",)
    assert played.variables["x"] == 1


def test_an_arrival_nobody_waits_for_is_kept_for_the_next() -> None:
    model = draw("s > t > c > e", s=start(), t=catch(timer("P3D")), c=catch(message("m")), e=end())
    played = play(model, arrivals=[{"at": "P1D", "message": "m"}])
    assert played.status == "completed"


def test_an_instantiating_receive_task_starts_a_process() -> None:
    """The message arrives before the sender's own token goes on."""
    model = define(file(
        process("r > b", "other", r=receive("m", 'instantiate="true"'), b=task()),
        process("s > a > e", "main", s=start(), a=send("m"), e=end()),
    ))  # fmt: skip
    assert play(model, process="main").trace == ("r", "a", "b")


EITHER = draw("s > g > m1 > a > e; g > t1 > b > e; g > r1 > c > e", s=start(), g=event_gateway(),
              m1=catch(timer("P9D")), t1=catch(timer("P3D")), r1=receive("m"), a=task(), b=task(),
              c=task(), e=end())  # fmt: skip


def test_what_happens_first_at_an_event_gateway_closes_the_other_ways() -> None:
    assert play(EITHER).trace == ("b",)
    assert play(EITHER, arrivals=[{"at": "P1D", "message": "m"}]).trace == ("r1", "c")


def test_an_event_gateway_waits_for_all_its_events_at_once() -> None:
    first = game.begin(EITHER, "p", {})
    assert waiting(first) == ["g"]
    assert [wait.role for wait in first.opened] == ["token", "choice", "choice", "choice"]
    move = game.fire(EITHER, first.marking, wait_at(first, "t1"), {})
    assert {(one.wait.element, one.how) for one in move.closed} == {
        ("g", "completed"), ("t1", "fired"), ("m1", "cancelled"), ("r1", "cancelled"),
    }  # fmt: skip
    assert "g_t1" in move.taken
    assert waiting(move) == ["b"]


def test_an_instantiating_event_gateway_starts_a_process() -> None:
    model = define(file(
        process("g > m1 > a; g > m2 > b", "other", g=event_gateway('instantiate="true"'),
                m1=catch(message("m")), m2=catch(message("n")), a=task(), b=task()),
        process("s > t > e", "main", s=start(), t=throw(message("n")), e=end()),
    ))  # fmt: skip
    assert play(model, process="main").trace == ("b",)


def test_a_message_thrown_inside_a_task_can_interrupt_it() -> None:
    model = draw("s > a > e; d > b > f", s=start(), a=send("m"), e=end(), b=task(), f=end(),
                 d=boundary("a", message("m")))  # fmt: skip
    assert play(model).trace == ("b",)


def test_an_end_event_may_send_a_message() -> None:
    model = define(file(
        process("s > a > e", "main", s=start(), a=task(), e=end(message("m"))),
        process("s2 > b > e2", "other", s2=start(message("m")), b=task(), e2=end()),
    ))  # fmt: skip
    assert play(model, process="main").trace == ("a", "b")
