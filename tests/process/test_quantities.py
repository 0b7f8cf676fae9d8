"""Token quantities: how many tokens an activity waits for, and how many leave it."""

import pytest

from domain.process import game
from domain.process.migration import Plan, judge
from tests.process.drawn import (
    draw,
    end,
    exclusive,
    judged,
    multi,
    restarted,
    rules,
    start,
    stored,
    task,
    user,
    wait_at,
    waiting,
)

ENDS = {"s": start(), "e": end()}
TWO_OUT, TWO_IN = 'completionQuantity="2"', 'startQuantity="2"'


def test_tokens_are_sent_and_gathered() -> None:
    model = draw("s > a > b > c > e", a=task("", TWO_OUT), b=task(), c=task("", TWO_IN), **ENDS)
    assert restarted(model).trace == ("a", "b", "b", "c")


def test_a_quantity_that_is_not_at_an_activity_means_nothing() -> None:
    model = draw("s > x > e; x > e2", x=exclusive('startQuantity="x" completionQuantity="2"'),
                 e2=end(), **ENDS)  # fmt: skip
    assert restarted(model).status == "completed"


def test_what_came_is_kept_until_enough_is_there() -> None:
    model = draw("s > a > b > c > e", a=task("", TWO_OUT), b=user(), c=user("", TWO_IN), **ENDS)
    move = game.begin(model, "p", {})
    move = game.complete(model, stored(move.marking), wait_at(move, "a"), {})
    first, second = move.marking.at("b")
    move = game.complete(model, stored(move.marking), first.id, {})
    assert waiting(move) == ["b", "c"]
    assert stored(move.marking) == move.marking
    move = game.complete(model, stored(move.marking), second.id, {})
    assert waiting(move) == ["c"]
    assert game.complete(model, move.marking, wait_at(move, "c"), {}).ended


def test_several_instances_count_as_one_activity() -> None:
    model = draw("s > a > b > e", a=task(multi("3"), TWO_OUT), b=task(multi("2"), TWO_IN), **ENDS)
    assert restarted(model).trace == ("a", "a", "a", "b", "b")


def test_too_few_tokens_are_stuck_and_unsound() -> None:
    model = draw("s > a > c > e", a=task(), c=task("", TWO_IN), **ENDS)
    played = restarted(model)
    assert (played.status, played.open) == ("stuck", ("c",))
    assert "sound.deadlock" in rules(judged("s > a > c > e", a=task(), c=task("", TWO_IN), **ENDS))


def test_quantities_that_match_are_sound() -> None:
    verdict = judged("s > a > b > c > e", a=task("", TWO_OUT), b=user(), c=task("", TWO_IN), **ENDS)
    assert not {one for one in rules(verdict) if one.startswith("sound")}


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", "", "99999"])
def test_a_quantity_is_a_number_from_one_on(value: str) -> None:
    for name in ("startQuantity", "completionQuantity"):
        verdict = judged("s > a > e", a=task("", f'{name}="{value}"'), **ENDS)
        assert "activity.quantity" in rules(verdict)


def test_an_activity_at_work_on_several_tokens_moves_to_another_version() -> None:
    model = draw("s > a > c > e", a=user("", TWO_OUT), c=user("", TWO_IN), **ENDS)
    move = game.begin(model, "p", {})
    move = game.complete(model, move.marking, wait_at(move, "a"), {})
    assert waiting(move) == ["c"]
    plan = judge(model, model, move.marking, {})
    assert isinstance(plan, Plan)
    assert plan.marking == move.marking
