"""Where we and feelin differ on purpose, with the reason; random expressions keep clear of these.

Each is asked of both engines on every run: one that no longer differs is a failure as well. Of the
cells of decision tables one thing differs: a test that is null makes `not(…)` null here, as the
standard says, and true in feelin.
"""

from collections.abc import Mapping

DIFFERENCES: Mapping[str, str] = {
    "0.1 + 0.2 = 0.3": "we count in decimals, feelin in binary fractions",
    "decimal(2.345, 2)": "half to even on the decimal itself, as the standard says",
    "1 / 3 * 3 = 1": "34 digits, no rounding on the way to a comparison",
    'n < "a"': "values of different kinds have no order: null",
    'date("2024-05-10") < "x"': "the same; feelin compares the texts",
    '@"P5D" < @"P13M"': "days and months have no order: null",
    "[1] = 1": "a list is not its element",
    "2 in (list, 7)": "a list among several tests still means its elements",
    "4 in [9..1]": "a range whose end lies before its start is empty",
    "4 between 9 and 1": "the same",
    'if "x" then 1 else 2': "a condition holds when it is true, not when it is filled",
    "some x in [1] satisfies null": "three-valued: null, where feelin says false",
    "every x in [1] satisfies null": "the same",
    "any([(4 in (true, 5))])": "a test of another kind is null, and null or false is null",
    'substring("bc", -3)': "a start before the text is its beginning",
    'min(["a", "b"])': "texts have an order",
    '@"P1D" * 2': "durations are scaled, as the standard says",
    '@"P2D" / 2': "the same",
    "string([1])": "a list has no text; say which element",
    "concatenate(null, list)": "null is no list",
    'year(date("2024-05-10"))': "ours: there is no attribute access, so functions read a date",
    'number("Infinity")': "a number is finite",
}
