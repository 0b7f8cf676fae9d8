"""The marking: small, plain JSON that gives the same marking back."""

import json

from domain.process import game
from domain.process.marking import Join, Marking, Scope, Wait, ids
from domain.process.timers import TimerSpec
from tests.pace import took
from tests.process.drawn import boundary, draw, end, exclusive, start, timer, user

FULL = Marking(
    next=9,
    scopes=(
        Scope(id="s1", kind="process", element="p"),
        Scope(id="s2", kind="loop", element="a", parent="s1", number=2, total=3, done=1),
    ),
    waits=(
        Wait(id="w3", element="a", kind="user", scope="s2"),
        Wait(id="w4", element="d", kind="timer", scope="s1", role="boundary", attached_to="s2",
             timer=TimerSpec("cycle", "R4/PT10S", 3)),
        Wait(id="w5", element="c", kind="message", scope="s1", ref="m"),
    ),
    joins=(Join("s1", "j", ("f1", "f1")),),
    kept=("m",),
)  # fmt: skip


def test_a_marking_survives_text() -> None:
    assert Marking.from_json(json.loads(json.dumps(FULL.to_json()))) == FULL
    assert Marking.from_json(Marking().to_json()) == Marking()


def test_a_marking_is_plain_data_without_fractions() -> None:
    def plain(value: object) -> bool:
        if isinstance(value, dict):
            return all(isinstance(key, str) and plain(one) for key, one in value.items())
        if isinstance(value, list):
            return all(map(plain, value))
        return isinstance(value, str | int) and not isinstance(value, bool)

    assert plain(FULL.to_json())


def test_a_marking_says_where_tokens_stand() -> None:
    assert FULL.open == ("a", "c", "j")
    assert FULL.active == {"a", "c", "j"}
    assert ids(FULL.at("a")) == ("w3",)
    assert FULL.wait("w5") == FULL.waits[2]
    assert FULL.wait("w9") is None
    assert not FULL.ended


def test_a_case_of_one_task_with_a_deadline_takes_few_bytes() -> None:
    model = draw("s > a > e; d > f", s=start(), a=user(), e=end(), f=end(),
                 d=boundary("a", timer("law:filing.acceptance")))  # fmt: skip
    marking = game.begin(model, "p", {}).marking
    assert len(json.dumps(marking.to_json())) < 450


def test_the_same_steps_give_the_same_ids() -> None:
    model = draw("s > a > e", s=start(), a=user(), e=end())
    assert game.begin(model, "p", {}).marking == game.begin(model, "p", {}).marking


def test_a_step_on_thirty_elements_costs_little() -> None:
    """The aim is 150 µs; a slow machine is allowed three times as much."""
    steps = [f"t{number}" for number in range(26)]
    model = draw(f"s > m > {' > '.join(steps)} > x > [n = 1] e; x > m*; d > f", s=start(),
                 m=exclusive(), x=exclusive(), e=end(), f=end(), d=boundary("t3", timer("P3D")),
                 **{step: user() for step in steps})  # fmt: skip
    move, rounds = game.begin(model, "p", {"n": 0}), 500

    def steps_on() -> None:
        at = move
        for _ in range(rounds):
            (waiting,) = at.marking.open
            at = game.complete(model, at.marking, at.marking.at(waiting)[0].id, {"n": 0})

    assert took(steps_on) / rounds < 450e-6
