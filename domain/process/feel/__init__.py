"""The expression language of diagrams: a safe subset of FEEL (DMN), decimal and three-valued.

    1 < x and x <= 10        arithmetic + - * /, comparison, and, or, if … then … else
    x between 1 and 10       x in [1..10], x in (1, 3, > 10), ranges with open or closed ends
    [1, 2, 3], {a: 1}        lists and contexts; a context is read with `get value(context, "a")`
    contains(text, "a")      the functions of `functions.FUNCTIONS`, nothing else
    date("2024-05-10")       dates, times and durations with their arithmetic

Left out on purpose: attribute access, filters, loops, powers, regular expressions, user functions.
So an expression costs no more than its length and its data. What FEEL calls an error is null here
too: only a condition that is *true* holds.
"""

from domain.process.feel.compiler import Expression, ExpressionError, compile_expression, is_feel
from domain.process.feel.values import Value

__all__ = ["Expression", "ExpressionError", "Value", "compile_expression", "is_feel"]
