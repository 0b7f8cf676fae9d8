"""What the pages of an act are given: the form, what would happen, what others did."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from api.console import pages
from api.console.case_forms import Answer, Option
from api.console.casefile import material_names
from api.console.forms.generated import Generated
from api.console.forms.showing import Input
from api.console.visit import Visit
from domain.case.state import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPart:
    """The form on the page."""

    title: str
    action: str
    rule: str
    key: str
    back: str  # where to go instead
    back_words: str
    cite: str = ""
    version: int = 0  # of the procedure's own last event, as the visitor saw it
    seen: int = 0  # of the last event at all
    why_not: str = ""
    direct: bool = False
    keeps: bool = False  # whether what is typed can be kept as a draft
    draft: str = ""  # the draft the page shows, by its digest
    kept: str = ""  # who saved it, and when; "" without one
    template: str = "forms/generated.html"
    values: dict[str, object] = field(default_factory=dict)  # from here: of a form made by hand
    options: tuple[Option, ...] = ()
    most: int = 0
    reasoned: bool = False
    extends: bool = False
    inputs: tuple[Input, ...] = ()  # of a form made from the payload
    multipart: bool = False
    suggestions: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()  # lists by their ids

    def made(
        self, form: Generated, answer: Answer | None, step: str, case: Case | None = None
    ) -> "FormPart":
        """Return the same form with the inputs that its payload asks for."""
        faults = answer.faults if answer else ()
        typed = dict(answer.values) if answer else form.blank(case)
        drawing = form.drawing(self.action, faults, step, case)
        inputs = form.inputs(drawing, typed)
        return replace(
            self,
            inputs=inputs,
            multipart=form.multipart,
            suggestions=tuple(
                (one, _suggested(form.visit, one)) for one in sorted(_wanted(inputs)) if one
            ),
        )


def _wanted(inputs: Iterable[Input]) -> set[str]:
    """Return the lists of suggestions that inputs speak of."""
    found: set[str] = set()
    for one in inputs:
        inner = (*one.inputs, *(each for row in one.rows for each in row.inputs))
        found |= {one.suggested} | _wanted(inner)
    return found


def _suggested(visit: Visit, which: str) -> tuple[tuple[str, str], ...]:
    if which == "known-occupations":
        return tuple((one.code, one.name) for one in visit.world.occupations.all())
    return tuple(material_names(visit).items())


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to do the task."""

    title: str
    path: str
    allowed: bool
    why: str
    here: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """Who has the task, and whether one may take it."""

    action: str
    key: str
    words: str
    open: bool
    instead_of: str  # who has it, as the page shows


@dataclass(frozen=True, slots=True)
class Said:
    """A heading with words."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What others did in the meantime."""

    title: str
    lines: tuple[str, ...]
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPage:
    """Evidence and form."""

    title: str
    case: pages.Head
    facts: tuple[pages.Detail, ...]
    materials: tuple[pages.File, ...]
    missing: tuple[pages.Gap, ...]
    clocks: tuple[pages.Clock, ...]
    choices: tuple[Choice, ...] = ()
    form: FormPart | None = None
    faults: tuple[pages.FieldFault, ...] = ()
    conflict: Conflict | None = None
    closed: Said | None = None
    claim: Claim | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage:
    """What would happen, in words."""

    title: str
    back: str
    back_words: str
    summary: str
    effects: tuple[pages.Line, ...]
    letters: tuple[Markup, ...]
    told: tuple[pages.Detail, ...]  # what was filled in
    noted: tuple[pages.Detail, ...] = ()  # what the case says besides, once it was done
    action: str
    hidden: tuple[tuple[str, str], ...] = ()
