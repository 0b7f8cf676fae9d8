"""任务办理: the evidence beside the form, then what would happen, then the signature."""

from dataclasses import replace
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console import casefile, form_drafts, pages, times
from api.console.act_pages import Choice, Claim, Conflict, FormPart, PreviewPage, Said, TaskPage
from api.console.case_forms import FORMS, Answer, days_of
from api.console.commands import rehearse, send, sent_before
from api.console.foresight import foresee
from api.console.forms.answers import files_of
from api.console.forms.generated import ROWS, UNJUDGED, Generated
from api.console.forms.showing import summary
from api.console.frame import who
from api.console.letters import letters
from api.console.outcomes import after
from api.console.previewing import hidden, kept_words, noted, refused, stale, told
from api.console.stream import whole
from api.console.views.case import application
from api.console.visit import Trouble, Visit, new_key, to
from api.console.words import whole as number
from domain.case.actor import SYSTEM, role_matches
from domain.case.commands import command_spec
from domain.case.labels import label, rule_of
from domain.case.procedure import CommandSpec
from domain.case.seen import task_seen
from domain.case.serving import SERVICE
from domain.case.state import Case, Task
from domain.ports import Stored

_OVERTAKEN: Final = (  # others were faster: what they did is told
    "case.version_conflict", "case.wrong_stage", "case.closed", "task.already_done",
)  # fmt: skip
_LIST: Final = "filing.request_supplement"


def task_page(visit: Visit, case: Case, task: Task) -> Response:
    """Show a task: with one way to do it its form, with several the choice."""
    ours = task.commands
    wanted = visit.query("do") or (ours[0] if len(ours) == 1 else "")
    return _page(visit, case, wanted if wanted in ours else "", task=task)


def form_page(visit: Visit) -> Response:
    """Show the form of one act in a case."""
    case, name = visit.case(visit.path("case")), visit.path("name")
    _known(case, name)
    return _page(visit, case, name, task=_task_of(case, name))


async def take(visit: Visit, form: FormData) -> Response:
    """Check the answers, show what would happen, or – signed – do it, once per form."""
    key = str(form.get("key", ""))
    try:
        case = await run_in_threadpool(visit.case, visit.path("case"))
    except Trouble:
        stored = await run_in_threadpool(sent_before, visit, key, visit.path("case"))
        if stored is None:
            raise
        return after(casefile.home(visit), stored)
    name, step = visit.path("name"), str(form.get("step", "preview"))
    spec = _known(case, name)
    if step == "drop":
        await run_in_threadpool(form_drafts.drop, visit, form_drafts.of_case(case, spec).action)
        return to(form_drafts.of_case(case, spec).action)
    answer = await answered(visit, case, spec, form)
    if answer.faults or step != "sign":
        return await run_in_threadpool(_shown, visit, case, spec, answer, form)
    seen = number(str(form.get("version", ""))) if spec.if_match == "exact" else None
    stored = await send(visit, case, name, answer.payload, key=key, if_match=seen)
    if stored.outcome is not None and stored.outcome.kind == "refused":
        return await run_in_threadpool(_refused, visit, case, answer, stored, form)
    await run_in_threadpool(
        form_drafts.settle, visit, form_drafts.of_case(case, spec), answer, form, stored
    )
    return after(await run_in_threadpool(casefile.place_after, visit, case), stored)


def _shown(visit: Visit, case: Case, spec: CommandSpec, answer: Answer, form: FormData) -> Response:
    """Show what comes of a form that is not signed: itself again, or what would happen."""
    step = str(form.get("step", "preview"))
    if step == "save":
        return _saved(visit, case, spec, answer, form)
    if answer.faults and step not in UNJUDGED and not step.startswith(ROWS):
        answer = form_drafts.keep(visit, form_drafts.of_case(case, spec), answer, form)
    if answer.faults or step == "edit" or step.startswith(ROWS):
        return _again(visit, case, spec.name, answer, form)
    return _preview(visit, case, spec.name, answer, form)


def _saved(visit: Visit, case: Case, spec: CommandSpec, answer: Answer, form: FormData) -> Response:
    """Keep the form as a draft, unless somebody else's would be lost that nobody saw."""
    place = form_drafts.of_case(case, spec)
    if other := form_drafts.overtaken(visit, place, answer, form):
        conflict, answer = stale(visit, other), replace(answer, faults=(), draft=other.seen)
        task = _task_of(case, spec.name)
        return _page(
            visit, case, spec.name, task=task, answer=answer, conflict=conflict, status=409
        )
    answer = form_drafts.keep(visit, place, answer, form)
    if answer.faults and spec.name not in FORMS:
        return _again(visit, case, spec.name, answer, form)
    return to(place.action)


async def answered(visit: Visit, case: Case, spec: CommandSpec, form: FormData) -> Answer:
    """Return what was filled in: by a form made by hand, or from the payload."""
    if spec.name in FORMS:
        answer = await run_in_threadpool(FORMS[spec.name].read, visit, case, form)
        if not answer.faults and form.get("step") not in UNJUDGED:
            answer = replace(answer, faults=Generated(spec, visit).wrong(answer.payload))
    else:
        files = await files_of(visit, form)
        answer = await run_in_threadpool(Generated(spec, visit).read, form, files)
    return replace(answer, draft=str(form.get("draft", "")))


def _known(case: Case, name: str) -> CommandSpec:
    """Return a command that people give in this case; any other is no page."""
    spec = command_spec(name)
    if spec is None or spec.opens or SYSTEM.role in spec.roles:
        raise Trouble(404, "page.not_found")
    if spec.procedure not in ("", case.procedure):
        raise Trouble(404, "page.not_found")
    return spec


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
    step: str = "",
    status: int = 200,
) -> Response:
    events = list(whole(visit, case))
    acts = {one.name: one for one in casefile.acts(visit, case)}
    title = _title(visit, name, task)
    page = TaskPage(
        title=title,
        case=casefile.head(visit, case),
        facts=application(visit, case, events),
        materials=casefile.materials(visit, case, events),
        missing=casefile.gaps(visit, case),
        clocks=tuple(times.clock(visit, one) for one in times.open_deadlines(case)),
        choices=_choices(visit, case, task, acts, name),
        form=_form(visit, case, name, acts.get(name), answer=answer, key=key, step=step)
        if name
        else None,
        faults=summary(visit.texts, answer.faults) if answer else (),
        conflict=conflict,
        closed=_closed(visit, case, task),
        claim=_claim(visit, case, task, acts),
    )
    return visit.render("task.html", f"{title} · {case.number}", page, status=status)


def _title(visit: Visit, name: str, task: Task | None) -> str:
    if task is not None:
        return label("task", task.form, visit.lang)
    return _spec(name).label(visit.lang)


def _form(  # noqa: PLR0913  – one form in its several states
    visit: Visit,
    case: Case,
    name: str,
    act: pages.Act | None,
    *,
    answer: Answer | None,
    key: str,
    step: str,
) -> FormPart:
    spec = _spec(name)
    waits = next((one for one in times.open_deadlines(case) if one.key != SERVICE), None)
    place = form_drafts.of_case(case, spec)
    kept = form_drafts.load(visit, place.action)
    if kept and answer is None:
        answer = form_drafts.restored(visit, place, kept, case)
    part = FormPart(
        title=spec.label(visit.lang),
        action=place.action,
        keeps=True,
        draft=answer.draft if answer else "",
        kept=kept_words(visit, kept),
        rule=rule_of(case.procedure, name, visit.lang),
        cite=waits.term.cite if waits and spec.procedure else "",
        key=key or new_key(),
        version=case.own_version,
        seen=case.version,
        back=casefile.case_path(visit, case),
        back_words=visit.texts.tr("返回办件"),
        why_not="" if act is None or act.allowed else act.why,
    )
    if name not in FORMS:
        return part.made(Generated(spec, visit), answer, step, case)
    known = FORMS[name]
    return replace(
        part,
        template=known.template,
        values=dict(answer.values) if answer else _blank(visit, case, name),
        options=known.options(visit, case),
        most=days_of(visit, case, "filing.supplement") if name == _LIST else 0,
        direct=known.direct,
        reasoned=known.reasoned,
        extends=known.extends,
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
        own = casefile.act_path(case, name)
        plain = own.startswith("/cases/")
        path = f"/tasks/{case.id}.{task.id}?do={name}" if plain else own
        allowed, why = (act.allowed, act.why) if act else (False, "")
        found.append(Choice(_spec(name).label(visit.lang), path, allowed, why, name == here))
    return tuple(found)


def _closed(visit: Visit, case: Case, task: Task | None) -> Said | None:
    if task is None or task.state == "open":
        return None
    tr = visit.texts.tr
    if task.state == "cancelled":
        return Said(tr("这项任务已被取消"), tr("办件已进入后续环节，这项任务无需再办理。"))
    at = visit.words.moment(task.done_at) if task.done_at else ""
    by = task_seen(task, visit.actor, case).done_by or tr("法律规定")
    words = tr("由 %(who)s 于 %(at)s 办理。", who=by, at=at)
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
    mine = task.assignee != me and role_matches(task.role, visit.actor.role)
    return Claim(action, new_key(), words, mine, task.assignee)


def _again(visit: Visit, case: Case, name: str, answer: Answer, form: FormData) -> Response:
    """Show the form once more, with what was typed and what is wrong with it."""
    step = str(form.get("step", ""))
    kept = replace(answer, faults=()) if step == "edit" else answer
    return _page(
        visit,
        case,
        name,
        task=_task_of(case, name),
        answer=kept,
        key=str(form.get("key", "")),
        step=step,
        status=422 if kept.faults else 200,
    )


def _preview(visit: Visit, case: Case, name: str, answer: Answer, form: FormData) -> Response:
    decision = rehearse(visit, case, name, answer.payload)
    seen = foresee(visit, case, decision)
    if seen.refusal:
        answer, conflict = refused(visit, _spec(name), answer, decision, seen)
        answer = form_drafts.keep(visit, form_drafts.of_case(case, _spec(name)), answer, form)
        task, status = _task_of(case, name), 409 if conflict else 422
        return _page(visit, case, name, task=task, answer=answer, conflict=conflict, status=status)
    title = _spec(name).label(visit.lang)
    page = PreviewPage(
        title=title,
        back=casefile.case_path(visit, case),
        back_words=f"{case.number} {case.applicant.name}",
        summary=_sentence(visit, case, title),
        effects=seen.lines,
        letters=letters(visit, seen, decision),
        told=told(visit, name, answer.payload, case),
        noted=noted(visit, seen, answer.payload, case),
        action=f"/cases/{case.number}/acts/{name}",
        hidden=hidden(visit, _spec(name), answer, form),
    )
    heading = visit.texts.tr("签发前请核对：%(act)s", act=title)
    return visit.render("preview.html", f"{heading} · {case.number}", page)


def _sentence(visit: Visit, case: Case, title: str) -> str:
    signer = who(visit.account, visit.lang)
    return visit.texts.tr(
        "%(who)s将对%(applicant)s的办件 %(number)s 作出“%(act)s”。",
        who=signer, applicant=case.applicant.name, number=case.number, act=title,
    )  # fmt: skip


def _refused(visit: Visit, case: Case, answer: Answer, stored: Stored, form: FormData) -> Response:
    """Show why it was refused, what the others did, and keep what was typed."""
    outcome, tr, name = stored.outcome, visit.texts.tr, stored.command.name
    answer = form_drafts.keep(visit, form_drafts.of_case(case, _spec(name)), answer, form)
    fresh = visit.services.cases.any_case(visit.tenant, case.id)
    if outcome is None or fresh is None:
        return to("/")
    said = outcome.zh if visit.lang == "zh" else outcome.en
    sent = stored.command.if_match
    lines = [said]
    if outcome.code in _OVERTAKEN and sent:
        news = visit.services.cases.any_timeline(visit.tenant, case.id, after=sent)
        lines += [f"{one.title} · {one.who}" for one in casefile.story(visit, fresh, news, "story")]
    conflict = Conflict(
        tr("没有办成"),
        tuple(lines),
        tr("您的输入还在；核对后可以重新提交，这将是一次新的操作。"),
    )
    task = _task_of(fresh, name)
    status = {"case.version_conflict": 412, "case.role_required": 403}.get(outcome.code, 409)
    return _page(visit, fresh, name, task=task, answer=answer, conflict=conflict, status=status)
