"""Moving tokens to another version: what may stand where, what listens on, what never re-arms."""

from collections.abc import Mapping

import pytest

from domain.process import game
from domain.process.feel import Value
from domain.process.marking import Marking
from domain.process.migration import Plan, judge, misnamed
from domain.process.model import Definition
from domain.process.obstacles import Obstacle
from tests.process.drawn import (
    Part,
    ad_hoc,
    boundary,
    catch,
    compensate,
    complex_gateway,
    draw,
    end,
    event_gateway,
    event_subprocess,
    message,
    multi,
    own,
    parallel,
    start,
    subprocess,
    throw,
    timer,
    undo,
    undoes,
    user,
)

DAY, WEEK = timer("P1D"), timer("P7D")
LINE = draw("s > a > b > e", s=start(), a=user(), b=user(), e=end())
GUARDED = draw("s > a > b > e; t > e2", s=start(), a=user(), b=user(), e=end(),
               t=boundary("a", DAY), e2=end())  # fmt: skip
REMINDED = draw("s > a > b > e; t > e2", s=start(), a=user(), b=user(), e=end(),
                t=boundary("a", DAY, interrupting=False), e2=end())  # fmt: skip
TWO = draw("s > f; f > a > j; f > b > j; j > c > e", s=start(), f=parallel(), a=user(), b=user(),
           j=parallel(), c=user(), e=end())  # fmt: skip
INSIDE = draw("s > x > e", s=start(), e=end(),
              x=subprocess("s2 > a > e2", s2=start(), a=user(), e2=end()))  # fmt: skip
CHOICE = draw("s > g; g > m > e; g > t > e2", s=start(), g=event_gateway(), m=catch(message("M")),
              t=catch(DAY), e=end(), e2=end())  # fmt: skip


def at(definition: Definition, *done: str, known: Mapping[str, Value] | None = None) -> Marking:
    """Return the marking after the oldest wait at each of these elements is over."""
    move = game.begin(definition, "p", known or {})
    for element in done:
        wait = move.marking.at(element)[0]
        over = game.fire if wait.kind in ("timer", "message") else game.complete
        move = over(definition, move.marking, wait.id, known or {})
    return move.marking


def moved(
    old: Definition, new: Definition, marking: Marking, **mapped: str
) -> tuple[Plan, Marking]:
    """Return the plan and the marking, which the new diagram can be played on from."""
    plan = judge(old, new, marking, mapped)
    assert isinstance(plan, Plan), plan
    assert Marking.from_json(plan.marking.to_json()) == plan.marking
    return plan, plan.marking


def blocked(old: Definition, new: Definition, marking: Marking, **mapped: str) -> list[str]:
    """Return the reasons why the tokens cannot move."""
    found = judge(old, new, marking, mapped)
    assert not isinstance(found, Plan)
    assert all(one.text(said) for one in found for said in ("zh", "en"))
    return [f"{one.why} {one.element}" for one in found]


def test_the_same_diagram_moves_every_token_to_where_it_is() -> None:
    for definition in (LINE, GUARDED, TWO, INSIDE, CHOICE):
        plan, after = moved(definition, definition, at(definition))
        assert after == at(definition)
        assert (plan.armed, plan.dropped) == ((), ())


def test_a_token_goes_on_as_the_new_diagram_says_and_repeats_nothing() -> None:
    new = draw("s > a > x > b > e", s=start(), a=user(), x=user(), b=user(), e=end())
    _, after = moved(LINE, new, at(LINE))
    assert game.complete(new, after, after.waits[0].id, {}).marking.open == ("x",)
    _, later = moved(LINE, new, at(LINE, "a"))
    assert later.open == ("b",)


def test_an_element_with_another_id_is_found_by_the_mapping() -> None:
    new = draw("s > a2 > b > e", s=start(), a2=user(), b=user(), e=end())
    assert blocked(LINE, new, at(LINE)) == ["gone a"]
    plan, after = moved(LINE, new, at(LINE), a="a2")
    assert [(one.id, other.id, other.element) for one, other in plan.kept] == [("w2", "w2", "a2")]
    assert after.open == ("a2",)


def test_a_mapping_names_elements_of_the_new_diagram_each_once() -> None:
    new = draw("s > a2 > b > e", s=start(), a2=user(), b=user(), e=end())
    assert misnamed(new, {"a": "a2"}) == ()
    assert misnamed(new, {"a": "nowhere"}) == ("nowhere",)
    assert misnamed(new, {"a": "b", "x": "b"}) == ("b",)


RETYPED = draw("s > a > b > e", s=start(), a=catch(DAY), b=user(), e=end())
MOVED_IN = draw("s > x > b > e", s=start(), b=user(), e=end(),
                x=subprocess("s2 > a > e2", s2=start(), a=user(), e2=end()))  # fmt: skip
MOVED_OUT = draw("s > x > a > e", s=start(), a=user(), e=end(),
                 x=subprocess("s2 > b > e2", s2=start(), b=user(), e2=end()))  # fmt: skip
OTHER = draw("s > g; g > m > e; g > t > e2", s=start(), g=parallel(), m=catch(message("M")),
             t=catch(DAY), e=end(), e2=end())  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (LINE, RETYPED, ["retyped a"]),
        (LINE, MOVED_IN, ["scope a"]),
        (INSIDE, MOVED_OUT, ["scope a"]),
        (INSIDE, LINE, ["gone x", "scope a"]),
        (CHOICE, OTHER, ["retyped g"]),
    ],
)
def test_a_token_on_what_is_gone_retyped_or_moved_stays(
    old: Definition, new: Definition, why: list[str]
) -> None:
    assert blocked(old, new, at(old)) == why


def test_another_process_is_no_version() -> None:
    new = draw("s > a > e", s=start(), a=user(), e=end())
    other = judge(LINE, Definition(hash="", file="", processes={}, bodies=new.bodies,
                                   nodes=new.nodes, flows=new.flows), at(LINE), {})  # fmt: skip
    assert other == (Obstacle("process", "p"),)


def test_an_event_of_another_kind_is_retyped() -> None:
    old = draw("s > c > e", s=start(), c=catch(DAY), e=end())
    new = draw("s > c > e", s=start(), c=catch(message("M")), e=end())
    assert blocked(old, new, at(old)) == ["retyped c"]


def test_a_new_timer_on_an_activity_at_work_is_armed_and_a_lost_one_dropped() -> None:
    plan, after = moved(LINE, GUARDED, at(LINE))
    assert [(one.element, one.role, one.attached_to) for one in plan.armed] == [
        ("t", "boundary", "w2")
    ]
    assert len({wait.id for wait in after.waits}) == len(after.waits)
    assert game.fire(GUARDED, after, plan.armed[0].id, {}).ended
    plan, after = moved(GUARDED, LINE, at(GUARDED))
    assert [one.element for one in plan.dropped] == ["t"]
    assert [one.element for one in after.waits] == ["a"]


def test_a_running_timer_keeps_its_place_and_takes_the_new_length() -> None:
    new = draw("s > a > b > e; t > e2", s=start(), a=user(), b=user(), e=end(),
               t=boundary("a", WEEK), e2=end())  # fmt: skip
    _, after = moved(GUARDED, new, at(GUARDED))
    assert [(one.id, str(one.timer)) for one in after.at("t")] == [
        (at(GUARDED).at("t")[0].id, "P7D")
    ]


def test_a_timer_that_has_fired_never_listens_again() -> None:
    fired = at(REMINDED, "t")
    assert fired.open == ("a",)
    plan, after = moved(REMINDED, REMINDED, fired)
    assert (plan.armed, after.at("t")) == ((), ())
    renamed = draw("s > a > b > e; t2 > e2", s=start(), a=user(), b=user(), e=end(),
                   t2=boundary("a", DAY, interrupting=False), e2=end())  # fmt: skip
    assert blocked(REMINDED, renamed, fired) == ["timer_fired t"]
    plan, after = moved(REMINDED, renamed, fired, t="t2")
    assert (plan.armed, after.at("t2")) == ((), ())
    plan, _ = moved(REMINDED, LINE, fired)
    assert plan.dropped == ()


def test_a_cycle_that_has_begun_counts_on() -> None:
    old = draw("s > a > e; t > e2", s=start(), a=user(), e=end(),
               t=boundary("a", timer("R3/P1D"), interrupting=False), e2=end())  # fmt: skip
    new = draw("s > a > e; t > e2", s=start(), a=user(), e=end(),
               t=boundary("a", timer("R9/P2D"), interrupting=False), e2=end())  # fmt: skip
    fresh, begun = moved(old, new, at(old))[1], moved(old, new, at(old, "t"))[1]
    assert [(one.timer.text, one.timer.left) for one in fresh.at("t") if one.timer] == [
        ("R9/P2D", 9)
    ]
    assert [(one.timer.text, one.timer.left) for one in begun.at("t") if one.timer] == [
        ("R3/P1D", 2)
    ]


def test_the_ways_of_a_choice_follow_the_new_diagram() -> None:
    new = draw("s > g; g > m > e; g > m2 > e2", s=start(), g=event_gateway(), e=end(), e2=end(),
               m=catch(message("M")), m2=catch(message("N")))  # fmt: skip
    plan, after = moved(CHOICE, new, at(CHOICE))
    assert ([one.element for one in plan.armed], [one.element for one in plan.dropped]) == (
        ["m2"], ["t"],
    )  # fmt: skip
    move = game.deliver(new, after, "N", {})
    assert move is not None
    assert move.ended


def test_what_a_scope_listens_for_follows_and_an_interrupted_one_listens_no_more() -> None:
    old = draw("s > a > e", s=start(), a=user(), e=end())
    new = draw("s > a > e", s=start(), a=user(), e=end(),
               h=event_subprocess("m > b > e2", m=start(message("M")), b=user(),
                                  e2=end()))  # fmt: skip
    plan, after = moved(old, new, at(old))
    assert [(one.role, one.attached_to) for one in plan.armed] == [("handler", "s1")]
    caught = game.deliver(new, after, "M", {})
    assert caught is not None
    assert caught.marking.open == ("b",)
    more = draw("s > a > e", s=start(), a=user(), e=end(),
                h=event_subprocess("m > b > e2", m=start(message("M")), b=user(), e2=end()),
                h2=event_subprocess("m2 > e3", m2=start(message("N")), e3=end()))  # fmt: skip
    plan, _ = moved(new, more, caught.marking)
    assert plan.armed == ()


@pytest.mark.parametrize(("count", "why"), [("3", []), ("4", ["loop a"])])
def test_a_multi_instance_half_done_goes_on_only_as_it_began(count: str, why: list[str]) -> None:
    old = draw("s > a > e", s=start(), a=user(multi("3")), e=end())
    new = draw("s > a > b > e", s=start(), a=user(multi(count)), b=user(), e=end())
    half = at(old, "a")
    if why:
        assert blocked(old, new, half) == why
    else:
        _, after = moved(old, new, half)
        assert len(after.at("a")) == 2


def test_a_task_that_becomes_a_loop_cannot_be_half_of_one() -> None:
    new = draw("s > a > b > e", s=start(), a=user(multi("2")), b=user(), e=end())
    assert blocked(LINE, new, at(LINE)) == ["loop a"]


def test_a_token_waits_on_to_be_joined_by_the_flow_it_came_on() -> None:
    half = at(TWO, "a")
    _, after = moved(TWO, TWO, half)
    assert after.joins == half.joins
    new = draw("s > f; f > a > a2 > j; f > b > j; j > c > e", s=start(), f=parallel(), a=user(),
               a2=user(), b=user(), j=parallel(), c=user(), e=end())  # fmt: skip
    assert blocked(TWO, new, half) == ["join j"]
    _, after = moved(TWO, new, half, a_j="a2_j")
    assert game.complete(new, after, after.waits[0].id, {}).marking.open == ("c",)


def test_tokens_that_wait_at_two_joins_do_not_move_to_one() -> None:
    users = {name: user() for name in "abcd"}
    old = draw("s > f; f > a > j; f > b > j; f > c > k; f > d > k; j > e; k > e2", s=start(),
               f=parallel(), j=parallel(), e=end(), k=parallel(), e2=end(), **users)  # fmt: skip
    new = draw("s > f; f > a > k; f > b > k; f > c > k; f > d > k; k > e2", s=start(),
               f=parallel(), k=parallel(), e2=end(), **users)  # fmt: skip
    flows = {"j": "k", "a_j": "a_k", "b_j": "b_k"}
    assert blocked(old, new, at(old, "a", "c"), **flows) == ["join j", "join k"]
    _, after = moved(old, new, at(old, "a"), **flows)
    assert at(new, "a").joins == after.joins


def test_tokens_do_not_move_to_where_they_could_never_end() -> None:
    one_by_one = draw("s > a > b > f; f > c > j; f > d > j; j > e", s=start(), a=user(), b=user(),
                      f=parallel(), c=user(), d=user(), j=parallel(), e=end())  # fmt: skip
    two = draw("s > f; f > a > e; f > b > c > e2", s=start(), f=parallel(), a=user(), b=user(),
               c=user(), e=end(), e2=end())  # fmt: skip
    ahead = at(two, "b")  # tokens on a and c
    assert [one.split()[0] for one in blocked(two, one_by_one, ahead)]
    assert "stuck j" in blocked(two, one_by_one, at(two, "a", "b"))


def test_a_compensation_under_way_is_finished_first() -> None:
    old = draw("s > a > t > e", s=start(), a=user(), t=throw(compensate()), e=end(),
               d=boundary("a", compensate()), un=undo("userTask"),
               way=undoes("d", "un"))  # fmt: skip
    assert blocked(old, old, at(old, "a")) == ["undoing t"]


def test_what_completed_can_still_be_undone_under_its_new_id() -> None:
    old = draw("s > a > b > t > e", s=start(), a=user(), b=user(), t=throw(compensate()), e=end(),
               d=boundary("a", compensate()), un=undo("userTask"),
               way=undoes("d", "un"))  # fmt: skip
    new = draw("s > a2 > b > t > e", s=start(), a2=user(), b=user(), t=throw(compensate()),
               e=end(), d=boundary("a2", compensate()), un=undo("userTask"),
               way=undoes("d", "un"))  # fmt: skip
    _, after = moved(old, new, at(old, "a"), a="a2")
    assert game.complete(new, after, after.at("b")[0].id, {}).marking.open == ("un",)


def test_parts_of_a_multiple_event_that_have_happened_do_not_count_twice() -> None:
    both = catch(message("M") + message("N"))
    every = Part(both.tag, 'parallelMultiple="true"', both.inside)
    old = draw("s > c > e", s=start(), c=every, e=end())
    half = game.deliver(old, at(old), "M", {})
    assert half is not None
    plan, after = moved(old, old, half.marking)
    assert (plan.armed, after) == ((), half.marking)
    new = draw("s > c > e", s=start(), c=both, e=end())
    assert blocked(old, new, half.marking) == ["retyped c"]


def test_a_complex_gateway_half_way_needs_the_flows_it_counted() -> None:
    parts = {"s": start(), "f": parallel(), "b": user(), "z": user(), "e": end(),
             "j": complex_gateway("activationCount >= 1")}  # fmt: skip
    old = draw("s > f > a > j > z > e; f > b > j", a=user(), **parts)
    new = draw("s > f > a > a2 > j > z > e; f > b > j", a=user(), a2=user(), **parts)
    half = at(old, "a")
    assert moved(old, old, half)[1] == half
    assert blocked(old, new, half) == ["join j"]


def test_activities_in_a_row_keep_their_order() -> None:
    row = 'ordering="Sequential"'
    old = draw("s > u > e", s=start(), e=end(), u=ad_hoc("", row, a=user(), b=user()))
    new = draw("s > u > e", s=start(), e=end(), u=ad_hoc("", row, b=user(), a=user()))
    assert moved(old, old, at(old, "a"))[1] == at(old, "a")
    assert blocked(old, new, at(old, "a")) == ["loop u"]


def test_a_deadline_mark_changes_nothing_about_tokens() -> None:
    new = draw("s > a > b > e", s=start(), a=user(own('deadline key="filing.acceptance"')),
               b=user(), e=end())  # fmt: skip
    _, after = moved(LINE, new, at(LINE))
    assert after == at(LINE)
