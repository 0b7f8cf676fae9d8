"""What a field is called, what helps to fill it in, and what its choices are called."""

from dataclasses import dataclass
from typing import Final

from api.console.forms.shapes import Shape
from domain.case.commands import commands_of
from domain.case.labels import word
from domain.kernel.errors import Language

_ALSO: Final = ("method", "institution", "bar", "material", "unit", "status", "variant")


def of_data(procedure: str, lang: Language) -> "Naming":
    """Return the words for the data of a procedure's cases: its own, then those of its commands."""
    its = commands_of(procedure)
    opening_first = sorted(its, key=lambda one: not one.opens)
    return Naming(procedure, lang, tuple(one.name for one in opening_first))


@dataclass(frozen=True, slots=True)
class Naming:
    """The words for the fields of one command, or of one procedure's data, in one language."""

    subject: str  # "filing.submit", or "filing"
    lang: Language
    also: tuple[str, ...] = ()  # other subjects whose words hold too: a procedure's commands

    def title(self, shape: Shape) -> str:
        """Return the field's name; its code where nobody named it."""
        return self.known(shape) or shape.name

    def known(self, shape: Shape) -> str:
        """Return the field's name; "" where nobody named it."""
        return self.of_field(".".join(shape.path))

    def of_field(self, path: str) -> str:
        """Return the name of the field with that path; "" where nobody named it."""
        subjects = (self.subject, *self.also)
        found = (word("field", f"{one}.{path}", self.lang) for one in subjects)
        return next(filter(None, found), "")

    def help(self, shape: Shape) -> str:
        """Return what helps to fill the field in; "" where nothing is said."""
        return word("help", self._code(shape), self.lang) or ""

    def choice(self, shape: Shape, code: str) -> str:
        """Return what one choice of a field is called; its code where nobody named it."""
        return self._choice(shape, code) or code

    def named(self, shape: Shape, code: str) -> bool:
        """Whether a choice has a name."""
        return bool(code) and self._choice(shape, code) is not None

    def _choice(self, shape: Shape, code: str) -> str | None:
        path = ".".join((*shape.path, code))
        subjects = (self.subject, *self.also)
        said = (word("choice", f"{one}.{path}", self.lang) for one in subjects)
        found = next(filter(None, said), None)
        kinds = (shape.name, shape.name.rpartition("_")[2], *(() if code.isdecimal() else _ALSO))
        others = (word(kind, code, self.lang) for kind in kinds)
        return found or next((one for one in others if one), None)

    def explained(self, shape: Shape, code: str) -> str:
        """Return what a choice leads to; "" where nothing is said of it."""
        return word("help", f"{self._code(shape)}.{code}", self.lang) or ""

    def offered(self, shape: Shape) -> bool:
        """Whether each of a field's few values has a name, so that it can be chosen by it."""
        return bool(shape.codes) and all(self._choice(shape, one) for one in shape.codes)

    def _code(self, shape: Shape) -> str:
        return ".".join((self.subject, *shape.path))
