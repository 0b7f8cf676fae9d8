"""One strict reader of JSON bodies: what two readers could understand differently is refused.

Refused with pointer and code: what is no JSON or no UTF-8 (`json`), a member named twice
(`duplicate`), too many levels (`depth`), and numbers or texts that do not survive every other JSON
reader (`type`): fractions, integers beyond 2⁵³ − 1, NaN, half a surrogate pair.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import cast

from domain.kernel.faults import Fault, FaultCode, MalformedError
from domain.kernel.json import JsonValue

DEEPEST = 32  # levels of objects and lists
LARGEST = 2**53 - 1  # the largest integer every JSON reader keeps
MOST_FAULTS = 50  # listed at once
_DIGITS = len(str(LARGEST))
_MARKS = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Bad:
    """Stands in the tree where a number cannot be taken."""

    zh: str
    en: str


class _Object(dict[str, object]):
    """An object that remembers which names stood twice."""

    doubled: tuple[str, ...] = ()


def read_json(body: bytes) -> JsonValue:
    """Return the value in `body`.

    Raises:
        MalformedError: with everything that is wrong with it.
    """
    tree = _parsed(body)
    faults = list(islice(_faults(tree, ""), MOST_FAULTS))
    if faults:
        raise MalformedError(faults)
    return cast(JsonValue, tree)


def _parsed(body: bytes) -> object:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as fault:
        at = f"{fault.start}"
        raise _broken("json", f"第 {at} 字节起不是 UTF-8", f"not UTF-8 at byte {at}") from None
    if _depth(text) > DEEPEST:
        raise _broken("depth", f"嵌套超过 {DEEPEST} 层", f"deeper than {DEEPEST} levels")
    try:
        return json.loads(
            text,
            object_pairs_hook=_members,
            parse_int=_integer,
            parse_float=_fraction,
            parse_constant=_fraction,
        )
    except json.JSONDecodeError as fault:
        place = f"{fault.lineno}:{fault.colno}"
        raise _broken("json", f"{place} 处不是 JSON", f"not JSON at {place}: {fault.msg}") from None


def _broken(code: FaultCode, zh: str, en: str) -> MalformedError:
    return MalformedError([Fault("", code, zh, en)])


def pointer_of(*parts: str | int) -> str:
    """Return the RFC 6901 pointer made of `parts`."""
    return "".join(f"/{str(one).replace('~', '~0').replace('/', '~1')}" for one in parts)


def _depth(text: str) -> int:
    """Return how deep brackets nest outside of strings, before the cost of parsing."""
    deepest = level = 0
    for mark in _MARKS.finditer(text):
        if mark[0] in "[{":
            level += 1
            deepest = max(deepest, level)
        elif mark[0] in "]}":
            level -= 1
    return deepest


def _members(pairs: list[tuple[str, object]]) -> _Object:
    found = _Object(pairs)
    if len(found) != len(pairs):
        times = Counter(name for name, _ in pairs)
        found.doubled = tuple(name for name, number in times.items() if number > 1)
    return found


def _integer(digits: str) -> int | _Bad:
    if len(digits) <= _DIGITS + 1 and abs(int(digits)) <= LARGEST:
        return int(digits)
    return _Bad("整数过大，请用文本", "the integer is too large: send it as a text")


def _fraction(_: str) -> _Bad:
    return _Bad("须为整数或文本", "no fractions: send an integer or a text")


def _faults(value: object, at: str) -> Iterator[Fault]:
    match value:
        case _Bad(zh=zh, en=en):
            yield Fault(at, "type", zh, en)
        case str():
            yield from _text_faults(value, at)
        case _Object():
            for name in value.doubled:
                where = at + pointer_of(_safe(name))
                yield Fault(where, "duplicate", "字段重复", "this member stands twice")
            for name, one in value.items():
                yield from _text_faults(name, at)
                yield from _faults(one, at + pointer_of(_safe(name)))
        case list():
            for place, one in enumerate(value):
                yield from _faults(one, f"{at}/{place}")
        case _:  # true, false, null and integers in range
            return


def _text_faults(text: str, at: str) -> Iterator[Fault]:
    if not text.isascii() and _safe(text) != text:
        yield Fault(at, "type", "文本含有半个代理对", "the text holds half a surrogate pair")
    elif "\x00" in text:
        yield Fault(at, "type", "文本含有空字符", "the text holds a null character")


def _safe(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
