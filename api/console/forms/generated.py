"""The form of any command: read, judged and drawn from its payload's dataclass alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from starlette.datastructures import FormData

from api.console.case_forms import Answer
from api.console.forms.answers import MINUTE, Files, Reading, hidden_inputs, typed_of, untouched
from api.console.forms.naming import Naming
from api.console.forms.payloads import Judge, payload_of
from api.console.forms.shapes import Shape, shapes_of
from api.console.forms.showing import Choice, Drawing, Input
from api.console.forms.typed import Typed
from api.console.pages import FieldFault
from api.console.visit import Visit
from domain.case.actor import Actor
from domain.case.decision import Outcome
from domain.case.labels import label
from domain.case.procedure import CommandSpec
from domain.case.state import Case
from domain.kernel.faults import Fault
from domain.kernel.json import Json
from domain.kernel.times import CST, parse_day

ROWS = "rows "  # a step that asks for more rows of the table named after it
UNJUDGED = ("edit", "save")  # steps after which the form is shown as it is
_REPLACING = frozenset(("adjust", "amend", "change", "correct", "revise", "update"))
METHODS = ("in_person", "mail", "electronic", "public_notice")  # of service
_MALFORMED = "command.malformed"


@dataclass(frozen=True)
class Generated:
    """The form of one command, for one visitor."""

    spec: CommandSpec
    visit: Visit

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """What the payload asks for."""
        return shapes_of(self.spec.payload)

    @cached_property
    def naming(self) -> Naming:
        """The words of its fields."""
        return Naming(self.spec.name, self.visit.lang)

    @property
    def multipart(self) -> bool:
        """Whether files or lists can be sent along."""
        return any(one.has_file or one.kind == "table" for one in self.shapes)

    def blank(self, case: Case | None = None) -> Typed:
        """Return the form as nobody has touched it, with what is known already.

        Known are the visitor's organisation and, for a command that puts other rows in the place
        of the case's own, those rows.
        """
        typed = untouched(self.shapes)
        if case is not None and self.spec.name.rpartition(".")[2] in _REPLACING:
            held = {one.name for one in self.shapes if hasattr(case.data, one.name)}
            return typed | typed_of([s for s in self.shapes if s.name in held], case.data)
        for one in self.shapes:
            if one.kind == "moment" and one.required:
                typed[one.name] = self.visit.now.astimezone(CST).strftime(MINUTE)
            if one.kind == "day" and self.spec.opens:
                typed[one.name] = _day_asked(self.visit.query(one.name))
        if self.spec.opens and not self.visit.official:
            _know(self.shapes, typed, self.visit.actor)
        return typed

    def read(self, form: FormData, files: Files) -> Answer:
        """Return what was filled in: as typed, as a payload, and with every fault.

        Asked for more rows, kept as a draft or sent back to change something, nothing but its lists
        is judged.
        """
        reading = Reading(self.visit, self.naming, form, files.sent)
        typed = reading.fields(self.shapes)
        payload = payload_of(self.shapes, typed)
        faults = (*files.faults, *reading.faults)
        step = str(form.get("step", ""))
        if not (step.startswith(ROWS) or step in UNJUDGED):
            faults += self.wrong(payload)
        return Answer(values=typed, payload=payload, faults=faults)

    def wrong(self, payload: Json) -> tuple[FieldFault, ...]:
        """Return what is wrong with the form of a payload, each fault at its field."""
        return self._judge().faults(self.spec.name, payload)

    def refused(self, outcome: Outcome, answer: Answer) -> tuple[FieldFault, ...]:
        """Return the faults a decision found in the form of the payload, at their fields."""
        said = outcome.evidence.get("faults", ())
        if outcome.code != _MALFORMED or not isinstance(said, list | tuple):
            return ()
        return tuple(self._judge().at_field(_told(str(one)), answer.payload) for one in said)

    def drawing(
        self,
        action: str,
        faults: tuple[FieldFault, ...],
        step: str = "",
        case: Case | None = None,
    ) -> Drawing:
        """Return what draws the form; in a case its letters and terms are offered by name."""
        return Drawing(
            texts=self.visit.texts,
            naming=self.naming,
            action=action,
            faults=faults,
            more=step.removeprefix(ROWS) if step.startswith(ROWS) else "",
            offers=offers(self.visit, case) if case and not self.spec.procedure else {},
        )

    def inputs(self, drawing: Drawing, typed: Typed) -> tuple[Input, ...]:
        """Return the inputs of the form."""
        return drawing.inputs(self.shapes, typed)

    def hidden(self, answer: Answer) -> tuple[tuple[str, str], ...]:
        """Return the inputs that carry the answer over the page before the signature."""
        return tuple(hidden_inputs(self.naming, self.shapes, dict(answer.values)))

    def _judge(self) -> Judge:
        return Judge(self.visit.texts, self.naming, self.shapes)


def offers(visit: Visit, case: Case) -> dict[str, tuple[Choice, ...]]:
    """Return what a form of every case offers by name: its letters, its terms, ways to serve."""
    lang = visit.lang
    letters = (one for one in case.notices if one.unserved)
    terms = (one for one in case.deadlines if one.state in ("open", "suspended"))
    return {
        "notice": tuple(
            Choice(one.id, f"{label('notice', one.kind, lang)} {one.number}") for one in letters
        ),
        "key": tuple(Choice(one.key, label("key", one.key, lang)) for one in terms),
        "method": tuple(Choice(one, label("method", one, lang)) for one in METHODS),
    }


def _day_asked(text: str) -> str:
    """Return the day a link names, as it is typed; "" for anything else."""
    try:
        return parse_day(text).isoformat()
    except ValueError:
        return ""


def _know(shapes: Sequence[Shape], typed: Typed, actor: Actor) -> None:
    """Fill in who the visitor acts for, where the form must name an institution."""
    for shape in shapes:
        if shape.kind == "record" and shape.name == "institution" and shape.required:
            _know(shape.parts, typed[shape.name], actor)
        elif shape.path in (("uscc",), ("institution", "uscc")):
            typed[shape.name] = actor.organisation
        elif shape.path == ("institution", "name"):
            typed[shape.name] = actor.name


def _told(said: str) -> Fault:
    """Return a fault from how a refusal of the payload tells it: `pointer zh · en`."""
    pointer, _, words = said.partition(" ")
    zh, _, en = words.partition(" · ")
    return Fault("" if pointer == "/" else pointer, "type", zh, en)
