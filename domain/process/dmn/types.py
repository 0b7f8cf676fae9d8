"""Types of the columns of a table, and which values fit them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from domain.process.feel import Value
from domain.process.feel.dates import moment
from domain.process.feel.values import DECIMAL, Months, inner

Kind = Literal[
    "any", "text", "truth", "number", "integer", "date", "time", "instant", "length", "months"
]

KINDS: Mapping[str, Kind] = {  # names in DMN files, those of other engines included
    "": "any", "any": "any",
    "string": "text", "boolean": "truth",
    "number": "number", "double": "number", "integer": "integer", "long": "integer",
    "date": "date", "time": "time", "datetime": "instant", "dateandtime": "instant",
    "daytimeduration": "length", "daysandtimeduration": "length",
    "yearmonthduration": "months", "yearsandmonthsduration": "months",
}  # fmt: skip
_FITS: Mapping[Kind, Callable[[Value], bool]] = {
    "any": lambda _value: True,
    "text": lambda value: isinstance(value, str),
    "truth": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, Decimal),
    "integer": lambda value: isinstance(value, Decimal) and value == value.to_integral_value(),
    "date": lambda value: isinstance(value, date) and not isinstance(value, datetime),
    "time": lambda value: isinstance(value, time),
    "instant": lambda value: isinstance(value, datetime),
    "length": lambda value: isinstance(value, timedelta),
    "months": lambda value: isinstance(value, Months),
}
_SAID_AS_TEXT = frozenset(("date", "time", "instant", "length", "months"))


def kind_of(name: str) -> Kind | None:
    """Return the kind a `typeRef` names; None when we know no such type."""
    return KINDS.get("".join(name.rpartition(":")[2].split()).lower())


def fits(kind: Kind, value: Value) -> bool:
    """Whether a value is of a kind; null is of every kind."""
    return value is None or _FITS[kind](value)


def as_kind(kind: Kind, value: Value) -> Value:
    """Return a value as the evaluator holds it: texts of dates, times and durations are read."""
    value = inner(value)
    if kind in _SAID_AS_TEXT and isinstance(value, str):
        found = moment(value)
        return value if found is None else found
    return value


def text_of(value: Value) -> str:
    """Return a value as an expression would say it."""
    match value:
        case None | bool():
            return {None: "null", True: "true", False: "false"}[value]
        case str():
            return f'"{value}"'
        case Decimal():
            return f"{value:f}" if abs(value.adjusted()) <= DECIMAL.prec else str(value)
        case Months(count):
            return f"P{count}M"
        case Mapping():
            return "{" + ", ".join(f"{key}: {text_of(one)}" for key, one in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(text_of, value)) + "]"
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
