"""Payloads made from the very dataclass a command is read into: whatever its form admits."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from domain.kernel.canonical import LARGEST
from domain.kernel.codec import instant_text
from domain.kernel.limits import MOST_LINE, MOST_TEXT, Between, Entry, Filled, Line, Shaped, Word

Kind: TypeAlias = Any  # as written in an annotation
Drawn: TypeAlias = st.SearchStrategy[Any]

KNOWN = st.sampled_from(
    ["430200", "430000", "o-1", "n-1", "t-1", "filing.acceptance", "filing.publicity", "p-reviewer",
     "a", "premises", "6-18-01-01", "2025.1", "2024-05-01T00:00:00Z"]
)  # fmt: skip
LONG = st.sampled_from(["長" * MOST_TEXT, "𠀀" * MOST_LINE, "\ufdfa" * 11, "é" * MOST_LINE])
TEXT = st.one_of(
    KNOWN, LONG, st.text(max_size=12), st.sampled_from(["", " ", "\u3000", "{0}", "%s"])
)
DAYS = st.one_of(st.dates(), st.dates(date(2024, 4, 1), date(2024, 7, 1)))
INSTANTS = st.one_of(
    st.datetimes(timezones=st.just(UTC)),
    st.datetimes(datetime(2024, 4, 20), datetime(2024, 6, 1), timezones=st.just(UTC)),  # noqa: DTZ001  – `timezones` makes them aware
)
RAW = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
_PLAIN: Mapping[Kind, Drawn] = {
    str: TEXT,
    int: st.integers(-LARGEST, LARGEST) | st.integers(-1, 40),
    bool: st.booleans(),
    date: DAYS.map(date.isoformat),
    datetime: INSTANTS.map(instant_text),
    NoneType: st.none(),
}


def payloads(kind: Kind) -> Drawn:
    """Return a strategy of JSON for an annotation; now and then its form does not admit it."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if is_dataclass(kind):
        return _record(kind)
    origin: Kind = get_origin(kind)
    arguments = get_args(kind)
    if origin is Annotated:
        return _limited(arguments[0], arguments[1:])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, UnionType):
        return st.one_of(*map(payloads, arguments))
    if origin is tuple and Ellipsis in arguments:
        return st.lists(payloads(arguments[0]), max_size=3)
    if origin is tuple:
        return st.tuples(*map(payloads, arguments)).map(list)
    return st.dictionaries(TEXT, RAW, max_size=3) if isinstance(origin, type) else RAW


def _record(cls: Kind) -> Drawn:
    hints = get_type_hints(
        cls, localns={"JsonValue": object, "Mapping": Mapping}, include_extras=True
    )
    each = {one.name: payloads(hints[one.name]) for one in fields(cls)}
    required = {
        one.name for one in fields(cls) if one.default is MISSING and one.default_factory is MISSING
    }
    return st.fixed_dictionaries(
        {name: made for name, made in each.items() if name in required},
        optional={name: made for name, made in each.items() if name not in required},
    )


def _limited(kind: Kind, notes: tuple[object, ...]) -> Drawn:
    made = payloads(kind)
    for note in notes:
        if isinstance(note, Between):
            made = st.integers(note.low, LARGEST if note.high is None else note.high)
        elif isinstance(note, Shaped):
            made = _shaped(note)
        elif isinstance(note, Word) and note.shape is not None:
            made = _shaped(note.shape)
        elif isinstance(note, Word | Line):
            made = made.filter(partial(_admitted, note))
        elif isinstance(note, Filled):
            made = made.filter(note.holds)
    return made


def _admitted(entry: Entry, text: str) -> bool:
    return entry.admits(entry.taken(text.strip()))


def _shaped(shape: Shaped) -> Drawn:
    """Return texts of a shape; some in digits of another script, which no form admits."""
    known = KNOWN.filter(shape.holds)
    return (
        known
        | st.from_regex(re.compile(shape.pattern, re.ASCII), fullmatch=True)
        | (st.from_regex(shape.pattern, fullmatch=True))
    )
