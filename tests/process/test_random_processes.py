"""Random processes and random paths: what is stored after each step is all there is to know."""

import json
import os
from random import Random

import pytest

from domain.process import game
from domain.process.game import Move
from domain.process.marking import Marking
from domain.process.model import TASKS, Definition
from tests.process.drawn import play
from tests.process.random_models import CHOICES, Blocks

SEEDS = range(int(os.environ.get("SEEDS", "100")))
MOST_STEPS = 400


def stored(marking: Marking) -> Marking:
    """What a marking is after a restart: through text and back."""
    return Marking.from_json(json.loads(json.dumps(marking.to_json())))


def step(model: Definition, marking: Marking, chance: Random) -> Move:
    """One random thing happens: a task is done, a time comes, a message arrives."""
    wait = chance.choice([wait for wait in marking.waits if wait.kind != "event_gateway"])
    variables = {"choice": chance.randrange(CHOICES)}
    if wait.role == "token" and wait.kind in TASKS:
        return game.complete(model, marking, wait.id, variables)
    if wait.kind == "message":
        move = game.deliver(model, marking, "news", variables)
        assert move is not None
        return move
    return game.fire(model, marking, wait.id, variables)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_process_restarted_after_every_step_goes_the_same_way(seed: int) -> None:
    walk(Blocks(seed).definition(), seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_process_with_swapped_flows_is_refused_or_ends_as_well(seed: int) -> None:
    model = Blocks(seed).broken()
    if model is not None:
        walk(model, seed)


def walk(model: Definition, seed: int) -> None:
    """Go a random way to the end, restarted after every step."""
    chance = Random(seed)  # noqa: S311  – paths, no secrets
    move = game.begin(model, "p", {"choice": 1})
    for _ in range(MOST_STEPS):
        assert move.error is None
        if move.ended:
            break
        marking = move.marking
        assert stored(marking) == marking
        state = chance.getstate()
        move = step(model, marking, chance)
        chance.setstate(state)
        assert step(model, stored(marking), chance) == move
        check_moved(marking, move)
    assert move.ended
    assert move.marking.waits == ()


def check_moved(before: Marking, move: Move) -> None:
    """What was opened and closed is the difference of the two markings."""
    old, new = {wait.id for wait in before.waits}, {wait.id for wait in move.marking.waits}
    assert {wait.id for wait in move.opened} == new - old
    assert {one.wait.id for one in move.closed} == old - new


@pytest.mark.parametrize("seed", range(0, len(SEEDS), 4))
def test_a_played_process_does_not_notice_restarts(seed: int) -> None:
    model = Blocks(seed).definition()
    variables: dict[str, object] = {"choice": 1}
    days = range(1, 40) if model.messages else ()
    arrivals = [{"at": f"P{day}D", "message": "news"} for day in days]
    straight = play(model, variables=variables, arrivals=arrivals)
    restarted = play(model, variables=variables, arrivals=arrivals, relay=stored)
    assert restarted == straight
    assert straight.status == "completed"
