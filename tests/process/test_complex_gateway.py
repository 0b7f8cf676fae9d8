"""Complex gateway: goes on once when enough tokens came, then swallows what was still to come."""

import pytest

from domain.process import game
from tests.process.drawn import (
    boundary,
    complex_gateway,
    draw,
    end,
    exclusive,
    judged,
    parallel,
    restarted,
    start,
    stored,
    task,
    timer,
    user,
    wait_at,
    waiting,
)

ENDS = {"s": start(), "e": end()}
THREE = {"f": parallel(), "a": user(), "b": user(), "c": user(), "z": user()}
WAYS = "s > f > a > j > z > e; f > b > j; f > c > j"


def slow(*days: int) -> dict[str, object]:
    return {name: [{"wait": f"P{day}D"}] for name, day in zip("abc", days, strict=True)}


@pytest.mark.parametrize(
    ("activation", "trace"),
    [
        ("", ("c", "z", "b", "a")),
        ("activationCount >= 1", ("c", "z", "b", "a")),
        ("activationCount >= 2", ("c", "b", "z", "a")),
        ("activationCount = 3", ("c", "b", "a", "z")),
        ("activationCount >= wanted", ("c", "b", "z", "a")),
    ],
)
def test_it_goes_on_once_when_enough_tokens_came(activation: str, trace: tuple[str, ...]) -> None:
    model = draw(WAYS, j=complex_gateway(activation), **ENDS | THREE)
    played = restarted(model, variables={"wanted": 2}, jobs=slow(3, 2, 1))
    assert (played.trace, played.status) == (trace, "completed")


def test_too_few_tokens_wait_for_ever() -> None:
    model = draw(WAYS, j=complex_gateway("activationCount > 3"), **ENDS | THREE)
    played = restarted(model)
    assert (played.status, played.open) == ("stuck", ("j",))
    assert found(WAYS, "activationCount > 3") == {("sound.deadlock", "j"), ("sound.dead", "z"),
                                                  ("sound.dead", "e")}  # fmt: skip


def test_its_round_survives_restarts() -> None:
    model = draw(WAYS, j=complex_gateway(), **ENDS | THREE)
    move = game.begin(model, "p", {})
    for name, left in (("b", ["a", "c", "z"]), ("z", ["a", "c"]), ("a", ["c"]), ("c", [])):
        assert stored(move.marking) == move.marking
        move = game.complete(model, stored(move.marking), wait_at(move, name), {})
        assert waiting(move) == left
    assert move.ended


def test_a_token_on_a_way_already_used_is_for_the_next_round() -> None:
    ways = "s > f > a > m > j > z > e; f > b > m; f > c > j"
    model = draw(ways, j=complex_gateway(), m=exclusive(), **ENDS | THREE)
    early = restarted(model, jobs=slow(1, 2, 3) | {"z": [{"wait": "PT1H"}] * 2})
    assert early.trace == ("a", "z", "b", "c", "z")


def test_a_round_ends_when_nothing_more_can_come() -> None:
    ways = "s > f > a > m > j > z > e; f > b > m; f > c > j; d > g"
    model = draw(ways, j=complex_gateway(), m=exclusive(), d=boundary("c", timer("PT1H")), g=end(),
                 **ENDS | THREE)  # fmt: skip
    played = restarted(model, jobs=slow(1, 2, 9))
    assert played.trace == ("a", "z", "b", "z")
    assert played.status == "completed"


@pytest.mark.parametrize(("value", "trace"), [(1, ("a",)), (2, ("a", "b")), (0, ("c",))])
def test_it_splits_by_its_conditions(value: int, trace: tuple[str, ...]) -> None:
    ways = "s > g > [n > 0] a > j > e; g > [n > 1] b > j; g > c* > j"
    model = draw(ways, g=complex_gateway(), j=complex_gateway(),
                 **ENDS | {name: task() for name in "abc"})  # fmt: skip
    assert restarted(model, variables={"n": value}).trace == trace


def test_a_split_without_a_way_is_an_error() -> None:
    model = draw("s > g > [n > 0] e; g > [n > 1] e2", g=complex_gateway(), e2=end(), **ENDS)
    assert restarted(model, variables={"n": 0}).error == "gateway.no_flow"


def found(ways: str, activation: str) -> set[tuple[str, str | None]]:
    verdict = judged(ways, j=complex_gateway(activation), **ENDS | THREE)
    return {(one.rule, one.element) for one in verdict.warnings if one.rule.startswith("sound")}


@pytest.mark.parametrize(
    "activation", ["", "activationCount >= 1", "activationCount = 1", "activationCount >= 2",
                   "activationCount = 3", "activationCount >= wanted"]
)  # fmt: skip
def test_a_gateway_that_can_go_on_is_sound(activation: str) -> None:
    assert found(WAYS, activation) == set()


def test_a_choice_that_may_starve_it_is_unsound() -> None:
    ways = "s > x > [n = 1] a > j > z > e; x > b* > j; x > [n = 3] c > j"
    verdict = judged(ways, j=complex_gateway("activationCount >= 2"),
                     x=exclusive(), a=user(), b=user(), c=user(), z=user(), **ENDS)  # fmt: skip
    assert ("sound.deadlock", "j") in {(one.rule, one.element) for one in verdict.warnings}
