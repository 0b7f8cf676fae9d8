"""A paper before it is laid out: all it says, as text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Body = Sequence[str | tuple[str, ...]]  # paragraphs, and lists that are numbered
Rows = tuple[tuple[str, str], ...]  # label and text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that stands on a paper, in Chinese, as text: nothing in it is ever code."""

    issuer: str  # 发文机关
    title: str
    number: str  # 文号, or the number under which the paper is checked
    facts: Rows
    addressee: str = ""
    body: Body = ()
    table: Rows = ()  # label and text, ruled; an empty text leaves room for a pen
    clauses: tuple[str, ...] = ()
    day: str = ""  # of the signature; "" leaves it out
    code: str = ""  # by which anybody can check the paper; "": nobody can
    numbered: bool = True  # whether `number` is a 文号, which stands under the head


def day_words(day: date) -> str:
    """Return a day as letters write it."""
    return f"{day.year}年{day.month}月{day.day}日"
