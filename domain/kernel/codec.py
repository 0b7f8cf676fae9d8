"""Dataclasses to JSON and back, strictly: every fault is found and named by its place.

Known are `str int bool None`, `Literal`, `date`, `datetime`, `tuple[T, ...]`, `tuple[T, U]`, a
union with `None`, `date | datetime`, a text or else a dataclass, nested dataclasses, raw JSON
(`Json`, `object`), `Annotated` with what `domain.kernel.limits` has. A field equal to its default
is left out; on reading it gets the default back. What was recorded is read by `from_json`; what
somebody sends by `received`, which also trims texts and bounds them, and takes a field that may be
left out as left out when it is `null`, or `""` where a list, a record, a day or a truth value is
meant.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    TypeAlias,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from domain.kernel.canonical import LARGEST
from domain.kernel.faults import Fault, FaultCode, MalformedError, fault
from domain.kernel.json import Json, JsonValue
from domain.kernel.limits import MOST_TEXT, Entry, Limit
from domain.kernel.times import parse_day, parse_instant

T = TypeVar("T")
Kind: TypeAlias = Any  # a type as written in an annotation; no type describes all of them
_Reader = Callable[[object, str, list[Fault]], object]
_Source = Literal["kept", "sent"]
_JSON_NAMES = {"JsonValue": object, "Mapping": Mapping}  # in the alias of JSON, which names itself
_INSTANT = "2026-09-28T10:00:00+08:00"


def to_json(value: object) -> Json:
    """Return a dataclass as JSON; instants in UTC with `Z`, fields at their default left out.

    Raises:
        TypeError: a field holds what JSON has no place for.
    """
    written = _write(value)
    if not isinstance(written, dict):
        raise TypeError(f"{type(value).__name__} is no dataclass")
    return written


def from_json(cls: type[T], data: object) -> T:
    """Return the `cls` that `data` – once written by `to_json` – describes.

    Raises:
        MalformedError: with every fault found.
    """
    return _read(cls, data, "kept")


def received(cls: type[T], data: object) -> T:
    """Return the `cls` that `data` somebody sent describes: texts without blanks around them.

    Raises:
        MalformedError: with every fault found; a text or number too long for any store is one.
    """
    return _read(cls, data, "sent")


def _read(cls: type[T], data: object, source: _Source) -> T:
    faults: list[Fault] = []
    value = _reader(cast(Kind, cls), source)(data, "", faults)
    if faults:
        raise MalformedError(faults)
    return cast(T, value)


def instant_text(instant: datetime) -> str:
    """Return an aware instant as ISO 8601 in UTC, ending with `Z`."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _write(value: object) -> JsonValue:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_write(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _write(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return _write_fields(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _write_fields(value: object) -> dict[str, JsonValue]:
    written: dict[str, JsonValue] = {}
    for name, default in _defaults(cast(Kind, type(value))):
        held = getattr(value, name)
        if held is not default and held != default:
            written[name] = _write(held)
    return written


@cache
def _defaults(cls: Kind) -> tuple[tuple[str, object], ...]:
    """Return each field with its default; `MISSING`, equal to nothing, where it has none."""
    return tuple(
        (one.name, one.default_factory() if one.default_factory is not MISSING else one.default)
        for one in fields(cls)
    )


@cache
def _reader(kind: Kind, source: _Source) -> _Reader:
    """Return what reads `kind` from `source`, compiled once."""
    if kind in _PLAIN:
        return _SENT.get(kind, _PLAIN[kind]) if source == "sent" else _PLAIN[kind]
    if is_dataclass(kind):
        return _record(kind, source)
    origin: Kind = get_origin(kind)
    arguments = get_args(kind)
    if origin is Annotated:
        return _limited(_reader(arguments[0], source), arguments[1:], source)
    if origin is Literal:
        return _one_of(arguments)
    if origin in (Union, UnionType):
        return _union(arguments, source)
    if origin is tuple:
        return _tuple(arguments, source)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _reader(Mapping, source)
    raise TypeError(f"{kind!r} has no JSON form")


def _record(cls: Kind, source: _Source) -> _Reader:
    hints = get_type_hints(cls, localns=_JSON_NAMES, include_extras=True)
    readers = {one.name: _reader(hints[one.name], source) for one in fields(cls)}
    required = [
        one.name for one in fields(cls) if one.default is MISSING and one.default_factory is MISSING
    ]
    optional = [name for name in readers if name not in required and source == "sent"]
    blanks = {name: _blanks(hints[name]) for name in optional}

    def read(data: object, at: str, faults: list[Fault]) -> object:
        if not isinstance(data, Mapping):
            return _fault(faults, at, "type", "须为对象", "an object is expected")
        before = len(faults)
        for key in data:
            if key not in readers:
                _fault(faults, f"{at}/{_escaped(str(key))}", "field", "没有此字段", "no such field")
        for name in required:
            if name not in data:
                _fault(faults, f"{at}/{name}", "field", "缺少此字段", "this field is missing")
        values = {
            name: reader(data[name], f"{at}/{name}", faults)
            for name, reader in readers.items()
            if name in data and data[name] not in blanks.get(name, ())
        }
        return cls(**values) if len(faults) == before else None

    return read


def _blanks(kind: Kind) -> tuple[object, ...]:
    """Return what says no more of an optional field than leaving it out does."""
    origin: Kind = get_origin(kind)
    if origin in (Annotated, Union, UnionType):
        return _blanks(next(one for one in get_args(kind) if one is not NoneType))
    no_text = origin is tuple or is_dataclass(kind) or kind in (bool, date, datetime)
    return (None, "") if no_text else (None,)


def _limited(reader: _Reader, notes: tuple[object, ...], source: _Source) -> _Reader:
    limits = [note for note in notes if isinstance(note, Limit)]
    entries = [note for note in notes if isinstance(note, Entry) and source == "sent"]

    def read(data: object, at: str, faults: list[Fault]) -> object:
        before = len(faults)
        value = reader(data, at, faults)
        for entry in entries:
            value = _taken(entry, value, at, faults)
        for limit in limits if len(faults) == before else ():
            if not limit.holds(value):
                _fault(faults, at, "type", limit.zh, limit.en)
        return value

    return read


def _taken(entry: Entry, value: object, at: str, faults: list[Fault]) -> object:
    if not isinstance(value, str):
        return value
    text = entry.taken(value)
    return text if entry.admits(text) else _fault(faults, at, "type", entry.zh, entry.en)


def _one_of(allowed: tuple[object, ...]) -> _Reader:
    names = ", ".join(map(str, allowed))

    def read(data: object, at: str, faults: list[Fault]) -> object:
        if not isinstance(data, str) or data not in allowed:
            return _fault(faults, at, "type", f"须为其中之一：{names}", f"one of: {names}")
        return data

    return read


def _union(members: tuple[Kind, ...], source: _Source) -> _Reader:
    real = tuple(one for one in members if one is not NoneType)
    optional = len(real) < len(members)
    inner = _day_or_instant if set(real) == {date, datetime} else _either(real, source)

    def read(data: object, at: str, faults: list[Fault]) -> object:
        return None if optional and data is None else inner(data, at, faults)

    return read


def _either(members: tuple[Kind, ...], source: _Source) -> _Reader:
    """Return what reads the one member, or of a text and a dataclass the one that is meant."""
    readers = [_reader(one, source) for one in members]
    if len(members) == 1:
        return readers[0]
    texts = [_core(one) is str for one in members]
    records = [is_dataclass(_core(one)) for one in members]
    if sorted(texts) != [False, True] or sorted(records) != [False, True]:
        raise TypeError(f"a union of {members!r} cannot be told apart in JSON")
    text, record = readers[texts.index(True)], readers[records.index(True)]

    def read(data: object, at: str, faults: list[Fault]) -> object:
        return (record if isinstance(data, Mapping) else text)(data, at, faults)

    return read


def _core(kind: Kind) -> Kind:
    """Return a type without the limits beside it."""
    origin: Kind = get_origin(kind)
    return get_args(kind)[0] if origin is Annotated else kind


def _tuple(arguments: tuple[Kind, ...], source: _Source) -> _Reader:
    every = len(arguments) == 2 and arguments[1] is Ellipsis  # noqa: PLR2004  – tuple[T, ...]
    readers = [_reader(one, source) for one in arguments if one is not Ellipsis]

    def read(data: object, at: str, faults: list[Fault]) -> object:
        if not isinstance(data, list | tuple):
            return _fault(faults, at, "type", "须为列表", "a list is expected")
        if every:
            return tuple([readers[0](one, f"{at}/{n}", faults) for n, one in enumerate(data)])
        if len(data) != len(readers):
            text = f"{len(readers)}"
            return _fault(faults, at, "type", f"须有 {text} 项", f"{text} entries are expected")
        pairs = zip(readers, data, strict=True)
        return tuple([reader(one, f"{at}/{n}", faults) for n, (reader, one) in enumerate(pairs)])

    return read


def _text(data: object, at: str, faults: list[Fault]) -> str | None:
    if not isinstance(data, str):
        _fault(faults, at, "type", "须为文本", "a text is expected")
        return None
    if "\x00" in data or any("\ud800" <= one <= "\udfff" for one in data if one > "\x7f"):
        _fault(
            faults, at, "type", "文本含有无法保存的字符", "the text holds what no store can keep"
        )
        return None
    return data


def _sent_text(data: object, at: str, faults: list[Fault]) -> str | None:
    text = _text(data, at, faults)
    if text is None:
        return None
    if len(text) > MOST_TEXT:
        zh, en = f"最多 {MOST_TEXT} 字", f"at most {MOST_TEXT} characters"
        _fault(faults, at, "type", zh, en)
    return text.strip()


def _whole(data: object, at: str, faults: list[Fault]) -> object:
    if type(data) is not int:
        return _fault(faults, at, "type", "须为整数", "a whole number is expected")
    return data


def _sent_whole(data: object, at: str, faults: list[Fault]) -> object:
    number = _whole(data, at, faults)
    if isinstance(number, int) and abs(number) > LARGEST:
        zh, en = "数字过大，无法准确保存", "the number is too large to be kept exactly"
        return _fault(faults, at, "type", zh, en)
    return number


def _truth(data: object, at: str, faults: list[Fault]) -> object:
    if type(data) is not bool:
        return _fault(faults, at, "type", "须为 true 或 false", "true or false is expected")
    return data


def _instant(data: object, at: str, faults: list[Fault]) -> object:
    text = _text(data, at, faults)
    if text is None:
        return None
    try:
        return parse_instant(text)
    except (ValueError, OverflowError):
        zh, en = "须为带时区的时刻，如", "an instant with offset is expected, such as"
        return _fault(faults, at, "date", f"{zh} {_INSTANT}", f"{en} {_INSTANT}")


def _day(data: object, at: str, faults: list[Fault]) -> object:
    text = _text(data, at, faults)
    if text is None:
        return None
    try:
        return parse_day(text)
    except ValueError:
        zh, en = "须为日期，如 2026-09-28", "a day is expected, such as 2026-09-28"
        return _fault(faults, at, "date", zh, en)


def _day_or_instant(data: object, at: str, faults: list[Fault]) -> object:
    day = isinstance(data, str) and "T" not in data
    return _day(data, at, faults) if day else _instant(data, at, faults)


def _object(data: object, at: str, faults: list[Fault]) -> object:
    if not isinstance(data, Mapping):
        return _fault(faults, at, "type", "须为对象", "an object is expected")
    return data


def _anything(data: object, at: str, faults: list[Fault]) -> object:  # noqa: ARG001  – one shape for all readers
    return data


def _sent_anything(data: object, at: str, faults: list[Fault]) -> object:
    """Read raw JSON: what it holds is as bounded as any other text and number."""
    if isinstance(data, Mapping):
        return {
            key: _sent_anything(one, f"{at}/{_escaped(str(key))}", faults)
            for key, one in data.items()
            if _sent_text(key, at, faults) is not None
        }
    if isinstance(data, list | tuple):
        return [_sent_anything(one, f"{at}/{n}", faults) for n, one in enumerate(data)]
    if isinstance(data, str):
        return _sent_text(data, at, faults)
    if data is None or isinstance(data, bool):
        return data
    return _sent_whole(data, at, faults)


def _sent_object(data: object, at: str, faults: list[Fault]) -> object:
    found = _object(data, at, faults)
    return None if found is None else _sent_anything(found, at, faults)


def _fault(faults: list[Fault], at: str, code: FaultCode, zh: str, en: str) -> object:
    faults.append(fault(at, code, zh, en))
    return None


def _escaped(key: str) -> str:
    """Return a key as a step of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


_PLAIN: dict[Any, _Reader] = {
    str: _text, int: _whole, bool: _truth, date: _day, datetime: _instant, object: _anything,
    Mapping: _object,
}  # fmt: skip
_SENT: dict[Any, _Reader] = {
    str: _sent_text, int: _sent_whole, object: _sent_anything, Mapping: _sent_object,
}  # fmt: skip
