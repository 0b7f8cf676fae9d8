"""The files a value speaks of: found by their digests, whatever dataclass holds them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, is_dataclass
from typing import Any

from api.console.forms.naming import Naming
from api.console.forms.shapes import Shape, shapes_of
from domain.case.labels import word


@dataclass(frozen=True, slots=True)
class Attached:
    """A file by its digest, with the code and the name under which it was handed in."""

    digest: str
    code: str
    name: str


def files_in(value: object, naming: Naming) -> Iterator[Attached]:
    """Yield the files a dataclass speaks of, in the order of its fields; no digest, no file."""
    if is_dataclass(value):
        yield from _among(shapes_of(type(value)), value, naming)


def _among(shapes: Sequence[Shape], value: object, naming: Naming) -> Iterator[Attached]:
    for shape in shapes:
        held: Any = getattr(value, shape.name)
        match shape.kind:
            case "file" if held:
                yield _attached(shape, held, value, naming)
            case "files":
                yield from (_attached(shape, one, value, naming) for one in held or ())
            case "record" if held is not None:
                yield from _among(shape.parts, held, naming)
            case "table":
                for row in held or ():
                    yield from _among(shape.parts, row, naming)
            case _:
                pass


def _attached(shape: Shape, digest: str, beside: object, naming: Naming) -> Attached:
    """Return a file under the name that stands beside it, else under its field's."""
    code = str(getattr(beside, "code", "") or shape.name)
    name = getattr(beside, "name", "") if hasattr(beside, "code") else ""
    known = word("material", code, naming.lang)
    return Attached(digest, code, str(name or known or naming.title(shape)))
