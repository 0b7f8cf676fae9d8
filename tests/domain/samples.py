"""Values of any dataclass of ours, made from its annotations alone."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    TypeAlias,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)  # fmt: skip

from domain.kernel.times import CST

T = TypeVar("T")
Kind: TypeAlias = Any  # a type as written in an annotation; no type describes all of them
INSTANT = datetime(2024, 4, 26, 17, tzinfo=CST)


def samples(cls: type[T]) -> tuple[T, T]:
    """Return two values of `cls`: its booleans false, its choices the first; and the contrary."""
    return sample(cls, last=False), sample(cls, last=True)


def sample(cls: type[T], *, last: bool) -> T:
    """Return a value of `cls` with every field filled; of choices the first or the `last`."""
    names = {"JsonValue": object, "Mapping": Mapping}  # in the alias of JSON, which names itself
    kinds = get_type_hints(cls, localns=names, include_extras=True)
    return cls(**{one.name: _value(kinds[one.name], last) for one in fields(cls)})  # type: ignore[arg-type]  # a dataclass


def _value(kind: Kind, last: bool) -> object:  # noqa: FBT001  – as above
    plain: dict[Kind, object] = {
        str: "x", int: 1, bool: last, NoneType: None, date: INSTANT.date(), datetime: INSTANT,
    }  # fmt: skip
    if kind in plain:
        return plain[kind]
    if isinstance(kind, type) and is_dataclass(kind):
        return sample(kind, last=last)
    origin: Kind = get_origin(kind)
    arguments = get_args(kind)
    if origin is Annotated:
        return _value(arguments[0], last)
    if origin is Literal:
        return arguments[-1 if last else 0]
    if origin in (Union, UnionType):
        return _value(next(one for one in arguments if one is not NoneType), last)
    if origin is tuple:
        return (_value(arguments[0], last),)
    return {} if origin in (dict, Mapping) else "x"


def choices(kind: Kind) -> tuple[str, ...]:
    """Return the codes among which a field of that kind lets one choose; a boolean's too."""
    origin: Kind = get_origin(kind)
    if kind is bool:
        return ("yes", "no")
    if origin is Literal:
        return tuple(str(one) for one in get_args(kind))
    inside = get_args(kind)[:1] if origin is Annotated else get_args(kind)
    return tuple(code for argument in inside for code in choices(argument))


def records(kind: Kind) -> tuple[type[Any], ...]:
    """Return the dataclasses a field of that kind holds."""
    if isinstance(kind, type) and is_dataclass(kind):
        return (kind,)
    origin: Kind = get_origin(kind)
    inside = get_args(kind)[:1] if origin is Annotated else get_args(kind)
    return tuple(one for argument in inside for one in records(argument))
