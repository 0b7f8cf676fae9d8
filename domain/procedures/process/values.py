"""Variables of a plain process: between the expressions' values and JSON, which has no fractions.

Numbers with a fraction, days, instants, times and spans stand as an object with one member whose
name begins with `$`: `{"$decimal": "12.5"}`, `{"$date": "2024-05-10"}`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from domain.kernel.canonical import LARGEST
from domain.kernel.faults import Fault, fault
from domain.kernel.json import Json, JsonValue
from domain.process.feel import Value
from domain.process.feel.dates import duration_text
from domain.process.feel.values import Months
from domain.process.timers import parse_span

NAME = re.compile(r"[^\W\d]\w{0,79}")  # what an expression can name
MOST = 200  # variables sent at once
_MARK = "$"
_SPAN = re.compile(r"(?P<sign>-?)P(?=\d+D|T)(?:(?P<days>\d{1,9})D)?(?P<clock>T.+)?")


def _finite(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(f"{text} is no number of ours")
    return number


def _span(text: str) -> timedelta:
    """Return the span that `duration_text` wrote: of more days, maybe, than a diagram can say."""
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no span")
    clock = parse_span(f"P{found['clock']}").rest if found["clock"] else timedelta()
    length = timedelta(days=int(found["days"] or 0)) + clock
    return -length if found["sign"] else length


_READERS: Mapping[str, Callable[[str], Value]] = MappingProxyType(
    {
        "$decimal": _finite,
        "$date": date.fromisoformat,
        "$instant": datetime.fromisoformat,
        "$time": time.fromisoformat,
        "$span": _span,
        "$months": lambda text: Months(int(text)),
    }
)

_WRITERS: tuple[tuple[type, str, Callable[[Any], str]], ...] = (
    (datetime, "$instant", datetime.isoformat),  # before its elder, the day
    (date, "$date", date.isoformat),
    (time, "$time", time.isoformat),
    (Months, "$months", lambda value: str(value.count)),
    (timedelta, "$span", duration_text),
)


def kept(value: Value) -> JsonValue:
    """Return a value of the expression language as JSON; `known` gives an equal one back.

    What no expression can hold is kept as null.
    """
    for kind, mark, text in _WRITERS:
        if isinstance(value, kind):
            return {mark: text(value)}
    match value:
        case None | bool() | str() | int():
            return value
        case Decimal():
            return _number(value)
        case Mapping():
            return {str(name): kept(one) for name, one in value.items()}
        case Sequence():
            return [kept(one) for one in value]
        case _:
            return None


def known(value: JsonValue) -> Value:
    """Return what `kept` wrote, or somebody sent, as expressions read it; it never fails.

    A context that an expression made in the shape of a mark, and that says nothing, stays one.
    """
    match value:
        case Mapping() if len(value) == 1 and next(iter(value)) in _READERS:
            ((mark, text),) = value.items()
            try:
                return _READERS[mark](str(text))
            except (ValueError, ArithmeticError):
                return {mark: known(text)}
        case Mapping():
            return {name: known(one) for name, one in value.items()}
        case list() | tuple():
            return [known(one) for one in value]
        case _:
            return value


def variables(stored: Json) -> Mapping[str, Value]:
    """Return all variables as expressions read them."""
    return {name: known(one) for name, one in stored.items()}


def unnameable(sent: Json, at: str) -> tuple[Fault, ...]:
    """Return what in variables somebody sent cannot be one: too many, or names of ours."""
    if len(sent) > MOST:
        return (fault(at, "field", f"变量最多 {MOST} 个", f"at most {MOST} variables"),)
    wrong = [name for name in sent if not NAME.fullmatch(name)]
    faults = [
        fault(f"{at}/{name}", "field", "须以字母开头，只含字母、数字、下划线",
              "a name begins with a letter and has letters, digits and _ only")
        for name in wrong
    ]  # fmt: skip
    marked = [name for name in _names(sent) if name.startswith(_MARK) and name not in wrong]
    zh, en = "名称不能以 $ 开头", "no name begins with $"
    return (*faults, *(fault(at, "field", zh, en) for _ in marked[:1]))


def _names(value: JsonValue) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield name
            yield from _names(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _names(one)


def _number(value: Decimal) -> JsonValue:
    if not value.is_finite():
        return None
    if value == value.to_integral_value() and abs(value) <= LARGEST:
        return int(value)
    return {"$decimal": str(value)}
