"""The functions an expression may call; there are no others. A wrong argument gives null."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import reduce

from domain.process.feel import dates, values, working_days
from domain.process.feel.values import DECIMAL, Months, Truth, Value

MAX_ITEMS = 10_000  # of a list a function looks at; a longer one gives null


@dataclass(frozen=True, slots=True)
class Function:
    """A function, and how many arguments it takes (`most` None: any number)."""

    apply: Callable[..., Value]
    least: int
    most: int | None
    lawful: bool = False  # it gets the law's calendar as well, as its first argument


def _texts(function: Callable[..., Value]) -> Callable[..., Value]:
    def guarded(*arguments: Value) -> Value:
        return function(*arguments) if all(isinstance(one, str) for one in arguments) else None

    return guarded


def _items(function: Callable[[Sequence[Value]], Value]) -> Callable[..., Value]:
    """Let a list function take one list or its elements as arguments."""

    def spread(*arguments: Value) -> Value:
        first = arguments[0]
        items = first if len(arguments) == 1 and _is_list(first) else arguments
        return function(items) if len(items) <= MAX_ITEMS else None

    return spread


def _is_list(value: Value) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _listed(value: Value) -> Sequence[Value] | None:
    """Return a list as it is and any other value as a list of one; None of null, or too long."""
    if value is None:
        return None
    items = value if _is_list(value) else [value]
    return items if len(items) <= MAX_ITEMS else None


def _lists(function: Callable[..., Value]) -> Callable[..., Value]:
    """Let a function of a list take one value for a list of one."""

    def guarded(first: Value, *others: Value) -> Value:
        items = _listed(first)
        return None if items is None else function(items, *others)

    return guarded


def _numbers(items: Iterable[Value]) -> list[Decimal] | None:
    found = [values.inner(one) for one in items]
    return found if all(isinstance(one, Decimal) for one in found) else None


def _count(items: Sequence[Value]) -> Value:
    return Decimal(len(items))


def _sum(items: Sequence[Value]) -> Value:
    numbers = _numbers(items)
    return reduce(DECIMAL.add, numbers) if numbers else None


def _mean(items: Sequence[Value]) -> Value:
    total = _sum(items)
    return None if total is None else DECIMAL.divide(total, Decimal(len(items)))


def _extreme(sign: int) -> Callable[[Sequence[Value]], Value]:
    def best(items: Sequence[Value]) -> Value:
        if not items or any(values.order(one, items[0]) is None for one in items):
            return None
        return reduce(lambda a, b: b if values.order(b, a) == sign else a, items)

    return best


def _all(items: Sequence[Value]) -> Truth:
    truth: Truth = True
    for one in items:
        truth = values.conjunction(truth, one)
    return truth


def _any(items: Sequence[Value]) -> Truth:
    truth: Truth = False
    for one in items:
        truth = values.disjunction(truth, one)
    return truth


def _list_contains(items: Sequence[Value], wanted: Value) -> Truth:
    return any(values.equal(one, wanted) is True for one in items)


def _distinct(items: Sequence[Value]) -> Value:
    if len(items) > MAX_ITEMS // 100:
        return None
    kept: list[Value] = []
    for one in items:
        if not _list_contains(kept, one):
            kept.append(one)
    return kept


def _append(items: Sequence[Value], *more: Value) -> Value:
    return [*items, *more]


def _concatenate(*lists: Value) -> Value:
    known = [one for one in map(_listed, lists) if one is not None]
    if len(known) < len(lists) or sum(map(len, known)) > MAX_ITEMS:
        return None
    return [item for one in known for item in one]


def _reverse(items: Sequence[Value]) -> Value:
    return list(reversed(items))


def _index_of(items: Sequence[Value], wanted: Value) -> Value:
    same = [values.equal(one, wanted) is True for one in items]
    return [Decimal(number) for number, found in enumerate(same, start=1) if found]


def _sublist(items: Sequence[Value], start: Value, length: Value = None) -> Value:
    begin = values.whole(start)
    wanted = len(items) if length is None else values.whole(length)
    if not begin or wanted is None or wanted < 0:
        return None
    first = begin - 1 if begin > 0 else max(len(items) + begin, 0)
    return list(items[first : first + wanted])


def _substring(text: Value, start: Value, length: Value = None) -> Value:
    begin = values.whole(start)
    wanted = values.whole(length) if length is not None else MAX_ITEMS * MAX_ITEMS
    if not isinstance(text, str) or not begin or wanted is None or wanted <= 0:
        return None
    first = begin - 1 if begin > 0 else max(len(text) + begin, 0)
    return text[first : first + wanted]


def _get_value(context: Value, key: Value) -> Value:
    return context.get(key) if isinstance(context, Mapping) and isinstance(key, str) else None


def _string(value: Value) -> Value:
    match values.inner(value):
        case None:
            return None
        case bool() as truth:
            return "true" if truth else "false"
        case Decimal() as number:
            plain = DECIMAL.add(number.normalize(DECIMAL), Decimal(0))  # no minus before a zero
            return f"{plain:f}" if abs(number.adjusted()) <= DECIMAL.prec else None
        case str() as text:
            return text
        case datetime() | date() | time() as moment:
            return moment.isoformat()
        case timedelta() | Months() as length:
            return dates.duration_text(length)
        case _:
            return None


def _number(text: str) -> Value:
    try:
        number = Decimal(text) if len(text) <= DECIMAL.prec + 2 else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _rounded(mode: str) -> Callable[..., Value]:
    def rounded(value: Value, scale: Value = Decimal(0)) -> Value:
        number, places = values.inner(value), values.whole(scale)
        if not isinstance(number, Decimal) or places is None or abs(places) > DECIMAL.prec:
            return None
        try:
            return number.quantize(Decimal(1).scaleb(-places), mode, DECIMAL)
        except InvalidOperation:
            return None

    return rounded


def _modulo(dividend: Value, divisor: Value) -> Value:
    left, right = values.inner(dividend), values.inner(divisor)
    if not (isinstance(left, Decimal) and isinstance(right, Decimal)) or right == 0:
        return None
    try:
        quotient = DECIMAL.divide(left, right).to_integral_value(ROUND_FLOOR)
    except ArithmeticError:
        return None
    return DECIMAL.subtract(left, DECIMAL.multiply(right, quotient))


def _absolute(value: Value) -> Value:
    match values.inner(value):
        case Decimal() | timedelta() as amount:
            return abs(amount)
        case Months(count):
            return Months(abs(count))
        case _:
            return None


FUNCTIONS: Mapping[str, Function] = {
    # logic
    "not": Function(values.negation, 1, 1),
    "is defined": Function(lambda value: value is not None, 1, 1),
    # texts
    "contains": Function(_texts(lambda text, part: part in text), 2, 2),
    "starts with": Function(_texts(str.startswith), 2, 2),
    "ends with": Function(_texts(str.endswith), 2, 2),
    "string length": Function(_texts(lambda text: Decimal(len(text))), 1, 1),
    "upper case": Function(_texts(str.upper), 1, 1),
    "lower case": Function(_texts(str.lower), 1, 1),
    "substring": Function(_substring, 2, 3),
    "substring before": Function(
        _texts(lambda text, part: text.partition(part)[0] if part and part in text else ""), 2, 2
    ),
    "substring after": Function(
        _texts(lambda text, part: text.partition(part)[2] if part else text), 2, 2
    ),
    "string": Function(_string, 1, 1),
    "number": Function(_texts(_number), 1, 1),
    # lists and contexts
    "count": Function(_lists(_count), 1, 1),
    "sum": Function(_items(_sum), 1, None),
    "mean": Function(_items(_mean), 1, None),
    "min": Function(_items(_extreme(-1)), 1, None),
    "max": Function(_items(_extreme(1)), 1, None),
    "all": Function(_items(_all), 1, None),
    "any": Function(_items(_any), 1, None),
    "list contains": Function(_lists(_list_contains), 2, 2),
    "distinct values": Function(_lists(_distinct), 1, 1),
    "append": Function(_lists(_append), 1, None),
    "concatenate": Function(_concatenate, 1, None),
    "reverse": Function(_lists(_reverse), 1, 1),
    "index of": Function(_lists(_index_of), 2, 2),
    "sublist": Function(_lists(_sublist), 2, 3),
    "get value": Function(_get_value, 2, 2),
    # numbers
    "abs": Function(_absolute, 1, 1),
    "floor": Function(_rounded(ROUND_FLOOR), 1, 2),
    "ceiling": Function(_rounded(ROUND_CEILING), 1, 2),
    "decimal": Function(_rounded(ROUND_HALF_EVEN), 2, 2),
    "modulo": Function(_modulo, 2, 2),
    # dates, times and durations
    "date": Function(dates.date_of, 1, 3),
    "time": Function(dates.time_of, 1, 1),
    "date and time": Function(dates.date_and_time_of, 1, 2),
    "duration": Function(dates.duration_of, 1, 1),
    "years and months duration": Function(dates.months_between, 2, 2),
    "year": Function(dates.part("year"), 1, 1),
    "month": Function(dates.part("month"), 1, 1),
    "day": Function(dates.part("day"), 1, 1),
    "day of week": Function(dates.weekday, 1, 1),
    # working days, on the law's calendar
    "is working day": Function(working_days.worked, 1, 1, lawful=True),
    "add working days": Function(working_days.add, 2, 2, lawful=True),
    "working days": Function(working_days.between, 2, 2, lawful=True),
}
