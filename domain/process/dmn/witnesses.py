"""Values that stand for all others: between two constants of a column its cells cannot change.

Whatever is said about a table is said of such a value, tried on the real cells: an overlap or a gap
that is found is there. Where cells depend on more than constants, some may be overlooked.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

from domain.process.dmn.model import Decision, Input
from domain.process.dmn.types import Kind, fits
from domain.process.feel import Cell, Value
from domain.process.feel.values import Months

OTHER = "…"  # any text that no cell names
_Near = Callable[[Value], tuple[Value, Value]]  # the values just before and after one


def _by(step: Value) -> _Near:
    return lambda value: (value - step, value + step)


def _of_months(value: Months) -> tuple[Months, Months]:
    return Months(value.count - 1), Months(value.count + 1)


def _of_time(value: time) -> tuple[time, time]:
    at = datetime.combine(date(2000, 1, 2), value)
    return (at - timedelta(seconds=1)).timetz(), (at + timedelta(seconds=1)).timetz()


_NEAR: Mapping[type, _Near] = {
    Decimal: _by(Decimal(1)),
    date: _by(timedelta(days=1)),
    datetime: _by(timedelta(seconds=1)),
    timedelta: _by(timedelta(seconds=1)),
    Months: _of_months,
    time: _of_time,
}
_HALF = {Decimal, timedelta}  # there may be a value between two that are a step apart


def witnesses(decision: Decision, column: int) -> tuple[Value, ...]:
    """Return values of a column that stand for all it may have, its allowed values kept."""
    asked = decision.inputs[column]
    cells = [row.tests[column] for row in decision.rows]
    if asked.allowed is not None:
        cells.append(asked.allowed)
    return tuple(one for one in _values(asked.kind, cells) if _may_be(asked, one))


def _may_be(asked: Input, value: Value) -> bool:
    allowed = asked.allowed
    free = allowed is None or bool(allowed.names) or allowed.loops
    known = free or (allowed is not None and allowed.holds(value, {}))
    return known and fits(asked.kind, value)


def _values(kind: Kind, cells: Iterable[Cell]) -> list[Value]:
    """Return each constant once, and what lies before, between and behind them."""
    by_type: dict[type, dict[Value, None]] = {}
    for cell in cells:
        for cut in cell.cuts or ():
            if isinstance(cut, str | bool | Decimal | date | time | timedelta | Months):
                by_type.setdefault(type(cut), {})[cut] = None
    found: list[Value] = []
    for one, cuts in by_type.items():
        found += _around(one, list(cuts))
    if kind == "truth" or bool in by_type:
        found += [True, False]
    if kind in ("any", "text"):
        found.append(OTHER)
    return list(dict.fromkeys(found))


def _around(kind: type, cuts: list[Value]) -> list[Value]:
    near = _NEAR.get(kind)
    if near is None:
        return cuts
    try:
        ordered = sorted(cuts)
    except TypeError:  # instants with and without an offset have no order
        ordered = cuts
    found = list(ordered)
    if kind in _HALF:
        found += [low + (high - low) / 2 for low, high in pairwise(ordered)]
    for cut in ordered:
        try:
            found += near(cut)
        except OverflowError:  # beyond the year 9999
            continue
    return found
