"""A dataclass in words, for people: names and values, groups, and tables in pages."""

from collections.abc import Sequence
from dataclasses import is_dataclass
from datetime import date, datetime
from typing import Final
from urllib.parse import urlencode

from api.console.casefile import place_name
from api.console.forms.naming import Naming
from api.console.forms.shapes import Shape, shapes_of
from api.console.pages import Cell, Detail, Facts
from api.console.visit import Visit
from api.console.words import whole
from domain.case.access import may_see_person
from domain.case.labels import word
from domain.case.seen import is_person, number_seen
from domain.case.state import Case
from domain.law.jurisdiction import is_code

PAGE: Final = 50  # rows of a table shown at once
_NOTHING: Final = ("no", "0")  # defaults that say that nothing has happened
_SHORT: Final = 24  # characters of a value that shares its line with others
_PLACES: Final = frozenset(
    ("jurisdiction", "place", "city", "province", "site_jurisdiction", "centers", "given")
)


class Telling:
    """Says in words what a dataclass holds; fields without a name are bookkeeping and stay out."""

    def __init__(self, visit: Visit, naming: Naming, case: Case | None = None) -> None:
        """Word fields by `naming`; files can be opened where `case` has them."""
        self._visit, self._case, self._naming = visit, case, naming
        self._between = "、" if visit.lang == "zh" else ", "
        self._hides = case is not None and not may_see_person(visit.actor, case)

    def details(self, value: object) -> tuple[Detail, ...]:
        """Return what `value` holds, in the order of its fields; empty ones are left out."""
        if not is_dataclass(value):
            return ()
        found = (self._detail(one, getattr(value, one.name)) for one in shapes_of(type(value)))
        return tuple(one for one in found if one is not None)

    def _title(self, shape: Shape) -> str:
        """Return a field's name; "" where nobody named it, or where it tells of hidden persons."""
        return "" if self._hides and is_person(shape.name) else self._naming.known(shape)

    def _detail(self, shape: Shape, value: object) -> Detail | None:
        title, name = self._title(shape), "-".join(shape.path)
        if not title or not _holds(value) or (not value and shape.initial in _NOTHING):
            return None
        match shape.kind:
            case "record":
                inside = tuple(
                    detail
                    for one in shape.parts
                    if (detail := self._detail(one, getattr(value, one.name))) is not None
                )
                return (
                    Detail(look="group", name=name, title=title, inside=inside) if inside else None
                )
            case "table" if isinstance(value, tuple):
                return self._table(shape, title, name, value)
            case "lines" | "picks" | "files" if isinstance(value, tuple):
                return self._several(shape, title, name, value)
            case _:
                cell = self._cell(shape, value)
                return Detail(look="value", name=name, title=title, cells=(cell,))

    def _several(self, shape: Shape, title: str, name: str, values: Sequence[object]) -> Detail:
        """Return values: short ones in a row, long ones one below the other, many in pages."""
        shown = self._page_of(name, values)
        cells = tuple(self._cell(shape, one) for one in shown)
        if all(len(one.words) <= _SHORT and not one.path for one in cells):
            cells = (Cell(self._between.join(one.words for one in cells)),)
        if len(values) > PAGE:
            return self._paged(name, title, (), tuple((one,) for one in cells), values)
        return Detail(look="several", name=name, title=title, cells=cells)

    def _table(self, shape: Shape, title: str, name: str, rows: Sequence[object]) -> Detail:
        shown = self._page_of(name, rows)
        columns = [
            one
            for one in shape.parts
            if self._title(one) and any(_holds(getattr(row, one.name)) for row in shown)
        ]
        cells = tuple(
            tuple(self._in_row(one, getattr(row, one.name)) for one in columns) for row in shown
        )
        headings = tuple(self._naming.title(one) for one in columns)
        return self._paged(name, title, headings, cells, rows)

    def _paged(
        self,
        name: str,
        title: str,
        headings: tuple[str, ...],
        cells: tuple[tuple[Cell, ...], ...],
        every: Sequence[object],
    ) -> Detail:
        """Return the page asked for as a table, with the ways to the pages beside it."""
        page, pages = self._place(name, every)
        last = min(page * PAGE, len(every))
        turns = self._visit.request.method == "GET"  # an answer to a form has no other pages
        return Detail(
            look="table",
            name=name,
            title=title,
            headings=headings,
            rows=cells,
            first=(page - 1) * PAGE + 1,
            last=last,
            all=len(every),
            before=self._page(name, page - 1) if turns and page > 1 else "",
            after=self._page(name, page + 1) if turns and page < pages else "",
        )

    def _place(self, name: str, rows: Sequence[object]) -> tuple[int, int]:
        """Return which page is asked for, of how many."""
        pages = (len(rows) - 1) // PAGE + 1
        asked = whole(self._visit.query(f"page-{name}")) or 1
        return min(asked, pages), pages

    def _page_of(self, name: str, rows: Sequence[object]) -> Sequence[object]:
        page, _ = self._place(name, rows)
        return rows[(page - 1) * PAGE : page * PAGE]

    def _page(self, name: str, page: int) -> str:
        query = dict(self._visit.request.query_params) | {f"page-{name}": str(page)}
        return f"{self._visit.request.url.path}?{urlencode(query)}#{name}"

    def _in_row(self, shape: Shape, value: object) -> Cell:
        if shape.kind == "record" and value is not None:
            return Cell(self._joined(shape.parts, value))
        if shape.kind == "table" and isinstance(value, tuple):
            return Cell("；".join(self._joined(shape.parts, one) for one in value))
        if isinstance(value, tuple):
            return Cell(self._between.join(self._cell(shape, one).words for one in value))
        return self._cell(shape, value)

    def _joined(self, parts: Sequence[Shape], value: object) -> str:
        held = ((one, getattr(value, one.name)) for one in parts if self._title(one))
        return " · ".join(self._in_row(one, its).words for one, its in held if _holds(its))

    def _cell(self, shape: Shape, value: object) -> Cell:
        visit = self._visit
        if shape.kind in ("file", "files"):
            return self._file(str(value))
        if isinstance(value, bool):
            return Cell(self._naming.choice(shape, "yes" if value else "no"))
        if isinstance(value, datetime):
            return Cell(visit.words.moment(value))
        if isinstance(value, date):
            return Cell(visit.words.day(value))
        if shape.codes or shape.kind == "number":
            return Cell(self._naming.choice(shape, str(value)) if _holds(value) else "")
        return Cell(self._plain(shape, "" if value is None else str(value)))

    def _plain(self, shape: Shape, text: str) -> str:
        if shape.name in _PLACES and is_code(text):
            return place_name(text)
        if text.isascii() and text.replace("_", "").isalpha() and text.islower():
            known = word("material", text, self._visit.lang) or self._naming.choice(shape, text)
            return known if known != text else self._naming.of_field(text) or text
        return number_seen(shape.name, text)

    def _file(self, digest: str) -> Cell:
        size = self._visit.services.files.size(digest) if digest else None
        if size is None or self._case is None:
            return Cell(digest)
        words = f"{self._visit.texts.tr('下载')}（{self._visit.words.size(size)}）"
        return Cell(words, f"/cases/{self._case.number}/files/{digest}")


def named(facts: Facts) -> tuple[Detail, ...]:
    """Return names with their values as details."""
    return tuple(
        Detail(look="value", name="", title=name, cells=(Cell(words),)) for name, words in facts
    )


def _holds(value: object) -> bool:
    return value is not None and value not in ("", ())
