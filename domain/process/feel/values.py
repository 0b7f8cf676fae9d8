"""Values of the expression language and what operators make of them; null is no answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any

from domain.process.timers import Span

Value = Any  # None, bool, int, Decimal, str, list, Mapping, date, datetime, time, timedelta, Months
Truth = bool | None

DECIMAL = Context(
    prec=34, Emax=6144, Emin=-6143, traps=[InvalidOperation, DivisionByZero, Overflow]
)


_WHOLE_DIGITS = 8  # of what is taken for a place, a count or a number of months


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A duration of whole calendar months; `timedelta` is the other kind."""

    count: int


def inner(value: Value) -> Value:
    """Return `value` as the evaluator holds it: whole numbers as `Decimal`, all else as it is."""
    return Decimal(value) if type(value) is int else value


def whole(value: Value) -> int | None:
    """Return a number without its fraction; None of anything else and of what is too large."""
    number = inner(value)
    if not isinstance(number, Decimal) or (number and number.adjusted() >= _WHOLE_DIGITS):
        return None
    return int(number)


def truth(value: Value) -> Truth:
    """Return a truth as it is, and null of anything else."""
    return value if isinstance(value, bool) else None


def equal(left: Value, right: Value) -> Truth:
    """Return whether two values are the same; null when their kinds differ."""
    if left is None or right is None:
        return left is right
    if isinstance(left, Sequence) and not isinstance(left, str):
        return _equal_lists(left, right)
    if isinstance(left, Mapping):
        return _equal_contexts(left, right)
    left, right = inner(left), inner(right)
    if type(left) is not type(right):
        return None
    if isinstance(left, datetime):
        return _instant(left) == _instant(right)
    return bool(left == right)


def _equal_lists(left: Sequence[Value], right: Value) -> Truth:
    if not isinstance(right, Sequence) or isinstance(right, str):
        return None
    same = len(left) == len(right)
    return same and all(equal(a, b) is True for a, b in zip(left, right, strict=True))


def _equal_contexts(left: Mapping[str, Value], right: Value) -> Truth:
    if not isinstance(right, Mapping):
        return None
    return left.keys() == right.keys() and all(equal(left[k], right[k]) is True for k in left)


def _instant(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


_ORDERED = (Decimal, str, date, datetime, time, timedelta, Months)


def order(left: Value, right: Value) -> int | None:
    """Return -1, 0 or 1 as `left` is smaller, equal or greater; null when neither."""
    left, right = inner(left), inner(right)
    if type(left) is not type(right) or type(left) not in _ORDERED:
        return None
    if isinstance(left, datetime):
        left, right = _instant(left), _instant(right)
    elif isinstance(left, time) and (left.tzinfo is None) != (right.tzinfo is None):
        return None
    return int(left > right) - int(left < right)


COMPARISONS: Mapping[str, Callable[[Value, Value], Truth]] = {
    "=": equal,
    "!=": lambda left, right: negation(equal(left, right)),
    "<": lambda left, right: None if (o := order(left, right)) is None else o < 0,
    "<=": lambda left, right: None if (o := order(left, right)) is None else o <= 0,
    ">": lambda left, right: None if (o := order(left, right)) is None else o > 0,
    ">=": lambda left, right: None if (o := order(left, right)) is None else o >= 0,
}


def negation(value: Value) -> Truth:
    """Return the opposite of a truth; null of anything else."""
    return not value if isinstance(value, bool) else None


def conjunction(left: Truth, right: Truth) -> Truth:
    """Return `left and right`: false wins over null."""
    if left is False or right is False:
        return False
    return True if left is True and right is True else None


def disjunction(left: Truth, right: Truth) -> Truth:
    """Return `left or right`: true wins over null."""
    if left is True or right is True:
        return True
    return False if left is False and right is False else None


def add(left: Value, right: Value) -> Value:
    """Return the sum of numbers, durations, a date and a duration, or two texts joined."""
    match left, right:
        case Decimal(), Decimal():
            return DECIMAL.add(left, right)
        case str(), str():
            return left + right
        case timedelta(), timedelta():
            return left + right
        case Months(a), Months(b):
            return _months(Decimal(a + b))
        case date(), timedelta() | Months():
            return _shift(left, right)
        case timedelta() | Months(), date():
            return _shift(right, left)
        case _:
            return None


def subtract(left: Value, right: Value) -> Value:
    """Return the difference of numbers, durations, two dates, or a date and a duration."""
    match left, right:
        case Decimal(), Decimal():
            return DECIMAL.subtract(left, right)
        case date(), date():
            return _between(left, right)
        case timedelta(), timedelta():
            return left - right
        case Months(a), Months(b):
            return _months(Decimal(a - b))
        case date(), timedelta() | Months():
            return _shift(left, _opposite(right))
        case _:
            return None


def multiply(left: Value, right: Value) -> Value:
    """Return the product of numbers, or of a duration and a number."""
    match left, right:
        case Decimal(), Decimal():
            return DECIMAL.multiply(left, right)
        case timedelta() | Months(), Decimal():
            return _scale(left, right)
        case Decimal(), timedelta() | Months():
            return _scale(right, left)
        case _:
            return None


def divide(left: Value, right: Value) -> Value:
    """Return the quotient of numbers, or of a duration and a number; null by zero."""
    match left, right:
        case Decimal(), Decimal():
            return DECIMAL.divide(left, right)
        case timedelta() | Months(), Decimal():
            return _scale(left, DECIMAL.divide(Decimal(1), right))
        case timedelta(), timedelta():
            return DECIMAL.divide(Decimal(left // _TICK), Decimal(right // _TICK))
        case _:
            return None


_TICK = timedelta(microseconds=1)
ARITHMETIC: Mapping[str, Callable[[Value, Value], Value]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
}


def calculate(operator: str, left: Value, right: Value) -> Value:
    """Return the result of `+ - * /`; null when it has none or is too large."""
    try:
        return ARITHMETIC[operator](inner(left), inner(right))
    except (ArithmeticError, ValueError):  # by zero, beyond 34 digits' range or the year 9999
        return None


def negative(value: Value) -> Value:
    """Return the opposite of a number or duration; null of anything else and of what has none."""
    try:
        return _opposite(inner(value))
    except ArithmeticError:  # beyond 34 digits' range or the longest span
        return None


def _opposite(value: Value) -> Value:
    match value:
        case Decimal():
            return DECIMAL.minus(value)
        case timedelta():
            return -value
        case Months(count):
            return Months(-count)
        case _:
            return None


def _between(left: date, right: date) -> Value:
    if isinstance(left, datetime) and isinstance(right, datetime):
        return _instant(left) - _instant(right)
    return left - right if type(left) is type(right) else None


def _shift(moment: date, by: timedelta | Months) -> date:
    span = Span(by.count) if isinstance(by, Months) else Span(0, by)
    if isinstance(moment, datetime):
        return span.after(moment)
    return span.after(datetime.combine(moment, time(), UTC)).date()


def _months(count: Decimal) -> Months:
    """Return so many months, a fraction left out.

    Raises:
        OverflowError: too many to be counted.
    """
    number = whole(count)
    if number is None:
        raise OverflowError("too many months")
    return Months(number)


def _scale(length: timedelta | Months, factor: Decimal) -> timedelta | Months:
    if isinstance(length, Months):
        return _months(DECIMAL.multiply(Decimal(length.count), factor))
    return timedelta(microseconds=int(DECIMAL.multiply(Decimal(length // _TICK), factor)))
