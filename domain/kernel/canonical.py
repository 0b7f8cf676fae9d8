"""Canonical bytes of JSON (RFC 8785, without floats): what hashes and golden files are made of."""

import json
from collections.abc import Callable, Iterable, Mapping

from domain.kernel.json import JsonValue

LARGEST = 2**53 - 1  # beyond it readers in other languages lose digits


def canonical(value: JsonValue) -> bytes:
    """Return the one UTF-8 form of `value`: keys sorted by UTF-16 units, no blanks.

    Raises:
        ValueError: a float, an integer beyond ±(2**53 - 1), a key that is no text.
    """
    text = json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def _sorted(value: JsonValue) -> JsonValue:
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            raise ValueError(f"{value} is too large for JSON")
        return value
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value, key=_order(value))}
    if isinstance(value, list | tuple):
        return [_sorted(one) for one in value]
    raise ValueError(f"{type(value).__name__} is not JSON here")


def _order(keys: Iterable[str]) -> Callable[[str], bytes] | None:
    """Return by what keys are sorted: as they are where all are ASCII, which is the same order."""
    try:
        return None if "".join(keys).isascii() else _utf16
    except TypeError:
        return _utf16  # which says what is wrong


def _utf16(key: str) -> bytes:
    if not isinstance(key, str):
        raise ValueError(f"{key!r} is no key of JSON")  # noqa: TRY004  – one error for all that is no JSON
    return key.encode("utf-16-be")
