"""Citations: one canonical form, compared by meaning.

`HN-2022-1 一(二)` names text, part and clause; `HN-2022-1 (二)` the same, for clauses numbered
through need no part. `RS-2021-57B 14(六)` names article and item, canonically `RS-2021-57B 14(6)`.
Several clauses stand with commas, each with its text or that of the one before: `YU-2020-19 四(二),
YUG-2020-1 9`. `local practice` says that no text says it.
"""

import re
from functools import lru_cache
from typing import Literal

LOCAL_PRACTICE = "local practice"

Path = tuple[int, ...]
Style = Literal["articles", "parts", "items"]  # 13(2) · 一(二)4 · 一(2)

_PARTS_NOT_ARTICLES: dict[str, Style] = {
    "HN-2022-1": "parts",
    "HN-2022-1-F5": "parts",
    "LS-2006-29": "parts",
    "RS-2021-57A": "parts",
    "RSJ-2019-2": "parts",
    "RSJ-2019-3": "items",
    "RSJ-2021-1": "parts",
    "YN-2023-1": "parts",
    "YU-2020-19": "parts",
    "YU-2020-35": "parts",
    "YU-2020-41": "parts",
    "YU-2020-51": "parts",
    "YU-2021-155": "parts",
    "YU-2022-8": "parts",
    "YUZ-2020-2": "parts",
    "YUZ-2020-4": "parts",
    "YUZ-2021-1": "parts",
    "ZJ-2020-54": "parts",
}  # every other text counts in articles
_NUMBERED_THROUGH: dict[str, Path] = {"HN-2022-1": (2, 10, 15, 20)}  # last clause of each part
# The annex says articles 5 to 15 of the guide again in parts; so numbered, its clauses are found.
_ANNEX, _FIRST_ARTICLE = "HN-2022-1-F5", 5
_ANNEX_CLAUSES: tuple[Path, ...] = (
    (1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (3, 3), (3, 4),
)  # fmt: skip
_TERMINATION, _ADDED_ITEM = (3, 3), 7  # an item the guide does not have, before its seventh
_SHORT_NAMES = {"57A": "RS-2021-57A", "57B": "RS-2021-57B"}

_LAST_NUMBER = 99  # no text counts further
_NUMERALS = "〇一二三四五六七八九"
_DIGITS = {digit: value for value, digit in enumerate(_NUMERALS)} | {"零": 0}
_NUMERAL = r"(?:\d+|[〇零一二三四五六七八九十]+)"
_TEXT = re.compile(r"(?:[A-Z]{2,}-\d{4}-\d+[A-Z]?(?:-F\d+)?|57[AB])(?=\s|$)")
_STEP = re.compile(rf"第?(?:\(({_NUMERAL})\)|({_NUMERAL}))[条款项]?\s*")  # 一 · (二) · 第三条
_PLAIN = str.maketrans({"（": "(", "）": ")", "，": ",", "、": ",", "；": ",", ";": ",", "　": " "})


@lru_cache(maxsize=4096)
def canonical(text: str) -> str:
    """Return the one form in which `text` is written everywhere.

    Raises:
        ValueError: `text` is no citation, or names a clause its text cannot have.
    """
    written = [_write(law, path) for law, path in _clauses(text)]
    return ", ".join(_without_repeated_text(list(dict.fromkeys(written))))


def same_clause(a: str, b: str) -> bool:
    """Return whether both cite the same clauses, however they are written.

    Raises:
        ValueError: one of them is no citation.
    """
    return set(_clauses(a)) == set(_clauses(b))


def split(text: str) -> tuple[str, ...]:
    """Return each clause of `text` as a canonical citation of its own, text included.

    Raises:
        ValueError: as `canonical`.
    """
    return tuple(dict.fromkeys(_write(law, path) for law, path in _clauses(text)))


@lru_cache(maxsize=4096)
def _clauses(text: str) -> tuple[tuple[str, Path], ...]:
    clauses: list[tuple[str, Path]] = []
    law: str | None = None
    for piece in text.translate(_PLAIN).split(","):
        law, paths = _piece(piece.strip(), law, text)
        clauses.extend((law, path) for path in paths)
    return tuple(clauses)


def _piece(piece: str, law: str | None, whole: str) -> tuple[str, list[Path]]:
    if piece.lower() in (LOCAL_PRACTICE, "本地惯例"):
        return LOCAL_PRACTICE, [()]
    found = _TEXT.match(piece.upper())
    if found:
        law, piece = _SHORT_NAMES.get(found.group(), found.group()), piece[found.end() :].strip()
    elif not piece:
        raise ValueError(f"not a citation: {whole!r}")
    if law is None or law == LOCAL_PRACTICE:
        raise ValueError(f"a citation begins with the text it cites, such as HN-2022-1: {whole!r}")
    return law, _paths(law, piece, whole)


def _paths(law: str, written: str, whole: str) -> list[Path]:
    steps: list[int] = []
    bare_first = not written.startswith("(")
    position = 0
    while position < len(written):
        step = _STEP.match(written, position)
        if step is None:
            raise ValueError(f"not a citation: {whole!r}")
        steps.append(_number("".join(group or "" for group in step.groups())))
        position = step.end()
    if any(step > _LAST_NUMBER for step in steps):
        raise ValueError(f"the text has no such clause: {whole!r}")
    if law in _NUMBERED_THROUGH:
        return _through(_NUMBERED_THROUGH[law], steps, bare_first=bare_first, whole=whole)
    return [_of_annex(steps) if law == _ANNEX else tuple(steps)]


def _of_annex(steps: list[int]) -> Path:
    """Return where a clause stands in the annex, cited by its own or the guide's number."""
    article = steps[0] - _FIRST_ARTICLE if steps else -1
    if not 0 <= article < len(_ANNEX_CLAUSES):
        return tuple(steps)
    clause, items = _ANNEX_CLAUSES[article], steps[1:]
    if clause == _TERMINATION and items and items[0] >= _ADDED_ITEM:
        items = [items[0] + 1, *items[1:]]
    return (*clause, *items)


def _through(ends: Path, steps: list[int], *, bare_first: bool, whole: str) -> list[Path]:
    """Return `(part, clause)` for each clause of a text numbered through, or `(part,)`."""
    part: int | None = None
    if bare_first and steps and steps[0] <= len(ends):
        part, steps = steps[0], steps[1:]
        if not steps:
            return [(part,)]
    paths: list[Path] = []
    for clause in steps:
        home = next((n for n, end in enumerate(ends, start=1) if 1 <= clause <= end), None)
        if home is None or part not in (None, home):
            raise ValueError(f"the text has no such clause: {whole!r}")
        paths.append((home, clause))
    return paths or [()]


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    tens, ten, units = written.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[digit]) for digit in written))
    return 10 * (_number(tens) if tens else 1) + (_number(units) if units else 0)


def _chinese(number: int) -> str:
    tens, units = divmod(number, 10)
    ten = {0: "", 1: "十"}.get(tens, f"{_NUMERALS[tens]}十")
    return ten + (_NUMERALS[units] if units else "")


def _write(law: str, path: Path) -> str:
    if not path:
        return law
    style = _PARTS_NOT_ARTICLES.get(law, "articles")
    first, rest = path[0], path[1:]
    head = str(first) if style == "articles" else _chinese(first)
    if style == "parts" and rest:
        return f"{law} {head}({_chinese(rest[0])})" + _items(rest[1:])
    return f"{law} {head}" + (f"({rest[0]})" + _items(rest[1:]) if rest else "")


def _items(path: Path) -> str:
    """Write the steps below a clause: 4, then (1) – `二(七)2(1)`."""
    return "".join(f"({step})" if odd % 2 else str(step) for odd, step in enumerate(path))


def _without_repeated_text(clauses: list[str]) -> list[str]:
    """Drop the text of a clause that follows another of the same text."""
    written: list[str] = []
    before = ""
    for clause in clauses:
        law, _, rest = clause.partition(" ")
        same = law == before and rest and clause != LOCAL_PRACTICE
        written.append(rest if same else clause)
        before = law
    return written
