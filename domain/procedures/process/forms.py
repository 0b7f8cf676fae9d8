"""The form of a user task, as its diagram draws it: what is sent is read field by field."""

import re
from datetime import date
from decimal import Decimal

from domain.kernel.faults import Fault, fault
from domain.kernel.json import Json, JsonValue
from domain.kernel.limits import MOST_TEXT
from domain.kernel.times import parse_day
from domain.procedures.process.values import kept, unnameable
from domain.process.model import Field

_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(?:\.[0-9]{1,12})?")
AT = "/data"


def entered(
    fields: tuple[Field, ...], sent: Json, at: str = AT, *, whole: bool = True
) -> Json | tuple[Fault, ...]:
    """Return the variables a form sets, or every fault in what was sent.

    A form without fields takes any variables; one with fields takes these alone. What is required
    may be missing where the form need not be `whole`. `at` is where they stand in the payload.
    """
    if not fields:
        return unnameable(sent, at) or sent
    taken: dict[str, JsonValue] = {}
    names = {one.name for one in fields}
    faults = [
        _wrong(f"{at}/{name}", "表单没有这个字段", "the form has no such field")
        for name in sorted(sent.keys() - names)
    ]
    for one in fields:
        value = sent.get(one.name)
        if value is None or value == "":
            if one.required and whole:
                faults.append(
                    _wrong(f"{at}/{one.name}", f"请填写{one.label}", f"fill in {one.label}")
                )
            continue
        read = _read(one, value, at)
        if isinstance(read, Fault):
            faults.append(read)
        else:
            taken[one.name] = read
    return tuple(faults) or taken


def _read(field: Field, value: JsonValue, at: str) -> "JsonValue | Fault":
    match field.kind, value:
        case "text", str() if len(value) <= MOST_TEXT:
            return value
        case "choice", str() if value in field.options:
            return value
        case "boolean", bool():
            return value
        case "integer", int() if not isinstance(value, bool):
            return value
        case "number", int() if not isinstance(value, bool):
            return value
        case "number", str() if (number := _decimal(value)) is not None:
            return kept(number)
        case "date", str() if (day := _day(value)) is not None:
            return kept(day)
        case _:
            zh, en = _EXPECTED[field.kind]
            listed = f"：{'、'.join(field.options)}" if field.options else ""
            return _wrong(
                f"{at}/{field.name}", f"{zh}{listed}", f"{en} {', '.join(field.options)}".strip()
            )


_EXPECTED = {
    "text": (f"须为文字，最多 {MOST_TEXT} 字", f"a text of at most {MOST_TEXT} characters"),
    "integer": ("须为整数", "a whole number"),
    "number": ('须为数，小数写成文字，如 "12.50"', 'a number; with a fraction as "12.50"'),
    "boolean": ("须为 true 或 false", "true or false"),
    "date": ("须为 YYYY-MM-DD", "YYYY-MM-DD"),
    "choice": ("须为其中之一", "one of"),
}


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except ValueError:
        return None


def _wrong(pointer: str, zh: str, en: str) -> Fault:
    return fault(pointer, "field", zh, en)
