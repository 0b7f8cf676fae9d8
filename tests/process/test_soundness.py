"""Soundness: what must hold before a diagram runs real cases, and what our own carry on top."""

import pytest

from domain.process.checking import check
from infra.bpmn_xml.reader import read
from tests.process.drawn import (
    Part,
    boundary,
    call,
    catch,
    define,
    end,
    error,
    event_gateway,
    exclusive,
    file,
    inclusive,
    judged,
    link,
    message,
    own,
    parallel,
    process,
    receive,
    rules,
    service,
    start,
    subprocess,
    task,
    terminate,
    throw,
    timer,
    user,
)

ENDS = {"s": start(), "e": end()}


def found(flows: str, **parts: Part) -> set[tuple[str, str | None]]:
    """Return the soundness rules a process breaks, with their elements."""
    verdict = judged(flows, **ENDS | parts)
    assert verdict.ok, verdict.faults
    return {(w.rule, w.element) for w in verdict.warnings if w.rule.startswith("sound")}


def test_a_plain_line_is_sound() -> None:
    assert found("s > a > e", a=task()) == set()


def test_an_exclusive_split_before_a_parallel_join_is_a_deadlock() -> None:
    assert found("s > x > [n = 1] a > j > e; x > b* > j", x=exclusive(), a=task(), b=task(),
                 j=parallel()) == {("sound.deadlock", "j"), ("sound.dead", "e")}  # fmt: skip


def test_a_parallel_split_before_an_exclusive_merge_doubles_the_token() -> None:
    assert found("s > f > a > x > c > d > e; f > b > x", f=parallel(), a=task(), b=task(),
                 x=exclusive(), c=task(), d=task()) >= {("sound.doubled", "x")}  # fmt: skip


def test_an_inclusive_pair_is_sound_and_an_inclusive_split_before_a_parallel_join_is_not() -> None:
    ways = "s > i > [n > 1] a > j > e; i > [n > 2] b > j; i > c* > j"
    tasks = {"a": task(), "b": task(), "c": task()}
    assert found(ways, i=inclusive(), j=inclusive(), **tasks) == set()
    assert ("sound.deadlock", "j") in found(ways, i=inclusive(), j=parallel(), **tasks)


def test_what_no_path_reaches_is_dead() -> None:
    assert found("s > a > e; b > c > b", a=task(), b=task(), c=user()) == {
        ("sound.dead", "b"), ("sound.dead", "c"),
    }  # fmt: skip


@pytest.mark.parametrize("ways", ["x > b > e", "x > [n = 1] b > e", "x > b* > e"])
def test_what_stands_behind_a_way_that_is_always_free_is_dead(ways: str) -> None:
    parts = {"x": exclusive(), "a": task(), "b": task()}
    assert found(f"s > x > a > e; {ways}", **parts) == {("sound.dead", "b")}
    assert found(f"s > x > [true] a > e; {ways}", **parts) == {("sound.dead", "b")}
    assert found(f"s > x > [n = 2] a > e; {ways.replace('[n = 1] ', '')}", **parts) == set()


def test_a_cycle_whose_way_back_is_always_free_comes_to_no_end() -> None:
    ways = "s > m > a > x > m; x > [n = 1] e"
    parts = {"m": exclusive(), "a": user(), "x": exclusive()}
    assert found(ways, **parts) == {("sound.dead", "e"), ("sound.endless", "s")}


def test_a_cycle_must_wait_somewhere() -> None:
    ways = "s > m > a > x > [n = 1] e; x > m*"
    assert found(ways, m=exclusive(), a=service(), x=exclusive()) == {("sound.cycle", "m")}
    assert found(ways, m=exclusive(), a=user(), x=exclusive()) == set()
    assert found(ways, m=exclusive(), a=subprocess("b", b=user()), x=exclusive()) == set()
    assert found(ways, m=exclusive(), a=subprocess("b", b=task()), x=exclusive()) == {
        ("sound.cycle", "m")
    }
    assert found(ways, m=exclusive(), a=catch(timer("P1D")), x=exclusive()) == set()


def test_a_token_must_be_able_to_reach_an_end() -> None:
    assert found("s > x > [n = 1] e; x > m* > a > b > m", x=exclusive(), m=exclusive(), a=user(),
                 b=user()) == {("sound.endless", "m")}  # fmt: skip


def test_a_process_that_calls_itself_does_not_wait() -> None:
    model = file(process("s > m > c > x > [n = 1] e; x > m*", s=start(), m=exclusive(), c=call("p"),
                         x=exclusive(), e=end()))  # fmt: skip
    define(model)


@pytest.mark.parametrize("split", [exclusive(), inclusive(), task()])
def test_a_choice_needs_a_way_out(split: Part) -> None:
    ways = {"x": split, "a": task(), "b": task()}
    assert found("s > x > [n = 1] a > e; x > [n = 2] b > e", **ways) >= {("sound.choice", "x")}
    assert found("s > x > [n = 1] a > e; x > b* > e", **ways) == set()


def test_a_boundary_event_is_a_way_of_its_own() -> None:
    assert found("s > a > m > e; d > b > m", a=user(), m=exclusive(), b=user(),
                 d=boundary("a", timer("P1D"))) == set()  # fmt: skip
    assert found("s > a > m > c > d2 > e; d > b > m", a=user(), m=exclusive(), b=user(), c=user(),
                 d2=user(), d=boundary("a", timer("P1D"), interrupting=False)) >= {
        ("sound.doubled", "m")
    }  # fmt: skip


def test_a_deadline_that_does_not_interrupt_may_come_again() -> None:
    assert found("s > a > e; d > b > f", a=user(), b=user(), f=end(),
                 d=boundary("a", timer("R3/P1D"), interrupting=False)) == set()  # fmt: skip


def test_links_event_gateways_and_terminating_ends_are_followed() -> None:
    assert found("s > f > g > c > l; g > r > l; k > e; f > a > t", f=parallel(), g=event_gateway(),
                 c=catch(timer("P1D")), r=receive("m"), l=throw(link("n")), k=catch(link("n")),
                 a=user(), t=end(terminate())) == set()  # fmt: skip
    assert found("s > f > a > e; f > b > x", f=parallel(), a=user(), b=user(),
                 x=end(error("E"))) == set()  # fmt: skip


def test_a_triggered_start_begins_a_sound_process() -> None:
    assert found("s > a > e", s=start(message("m")), a=user()) == set()


def test_a_body_with_too_many_states_is_not_judged() -> None:
    flows = ""
    parts: dict[str, Part] = {}
    for number in range(9):
        split, merge = f"x{number}", f"m{number}"
        flows += f"; f > {split} > [n = 1] a{number} > {merge} > j; {split} > b{number}* > {merge}"
        parts |= {
            split: exclusive(),
            merge: exclusive(),
            f"a{number}": user(),
            f"b{number}": user(),
        }
    assert found(f"s > f; j > e{flows}", f=parallel(), j=parallel(), **parts) == {
        ("sound.too_large", "p")
    }


def test_many_conditional_ways_are_tried_one_by_one_and_all_together() -> None:
    ways = "; ".join(f"i > [n = {one}] t{one} > j" for one in range(8))
    tasks = {f"t{one}": task() for one in range(8)}
    assert found(f"s > i; {ways}; i > d* > j; j > e", i=inclusive(), j=inclusive(), d=task(),
                 **tasks) == set()  # fmt: skip


def test_soundness_warns_when_played_and_refuses_when_deployed() -> None:
    ways = {"flows": "s > x > [n = 1] a > e; x > [n = 2] b > e"}
    parts = {"x": exclusive(), "a": task(), "b": task(), **ENDS}
    assert judged(ways["flows"], "played", **parts).ok
    assert not judged(ways["flows"], "deployed", **parts).ok


MARKED = own('task role="center.*" form="f"|noDeadline reason="none said"|cite clause="X 1"')


def test_a_user_task_of_our_own_has_role_form_deadline_and_clause() -> None:
    bare = judged("s > a > e", a=user(), **ENDS)
    assert rules(bare) == {"task.role", "task.form", "wait.deadline", "element.clause"}
    assert bare.ok
    assert judged("s > a > e", "deployed", a=user(), **ENDS).ok
    assert not judged("s > a > e", "own", a=user(), **ENDS).ok
    assert judged("s > a > e", "own", a=user(MARKED), **ENDS).ok
    drawn = judged("s > a > e", a=user(own('field name="x" type="text"')), **ENDS)
    assert "task.form" not in rules(drawn)


@pytest.mark.parametrize(
    ("flows", "parts"),
    [
        ("s > c > e; d > f", {"c": receive("m"), "d": boundary("c", timer("P1D")), "f": end()}),
        ("s > g > c > e; g > t > e", {"g": event_gateway(), "c": catch(message("m")),
                                      "t": catch(timer("P1D"))}),
        ("s > u > e; d > f", {"u": subprocess("c", c=receive("m")),
                              "d": boundary("u", timer("P1D")), "f": end()}),
        ("s > c > e", {"c": catch(message("m") + own('deadline key="k"'))}),
    ],
)  # fmt: skip
def test_a_deadline_may_stand_at_the_wait_around_it_or_beside_it(
    flows: str, parts: dict[str, Part]
) -> None:
    assert "wait.deadline" not in rules(judged(flows, **ENDS | parts))


def test_a_law_key_must_be_known_to_the_law_book() -> None:
    data = file(process("s > a > e; d > f", a=user(MARKED), f=end(), **ENDS,
                        d=boundary("a", timer("law:filing.acceptance"))))  # fmt: skip
    drawing = read(data, "law.bpmn").drawing
    assert drawing is not None
    assert check(drawing, "own", has_term=lambda key: key == "filing.acceptance").ok
    unknown = check(drawing, "deployed", has_term=lambda _key: False)
    assert [one.rule for one in unknown.faults] == ["timer.law"]


def test_an_inclusive_join_beside_a_parallel_one_in_a_cycle_is_sound() -> None:
    flows = (
        "s > m > x > i > [n > 1] a > j > k; i > b* > j; x > c > k; k > y > [n > 8] d > m; y > e*"
    )
    found = judged(flows, "deployed", s=start(), m=exclusive(), x=parallel(), i=inclusive(),
                   a=task(), b=task(), j=inclusive(), c=task(), k=parallel(), y=exclusive(),
                   d=user(), e=end())  # fmt: skip
    assert found.faults == ()


def test_a_fault_shows_a_shortest_way_to_it() -> None:
    verdict = judged("s > y > z > x > [n = 1] a > j > e; y > x; x > b* > j", **ENDS, y=exclusive(),
                     z=user(), x=exclusive(), a=task(), b=task(), j=parallel())  # fmt: skip
    (deadlock,) = (one for one in verdict.warnings if one.rule == "sound.deadlock")
    assert deadlock.message.endswith("(s → y → x → …)")
