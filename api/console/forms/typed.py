"""What was typed, before it is a payload."""

from dataclasses import dataclass
from typing import Any, TypeAlias

# By field: text, codes of picks, a file, what a record holds, the rows of a table.
Typed: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A file that was kept; without a digest there is none."""

    digest: str = ""
    filename: str = ""
    size: int = 0


class Rows(list[Typed]):
    """The rows of a table, with the text of a list that could not be read."""

    unread: str = ""


def blank(typed: Typed) -> bool:
    """Whether nothing at all was filled in."""
    return all(_empty(one) for one in typed.values())


def _empty(value: object) -> bool:
    if isinstance(value, dict):
        return blank(value)
    return not (value.digest if isinstance(value, Held) else value)
