"""Starting a plain process: the form of its start event, what would happen, and the signature."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console.act_pages import Conflict, FormPart, PreviewPage
from api.console.commands import rehearse, send_opening
from api.console.foresight import foresee
from api.console.forms.showing import summary
from api.console.frame import who
from api.console.openings import startable_processes
from api.console.outcomes import after
from api.console.pages import Cell, Detail, FieldFault
from api.console.plain_forms import PlainField, shown_fields, typed_fields
from api.console.views.start import StartFormPage
from api.console.visit import Trouble, Visit, new_key, to
from api.console.words import whole
from domain.case.command import Opening
from domain.case.labels import label
from domain.kernel.json import Json, JsonValue
from domain.ports import Stored
from domain.procedures.process.starting import start_fields
from domain.process.model import Definition
from domain.registers.processes import Deployed, version_of

START: Final = "process.start"
KEY: Final = "correlation"  # the input; `key` is the form's own


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What is to be started, with what was filled in."""

    its: Deployed
    definition: Definition
    fields: tuple[PlainField, ...]
    payload: Json
    faults: tuple[FieldFault, ...] = ()

    @property
    def action(self) -> str:
        """Where the form is."""
        return f"/start/process/{self.its.process}"

    @property
    def opening(self) -> Opening:
        """The case it opens, on the version that the form was drawn from."""
        return Opening(
            procedure="process", variant=self.its.process, definition=self.its.definition
        )


def form_page(visit: Visit) -> Response:
    """Show the form."""
    return _page(visit, _wish(visit, FormData()))


async def take(visit: Visit, form: FormData) -> Response:
    """Check the answers, show what would happen, or – signed – start the case, once per form."""
    wish, step = await run_in_threadpool(_wish, visit, form), str(form.get("step", "preview"))
    if wish.faults or step != "sign":
        return await run_in_threadpool(_shown, visit, wish, form, step)
    key = str(form.get("key", ""))
    stored = await send_opening(visit, START, wish.payload, wish.opening, key=key)
    return await run_in_threadpool(_opened, visit, wish, stored)


def _wish(visit: Visit, form: FormData) -> _Wish:
    """Return what address and form say.

    Raises:
        Trouble: there is no such process for this visitor.
    """
    asked, version = visit.path("process"), whole(str(form.get("version", "")))
    all_ = visit.services.deployments.all(visit.tenant)
    offered = startable_processes(visit.actor, all_)
    current = next((one for one in offered if one.process == asked), None)
    if current is None:
        raise Trouble(404, "page.not_found")
    drawn = version_of(all_, asked, version) if version else None
    its = drawn or current
    definition = visit.services.definitions.pinned(its.definition)
    fields = start_fields(definition)
    data, faults = typed_fields(visit, fields, form)
    payload: dict[str, JsonValue] = {"version": its.version, "variables": data}
    if key := str(form.get(KEY, "")).strip():
        payload["key"] = key
    named = PlainField(
        name=KEY,
        title=label("field", f"{START}.key", visit.lang),
        kind="line",
        required=False,
        options=(),
        value=key,
    )
    shown = (*shown_fields(fields, form), named)
    return _Wish(its=its, definition=definition, fields=shown, payload=payload, faults=faults)


def _title(visit: Visit, wish: _Wish) -> str:
    return visit.texts.tr("启动“%(name)s”", name=wish.its.name)


def _page(
    visit: Visit, wish: _Wish, conflict: Conflict | None = None, *, key: str = "", status: int = 0
) -> Response:
    title = _title(visit, wish)
    values: Mapping[str, object] = {"task": "", "fields": wish.fields}
    page = StartFormPage(
        title=title,
        matter=f"{label('procedure', 'process', visit.lang)} · v{wish.its.version}",
        form=FormPart(
            title=title,
            action=wish.action,
            rule=visit.texts.tr("关联键由您自定，消息凭它找到这个办件；用不到可以不填。"),
            key=key or new_key(),
            back="/start",
            back_words=visit.texts.tr("返回"),
            version=wish.its.version,
            template="forms/plain.html",
            values=dict(values),
        ),
        faults=summary(visit.texts, wish.faults),
        conflict=conflict,
    )
    status = status or (422 if wish.faults else 200)
    return visit.render("start_form.html", title, page, status=status)


def _shown(visit: Visit, wish: _Wish, form: FormData, step: str) -> Response:
    key = str(form.get("key", ""))
    if wish.faults or step == "edit":
        return _page(visit, wish, key=key)
    decision = rehearse(visit, None, START, wish.payload, wish.opening)
    seen = foresee(visit, None, decision)
    if seen.refusal:
        return _page(visit, wish, _conflict(visit, seen.refusal), key=key, status=422)
    tr, title = visit.texts.tr, _title(visit, wish)
    signer = who(visit.account, visit.lang)
    page = PreviewPage(
        title=title,
        back=wish.action,
        back_words=wish.its.name,
        summary=tr("%(who)s将提交“%(act)s”，由此立案。", who=signer, act=wish.its.name),
        effects=seen.lines,
        letters=(),
        told=tuple(_told(visit, one) for one in wish.fields if one.value),
        action=wish.action,
        hidden=tuple(
            (name, value)
            for name, value in form.multi_items()
            if isinstance(value, str) and name != "step"
        ),
    )
    return visit.render("preview.html", tr("签发前请核对：%(act)s", act=title), page)


def _told(visit: Visit, one: PlainField) -> Detail:
    words = {"yes": visit.texts.tr("是"), "no": visit.texts.tr("否")}
    said = words.get(one.value, one.value) if one.kind == "boolean" else one.value
    return Detail(look="value", name=one.name, title=one.title, cells=(Cell(said),))


def _conflict(visit: Visit, said: str) -> Conflict:
    tr = visit.texts.tr
    remedy = tr("您的输入还在；核对后可以重新提交，这将是一次新的操作。")
    return Conflict(tr("没有办成"), (said,), remedy)


def _opened(visit: Visit, wish: _Wish, stored: Stored) -> Response:
    """Lead to the case, or say why none was started."""
    outcome = stored.outcome
    if outcome is not None and outcome.kind == "refused":
        said = outcome.zh if visit.lang == "zh" else outcome.en
        return _page(visit, wish, _conflict(visit, said), status=409)
    case = visit.services.cases.any_case(visit.tenant, stored.command.case_id)
    if case is None:
        return after("/start" if visit.official else "/my", stored)
    return to(f"/cases/{case.number}" if visit.official else f"/my/cases/{case.number}/receipt")
