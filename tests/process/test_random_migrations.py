"""Random processes on random paths, moved to their own diagram after every step."""

import os
from random import Random

import pytest

from domain.process import game
from domain.process.migration import Plan, judge
from tests.process.random_models import drawn, size_of, sound
from tests.process.random_paths import known, next_act, played

AT_ONCE = 10  # seeds of one test
MOST_STEPS = 60
FIRST = int(os.environ.get("SEED") or 20_240_601)  # the same in every process of a run


@pytest.mark.parametrize("first", range(FIRST, FIRST + 40, AT_ONCE))
def test_a_process_moved_to_its_own_diagram_stands_where_it_stood(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        model, chance = sound(drawn(seed, size_of(seed))), Random(seed)  # noqa: S311  – paths
        move = game.begin(model, "p", known(chance))
        for _ in range(MOST_STEPS):
            if move.ended:
                break
            marking = move.marking
            plan = judge(model, model, marking, {})
            if not isinstance(plan, Plan):
                assert {one.why for one in plan} == {"undoing"}, (seed, plan)
            else:
                assert plan.marking == marking, seed
                assert (plan.armed, plan.dropped) == ((), ()), seed
            move = played(model, marking, next_act(model, marking, chance))
