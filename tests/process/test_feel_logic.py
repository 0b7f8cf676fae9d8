"""Three-valued logic: every pair of truths, and what is no truth counts as null."""

import pytest

from domain.process.feel import compile_expression
from domain.process.feel.values import Truth

TRUTHS: tuple[Truth, ...] = (True, False, None)
AND = {(True, True): True, (True, None): None, (None, True): None, (None, None): None}
OR = {(False, False): False, (False, None): None, (None, False): None, (None, None): None}


def truth(text: str, a: object, b: object = None) -> Truth:
    found: Truth = compile_expression(text).evaluate({"a": a, "b": b})
    return found


@pytest.mark.parametrize("a", TRUTHS)
@pytest.mark.parametrize("b", TRUTHS)
def test_and_or_and_not_follow_their_tables(a: Truth, b: Truth) -> None:
    assert truth("a and b", a, b) is AND.get((a, b), False)
    assert truth("a or b", a, b) is OR.get((a, b), True)
    assert truth("not(a)", a) is (None if a is None else not a)
    assert truth("all([a, b])", a, b) is truth("a and b", a, b)
    assert truth("any([a, b])", a, b) is truth("a or b", a, b)
    assert truth("every x in [a, b] satisfies x", a, b) is truth("a and b", a, b)
    assert truth("some x in [a, b] satisfies x", a, b) is truth("a or b", a, b)


@pytest.mark.parametrize("other", [1, "true", [True], {"a": True}])
def test_what_is_no_truth_counts_as_null(other: object) -> None:
    for text in ("a and b", "a or b"):
        for b in TRUTHS:
            assert truth(text, other, b) is truth(text, None, b)
    assert truth("not(a)", other) is None
    assert truth("if a then true else false", other) is False


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">="])
def test_null_and_values_of_different_kinds_have_no_order(sign: str) -> None:
    pairs: list[tuple[object, object]] = [(None, 1), (1, None), (None, None), (1, "1"), (1, True)]
    assert [truth(f"a {sign} b", *pair) for pair in pairs] == [None] * len(pairs)


def test_null_is_equal_to_null_alone() -> None:
    assert (truth("a = null", None), truth("a = null", 1), truth("a != null", 1)) == (
        True,
        False,
        True,
    )
