"""Canonical bytes (RFC 8785), compared with another implementation."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.canonical import LARGEST, canonical

TEXTS = st.text(st.characters(codec="utf-8"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_the_bytes_are_those_of_another_implementation(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


def test_keys_are_sorted_by_utf16_units() -> None:
    assert canonical({"\ufb33": 2, "\U0001f600": 1}).decode() == '{"\U0001f600":1,"\ufb33":2}'


@pytest.mark.parametrize("value", [1.5, LARGEST + 1, {1: 2}, {1, 2}, "\ud800", {"\ud800": 1}])
def test_what_is_not_json_is_refused(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  – any of its kinds
        canonical(value)  # type: ignore[arg-type]
