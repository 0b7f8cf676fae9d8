"""Between the form and the signature: what was filled in, what would come of it, what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from starlette.datastructures import FormData

from api.console import pages
from api.console.act_pages import Conflict
from api.console.case_forms import FORMS, Answer
from api.console.foresight import Foresight
from api.console.form_drafts import FormDraft
from api.console.forms.generated import Generated, offers
from api.console.forms.naming import Naming, of_data
from api.console.plain_case import brought, messages
from api.console.telling import Telling
from api.console.visit import Visit
from domain.case.commands import command_spec, parse
from domain.case.decision import Decision
from domain.case.procedure import CommandSpec
from domain.case.state import Case
from domain.kernel.json import Json
from domain.procedures.filing.facts import Filing
from domain.procedures.process.facts import ProcessData

_MECHANICS: Final = ("key", "version", "draft")


def refused(
    visit: Visit, spec: CommandSpec, answer: Answer, decision: Decision, seen: Foresight
) -> tuple[Answer, Conflict | None]:
    """Return the answer with what the decision finds wrong in its form, else what stands against.

    A form made by hand says the latter in any case.
    """
    if spec.name not in FORMS:
        faults = Generated(spec, visit).refused(decision.outcome, answer)
        if faults:
            return replace(answer, faults=faults), None
    return answer, _not_now(visit, seen)


def _not_now(visit: Visit, seen: Foresight) -> Conflict:
    tr, cite = visit.texts.tr, seen.refusal_cite
    named = cite and cite not in seen.refusal
    said = f"{seen.refusal}（{cite}）" if named else seen.refusal
    return Conflict(tr("现在不能这样办理"), (said,), tr("您的输入还在；没有任何内容被收下。"))


def stale(visit: Visit, draft: FormDraft) -> Conflict:
    """Return that a draft was saved after the page was shown: nobody overwrites it unseen."""
    tr, at = visit.texts.tr, visit.words.moment(draft.saved_at)
    return Conflict(
        tr("这份草稿在您打开之后改过"),
        (tr("%(who)s 于 %(at)s 保存过另一份草稿。", who=draft.saved_by, at=at),),
        tr("您的输入还在；再保存一次，就以您的为准。"),
    )


def kept_words(visit: Visit, draft: FormDraft | None) -> str:
    """Return who saved a draft, and when; "" without one."""
    if draft is None:
        return ""
    at = visit.words.moment(draft.saved_at)
    return visit.texts.tr(
        "草稿由 %(who)s 于 %(at)s 保存；提交以前，请核对全部内容。", who=draft.saved_by, at=at
    )


def told(
    visit: Visit, name: str, payload: Json, case: Case | None = None
) -> tuple[pages.Detail, ...]:
    """Return in words what was filled in; letters and terms of the case by their names."""
    details = Telling(visit, Naming(name, visit.lang)).details(parse(name, payload))
    spec = command_spec(name)
    if case is None or spec is None:
        return details
    if isinstance(case.data, ProcessData):
        data, tasks = payload.get("data"), {("task", one.id): one.form for one in case.tasks}
        more = brought(visit, case, data) if isinstance(data, Mapping) else ()
        return (*(_named(one, tasks) for one in details), *more)
    if spec.procedure:
        return details
    known = {
        (field, one.code): one.name for field, few in offers(visit, case).items() for one in few
    }
    return tuple(_named(one, known) for one in details)


def _named(detail: pages.Detail, known: Mapping[tuple[str, str], str]) -> pages.Detail:
    cells = (
        replace(one, words=known.get((detail.name, one.words), one.words)) for one in detail.cells
    )
    return replace(detail, cells=tuple(cells))


def noted(
    visit: Visit, seen: Foresight, payload: Json, before: Case | None = None
) -> tuple[pages.Detail, ...]:
    """Return in words what the case would say that it does not say now and nobody filled in."""
    if seen.after is None or isinstance(seen.after.data, Filing):
        return ()
    if isinstance(seen.after.data, ProcessData):
        had = messages(visit, before) if before else ()
        return tuple(one for one in messages(visit, seen.after) if one not in had)
    telling = Telling(visit, of_data(seen.after.procedure, visit.lang), seen.after)
    known = telling.details(before.data) if before else ()
    after = telling.details(seen.after.data)
    return tuple(one for one in after if one not in known and one.name not in payload)


def hidden(
    visit: Visit, spec: CommandSpec, answer: Answer, form: FormData
) -> tuple[tuple[str, str], ...]:
    """Return the inputs that carry the answer from the form to the signature."""
    if spec.name in FORMS:
        return tuple(_inputs(form))
    carried = tuple((one, str(form.get(one, ""))) for one in _MECHANICS)
    return carried + Generated(spec, visit).hidden(answer)


def _inputs(form: FormData) -> Iterable[tuple[str, str]]:
    for name, value in form.multi_items():
        if isinstance(value, str) and name != "step":
            yield name, value
