"""The expression language of diagrams: a safe subset of FEEL (DMN), decimal and three-valued.

    1 < x and x <= 10        arithmetic + - * /, comparison, and, or, if … then … else
    x between 1 and 10       x in [1..10], x in (1, 3, > 10), ranges with open or closed ends
    [1, 2, 3], {a: 1}        lists and contexts; a context is read with `get value(context, "a")`
    contains(text, "a")      the functions of `functions.FUNCTIONS`, nothing else
    date("2024-05-10")       dates, times and durations with their arithmetic

    for x in [1, 2] return x * 2; some x in list satisfies x > 1; every …
    add working days(day, 7) on the law's calendar, which whoever evaluates hands in

Left out on purpose: attribute access, filters, powers, regular expressions, user functions, the
clock. An expression costs no more than its length and its data, its loops a budget of steps. What
FEEL calls an error is null here too: only a condition that is *true* holds.
"""

from domain.process.feel.compiler import (
    Cell,
    Expression,
    compile_cell,
    compile_expression,
    is_feel,
)
from domain.process.feel.errors import ExpressionError
from domain.process.feel.frame import CALENDAR
from domain.process.feel.values import Value

__all__ = [
    "CALENDAR", "Cell", "Expression", "ExpressionError", "Value",
    "compile_cell", "compile_expression", "is_feel",
]  # fmt: skip
