"""Ad-hoc sub-processes: every activity inside once, side by side or in a row."""

import pytest

from domain.process import game
from tests.process.drawn import (
    Part,
    ad_hoc,
    assign,
    draw,
    end,
    event_subprocess,
    judged,
    restarted,
    rules,
    signal,
    start,
    stored,
    task,
    timer,
    user,
    wait_at,
    waiting,
)

ENDS = {"s": start(), "z": task(), "e": end()}
WAYS = "s > u > z > e"
IN_A_ROW = 'ordering="Sequential"'


def test_all_activities_begin_together() -> None:
    model = draw(WAYS, u=ad_hoc("", a=user(), b=user()), **ENDS)
    assert waiting(game.begin(model, "p", {})) == ["a", "b"]
    played = restarted(model, jobs={"a": [{"wait": "P2D"}], "b": [{"wait": "P1D"}]})
    assert (played.trace, played.overlaps) == (("b", "a", "u", "z"), (("a", "b"),))


def test_in_a_row_one_begins_when_the_one_before_is_through() -> None:
    model = draw(WAYS, u=ad_hoc("a > b", IN_A_ROW, a=user(), b=user(), c=user()), **ENDS)
    move = game.begin(model, "p", {})
    for name in ("a", "b", "c"):
        assert waiting(move) == [name]
        assert stored(move.marking) == move.marking
        move = game.complete(model, stored(move.marking), wait_at(move, name), {})
    assert waiting(move) == ["z"]
    slow = {name: [{"wait": "P1D"}] for name in "abc"}
    assert restarted(model, jobs=slow).overlaps == ()


@pytest.mark.parametrize(
    ("attributes", "trace"),
    [
        ("", ("a", "u", "z")),
        ('cancelRemainingInstances="false"', ("a", "b", "u", "z")),
        (IN_A_ROW, ("a", "u", "z")),
    ],
)
def test_a_condition_ends_it_early(attributes: str, trace: tuple[str, ...]) -> None:
    parts = {"a": task(assign("done", "true")), "b": task()}
    model = draw(WAYS, u=ad_hoc("", attributes, "done", **parts), **ENDS)
    played = restarted(model, variables={"done": False}, jobs={"b": [{"wait": "P1D"}]})
    assert (played.trace, played.status) == (trace, "completed")


def test_a_condition_that_never_holds_lets_all_run() -> None:
    model = draw(WAYS, u=ad_hoc("", IN_A_ROW, "done", a=task(), b=task()), **ENDS)
    assert restarted(model, variables={"done": False}).trace == ("a", "b", "u", "z")


def test_what_interrupts_it_lets_nothing_more_begin() -> None:
    handler = event_subprocess("s3 > h > e3", s3=start(timer("P1D")), h=task(), e3=end())
    inner = ad_hoc("", IN_A_ROW, a=user(), b=user(), handler=handler)
    model = draw(WAYS, u=inner, **ENDS)
    played = restarted(model, jobs={"a": [{"wait": "P9D"}]})
    assert played.trace == ("h", "handler", "u", "z")


def test_it_is_sound_however_many_activities_stand_in_it() -> None:
    many: dict[str, Part] = {f"t{number}": user() for number in range(30)}
    for attributes in ("", IN_A_ROW):
        verdict = judged(WAYS, u=ad_hoc("", attributes, **many), **ENDS)
        assert not {one for one in rules(verdict) if one.startswith("sound")}


def test_an_activity_that_waits_for_more_tokens_than_come_is_unsound() -> None:
    two = Part("userTask", 'startQuantity="2"')
    verdict = judged(WAYS, u=ad_hoc("", a=two, b=user()), **ENDS)
    assert ("sound.deadlock", "a") in {(one.rule, one.element) for one in verdict.warnings}


def test_an_event_inside_may_wait_like_anywhere() -> None:
    beside = event_subprocess("s3 > h > e3", h=task(), e3=end(),
                              s3=start(signal("g"), 'isInterrupting="false"'))  # fmt: skip
    model = draw(WAYS, u=ad_hoc("", IN_A_ROW, a=user(), b=user(), beside=beside), **ENDS)
    slow = {"a": [{"wait": "P2D"}]}
    played = restarted(model, jobs=slow, arrivals=[{"at": "P1D", "signal": "g"}])
    assert played.trace == ("h", "beside", "a", "b", "u", "z")
