"""申报: guide, list of sections, check page, submission."""

from dataclasses import dataclass, replace
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console.casefile import case_path, material_names, place_name
from api.console.commands import opened_before, rehearse, send_opening
from api.console.filing_draft import (
    SECTIONS,
    VARIANT,
    FilingDraft,
    drafts,
    load,
    load_open,
    save,
)
from api.console.filing_draft import (
    begin as new_draft,
)
from api.console.filing_draft import (
    drop as drop_draft,
)
from api.console.foresight import foresee
from api.console.guide import Condition, GuideStep, conditions, guide_steps, material_hints
from api.console.pages import Facts, FieldFault, Line
from api.console.section_checks import faults_of, state_of
from api.console.visit import Trouble, Visit, new_key, to
from domain.case.access import viewer
from domain.case.command import Opening
from domain.case.labels import label
from domain.ports import CaseFilter, Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLink:
    """A draft to go on with."""

    path: str
    title: str
    saved: datetime
    waiting: bool  # submitted, not yet decided


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A case that is open already."""

    path: str
    number: str


@dataclass(frozen=True, slots=True)
class MaterialHint:
    """A material to prepare."""

    name: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePage:
    """What one should know before beginning."""

    steps: tuple[GuideStep, ...]
    conditions: tuple[Condition, ...]
    materials: tuple[MaterialHint, ...]
    drafts: tuple[DraftLink, ...]
    open_cases: tuple[CaseLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLink:
    """A section with its state in plain words."""

    path: str
    name: str
    words: str
    state: str
    state_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """The list of sections."""

    path: str
    sections: tuple[SectionLink, ...]
    done: int
    saved: datetime
    waiting: datetime | None  # when it was received, while it is not decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A section as filled in."""

    name: str
    path: str
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """What was saved by somebody, or in another window, after a page was shown."""

    who: str
    at: datetime
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a submission was refused."""

    words: str
    cite: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """Everything once more, and what will happen."""

    draft_path: str
    groups: tuple[Group, ...]
    faults: tuple[FieldFault, ...]
    warnings: tuple[str, ...]
    effects: tuple[Line, ...]
    key: str
    seen: str
    refusal: Refusal | None
    stale: Stale | None


def guides(visit: Visit) -> Response:
    """List what one can apply for."""
    _institution_only(visit)
    return visit.render("apply.html", visit.texts.tr("办事指南"))


def guide(visit: Visit) -> Response:
    """Show conditions, materials, steps and clocks of the filing."""
    _institution_only(visit)
    names, hints = material_names(visit), material_hints(visit)
    found = visit.services.cases.cases(
        visit.tenant, viewer(visit.actor), CaseFilter(procedure="filing", open_only=True)
    )
    page = GuidePage(
        steps=guide_steps(visit),
        conditions=conditions(visit),
        materials=tuple(MaterialHint(name, hints[code]) for code, name in names.items()),
        drafts=draft_links(visit),
        open_cases=tuple(CaseLink(case_path(visit, one), one.number) for one in found.items),
    )
    return visit.render("guide.html", visit.texts.tr("备案办事指南"), page)


def draft_links(visit: Visit) -> tuple[DraftLink, ...]:
    """Return the drafts one may go on with."""
    title = visit.texts.tr("备案申请")
    return tuple(
        DraftLink(
            path=f"/apply/drafts/{one.id}",
            title=f"{title} · {one.institution.get('name', '')}",
            saved=one.saved_at,
            waiting=bool(one.submitted),
        )
        for one in drafts(visit)
    )


async def begin(visit: Visit, form: FormData) -> Response:  # noqa: ARG001  – every form has one
    """Begin a draft."""
    _institution_only(visit)
    draft = await run_in_threadpool(_begun, visit)
    return to(f"/apply/drafts/{draft.id}")


def _begun(visit: Visit) -> FilingDraft:
    draft = new_draft(visit)
    save(visit, draft)
    return draft


async def drop(visit: Visit, form: FormData) -> Response:  # noqa: ARG001  – every form has one
    """Forget a draft."""
    draft = await run_in_threadpool(load_open, visit, visit.path("draft"))
    await run_in_threadpool(drop_draft, visit, draft.id)
    return to("/my")


def section_list(visit: Visit) -> Response:
    """List the sections with their states."""
    draft = load(visit, visit.path("draft"))
    path = f"/apply/drafts/{draft.id}"
    links = tuple(_link(visit, draft, one) for one in SECTIONS)
    page = DraftPage(
        path=path,
        sections=links,
        done=sum(one.state == "done" for one in links),
        saved=draft.saved_at,
        waiting=_received(visit, draft.submitted),
    )
    return visit.render("draft.html", visit.texts.tr("填写备案申请"), page)


def _received(visit: Visit, submitted: str) -> datetime | None:
    stored = visit.services.store.stored(visit.tenant, submitted) if submitted else None
    return stored.command.received_at if stored else None


def _link(visit: Visit, draft: FilingDraft, section: str) -> SectionLink:
    tr, state = visit.texts.tr, state_of(visit, draft, section)
    words = {
        "institution": tr("名称、代码、类型、属地与负责人"),
        "scope": tr("职业（工种）与等级"),
        "materials": tr("暂缺的可以以后补"),
        "commitment": tr("由负责人签署"),
    }
    states = {"done": tr("已完成"), "gap": tr("有欠缺"), "todo": tr("未填写")}
    return SectionLink(
        path=f"/apply/drafts/{draft.id}/{section}",
        name=section_names(visit)[section],
        words=words[section],
        state=state,
        state_words=states[state],
    )


def section_names(visit: Visit) -> dict[str, str]:
    """Return the names of the sections."""
    tr = visit.texts.tr
    return {
        "institution": tr("机构基本情况"),
        "scope": tr("申报的职业与等级"),
        "materials": tr("申报材料"),
        "commitment": tr("真实性承诺"),
    }


def check_page(visit: Visit) -> Response:
    """Show everything once more, what is missing, and what will happen."""
    return _check(visit, load_open(visit, visit.path("draft")))


def _check(
    visit: Visit, draft: FilingDraft, status: int = 200, changed: tuple[str, ...] = ()
) -> Response:
    faults, refusal = faults_of(visit, draft), _refusal(visit, draft)
    effects: tuple[Line, ...] = ()
    if not faults:
        decision = rehearse(visit, None, "filing.submit", draft.payload(visit), _opening(draft))
        seen = foresee(visit, None, decision)
        effects = seen.lines
        if seen.refusal and refusal is None:
            refusal = Refusal(seen.refusal, seen.refusal_cite, seen.refusal_code)
    page = CheckPage(
        draft_path=f"/apply/drafts/{draft.id}",
        groups=_groups(visit, draft),
        faults=faults,
        warnings=_warnings(visit, draft),
        effects=effects or (Line(visit.texts.tr("改正后可以看到提交的结果。")),),
        key=new_key(),
        seen=draft.seen,
        refusal=refusal,
        stale=stale(visit, draft, changed) if changed else None,
    )
    return visit.render("check.html", visit.texts.tr("核对并提交"), page, status=status)


def stale(visit: Visit, draft: FilingDraft, changed: tuple[str, ...]) -> Stale:
    """Return what stands in the sections that changed since a page was shown."""
    groups = zip(SECTIONS, _groups(visit, draft), strict=True)
    shown = tuple(group for section, group in groups if section in changed)
    return Stale(who=draft.saved_by, at=draft.saved_at, groups=shown)


def _refusal(visit: Visit, draft: FilingDraft) -> Refusal | None:
    """Return why the draft was refused when it was last submitted as it is."""
    stored = visit.services.store.stored(visit.tenant, draft.refused) if draft.refused else None
    outcome = stored.outcome if stored else None
    if outcome is None:
        return None
    return Refusal(outcome.zh if visit.lang == "zh" else outcome.en, outcome.cite, outcome.code)


def _opening(draft: FilingDraft) -> Opening:
    """Return the opening; the draft is its source, so that two submissions make one case."""
    return Opening(procedure="filing", variant=VARIANT, source_system="console", source_id=draft.id)


async def submit(visit: Visit, form: FormData) -> Response:
    """Submit the filing as the page showed it; twice makes one case."""
    name, key = visit.path("draft"), str(form.get("key", ""))
    earlier = await run_in_threadpool(opened_before, visit, key, name)
    if earlier is not None:
        return await run_in_threadpool(_submitted, visit, name, earlier)
    draft = await run_in_threadpool(load_open, visit, name)
    if changed := draft.changed_since(str(form.get("seen", ""))):
        return await run_in_threadpool(_check, visit, draft, 409, changed)
    if await run_in_threadpool(faults_of, visit, draft):
        return await run_in_threadpool(_check, visit, draft, 422)
    stored = await send_opening(
        visit, "filing.submit", draft.payload(visit), _opening(draft), key=key
    )
    return await run_in_threadpool(_submitted, visit, name, stored)


def _submitted(visit: Visit, name: str, stored: Stored) -> Response:
    """Lead on by the outcome: the draft goes only once it has become a case."""
    command, outcome = stored.command, stored.outcome
    if outcome is not None and outcome.kind == "done":
        drop_draft(visit, name)
        case = visit.services.cases.any_case(visit.tenant, command.case_id)
        return to(f"/my/cases/{case.number}/receipt") if case else to("/my", done=command.id)
    draft = load(visit, name)
    if outcome is None:
        save(visit, replace(draft, submitted=command.id, refused=""))
        return to(f"/apply/drafts/{name}", done=command.id)
    refused = replace(draft, submitted="", refused=command.id)
    save(visit, refused)
    return _check(visit, refused, 409)


def _groups(visit: Visit, draft: FilingDraft) -> tuple[Group, ...]:
    tr, names = visit.texts.tr, section_names(visit)
    told = {
        "institution": _institution_facts(visit, draft),
        "scope": tuple(
            (tr("第 %(n)s 个职业", n=n), _row_words(visit, row))
            for n, row in enumerate(draft.scope, start=1)
        ),
        "materials": tuple(
            (name, draft.materials[code].filename if code in draft.materials else tr("暂缺"))
            for code, name in material_names(visit).items()
        ),
        "commitment": (
            (tr("签署人"), draft.signed_by or tr("未签署")),
        ),
    }  # fmt: skip
    return tuple(
        Group(name=names[one], path=f"/apply/drafts/{draft.id}/{one}", facts=told[one])
        for one in SECTIONS
    )


def _institution_facts(visit: Visit, draft: FilingDraft) -> Facts:
    tr, one = visit.texts.tr, draft.institution
    kind, serves = one.get("type", ""), one.get("serves", "")
    named = (
        (tr("机构名称"), one.get("name", "")),
        (tr("统一社会信用代码"), one.get("uscc", "")),
        (tr("机构类型"), label("institution", kind, visit.lang) if kind else ""),
        (tr("服务对象"), {"own": tr("本单位职工或学生"), "public": tr("面向社会")}.get(serves, "")),
        (tr("属地"), place_name(one.get("jurisdiction", ""))),
        (tr("地址"), one.get("address", "")),
        (tr("负责人"), one.get("principal", "")),
    )
    return tuple((name, value or tr("未填写")) for name, value in named)


def _row_words(visit: Visit, row: object) -> str:
    values = dict(row) if isinstance(row, dict) else {}
    level = values.pop("level", "")
    parts = [values.get(name, "") for name in ("occupation_code", "occupation", "job")]
    words = label("level", level, visit.lang) if level else ""
    return " · ".join(part for part in (*parts, words) if part)


def _warnings(visit: Visit, draft: FilingDraft) -> tuple[str, ...]:
    lacking = [name for code, name in material_names(visit).items() if code not in draft.materials]
    tr = visit.texts.tr
    return tuple(tr("缺少材料：%(name)s", name=name) for name in lacking)


def _institution_only(visit: Visit) -> None:
    if visit.official:
        raise Trouble(403, "page.no_right")
