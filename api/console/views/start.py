"""办理新事项: what one may start, and the form that opens a case of any procedure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console import form_drafts, pages
from api.console.act_pages import Conflict, FormPart, PreviewPage
from api.console.case_forms import Answer
from api.console.commands import rehearse, send_opening
from api.console.foresight import foresee
from api.console.form_drafts import Place
from api.console.forms.answers import files_of
from api.console.forms.generated import ROWS, UNJUDGED, Generated
from api.console.forms.showing import summary
from api.console.frame import who
from api.console.letters import letters
from api.console.openings import Startable, startable, startable_processes
from api.console.outcomes import after
from api.console.previewing import hidden, kept_words, noted, refused, stale, told
from api.console.visit import Trouble, Visit, new_key, to
from domain.case.command import Opening
from domain.case.labels import label, word
from domain.ports import Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One thing to start."""

    path: str
    title: str
    variant: str


@dataclass(frozen=True, slots=True)
class Group:
    """A procedure with the ways to start it."""

    name: str
    rule: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class StartPage:
    """Everything this visitor may start."""

    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartFormPage:
    """The form that opens a case."""

    title: str
    matter: str
    form: FormPart
    faults: tuple[pages.FieldFault, ...] = ()
    conflict: Conflict | None = None


def choice(visit: Visit) -> Response:
    """Show what the visitor's role may start."""
    found = startable(visit.actor)
    groups = tuple(_group(visit, [*ways]) for _, ways in groupby(found, key=_of_one))
    groups = (*groups, *_deployed(visit))
    return visit.render("start.html", visit.texts.tr("办理新事项"), StartPage(groups))


def _deployed(visit: Visit) -> tuple[Group, ...]:
    """Return the processes that people deployed, as one group; none where there are none."""
    ways = tuple(
        Way(path=f"/start/process/{one.process}", title=one.name, variant=one.process)
        for one in startable_processes(visit.actor, visit.services.deployments.all(visit.tenant))
    )
    rule = visit.texts.tr("按流程图办理，不含程序代码。")
    return (Group(label("procedure", "process", visit.lang), rule, ways),) if ways else ()


def _of_one(one: Startable) -> str:
    return one.procedure.name


def _group(visit: Visit, ways: Sequence[Startable]) -> Group:
    first = ways[0]
    return Group(
        name=label("procedure", first.procedure.name, visit.lang),
        rule=word("rule", first.spec.name, visit.lang) or "",
        ways=tuple(
            Way(
                path=one.path,
                title=one.spec.label(visit.lang),
                variant=label("variant", one.variant, visit.lang),
            )
            for one in ways
        ),
    )


def form_page(visit: Visit) -> Response:
    """Show the form that opens a case."""
    return _page(visit, _wanted(visit))


async def take(visit: Visit, form: FormData) -> Response:
    """Check the answers, show what would happen, or – signed – open the case, once per form."""
    wanted, step = _wanted(visit), str(form.get("step", "preview"))
    if step == "drop":
        await run_in_threadpool(form_drafts.drop, visit, _action(wanted))
        return to(_action(wanted))
    files = await files_of(visit, form)
    answer = await run_in_threadpool(Generated(wanted.spec, visit).read, form, files)
    answer = replace(answer, draft=str(form.get("draft", "")))
    if answer.faults or step != "sign":
        return await run_in_threadpool(_shown, visit, wanted, answer, form)
    key = str(form.get("key", ""))
    stored = await send_opening(visit, wanted.spec.name, answer.payload, _opening(wanted), key=key)
    return await run_in_threadpool(_opened, visit, wanted, answer, stored, form)


def _shown(visit: Visit, wanted: Startable, answer: Answer, form: FormData) -> Response:
    """Show what comes of a form that is not signed: itself again, or what would happen."""
    step, key = str(form.get("step", "preview")), str(form.get("key", ""))
    if step == "save":
        return _saved(visit, wanted, answer, form)
    back = step in UNJUDGED or step.startswith(ROWS)
    if answer.faults and not back:
        answer = form_drafts.keep(visit, _place(wanted), answer, form)
    if answer.faults or back:
        return _page(visit, wanted, answer, key=key, step=step)
    return _preview(visit, wanted, answer, form)


def _saved(visit: Visit, wanted: Startable, answer: Answer, form: FormData) -> Response:
    """Keep the form as a draft, unless somebody else's would be lost that nobody saw."""
    if other := form_drafts.overtaken(visit, _place(wanted), answer, form):
        answer = replace(answer, faults=(), draft=other.seen)
        return _page(visit, wanted, answer, conflict=stale(visit, other), status=409)
    answer = form_drafts.keep(visit, _place(wanted), answer, form)
    return _page(visit, wanted, answer) if answer.faults else to(_action(wanted))


def _place(wanted: Startable) -> Place:
    return Place(action=_action(wanted), spec=wanted.spec)


def _wanted(visit: Visit) -> Startable:
    """Return what the address names, if this visitor may start it."""
    procedure, variant, name = visit.path("procedure"), visit.path("variant"), visit.query("do")
    found = [
        one
        for one in startable(visit.actor)
        if (one.procedure.name, one.variant) == (procedure, variant) and name in ("", one.spec.name)
    ]
    if not found:
        raise Trouble(403, "page.no_right")
    return found[0]


def _opening(wanted: Startable) -> Opening:
    return Opening(procedure=wanted.procedure.name, variant=wanted.variant)


def _page(  # noqa: PLR0913  – one page in its several states
    visit: Visit,
    wanted: Startable,
    answer: Answer | None = None,
    *,
    key: str = "",
    step: str = "",
    conflict: Conflict | None = None,
    status: int = 0,
) -> Response:
    name, title = wanted.spec.name, wanted.spec.label(visit.lang)
    kept = form_drafts.load(visit, _action(wanted))
    if kept and answer is None:
        answer = form_drafts.restored(visit, _place(wanted), kept, None)
    faults = answer.faults if answer else ()
    part = FormPart(
        title=title,
        action=_action(wanted),
        keeps=True,
        draft=answer.draft if answer else "",
        kept=kept_words(visit, kept),
        rule=word("rule", name, visit.lang) or "",
        key=key or new_key(),
        back="/start",
        back_words=visit.texts.tr("返回"),
    )
    page = StartFormPage(
        title=title,
        matter=_matter(visit, wanted),
        form=part.made(Generated(wanted.spec, visit), answer, step),
        faults=summary(visit.texts, faults),
        conflict=conflict,
    )
    status = status or (422 if faults else 200)
    return visit.render("start_form.html", title, page, status=status)


def _action(wanted: Startable) -> str:
    path = f"/start/{wanted.procedure.name}/{wanted.variant}"
    several = sum(one.opens for one in wanted.procedure.commands) > 1
    return f"{path}?do={wanted.spec.name}" if several else path


def _matter(visit: Visit, wanted: Startable) -> str:
    procedure = label("procedure", wanted.procedure.name, visit.lang)
    return f"{procedure} · {label('variant', wanted.variant, visit.lang)}"


def _preview(visit: Visit, wanted: Startable, answer: Answer, form: FormData) -> Response:
    name, title = wanted.spec.name, wanted.spec.label(visit.lang)
    decision = rehearse(visit, None, name, answer.payload, _opening(wanted))
    seen = foresee(visit, None, decision)
    if seen.refusal:
        answer, conflict = refused(visit, wanted.spec, answer, decision, seen)
        answer = form_drafts.keep(visit, _place(wanted), answer, form)
        key, status = str(form.get("key", "")), 409 if conflict else 422
        return _page(visit, wanted, answer, key=key, conflict=conflict, status=status)
    tr = visit.texts.tr
    signer = who(visit.account, visit.lang)
    page = PreviewPage(
        title=title,
        back=_action(wanted),
        back_words=title,
        summary=tr("%(who)s将提交“%(act)s”，由此立案。", who=signer, act=title),
        effects=seen.lines,
        letters=letters(visit, seen, decision),
        told=told(visit, name, answer.payload),
        noted=noted(visit, seen, answer.payload),
        action=_action(wanted),
        hidden=hidden(visit, wanted.spec, answer, form),
    )
    return visit.render("preview.html", tr("签发前请核对：%(act)s", act=title), page)


def _opened(
    visit: Visit, wanted: Startable, answer: Answer, stored: Stored, form: FormData
) -> Response:
    """Lead to the receipt, or say why no case was opened."""
    outcome, tr = stored.outcome, visit.texts.tr
    if outcome is not None and outcome.kind == "refused":
        said = outcome.zh if visit.lang == "zh" else outcome.en
        lines = (f"{said}（{outcome.cite}）" if outcome.cite else said,)
        remedy = tr("您的输入还在；核对后可以重新提交，这将是一次新的操作。")
        conflict = Conflict(tr("没有办成"), lines, remedy)
        answer = form_drafts.keep(visit, _place(wanted), answer, form)
        return _page(visit, wanted, answer, conflict=conflict, status=409)
    form_drafts.settle(visit, _place(wanted), answer, form, stored)
    case = visit.services.cases.any_case(visit.tenant, stored.command.case_id)
    if case is None:
        return after("/start" if visit.official else "/my", stored)
    return to(f"/my/cases/{case.number}/receipt")
