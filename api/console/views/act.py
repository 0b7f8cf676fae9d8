"""任务办理: the evidence beside the form, then what would happen, then the signature."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console import casefile, pages, times
from api.console.case_forms import FORMS, Answer, CaseForm, Option, days_of, rule_of
from api.console.commands import rehearse, send
from api.console.foresight import Foresight, foresee
from api.console.frame import who
from api.console.letters import letters
from api.console.outcomes import after
from api.console.views.case import application
from api.console.visit import Trouble, Visit, new_key, to
from domain.case.commands import command_spec
from domain.case.labels import label
from domain.case.procedure import CommandSpec
from domain.case.state import Case, Task
from domain.ports import Stored

_MECHANICS: Final = ("key", "version", "step")
_LIST: Final = "filing.request_supplement"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPart:
    """The form on the page."""

    title: str
    action: str
    template: str
    rule: str
    cite: str
    key: str
    version: int  # of the procedure's own last event, as the visitor saw it
    seen: int  # of the last event at all
    values: dict[str, object]
    options: tuple[Option, ...]
    most: int
    direct: bool
    reasoned: bool
    extends: bool
    why_not: str


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
    facts: pages.Facts
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
    case: pages.Head
    summary: str
    effects: tuple[pages.Line, ...]
    letters: tuple[Markup, ...]
    action: str
    hidden: tuple[tuple[str, str], ...] = field(default=())


def task_page(visit: Visit, case: Case, task: Task) -> Response:
    """Show a task: with one way to do it its form, with several the choice."""
    ours = [one for one in task.commands if one in FORMS]
    wanted = visit.query("do") or (ours[0] if len(ours) == 1 else "")
    return _page(visit, case, wanted if wanted in ours else "", task=task)


def form_page(visit: Visit) -> Response:
    """Show the form of one act in a case."""
    case, name = visit.case(visit.path("case")), visit.path("name")
    _known(name)
    return _page(visit, case, name, task=_task_of(case, name))


async def take(visit: Visit, form: FormData) -> Response:
    """Check the answers, show what would happen, or – signed – do it, once per form."""
    case = await run_in_threadpool(visit.case, visit.path("case"))
    name, step = visit.path("name"), str(form.get("step", "preview"))
    known = _known(name)
    answer = await run_in_threadpool(known.read, visit, case, form)
    if answer.faults or step == "edit":
        return await run_in_threadpool(_again, visit, case, name, answer, form)
    if step != "sign":
        return await run_in_threadpool(_preview, visit, case, name, answer, form)
    key, version = str(form.get("key", "")), str(form.get("version", ""))
    exact = _spec(name).if_match == "exact" and version.isdecimal()
    stored = await send(
        visit, case, name, answer.payload, key=key, if_match=int(version) if exact else None
    )
    if stored.outcome is not None and stored.outcome.kind == "refused":
        return await run_in_threadpool(_refused, visit, case.id, name, answer, stored)
    return after(casefile.case_path(visit, case), stored)


def _known(name: str) -> CaseForm:
    if name not in FORMS:
        raise Trouble(404, "page.not_found")
    return FORMS[name]


def _spec(name: str) -> CommandSpec:
    spec = command_spec(name)
    if spec is None:
        raise Trouble(404, "page.not_found")
    return spec


def _task_of(case: Case, name: str) -> Task | None:
    return next((one for one in case.tasks if one.state == "open" and name in one.commands), None)


def _page(  # noqa: PLR0913  – one page in its several states
    visit: Visit,
    case: Case,
    name: str,
    *,
    task: Task | None = None,
    answer: Answer | None = None,
    key: str = "",
    conflict: Conflict | None = None,
    status: int = 200,
) -> Response:
    events = visit.services.cases.timeline(visit.tenant, case.id)
    acts = {one.name: one for one in casefile.acts(visit, case)}
    title = _title(visit, name, task)
    page = TaskPage(
        title=title,
        case=casefile.head(visit, case),
        facts=application(visit, case),
        materials=casefile.materials(visit, case, events),
        missing=casefile.gaps(visit, case),
        clocks=tuple(times.clock(visit, one) for one in times.open_deadlines(case)),
        choices=_choices(visit, case, task, acts, name),
        form=_form(visit, case, name, acts.get(name), answer, key) if name else None,
        faults=answer.faults if answer else (),
        conflict=conflict,
        closed=_closed(visit, task),
        claim=_claim(visit, case, task, acts),
    )
    return visit.render("task.html", f"{title} · {case.number}", page, status=status)


def _title(visit: Visit, name: str, task: Task | None) -> str:
    if task is not None:
        return label("task", task.form, visit.lang)
    return _spec(name).label(visit.lang)


def _form(
    visit: Visit,
    case: Case,
    name: str,
    act: pages.Act | None,
    answer: Answer | None,
    key: str,
) -> FormPart:
    spec, known = _spec(name), FORMS[name]
    waits = next(iter(times.open_deadlines(case)), None)
    values = dict(answer.values) if answer else _blank(visit, case, name)
    return FormPart(
        title=spec.label(visit.lang),
        action=f"/cases/{case.number}/acts/{name}",
        template=known.template,
        rule=rule_of(visit, name),
        cite=waits.term.cite if waits and name.startswith("filing.") else "",
        key=key or new_key(),
        version=case.own_version,
        seen=case.version,
        values=values,
        options=known.options(visit, case),
        most=days_of(visit, case, "filing.supplement") if name == _LIST else 0,
        direct=known.direct,
        reasoned=known.reasoned,
        extends=known.extends,
        why_not="" if act is None or act.allowed else act.why,
    )


def _blank(visit: Visit, case: Case, name: str) -> dict[str, object]:
    """Return the values of an untouched form."""
    keys = {"filing.publish_notice": "filing.publicity", _LIST: "filing.supplement"}
    usual = {"working_days": str(days_of(visit, case, keys[name]))} if name in keys else {}
    empty = FORMS[name].read(visit, case, FormData()).values
    return {**empty, **usual}


def _choices(
    visit: Visit, case: Case, task: Task | None, acts: dict[str, pages.Act], here: str
) -> tuple[Choice, ...]:
    if task is None or task.state != "open":
        return ()
    found = []
    for name in task.commands:
        act = acts.get(name)
        path = f"/tasks/{case.id}.{task.id}?do={name}" if name in FORMS else ""
        path = path or casefile.act_path(case, name)
        allowed, why = (act.allowed, act.why) if act else (False, "")
        found.append(Choice(_spec(name).label(visit.lang), path, allowed, why, name == here))
    return tuple(found)


def _closed(visit: Visit, task: Task | None) -> Said | None:
    if task is None or task.state == "open":
        return None
    tr = visit.texts.tr
    if task.state == "cancelled":
        return Said(tr("这项任务已被取消"), tr("案件已往前走，不再需要办理它。"))
    at = visit.words.moment(task.done_at) if task.done_at else ""
    words = tr("由 %(who)s 于 %(at)s 办理。", who=task.done_by or tr("法律规定"), at=at)
    return Said(tr("这项任务已经办结"), words)


def _claim(visit: Visit, case: Case, task: Task | None, acts: dict[str, pages.Act]) -> Claim | None:
    act = acts.get("case.assign")
    if task is None or task.state != "open" or act is None or not act.allowed:
        return None
    tr, me = visit.texts.tr, visit.actor.person
    if task.assignee == me:
        words = tr("这项任务由您办理。")
    elif task.assignee:
        words = tr("这项任务由 %(who)s 办理。", who=task.assignee)
    else:
        words = tr("这项任务还没有人认领。")
    action = f"/tasks/{case.id}.{task.id}/claim"
    return Claim(action, new_key(), words, task.assignee != me)


def _again(visit: Visit, case: Case, name: str, answer: Answer, form: FormData) -> Response:
    """Show the form once more, with what was typed and what is wrong with it."""
    edited = form.get("step") == "edit"
    kept = Answer(values=answer.values) if edited else answer
    status = 200 if edited else 422
    key = str(form.get("key", ""))
    task = _task_of(case, name)
    return _page(visit, case, name, task=task, answer=kept, key=key, status=status)


def _preview(visit: Visit, case: Case, name: str, answer: Answer, form: FormData) -> Response:
    decision = rehearse(visit, case, name, answer.payload)
    seen = foresee(visit, case, decision)
    if seen.refusal:
        conflict = Conflict(
            visit.texts.tr("现在不能这样办理"), (_with_cite(seen),),
            visit.texts.tr("您的输入还在；没有任何内容被收下。"),
        )  # fmt: skip
        task = _task_of(case, name)
        return _page(visit, case, name, task=task, answer=answer, conflict=conflict, status=409)
    title = _spec(name).label(visit.lang)
    page = PreviewPage(
        title=title,
        case=casefile.head(visit, case),
        summary=_summary(visit, case, title),
        effects=seen.lines,
        letters=letters(seen, decision),
        action=f"/cases/{case.number}/acts/{name}",
        hidden=tuple(_inputs(form)),
    )
    heading = visit.texts.tr("签发前请核对：%(act)s", act=title)
    return visit.render("preview.html", f"{heading} · {case.number}", page)


def _with_cite(seen: Foresight) -> str:
    return f"{seen.refusal}（{seen.refusal_cite}）" if seen.refusal_cite else seen.refusal


def _summary(visit: Visit, case: Case, title: str) -> str:
    signer = who(visit.account, visit.lang)
    return visit.texts.tr(
        "%(who)s将对%(applicant)s的办件 %(number)s 作出“%(act)s”。",
        who=signer, applicant=case.applicant.name, number=case.number, act=title,
    )  # fmt: skip


def _inputs(form: FormData) -> Iterable[tuple[str, str]]:
    for name, value in form.multi_items():
        if isinstance(value, str) and name != "step":
            yield name, value


def _refused(visit: Visit, case_id: str, name: str, answer: Answer, stored: Stored) -> Response:
    """Show why it was refused, what the others did, and keep what was typed."""
    outcome, tr = stored.outcome, visit.texts.tr
    fresh = visit.services.cases.case(visit.tenant, case_id)
    if outcome is None or fresh is None:
        return to("/")
    said = outcome.zh if visit.lang == "zh" else outcome.en
    sent = stored.command.if_match
    lines = [said]
    if outcome.code in ("case.version_conflict", "case.wrong_stage", "case.closed") and sent:
        news = visit.services.cases.timeline(visit.tenant, case_id, after=sent)
        lines += [f"{one.title} · {one.who}" for one in casefile.story(visit, news, "story")]
    conflict = Conflict(
        tr("没有办成"),
        tuple(lines),
        tr("您的输入还在；核对后可以重新提交，这将是一次新的操作。"),
    )
    task = _task_of(fresh, name)
    status = {"case.version_conflict": 412, "case.role_required": 403}.get(outcome.code, 409)
    return _page(visit, fresh, name, task=task, answer=answer, conflict=conflict, status=status)
