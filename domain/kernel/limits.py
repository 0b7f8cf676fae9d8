"""Limits on single values, written beside their type: `Annotated[int, Between(1, 5)]`.

A `Limit` holds of what is sent and of what was recorded, so it can never be drawn tighter. An
`Entry` holds of what is sent alone: what was recorded before it stays as it is, and readable.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, runtime_checkable

Value: TypeAlias = Any  # of the type the limit stands beside
MOST_TEXT = 10_000  # characters of any text; no law
MOST_LINE = 200  # characters of an id, a code, a name: they stand in keys of the database
_UNSEEN = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))  # Unicode categories


@runtime_checkable
class Limit(Protocol):
    """What a value must keep to, with what to say when it does not."""

    @property
    def zh(self) -> str:
        """What is expected, in Chinese."""

    @property
    def en(self) -> str:
        """What is expected, in English."""

    def holds(self, value: Value) -> bool:
        """Whether `value` keeps the limit."""


@dataclass(frozen=True, slots=True)
class Between:
    """A whole number from `low` to `high`, both included; without `high` as large as one likes."""

    low: int
    high: int | None = None

    @property
    def zh(self) -> str:
        """What is expected, in Chinese."""
        return f"须不小于 {self.low}" if self.high is None else f"须为 {self.low} 至 {self.high}"

    @property
    def en(self) -> str:
        """What is expected, in English."""
        return f"at least {self.low}" if self.high is None else f"{self.low} to {self.high}"

    def holds(self, value: Value) -> bool:
        """Whether `value` keeps the limit; None, where allowed, does."""
        return value is None or (self.low <= value and (self.high is None or value <= self.high))


@dataclass(frozen=True, slots=True)
class Shaped:
    """A text of a shape; `zh` and `en` describe it."""

    pattern: str
    zh: str
    en: str

    def holds(self, value: Value) -> bool:
        """Whether `value` has the shape; None, where allowed, has. Digits are ASCII ones."""
        return value is None or re.fullmatch(self.pattern, value, re.ASCII) is not None


@dataclass(frozen=True, slots=True)
class Filled:
    """A text or list with at least one letter or entry."""

    zh: str = "不能为空"
    en: str = "must not be empty"

    def holds(self, value: Value) -> bool:
        """Whether there is something in `value`."""
        return value is None or bool(value.strip() if isinstance(value, str) else value)


@dataclass(frozen=True, slots=True)
class AtMost:
    """A list of at most `most` entries."""

    most: int

    @property
    def zh(self) -> str:
        """What is expected, in Chinese."""
        return f"最多 {self.most} 项"

    @property
    def en(self) -> str:
        """What is expected, in English."""
        return f"at most {self.most} entries"

    def holds(self, value: Value) -> bool:
        """Whether `value` is no longer than that."""
        return value is None or len(value) <= self.most


@runtime_checkable
class Entry(Protocol):
    """How a text somebody sends is taken in, with what to say when it cannot be."""

    @property
    def zh(self) -> str:
        """What is expected, in Chinese."""

    @property
    def en(self) -> str:
        """What is expected, in English."""

    def taken(self, text: str) -> str:
        """Return the one way in which `text` is written from here on."""

    def admits(self, text: str) -> bool:
        """Whether `text`, once taken, may stand."""


@dataclass(frozen=True, slots=True)
class Line:
    """A short text that is shown, not compared: taken as it is written."""

    zh: str = f"须为一行文字，最多 {MOST_LINE} 字，不含不可见字符"
    en: str = f"one line of at most {MOST_LINE} characters, none of them invisible"

    def taken(self, text: str) -> str:
        """Return `text` itself."""
        return text

    def admits(self, text: str) -> bool:
        """Whether `text` is short and can be seen as it is."""
        unseen = any(unicodedata.category(one) in _UNSEEN for one in text)
        return len(text) <= MOST_LINE and not unseen


_LINE = Line()


@dataclass(frozen=True, slots=True)
class Word:
    """An id, a code or a name that is compared; of a `shape`, where one is given.

    Full-width letters become plain ones, several blanks one (NFKC): what looks alike is alike.
    """

    shape: Shaped | None = None

    @property
    def zh(self) -> str:
        """What is expected, in Chinese."""
        return _LINE.zh if self.shape is None else self.shape.zh

    @property
    def en(self) -> str:
        """What is expected, in English."""
        return _LINE.en if self.shape is None else self.shape.en

    def taken(self, text: str) -> str:
        """Return `text` in the form in which it is compared."""
        return " ".join(unicodedata.normalize("NFKC", text).split())

    def admits(self, text: str) -> bool:
        """Whether `text` is short, can be seen as it is, and has the shape."""
        return _LINE.admits(text) and (self.shape is None or self.shape.holds(text))
