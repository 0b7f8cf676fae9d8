"""What a dataclass asks for, field by field: the shape from which forms and tables are made."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from domain.kernel.limits import Between, Limit, Shaped

Kind = Literal[
    "text", "area", "number", "truth", "day", "moment", "choice", "picks", "lines", "file", "files",
    "record", "table",
]  # fmt: skip
INLINE: frozenset[Kind] = frozenset(("text", "number", "truth", "day", "moment", "choice"))
Type: TypeAlias = Any  # as written in an annotation
_JSON_NAMES: Final = {"JsonValue": object, "Mapping": Mapping}
_DIGEST: Final = "sha256:"
_SENTENCES: Final = frozenset(
    ("text", "reason", "opinion", "remark", "remarks", "description", "content", "note", "ground",
     "statement", "conclusion", "answer", "plan", "measures", "circumstances", "proposal")
)  # fmt: skip
_LONG_LIMIT: Final = 12  # numbers in a range that is offered as a choice
_PLAIN: Final[Mapping[Type, Kind]] = {
    str: "text", int: "number", bool: "truth", date: "day", datetime: "moment",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What one field asks for."""

    name: str
    path: tuple[str, ...]  # names from the top, without the numbers of rows
    kind: Kind
    required: bool
    initial: str = ""  # the default, as typed
    codes: tuple[str, ...] = ()  # to choose from; of a number: a short range
    whole: bool = False  # of several values: whole numbers
    parts: tuple["Shape", ...] = ()  # of a record, or of each row of a table

    def as_kind(
        self,
        kind: Kind,
        *,
        codes: tuple[str, ...] = (),
        parts: tuple["Shape", ...] = (),
        whole: bool = False,
    ) -> "Shape":
        """Return the same field as one of `kind`."""
        return replace(self, kind=kind, codes=codes, parts=parts, whole=whole)

    @property
    def columns(self) -> tuple["Shape", ...]:
        """Return the cells of a row in a list of text; none where a row holds rows of its own."""
        found: list[Shape] = []
        for one in self.parts:
            if one.kind == "table":
                return ()
            inner = one.columns if one.kind == "record" else (one,)
            if not inner:
                return ()
            found += inner
        return tuple(found)

    @property
    def has_file(self) -> bool:
        """Whether a file is asked for here or below."""
        return self.kind in ("file", "files") or any(one.has_file for one in self.parts)


def shapes_of(cls: object) -> tuple[Shape, ...]:
    """Return what a dataclass asks for, in the order of its fields; raw JSON is left out."""
    kind: Type = cls
    return _shapes(kind, ())


@cache
def _shapes(cls: Type, above: tuple[str, ...]) -> tuple[Shape, ...]:
    hints = hints_of(cls)
    found = (_shape(one, hints[one.name], above) for one in fields(cls))
    return tuple(one for one in found if one is not None)


@cache
def hints_of(cls: Type) -> Mapping[str, Type]:
    """Return the annotations of a dataclass, with their limits."""
    return get_type_hints(cls, localns=_JSON_NAMES, include_extras=True)


def bare(kind: Type) -> tuple[Type, tuple[Limit, ...], bool]:
    """Return a type without limits and None: the rest, the limits, and whether None is allowed."""
    origin: Type = get_origin(kind)
    arguments = get_args(kind)
    if origin is Annotated:
        inner, limits, optional = bare(arguments[0])
        return inner, (*limits, *(one for one in arguments[1:] if isinstance(one, Limit))), optional
    if origin in (Union, UnionType):
        real = [one for one in arguments if one is not NoneType]
        if len(real) > 1:  # `date | datetime`: people know the day; a record says more than a text
            core = next((one for one in real if is_dataclass(one)), date)
            return core, (), len(real) < len(arguments)
        inner, limits, _ = bare(real[0])
        return inner, limits, True
    return kind, (), False


def is_digest(limits: tuple[Limit, ...]) -> bool:
    """Whether a text is the digest of a file."""
    return any(isinstance(one, Shaped) and one.pattern.startswith(_DIGEST) for one in limits)


def member_of(kind: Type) -> Type | None:
    """Return T of `tuple[T, ...]`; None for anything else."""
    origin: Type = get_origin(kind)
    arguments = get_args(kind)
    several = origin is tuple and Ellipsis in arguments
    return arguments[0] if several else None


def _shape(one: "Field[Any]", kind: Type, above: tuple[str, ...]) -> Shape | None:
    core, limits, optional = bare(kind)
    path = (*above, one.name)
    default = one.default if one.default_factory is MISSING else one.default_factory()
    known = Shape(
        name=one.name,
        path=path,
        kind="text",
        required=default is MISSING and not optional,
        initial=_typed(default),
    )
    if (member := member_of(core)) is not None:
        return _several(known, member)
    return _single(known, core, limits)


def _single(known: Shape, core: Type, limits: tuple[Limit, ...]) -> Shape | None:
    if is_dataclass(core) and isinstance(core, type):
        return known.as_kind("record", parts=_shapes(core, known.path))
    origin: Type = get_origin(core)
    if origin is Literal:
        return known.as_kind("choice", codes=tuple(map(str, get_args(core))))
    if core is int:
        return known.as_kind("number", codes=_few(limits))
    if core is str and is_digest(limits):
        return known.as_kind("file")
    if core is str and known.name.rpartition("_")[2] in _SENTENCES:
        return known.as_kind("area")
    return known.as_kind(_PLAIN[core]) if core in _PLAIN else None


def _several(known: Shape, member: Type) -> Shape | None:
    core, limits, _ = bare(member)
    if is_dataclass(core) and isinstance(core, type):
        return known.as_kind("table", parts=_shapes(core, known.path))
    origin: Type = get_origin(core)
    if origin is Literal:
        return known.as_kind("picks", codes=tuple(map(str, get_args(core))))
    if core is str and is_digest(limits):
        return known.as_kind("files")
    if core is int and (codes := _few(limits)):
        return known.as_kind("picks", codes=codes, whole=True)
    return known.as_kind("lines", whole=core is int) if core in (int, str, date) else None


def _few(limits: tuple[Limit, ...]) -> tuple[str, ...]:
    """Return the numbers of a short range, to be offered where each has a word."""
    for one in limits:
        if isinstance(one, Between) and one.high is not None and one.high - one.low < _LONG_LIMIT:
            return tuple(str(n) for n in range(one.low, one.high + 1))
    return ()


def _typed(default: object) -> str:
    """Return a default as somebody would fill it in."""
    if isinstance(default, bool):
        return "yes" if default else "no"
    return str(default) if isinstance(default, str | int) else ""
