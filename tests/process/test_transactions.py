"""Transactions: cancelled, they stop, undo what completed in them, and go on at their border."""

from domain.process import game
from tests.process.drawn import (
    Part,
    boundary,
    cancel,
    compensate,
    draw,
    end,
    error,
    judged,
    multi,
    parallel,
    restarted,
    rules,
    start,
    stored,
    task,
    throw,
    timer,
    transaction,
    undo,
    undoes,
    user,
    wait_at,
    waiting,
)

UNDONE = {"g": boundary("a", compensate()), "una": undo(), "as1": undoes("g", "una")}
OUTSIDE = {"s": start(), "e": end(), "f": end(), "z": task(), "y": task()}
INSIDE = {"s2": start(), "a": task(), **UNDONE}
WAYS = "s > u > y > e; c > z > f"


def test_a_transaction_that_ends_well_goes_on() -> None:
    model = draw(WAYS, u=transaction("s2 > a > e2", e2=end(), **INSIDE),
                 c=boundary("u", error()), **OUTSIDE)  # fmt: skip
    assert restarted(model).trace == ("a", "u", "y")


def test_a_cancelled_transaction_undoes_what_completed_and_leaves_by_its_border() -> None:
    model = draw(WAYS, u=transaction("s2 > a > x", x=end(cancel()), **INSIDE),
                 c=boundary("u", cancel()), **OUTSIDE)  # fmt: skip
    played = restarted(model)
    assert (played.trace, played.status) == (("a", "una", "z"), "completed")


def test_what_is_still_at_work_in_a_cancelled_transaction_stops_first() -> None:
    inner = transaction("s2 > p2 > a > x; p2 > b > e2", p2=parallel(), b=user(), e2=end(),
                        x=end(cancel()), **INSIDE)  # fmt: skip
    model = draw(WAYS, u=inner, c=boundary("u", cancel()), **OUTSIDE)
    played = restarted(model, jobs={"b": [{"wait": "P9D"}], "una": [{"wait": "P1D"}]})
    assert played.trace == ("a", "una", "z")
    assert [line.element for line in played.log if line.what == "cancelled"] == ["b", "u"]


def test_an_error_leaves_a_transaction_without_undoing() -> None:
    model = draw(WAYS, u=transaction("s2 > a > x", x=end(error("E")), **INSIDE),
                 c=boundary("u", error()), **OUTSIDE)  # fmt: skip
    assert restarted(model).trace == ("a", "z")


def test_a_cancelled_instance_cancels_the_activity_as_a_whole() -> None:
    inner = transaction("s2 > a > x", multi("3"), x=end(cancel()), **INSIDE)
    model = draw(WAYS, u=inner, c=boundary("u", cancel()), **OUTSIDE)
    played = restarted(model)
    assert (played.trace[-1], played.trace.count("z"), played.status) == ("z", 1, "completed")


def test_undoing_a_transaction_may_take_time_and_can_be_overtaken() -> None:
    inside: dict[str, Part] = INSIDE | {"una": undo("userTask"), "x": end(cancel())}
    model = draw("s > u > y > e; c > z > f; d > w > h", c=boundary("u", cancel()), w=user(),
                 h=end(), d=boundary("u", timer("P5D")), u=transaction("s2 > a > x", **inside),
                 **OUTSIDE)  # fmt: skip
    move = game.begin(model, "p", {})
    move = game.complete(model, stored(move.marking), wait_at(move, "a"), {})
    assert waiting(move) == ["una"]
    done = game.complete(model, stored(move.marking), wait_at(move, "una"), {})
    assert waiting(done) == ["z"]
    late = game.fire(model, stored(move.marking), wait_at(move, "d"), {})
    assert waiting(late) == ["w"]
    assert [scope.kind for scope in late.marking.scopes] == ["process"]


def test_a_cancel_undoes_what_a_running_compensation_has_left() -> None:
    undone = {"g2": boundary("b", compensate()), "unb": undo(), "as2": undoes("g2", "unb")}
    inside: dict[str, Part] = INSIDE | undone | {"b": task(), "w": user(), "e2": end()}
    inner = transaction("s2 > a > b > p2 > t > e2; p2 > w > x", p2=parallel(), x=end(cancel()),
                        t=throw(compensate()), **inside)  # fmt: skip
    model = draw(WAYS, u=inner, c=boundary("u", cancel()), **OUTSIDE)
    played = restarted(model, jobs={"unb": [{"wait": "P9D"}], "w": [{"wait": "P1D"}]})
    assert played.trace == ("a", "b", "w", "una", "z")


def test_a_cancelled_transaction_without_a_way_on_ends_its_token_and_is_unsound() -> None:
    inner = transaction("s2 > a > x", x=end(cancel()), **INSIDE)
    model = draw("s > u > y > e", u=inner, s=start(), y=task(), e=end())
    assert restarted(model).trace == ("a", "una")
    verdict = judged("s > u > y > e", u=inner, s=start(), y=user(), e=end())
    assert ("sound.choice", "u") in {(one.rule, one.element) for one in verdict.warnings}


def test_a_cancel_event_without_a_cancel_end_is_dead() -> None:
    inner = transaction("s2 > a > e2", e2=end(), **INSIDE)
    verdict = judged(WAYS, u=inner, c=boundary("u", cancel()), **OUTSIDE)
    assert ("sound.dead", "c") in {(one.rule, one.element) for one in verdict.warnings}
    cancelled = transaction("s2 > a > x", x=end(cancel()), **INSIDE)
    sound = judged("s > u; c > z > f", u=cancelled, c=boundary("u", cancel()),
                   s=start(), z=user(), f=end())  # fmt: skip
    assert "sound.dead" not in rules(sound)
