"""JSON Schema of a command's payload, made from its dataclass: the very form that is read."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from inspect import cleandoc
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from api.examples import PAYLOADS
from domain.case.procedure import CommandSpec
from domain.kernel.limits import MOST_LINE, MOST_TEXT, AtMost, Between, Filled, Line, Shaped, Word

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_JSON_NAMES = {"JsonValue": object, "Mapping": Mapping}  # in the alias of JSON
_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string", "maxLength": MOST_TEXT},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


def command_schema(spec: CommandSpec) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the payload of a command."""
    head = {"$schema": DIALECT, "$id": f"/api/v1/schemas/commands/{spec.name}"}
    told = {"title": spec.en, "x-title-zh": spec.zh, "examples": [PAYLOADS[spec.name]]}
    return head | told | _record(spec.payload)


def _record(cls: Any) -> dict[str, Any]:  # noqa: ANN401  – a dataclass
    hints = get_type_hints(cls, localns=_JSON_NAMES, include_extras=True)
    required = [
        one.name for one in fields(cls) if one.default is MISSING and one.default_factory is MISSING
    ]
    return {
        "type": "object",
        "description": cleandoc(cls.__doc__ or ""),
        "properties": {one.name: _schema(hints[one.name]) for one in fields(cls)},
        "required": required,
        "additionalProperties": False,
    }


def _schema(kind: Any) -> dict[str, Any]:  # noqa: ANN401  – any annotation
    if kind in _PLAIN:
        return _PLAIN[kind]
    if is_dataclass(kind):
        return _record(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _limited(_schema(arguments[0]), arguments[1:])
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(one) for one in arguments]}
    if origin is tuple:
        return {"type": "array", "items": _schema(arguments[0])}
    return {}  # raw JSON


def _limited(schema: dict[str, Any], notes: tuple[object, ...]) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for note in notes:
        match note:
            case Between(low=low, high=high):
                limits |= {"minimum": low} | ({"maximum": high} if high is not None else {})
            case Word(shape=shape):
                limits |= {"maxLength": MOST_LINE}
                limits |= _limited({}, (shape,))
            case Line():
                limits |= {"maxLength": MOST_LINE}
            case Shaped(pattern=pattern, en=en):
                limits |= {"pattern": f"^(?:{pattern})$", "description": en}
            case AtMost(most=most):
                limits |= {"maxItems": most}
            case Filled():
                limits |= {"minItems" if schema.get("type") == "array" else "minLength": 1}
            case _:
                continue
    return schema | limits
