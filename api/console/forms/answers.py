"""What somebody typed into a form: read from its fields, kept as typed, never lost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any, Final, TypeAlias

from starlette.datastructures import FormData, UploadFile

from api.console.forms.lists import rows_of, text_of
from api.console.forms.naming import Naming
from api.console.forms.shapes import Shape
from api.console.forms.typed import Held, Rows, Typed, blank
from api.console.pages import FieldFault
from api.console.uploads import Kept, keep
from api.console.visit import Visit
from api.console.words import whole
from domain.kernel.times import CST

MOST_ROWS: Final = 1000  # asked for field by field; longer lists are written as text
MINUTE: Final = "%Y-%m-%dT%H:%M"
_TAKEN: Final = frozenset(
    (
        "key",
        "version",
        "draft",
        "step",
        "main",
        "q",
        "file",
        "wait",
        "live",
        "said",
        "news",
        "viewer",
    )
)  # names and ids the page itself uses
_ENCODINGS: Final = ("utf-8-sig", "gb18030")
Sent: TypeAlias = Mapping[str, list[Held] | str]  # by field: files kept, or a list's text


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one submission: kept, read as a list, or refused in words."""

    sent: Sent
    faults: tuple[FieldFault, ...] = ()


async def files_of(visit: Visit, form: FormData) -> Files:
    """Keep each file of a submission by its digest; a list (CSV) is only read."""
    sent: dict[str, list[Held] | str] = {}
    faults: list[FieldFault] = []
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile) or not value.filename:
            continue
        field = name.rpartition("-")[0]
        if name.endswith("-list"):
            text = _decoded(await value.read())
            if text is None:
                words = visit.texts.tr(
                    "“%(name)s”不是文本表格，请另存为 CSV。", name=value.filename
                )
                faults.append(FieldFault(field, words))
            else:
                sent[field] = text
            continue
        kept = await keep(visit, name, value)
        if isinstance(kept, Kept):
            held = Held(digest=kept.digest, filename=kept.filename, size=kept.size)
            before = sent.get(field, [])
            sent[field] = [*(before if isinstance(before, list) else ()), held]
        elif kept is not None:
            faults.append(FieldFault(field, kept.text))
    return Files(sent, tuple(faults))


def _decoded(content: bytes) -> str | None:
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def input_name(above: str, shape: Shape) -> str:
    """Return the name, and the id, of a field's input."""
    own = f"{shape.name}_" if shape.name in _TAKEN and not above else shape.name
    return f"{above}-{own}" if above else own


class Reading:
    """Reads the fields of one submission; `faults` are those of its lists."""

    def __init__(self, visit: Visit, naming: Naming, form: FormData, sent: Sent) -> None:
        """Read from `form`, with the files that came along."""
        self._visit, self._naming, self._form, self._sent = visit, naming, form, sent
        self.faults: list[FieldFault] = []

    def fields(self, shapes: Sequence[Shape], above: str = "") -> Typed:
        """Return what was typed into `shapes`, by name."""
        return {one.name: self._one(one, input_name(above, one)) for one in shapes}

    def _one(self, shape: Shape, name: str) -> Any:  # noqa: ANN401  – as `Typed` says
        match shape.kind:
            case "record":
                return self.fields(shape.parts, name)
            case "table":
                return self._rows(shape, name)
            case "picks":
                return [str(one) for one in self._form.getlist(name)]
            case "file":
                return next(reversed(self._files(name)), Held())
            case "files":
                return self._files(name)
            case _:
                return self._text(name).strip()

    def _rows(self, shape: Shape, name: str) -> Rows:
        count = min(_count(self._text(f"{name}-count")), MOST_ROWS)
        typed = (self.fields(shape.parts, f"{name}-{n}") for n in range(count))
        rows = Rows(one for one in typed if not blank(one))
        pasted = self._sent.get(name)
        texts = (self._text(f"{name}-text"), pasted if isinstance(pasted, str) else "")
        for text in texts if shape.columns else ():
            more, wrong = rows_of(self._visit.texts, self._naming, shape, text, len(rows))
            self.faults += [FieldFault(name, one) for one in wrong]
            rows.unread += text if wrong and not more else ""
            rows += more
        return rows

    def _files(self, name: str) -> list[Held]:
        """Return the files held already, without those to be removed, then those sent now."""
        dropped = set(self._form.getlist(f"{name}-drop"))
        names, sizes = self._form.getlist(f"{name}-name"), self._form.getlist(f"{name}-size")
        known = zip_longest(self._form.getlist(name), names, sizes, fillvalue="")
        held = [
            Held(digest=digest.strip(), filename=str(filename), size=_count(str(size)))
            for digest, filename, size in known
            if isinstance(digest, str) and digest and digest not in dropped
        ]
        sent = self._sent.get(name, ())
        return [*held, *(sent if isinstance(sent, list) else ())]

    def _text(self, name: str) -> str:
        value = self._form.get(name, "")
        return value if isinstance(value, str) else ""


def _count(text: str) -> int:
    return whole(text) or 0


def untouched(shapes: Sequence[Shape], *, usual: bool = True) -> Typed:
    """Return the values of a form nobody has touched: usual ones where they would be sent."""
    return {one.name: _usual(one, usual=usual) for one in shapes}


def _usual(shape: Shape, *, usual: bool) -> Any:  # noqa: ANN401  – as `Typed` says
    match shape.kind:
        case "record":
            return untouched(shape.parts, usual=usual and shape.required)
        case "table" | "picks" | "files":
            return []
        case "file":
            return Held()
        case _:
            return shape.initial if usual else ""


def typed_of(shapes: Sequence[Shape], held: object) -> Typed:
    """Return what a dataclass holds as somebody would have typed it."""
    return {one.name: _typed(one, getattr(held, one.name, None)) for one in shapes}


def _typed(shape: Shape, value: object) -> Any:  # noqa: ANN401  – as `Typed` says
    if value is None:
        return _usual(shape, usual=False)
    match shape.kind, value:
        case "record", _:
            return typed_of(shape.parts, value)
        case "table", tuple():
            return [typed_of(shape.parts, row) for row in value]
        case "picks", tuple():
            return [str(one) for one in value]
        case "lines", tuple():
            return "\n".join(str(one) for one in value)
        case "files", tuple():
            return [Held(digest=str(one)) for one in value]
        case "file", _:
            return Held(digest=str(value))
        case _:
            return _single(value)


def _single(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(CST).strftime(MINUTE)
    return str(value)


def unread(shapes: Sequence[Shape], typed: Typed, above: str = "") -> Iterator[tuple[str, str]]:
    """Yield the lists that were pasted and could not be read, each with its input."""
    for shape in shapes:
        name, value = input_name(above, shape), typed[shape.name]
        if shape.kind == "record":
            yield from unread(shape.parts, value, name)
        elif isinstance(value, Rows) and value.unread:
            yield name, value.unread


def hidden_inputs(
    naming: Naming, shapes: Sequence[Shape], typed: Typed, above: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield the inputs that carry what was typed over a page without the form."""
    for shape in shapes:
        yield from _hidden(naming, shape, input_name(above, shape), typed[shape.name])


def _hidden(
    naming: Naming,
    shape: Shape,
    name: str,
    value: Any,  # noqa: ANN401  – as `Typed` says
) -> Iterator[tuple[str, str]]:
    match shape.kind:
        case "record":
            yield from hidden_inputs(naming, shape.parts, value, name)
        case "table":
            yield from _hidden_rows(naming, shape, name, value)
        case "picks":
            yield from ((name, one) for one in value)
        case "file":
            yield from _of_file(name, value)
        case "files":
            for held in value:
                yield from _of_file(name, held)
        case _:
            yield name, value


def _hidden_rows(
    naming: Naming, table: Shape, name: str, rows: Sequence[Typed]
) -> Iterator[tuple[str, str]]:
    if table.columns and not table.has_file:
        yield f"{name}-text", text_of(naming, table, rows)
        return
    yield f"{name}-count", str(len(rows))
    for n, row in enumerate(rows):
        yield from hidden_inputs(naming, table.parts, row, f"{name}-{n}")


def _of_file(name: str, held: Held) -> Iterator[tuple[str, str]]:
    if held.digest:
        yield name, held.digest
        yield f"{name}-name", held.filename
        yield f"{name}-size", str(held.size)
