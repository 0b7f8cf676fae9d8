"""Limits on single values, written beside their type: `Annotated[int, Between(1, 5)]`."""

import re
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, runtime_checkable

Value: TypeAlias = Any  # of the type the limit stands beside


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
        """Whether `value` has the shape; None, where allowed, has."""
        return value is None or re.fullmatch(self.pattern, value) is not None


@dataclass(frozen=True, slots=True)
class Filled:
    """A text or list with at least one letter or entry."""

    zh: str = "不能为空"
    en: str = "must not be empty"

    def holds(self, value: Value) -> bool:
        """Whether there is something in `value`."""
        return value is None or bool(value.strip() if isinstance(value, str) else value)
