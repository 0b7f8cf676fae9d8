"""Loops: what they go through, whose names they see, and the budget that ends them."""

from decimal import Decimal

import pytest

from domain.process.feel import Value, compile_expression
from domain.process.feel.frame import MAX_STEPS

KNOWN: dict[str, Value] = {"list": [1, 2, 3], "n": 4, "votes": ["yes", "no"], "x": 9}


def value(text: str) -> Value:
    return compile_expression(text).evaluate(KNOWN)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("for i in list return i * n", [4, 8, 12]), ("for i in 1..3 return i", [1, 2, 3]),
        ("for i in 3..1 return i", [3, 2, 1]), ("for i in -1..n - 3 return i", [-1, 0, 1]),
        ("for i in [] return i", []), ("for i in list, j in 1..2 return i * j", [1, 2, 2, 4, 3, 6]),
        ("for i in list, j in [i, 0] return j", [1, 0, 2, 0, 3, 0]),
        ("for x in list return x", [1, 2, 3]), ("[for x in list return x, x]", [[1, 2, 3], 9]),
        ("for i in list return for j in 1..i return j", [[1], [1, 2], [1, 2, 3]]),
        ("sum(for i in list return if i > 1 then i else 0)", 5),
        ('some v in votes satisfies v = "no"', True),
        ('every v in votes satisfies v = "no"', False),
        ("some i in list, j in list satisfies i + j = 6", True),
        ("some v in [] satisfies true", False), ("every v in [] satisfies false", True),
        ("some v in [1, null] satisfies v > 1", None),
        ("some v in [1, null, 2] satisfies v > 1", True),
        ("every v in [2, null] satisfies v > 1", None), ("some v in list satisfies v", None),
    ],
)  # fmt: skip
def test_loops_answer_for_each_item(text: str, answer: Value) -> None:
    assert value(text) == answer


def test_a_loop_names_only_what_it_reads_from_outside() -> None:
    assert compile_expression("for i in list, j in [i] return i + j + n").names == {"list", "n"}
    assert compile_expression("[for x in list return x, x]").names == {"list", "x"}


@pytest.mark.parametrize(
    "text",
    [
        "count(for i in 1..99999999 return 1)", "some i in 1..99999999 satisfies i < 0",
        "every i in 1..999, j in 1..999 satisfies i > 0",
        "for i in 1..999 return for j in 1..999 return 1",
        "for i in 1..9999 return list contains(long, i)",
        "every i in 1..9999 satisfies [[long]] = [[long]]",
        "for i in 1..9999 return letters + letters",
    ],
)  # fmt: skip
def test_a_loop_that_takes_too_many_steps_has_no_answer(text: str) -> None:
    known = {"long": [Decimal(n) for n in range(5_000)], "letters": "x" * 100_000}
    assert compile_expression(text).evaluate(known) is None


def test_a_turn_costs_its_parts_and_the_data_it_reads() -> None:
    fits = MAX_STEPS // 1_100
    known = {"long": list(range(1_000)), "turns": list(range(fits)), "more": list(range(2 * fits))}
    assert compile_expression("count(for i in turns return count(long))").evaluate(known) == fits
    assert compile_expression("count(for i in more return count(long))").evaluate(known) is None


def test_without_a_loop_long_data_costs_nothing_extra() -> None:
    assert compile_expression("count(long)").evaluate({"long": [1] * 10_000}) == 10_000


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("1 + ", 5), ("a.b", 2), ("1 + foo(2)", 5), ("a = 1 and\n  b == 2", 16), ("contains(a)", 1),
        ('@"tomorrow"', 2), ("(1 + 2", 7), ("办理结果 = = 1", 8), ("", 1),
    ],
)  # fmt: skip
def test_a_fault_says_the_column_in_both_languages(text: str, column: int) -> None:
    with pytest.raises(ValueError, match=f"第 {column} 列.* · column {column}: "):
        compile_expression(text)
