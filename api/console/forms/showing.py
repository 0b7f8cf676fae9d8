"""A form as its template wants it: every input worded, filled in, and with what is wrong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from api.console.forms.answers import input_name, untouched
from api.console.forms.lists import text_of, titles
from api.console.forms.naming import Naming
from api.console.forms.payloads import is_long
from api.console.forms.shapes import Shape
from api.console.forms.typed import Held, Rows, Typed
from api.console.pages import FieldFault
from api.console.texts import Texts

ROWS: Final = 3  # empty rows offered at first, and again by the button
_LAW_ASKS: Final = frozenset(("reasons", "legal_basis"))  # optional in form, not in law
MOST_SAID: Final = 20  # faults told at once
_RADIOS: Final = 6  # more choices than this are a list to choose from
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?")
_NATIVE: Final = {"day": (_ISO_DAY, "date"), "moment": (_ISO_MOMENT, "datetime-local")}
_SUGGESTED: Final = {"occupation_code": "known-occupations", "material": "known-materials"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    code: str
    name: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table."""

    title: str
    inputs: tuple["Input", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input, or several that belong together."""

    look: str  # which part of the template draws it
    name: str
    title: str
    hint: str
    required: bool
    faults: tuple[str, ...] = ()
    value: str = ""
    chosen: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    type: str = "text"
    short: bool = False
    suggested: str = ""
    files: tuple[Held, ...] = ()
    inputs: tuple["Input", ...] = ()
    rows: tuple[Row, ...] = ()
    filled: int = 0  # rows with something in them
    listed: bool = False  # rows can be pasted
    headings: tuple[str, ...] = ()
    back: str = ""  # where more rows are asked for: the form, at this table


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Draws the inputs of one form."""

    texts: Texts
    naming: Naming
    action: str  # of the form
    faults: tuple[FieldFault, ...] = ()
    offers: Mapping[str, tuple[Choice, ...]] = field(
        default_factory=dict
    )  # by name of a text field
    more: str = ""  # the table for which more rows were asked

    def inputs(self, shapes: Sequence[Shape], typed: Typed) -> tuple[Input, ...]:
        """Return the inputs of a form, in order."""
        return self._all(shapes, typed, "", in_row=False)

    def _all(
        self, shapes: Sequence[Shape], typed: Typed, above: str, *, in_row: bool
    ) -> tuple[Input, ...]:
        return tuple(
            self._one(one, input_name(above, one), typed[one.name], in_row=in_row) for one in shapes
        )

    def _one(self, shape: Shape, name: str, value: Any, *, in_row: bool) -> Input:  # noqa: ANN401  – as `Typed` says
        match shape.kind:
            case "record":
                inner = in_row or not shape.required
                inputs = self._all(shape.parts, value, name, in_row=inner)
                return self._input("record", shape, name, inputs=inputs)
            case "table":
                return self._table(shape, name, value)
            case "choice" | "truth" | "picks":
                return self._choice(shape, name, value, in_row=in_row)
            case "number" if self.naming.offered(shape):
                return self._choice(shape, name, value, in_row=True)
            case "file":
                return self._input("file", shape, name, files=(value,) if value.digest else ())
            case "files":
                return self._input("files", shape, name, files=tuple(value))
            case "area" | "lines":
                return self._input("area", shape, name, value=value)
            case _:
                return self._line(shape, name, value, in_row=in_row)

    def _input(self, look: str, shape: Shape, name: str, **more: Any) -> Input:  # noqa: ANN401  – fields of `Input`
        return Input(
            look=look,
            name=name,
            title=self.naming.title(shape),
            hint=self.naming.help(shape),
            required=shape.required or shape.name in _LAW_ASKS,
            faults=tuple(one.text for one in self.faults if one.field == name)[:MOST_SAID],
            **more,
        )

    def _line(self, shape: Shape, name: str, value: str, *, in_row: bool) -> Input:
        if shape.name in self.offers and shape.kind == "text":
            return self._chosen(shape, name, value, list(self.offers[shape.name]), in_row=in_row)
        native, type_ = _NATIVE.get(shape.kind, (None, "text"))
        keeps = native is not None and (not value or native.fullmatch(value))
        return self._input(
            "line",
            shape,
            name,
            value=value,
            type=type_ if keeps else "text",
            short=shape.kind in ("number", "day", "moment"),
            suggested=_SUGGESTED.get(_asks_for(shape), ""),
        )

    def _choice(
        self,
        shape: Shape,
        name: str,
        value: Any,  # noqa: ANN401  – text, or a list of codes
        *,
        in_row: bool,
    ) -> Input:
        codes = ("yes", "no") if shape.kind == "truth" else shape.codes
        choices = [
            Choice(one, self.naming.choice(shape, one), self.naming.explained(shape, one))
            for one in codes
        ]
        if shape.kind == "picks":
            return self._input("picks", shape, name, chosen=tuple(value), choices=tuple(choices))
        return self._chosen(shape, name, value, choices, in_row=in_row)

    def _chosen(
        self, shape: Shape, name: str, value: str, choices: list[Choice], *, in_row: bool
    ) -> Input:
        known = {one.code for one in choices}
        listed = in_row or len(choices) > _RADIOS
        if listed or not (shape.required or value):
            choices.insert(0, Choice("", self._nothing(shape)))
        if value and value not in known:
            choices.append(Choice(value, value))
        look = "select" if listed else "radios"
        return self._input(look, shape, name, chosen=(value,), choices=tuple(choices))

    def _nothing(self, shape: Shape) -> str:
        tr = self.texts.tr
        if shape.required:
            return tr("请选择")
        if shape.initial:
            return tr("不填（即“%(name)s”）", name=self.naming.choice(shape, shape.initial))
        return tr("不填")

    def _table(self, shape: Shape, name: str, rows: list[Typed]) -> Input:
        listed = bool(shape.columns)
        known = {
            "filled": len(rows),
            "listed": listed,
            "headings": titles(self.naming, shape) if listed else (),
            "back": f"{self.action}#{name}",
        }
        if is_long(shape, len(rows)):
            text = text_of(self.naming, shape, rows)
            return self._input("long", shape, name, value=text, **known)
        usual = max(1, ROWS - len(rows)) if shape.required else 1
        empty = ROWS if self.more == name else usual
        blanks = [untouched(shape.parts, usual=False) for _ in range(empty)]
        drawn = tuple(
            Row(
                title=self.texts.tr("第 %(n)s 行", n=n + 1),
                inputs=self._all(shape.parts, one, f"{name}-{n}", in_row=True),
            )
            for n, one in enumerate([*rows, *blanks])
        )
        unread = rows.unread if isinstance(rows, Rows) else ""
        return self._input("table", shape, name, rows=drawn, value=unread, **known)


def _asks_for(shape: Shape) -> str:
    return "material" if shape.path[-2:] == ("materials", "code") else shape.name


def summary(texts: Texts, faults: tuple[FieldFault, ...]) -> tuple[FieldFault, ...]:
    """Return the faults to be told at the top: the first of them, and how many more."""
    over = len(faults) - MOST_SAID
    if over <= 0:
        return faults
    words = texts.ntr("另有 %(n)s 处需要改正。", over)
    return (*faults[:MOST_SAID], FieldFault(faults[MOST_SAID].field, words))
