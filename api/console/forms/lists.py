"""Long lists as text: pasted from a table, read from a CSV file, written to be mended."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from api.console.forms.naming import Naming
from api.console.forms.shapes import Shape
from api.console.forms.typed import Held, Typed
from api.console.texts import LANGUAGES, Texts

_DELIMITERS: Final = ("\t", ",", "，", ";", "；")
_BETWEEN: Final = "；"  # values within one cell
_SPLIT: Final = re.compile(r"[;；、|\n]")


def titles(naming: Naming, table: Shape) -> tuple[str, ...]:
    """Return the headings of a list, each different."""
    columns = table.columns
    short = [naming.title(one) for one in columns]
    return tuple(
        name if short.count(name) == 1 else "·".join(_full(naming, table, one.path))
        for name, one in zip(short, columns, strict=True)
    )


def _full(naming: Naming, table: Shape, path: tuple[str, ...]) -> Iterator[str]:
    parts = table.parts
    for name in path[len(table.path) :]:
        shape = next(one for one in parts if one.name == name)
        yield naming.title(shape)
        parts = shape.parts


def rows_of(
    texts: Texts, naming: Naming, table: Shape, text: str, before: int
) -> tuple[list[Typed], list[str]]:
    """Return the rows of a list, and what is wrong with its form.

    A first line of headings says in which order the columns stand; without one they stand as asked.
    `before`: rows there are already.
    """
    try:
        lines = [line for line in _cells(text) if any(cell.strip() for cell in line)]
    except csv.Error:  # such as a quotation mark that never closes
        return [], [texts.tr("表格没有看懂：请检查引号是否成对，或去掉引号后再粘贴。")]
    columns = _headed(naming, table, lines[0]) if lines else None
    lines, columns = (lines[1:], columns) if columns else (lines, table.columns)
    rows, wrong = [], []
    for n, cells in enumerate(lines, start=before + 1):
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > len(columns):
            words = texts.tr("第 %(n)s 行有 %(has)s 列，应为 %(wanted)s 列。",
                             n=n, has=len(cells), wanted=len(columns))  # fmt: skip
            wrong.append(words)
        rows.append(_row(naming, table, dict(zip((c.path for c in columns), cells, strict=False))))
    return rows, wrong


def _cells(text: str) -> list[list[str]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=lambda one: (one == "\t" and one in first, first.count(one)))
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return list(csv.reader(io.StringIO(lines), delimiter=delimiter, strict=True))


def _headed(naming: Naming, table: Shape, line: Sequence[str]) -> tuple[Shape, ...] | None:
    """Return the columns in the order of a line of headings; None when it is none."""
    known = {one.name: one for one in table.columns}
    for lang in LANGUAGES:
        other = Naming(naming.subject, lang)
        known |= dict(zip(titles(other, table), table.columns, strict=True))
    found = [known.get(cell.strip()) for cell in line]
    return tuple(one for one in found if one) if found and all(found) else None


def _row(naming: Naming, table: Shape, cells: dict[tuple[str, ...], str]) -> Typed:
    def filled(parts: Sequence[Shape]) -> Typed:
        return {
            one.name: filled(one.parts)
            if one.kind == "record"
            else _typed(naming, one, cells.get(one.path, "").strip())
            for one in parts
        }

    return filled(table.parts)


def _typed(naming: Naming, shape: Shape, cell: str) -> Any:  # noqa: ANN401  – as `Typed` says
    match shape.kind:
        case "choice" | "truth" | "number":
            return _code(naming, shape, cell)
        case "picks":
            return [_code(naming, shape, one.strip()) for one in _SPLIT.split(cell) if one.strip()]
        case "lines":
            return "\n".join(one.strip() for one in _SPLIT.split(cell) if one.strip())
        case "file":
            return Held(digest=cell)
        case "files":
            return [Held(digest=one.strip()) for one in _SPLIT.split(cell) if one.strip()]
        case _:
            return cell


def _code(naming: Naming, shape: Shape, cell: str) -> str:
    """Return the code of a choice written as its code or in words of either language."""
    codes = ("yes", "no") if shape.kind == "truth" else shape.codes
    for lang in LANGUAGES:
        other = Naming(naming.subject, lang)
        for code in codes:
            if cell.casefold() in (code, other.choice(shape, code).casefold()):
                return code
    return cell


def text_of(naming: Naming, table: Shape, rows: Sequence[Typed]) -> str:
    """Return rows as a list with headings; "" for none."""
    if not rows:
        return ""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(titles(naming, table))
    for row in rows:
        writer.writerow(_written(naming, table, row))
    return written.getvalue()


def _written(naming: Naming, table: Shape, row: Typed) -> Iterator[str]:
    for shape in table.columns:
        value: Any = row
        for name in shape.path[len(table.path) :]:
            value = value[name]
        match shape.kind:
            case "choice" | "truth" | "number" if naming.named(shape, value):
                yield naming.choice(shape, value)
            case "picks":
                yield _BETWEEN.join(naming.choice(shape, one) for one in value)
            case "lines":
                yield _BETWEEN.join(value.splitlines())
            case "file":
                yield value.digest
            case "files":
                yield _BETWEEN.join(one.digest for one in value)
            case _:
                yield value
