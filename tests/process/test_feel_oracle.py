"""Expressions answer what npm `feelin` answers: a recorded sample, and what differs on purpose."""

import json

import pytest

from tests.feel.comparing import SAMPLE, exactly, ours, same
from tests.feel.differences import DIFFERENCES
from tests.feel.making import Maker, makes

ANSWERS = json.loads(SAMPLE.read_text(encoding="utf-8"))


def test_a_sample_of_random_expressions_answers_as_feelin_does() -> None:
    asked = {text: theirs for text, theirs in ANSWERS.items() if text not in DIFFERENCES}
    assert len(asked) >= 200
    assert {
        text: ours(text) for text, theirs in asked.items() if not same(ours(text), theirs)
    } == {}


@pytest.mark.parametrize("text", DIFFERENCES)
def test_what_differs_on_purpose_still_differs(text: str) -> None:
    assert not exactly(ours(text), ANSWERS[text])


def test_the_same_seed_makes_the_same_expressions() -> None:
    assert makes(Maker(7), 50, 600) == makes(Maker(7), 50, 600)
    assert makes(Maker(7), 50, 600) != makes(Maker(8), 50, 600)


def test_random_expressions_reach_every_construct_and_none_is_refused() -> None:
    made = makes(Maker(1), 400, 600)
    for text in made:
        ours(text)
    words = ("for ", "some ", "every ", "if ", " in ", "between", "{a:", "date(", " and ", "[")
    assert [word for word in words if not any(word in text for text in made)] == []
