"""JSON as a type: what events, payloads and rows are made of. No floats, ever."""

from collections.abc import Mapping
from typing import TypeAlias

JsonValue: TypeAlias = (
    "str | int | bool | list[JsonValue] | tuple[JsonValue, ...] | Mapping[str, JsonValue] | None"
)
Json: TypeAlias = Mapping[str, JsonValue]
