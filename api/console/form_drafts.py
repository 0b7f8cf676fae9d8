"""Drafts of forms: what was typed and is not yet an act, kept on request or when it was refused.

A draft only fills a form in again. What is signed is what the page before the signature showed.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

from starlette.datastructures import FormData

from api.console.case_forms import FORMS, Answer
from api.console.forms.answers import Files, unread
from api.console.forms.generated import Generated
from api.console.visit import Visit
from domain.case.commands import command_spec
from domain.case.procedure import CommandSpec
from domain.case.state import Case
from domain.kernel.canonical import canonical
from domain.kernel.codec import instant_text
from domain.kernel.times import parse_instant
from domain.ports import Stored

MECHANICS: Final = ("key", "version", "draft", "step")  # fields that are no answer
_DIGITS: Final = 16  # hex digits of a draft's digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A form that somebody fills in."""

    action: str  # its address
    spec: CommandSpec
    about: str = ""  # number and applicant of the case; "" for one that is yet to be opened


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDraft:
    """A form as far as it is filled in."""

    action: str
    command: str
    about: str
    fields: tuple[tuple[str, str], ...]
    lists: Mapping[str, str]  # by input: pasted lists that could not be read
    saved_at: datetime
    saved_by: str
    sent: str = ""  # the act that sent it, until it is decided

    @property
    def seen(self) -> str:
        """What a page that shows the draft puts into its form: a digest of what is filled in."""
        said = canonical([[list(one) for one in self.fields], dict(self.lists)])
        return hashlib.sha256(said).hexdigest()[:_DIGITS]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDraftLink:
    """A draft to go on with."""

    path: str
    title: str
    saved: datetime
    waiting: bool = False


def of_case(case: Case, spec: CommandSpec) -> Place:
    """Return the form of an act in a case."""
    about = f"{case.number} {case.applicant.name}"
    return Place(action=f"/cases/{case.number}/acts/{spec.name}", spec=spec, about=about)


def load(visit: Visit, action: str) -> FormDraft | None:
    """Return the draft of a form; None once it became an act, and while that is decided."""
    found = visit.kit.drafts.get(visit.tenant, _owner(visit), action)
    return _unsent(visit, _read(found)) if found else None


def links(visit: Visit) -> tuple[FormDraftLink, ...]:
    """Return the drafts one may go on with, the last saved first."""
    kept = map(_read, visit.kit.drafts.all(visit.tenant, _owner(visit)))
    return tuple(_link(visit, one) for one in kept if _unsent(visit, one))


def restored(visit: Visit, place: Place, draft: FormDraft, case: Case | None) -> Answer:
    """Return what a draft fills in: nothing of it is judged."""
    form = FormData([*draft.fields, ("step", "edit")])
    if case is not None and place.spec.name in FORMS:
        answer = FORMS[place.spec.name].read(visit, case, form)
    else:
        answer = Generated(place.spec, visit).read(form, Files(draft.lists))
    return Answer(values=answer.values, draft=draft.seen)


def overtaken(visit: Visit, place: Place, answer: Answer, form: FormData) -> FormDraft | None:
    """Return the draft that was saved after the page was shown, unless it says the same."""
    kept = load(visit, place.action)
    same = kept is None or kept.seen in (answer.draft, _draft(visit, place, answer, form).seen)
    return None if same else kept


def keep(visit: Visit, place: Place, answer: Answer, form: FormData) -> Answer:
    """Save what was typed, in the place of the draft the page showed and of no other."""
    if _at_once(place) or overtaken(visit, place, answer, form):
        return answer
    draft = _draft(visit, place, answer, form)
    _put(visit, draft)
    return replace(answer, draft=draft.seen)


def drop(visit: Visit, action: str) -> None:
    """Forget a draft."""
    visit.kit.drafts.drop(visit.tenant, _owner(visit), action)


def settle(visit: Visit, place: Place, answer: Answer, form: FormData, stored: Stored) -> None:
    """Let the draft the page showed go with the act that came of it; another one stays.

    What nobody has decided yet is kept aside, to be there again if it is refused.
    """
    if _at_once(place) or overtaken(visit, place, answer, form):
        return
    if stored.outcome is None:
        draft = _draft(visit, place, answer, form)
        _put(visit, replace(draft, sent=stored.command.id))
    else:
        drop(visit, place.action)


def _at_once(place: Place) -> bool:
    """Whether the form is done in one step, without a page before the signature."""
    return place.spec.name in FORMS and FORMS[place.spec.name].direct


def _owner(visit: Visit) -> str:
    """Return whose drafts these are: an institution's are its people's, an official's their own."""
    actor = visit.actor
    return f"forms:person:{actor.person}" if visit.official else f"forms:{actor.organisation}"


def _draft(visit: Visit, place: Place, answer: Answer, form: FormData) -> FormDraft:
    made = Generated(place.spec, visit)
    by_hand = place.spec.name in FORMS
    fields = (
        tuple((k, v) for k, v in form.multi_items() if isinstance(v, str) and k not in MECHANICS)
        if by_hand
        else made.hidden(answer)
    )
    return FormDraft(
        action=place.action,
        command=place.spec.name,
        about=place.about,
        fields=fields,
        lists={} if by_hand else dict(unread(made.shapes, dict(answer.values))),
        saved_at=visit.now,
        saved_by=visit.actor.person,
    )


def _unsent(visit: Visit, draft: FormDraft) -> FormDraft | None:
    if not draft.sent:
        return draft
    stored = visit.services.store.stored(visit.tenant, draft.sent)
    outcome = stored.outcome if stored else None
    if outcome is not None and outcome.kind == "done":
        drop(visit, draft.action)
    return draft if outcome is not None and outcome.kind == "refused" else None


def _link(visit: Visit, draft: FormDraft) -> FormDraftLink:
    spec = command_spec(draft.command)
    title = spec.label(visit.lang) if spec else draft.command
    words = f"{title} · {draft.about}" if draft.about else title
    return FormDraftLink(path=draft.action, title=words, saved=draft.saved_at)


def _put(visit: Visit, draft: FormDraft) -> None:
    content = {
        **asdict(draft),
        "fields": [list(one) for one in draft.fields],
        "saved_at": instant_text(draft.saved_at),
    }
    visit.kit.drafts.put(visit.tenant, _owner(visit), draft.action, content)


def _read(content: Mapping[str, Any]) -> FormDraft:
    fields = tuple((str(name), str(value)) for name, value in content["fields"])
    saved_at = parse_instant(content["saved_at"])
    return FormDraft(**{**content, "fields": fields, "saved_at": saved_at})
