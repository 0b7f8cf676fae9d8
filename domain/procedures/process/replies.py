"""What web services are told, and what is taken from their replies."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NoReturn

from domain.kernel.canonical import LARGEST
from domain.kernel.json import Json, JsonValue
from domain.kernel.limits import MOST_LINE
from domain.procedures.process.values import kept, unnameable, variables
from domain.process.feel import Value
from domain.process.feel.values import DECIMAL
from domain.process.model import Output
from domain.web import NoAnswer, Reply

ERROR = "error"  # member of a reply that names an error of the process
_NO_CODE = "error 须为可见文字 · error is a text to be seen"
_DEEPEST = 32  # levels of objects and lists
_PLACE = re.compile("0|[1-9][0-9]{0,9}")  # in a list, as RFC 6901 writes it
_UNKEPT = re.compile("[\x00\ud800-\udfff]")  # a null character, half a surrogate pair
_GOOD = range(200, 300)
_LATER = frozenset((408, 425, 429))
_FAULTS = range(500, 600)


def told(value: Value) -> JsonValue:
    """Return a value as JSON for others: a fraction and a day are texts."""
    match value:
        case None | bool() | str():
            return value
        case int() | Decimal():
            number = Decimal(value)
            whole = number == number.to_integral_value() and abs(number) <= LARGEST
            return int(number) if whole else str(number)
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            return {str(name): told(one) for name, one in value.items()}
        case Sequence():
            return [told(one) for one in value]
        case _:
            return str(value)


def variables_told(stored: Json) -> Json:
    """Return the variables of a case as JSON for others."""
    return {name: told(one) for name, one in variables(stored).items()}


def read_reply(reply: Reply, outputs: Sequence[Output]) -> Json | NoAnswer:
    """Return what a reply means: the variables it sets, or the error it names, or no answer.

    Only a status of 200 to 299 is one; a redirect is not followed. The body is a JSON object, or
    empty where nothing is taken from it.
    """
    if reply.status not in _GOOD:
        final = reply.status not in _LATER and reply.status not in _FAULTS
        return NoAnswer("call.status", f"HTTP {reply.status}", final=final)
    try:
        body = json.loads(
            reply.body or b"{}", parse_float=Decimal, parse_int=_whole, parse_constant=_none
        )
    except (ValueError, RecursionError, ArithmeticError):
        return _unreadable("不是 JSON · not JSON")
    if not isinstance(body, dict):
        return _unreadable("不是 JSON 对象 · no JSON object")
    error = body.get(ERROR)
    if isinstance(error, str) and error:
        code = error[:MOST_LINE]
        return {ERROR: code} if code.isprintable() else _unreadable(_NO_CODE)
    if error is not None:
        return _unreadable(_NO_CODE)
    taken = {one.target: _at(body, one.pointer) for one in outputs}
    if not _keepable(taken):
        return _unreadable("深度、文字或数 · depth, texts or numbers")
    if faults := unnameable(taken, ""):
        return _unreadable(f"{faults[0].zh} · {faults[0].en}")
    return {"data": {name: kept(one) for name, one in taken.items()}}


def _at(body: Any, pointer: str) -> Any:  # noqa: ANN401  – any JSON
    """Return what a JSON pointer leads to; null where it leads nowhere."""
    found = body
    for part in pointer.removeprefix("/").split("/"):
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(found, dict):
            found = found.get(name)
        elif isinstance(found, list) and _PLACE.fullmatch(name) and int(name) < len(found):
            found = found[int(name)]
        else:
            return None
    return found


def _keepable(value: Any, level: int = 0) -> bool:  # noqa: ANN401  – any JSON
    """Whether every store keeps a value and expressions calculate with it."""
    match value:
        case str():
            return _UNKEPT.search(value) is None
        case Decimal():
            return value.is_finite() and DECIMAL.Emin <= value.adjusted() <= DECIMAL.Emax
        case dict():
            inside = (*value, *value.values())
        case list():
            inside = tuple(value)
        case _:
            return True
    return level < _DEEPEST and all(_keepable(one, level + 1) for one in inside)


def _whole(text: str) -> int | Decimal:
    number = Decimal(text)
    return int(number) if abs(number) <= LARGEST else number


def _none(_name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON")


def _unreadable(why: str) -> NoAnswer:
    return NoAnswer("call.reply_unreadable", why, final=True)
