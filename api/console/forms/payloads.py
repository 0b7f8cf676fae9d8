"""From what was typed to a command's payload, read strictly; faults come back in words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.console.forms.answers import input_name
from api.console.forms.naming import Naming
from api.console.forms.shapes import Shape
from api.console.forms.typed import Held, Typed, blank
from api.console.pages import FieldFault
from api.console.texts import Texts
from api.console.words import half_width, lines
from domain.case.commands import parse
from domain.kernel.faults import Fault
from domain.kernel.json import Json, JsonValue
from domain.kernel.limits import Filled

LONG: Final = 50  # rows: more are written as a list of text
_DIGITS: Final = re.compile(r"-?[0-9]{1,15}")
_DAY: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MOMENT: Final = re.compile(r"(.+?)[T ]+(\d{1,2}):(\d{2})(:\d{2})?")
_CHOSEN: Final = ("choice", "truth", "picks")


def payload_of(shapes: Sequence[Shape], typed: Typed) -> dict[str, JsonValue]:
    """Return the payload; what was left empty is left out."""
    payload: dict[str, JsonValue] = {}
    for shape in shapes:
        value = _value(shape, typed[shape.name])
        if value is not None:
            payload[shape.name] = value
    return payload


def _value(shape: Shape, typed: object) -> JsonValue:
    several: list[JsonValue]
    match shape.kind, typed:
        case "record", dict():
            absent = not shape.required and blank(typed)
            return None if absent else payload_of(shape.parts, typed)
        case "table", list():
            several = [payload_of(shape.parts, row) for row in typed]
            return several if several or shape.required else None
        case "picks", list():
            several = [number_of(one) if shape.whole else one for one in typed]
            return several if several or shape.required else None
        case "lines", str():
            several = [number_of(one) if shape.whole else one for one in lines(typed)]
            return several if several or shape.required else None
        case "file", Held():
            return typed.digest or None
        case "files", list():
            several = [one.digest for one in typed]
            return several if several or shape.required else None
        case _, str():
            return _single(shape, typed) if typed else None
        case _:
            return None


def _single(shape: Shape, typed: str) -> JsonValue:
    match shape.kind:
        case "number":
            return number_of(typed)
        case "truth":
            return {"yes": True, "no": False}.get(typed, typed)
        case "day":
            return _day(half_width(typed))
        case "moment":
            return _moment(half_width(typed))
        case "area":
            return typed.replace("\r\n", "\n")
        case _:
            plain = half_width(typed)  # codes typed in full width
            return plain if plain.isascii() else typed


def number_of(typed: str) -> JsonValue:
    """Return the whole number that was typed; what is none stays for the codec to refuse."""
    plain = half_width(typed)
    return int(plain) if _DIGITS.fullmatch(plain) else typed


def _day(typed: str) -> str:
    found = _DAY.fullmatch(typed)
    return f"{found[1]}-{found[2]:>02}-{found[3]:>02}" if found else typed


def _moment(typed: str) -> str:
    """Return a moment in China as an instant; what is no moment stays for the codec to refuse."""
    found = _MOMENT.fullmatch(typed)
    if not found:
        return typed
    return f"{_day(found[1])}T{found[2]:>02}:{found[3]}{found[4] or ':00'}+08:00"


@dataclass(slots=True)
class _Way:
    """The way along a pointer: to which input it leads, and which rows it passes."""

    shapes: Sequence[Shape]
    here: JsonValue
    name: str = ""
    rows: tuple[int, ...] = ()
    shape: Shape | None = None
    stays: bool = False  # what lies below has no input of its own

    def step(self, step: str) -> bool:
        """Go one step; False where the form knows nothing of it."""
        if self.shape is not None and self.shape.kind != "record" and step.isdecimal():
            self._into_row(self.shape, int(step))
            return True
        found = next((one for one in self.shapes if one.name == step), None)
        if found is None:
            return False
        if not self.stays:
            self.name = input_name(self.name, found)
        self.shape, self.shapes = found, found.parts
        self.here = self.here.get(step) if isinstance(self.here, Mapping) else None
        return True

    def _into_row(self, shape: Shape, n: int) -> None:
        rows = self.here if isinstance(self.here, list | tuple) else ()
        self.rows = (*self.rows, n + 1)
        if shape.kind != "table" or is_long(shape, len(rows)):
            self.stays = True
        elif not self.stays:
            self.name = f"{self.name}-{n}"
        self.here = rows[n] if n < len(rows) else None


def is_long(table: Shape, rows: int) -> bool:
    """Whether so many rows are written as a list of text, not field by field."""
    return rows > LONG and bool(table.columns)


@dataclass(frozen=True, slots=True)
class Judge:
    """Says in words, field by field, what is wrong with what was typed."""

    texts: Texts
    naming: Naming
    shapes: tuple[Shape, ...]

    def faults(self, command: str, payload: Json) -> tuple[FieldFault, ...]:
        """Return what is wrong with a payload, each fault at its field."""
        read = parse(command, payload)
        found = read if isinstance(read, tuple) else ()
        return tuple(self.at_field(one, payload) for one in found)

    def at_field(self, fault: Fault, payload: Json) -> FieldFault:
        """Return a fault at the input where it can be mended, with the row it is in."""
        way = _Way(self.shapes, payload)
        known = all(way.step(step) for step in fault.pointer.split("/")[1:])
        said = self._words(way.shape if known else None, fault)
        row = "".join(self.texts.tr("第 %(n)s 行：", n=n) for n in way.rows)
        return FieldFault(way.name or "main", row + said)

    def _words(self, shape: Shape | None, fault: Fault) -> str:
        tr, said = self.texts.tr, fault.zh if self.texts.lang == "zh" else fault.en
        if shape is None:
            return said
        title, missing = self.naming.title(shape), fault.code == "field"
        if shape.kind in _CHOSEN:
            return tr("请选择“%(name)s”。", name=title)
        if missing and shape.kind in ("file", "files"):
            return tr("请上传“%(name)s”。", name=title)
        if missing or fault.zh == Filled().zh:
            return tr("请填写“%(name)s”。", name=title)
        return tr("“%(name)s”%(what)s。", name=title, what=said)
