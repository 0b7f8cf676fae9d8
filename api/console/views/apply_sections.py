"""One section of the application: shown, saved, and said what is wrong – never lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console.casefile import material_names
from api.console.filing_draft import (
    MOST_ROWS,
    ROWS,
    SECTIONS,
    FilingDraft,
    Upload,
    load_open,
    signature,
)
from api.console.filing_draft import (
    save as keep_draft,
)
from api.console.guide import material_hints
from api.console.pages import FieldFault
from api.console.section_checks import institution_faults, scope_faults
from api.console.uploads import Kept, keep
from api.console.views.apply import Stale, section_names, stale
from api.console.visit import Trouble, Visit, to
from api.console.words import code, half_width
from domain.case.labels import label
from domain.registers.institutions import InstitutionType

_FIELDS: Final = ("name", "uscc", "type", "serves", "jurisdiction", "address", "principal")
_ROW: Final = (
    ("code", "occupation_code"),
    ("name", "occupation"),
    ("job", "job"),
    ("level", "level"),
)
_PRINCIPAL: Final = "institution.principal"
_LONGEST: Final = 200  # characters of one field
_KEPT: Final = ("materials", "commitment")  # files and signatures are given anew


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """A section with its values."""

    path: str
    draft_path: str
    title: str
    n: int
    all: int
    template: str
    values: Mapping[str, object]
    faults: tuple[FieldFault, ...] = ()
    files: bool = False
    prefilled: bool = False
    limit: int = 0
    types: tuple[tuple[str, str, str], ...] = ()
    levels: tuple[tuple[str, str], ...] = ()
    occupations: tuple[Mapping[str, str], ...] = ()
    may_sign: bool = False
    me: str = ""
    seen: str = ""
    stale: Stale | None = None


def section_page(visit: Visit) -> Response:
    """Show a section as it was left."""
    draft = load_open(visit, visit.path("draft"))
    return _show(visit, draft, draft, _section(visit))


def _section(visit: Visit) -> str:
    name = visit.path("section")
    if name not in SECTIONS:
        raise Trouble(404, "page.not_found")
    return name


async def save(visit: Visit, form: FormData) -> Response:
    """Save a section, also when something is wrong with it; then go on or say what is wrong.

    A section that was saved anew after the page was shown stays as it is: it is shown beside what
    was typed, and the next press of the button decides.
    """
    section = _section(visit)
    draft = await run_in_threadpool(load_open, visit, visit.path("draft"))
    others = draft.changed_since(str(form.get("seen", "")))
    if section in others or (section == "commitment" and others):
        typed = draft if section in _KEPT else (await _changed(visit, draft, section, form))[0]
        return await run_in_threadpool(_show, visit, draft, typed, section, (), others)
    changed, faults = await _changed(visit, draft, section, form)
    await run_in_threadpool(keep_draft, visit, changed)
    if faults:
        return await run_in_threadpool(_show, visit, changed, changed, section, faults)
    return to(_next(draft, section, str(form.get("go", "back"))))


def _next(draft: FilingDraft, section: str, go: str) -> str:
    path, place = f"/apply/drafts/{draft.id}", SECTIONS.index(section) + 1
    if go != "next":
        return path
    return f"{path}/{SECTIONS[place]}" if place < len(SECTIONS) else f"{path}/check"


async def _changed(
    visit: Visit, draft: FilingDraft, section: str, form: FormData
) -> tuple[FilingDraft, tuple[FieldFault, ...]]:
    match section:
        case "institution":
            changed = draft.changed(visit, institution=_institution(form))
            return changed, institution_faults(visit, changed)
        case "scope":
            changed = draft.changed(
                visit, scope=_scope(form), computerised=_text(form, "computerised")
            )
            return changed, scope_faults(visit, changed)
        case "materials":
            return await _materials(visit, draft, form)
        case _:
            return _commitment(visit, draft, form)


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return half_width(value)[:_LONGEST] if isinstance(value, str) else ""


def _institution(form: FormData) -> dict[str, str]:
    values = {name: _text(form, name) for name in _FIELDS}
    values["uscc"] = code(values["uscc"])
    values["jurisdiction"] = code(values["jurisdiction"])
    if values["type"] not in get_args(InstitutionType):
        values["type"] = ""
    return values


def _scope(form: FormData) -> tuple[dict[str, str], ...]:
    rows = ({name: _text(form, f"{field}-{n}") for field, name in _ROW} for n in range(MOST_ROWS))
    return tuple(row for row in rows if any(row.values()))


async def _materials(
    visit: Visit, draft: FilingDraft, form: FormData
) -> tuple[FilingDraft, tuple[FieldFault, ...]]:
    dropped = {str(one) for one in form.getlist("drop")}
    held = {name: one for name, one in draft.materials.items() if name not in dropped}
    faults: list[FieldFault] = []
    for name in material_names(visit):
        kept = await keep(visit, name, form.get(f"file-{name}"))
        if isinstance(kept, FieldFault):
            faults.append(kept)
        elif isinstance(kept, Kept):
            held[name] = Upload(digest=kept.digest, filename=kept.filename, size=kept.size)
    ordered = {name: held[name] for name in material_names(visit) if name in held}
    return draft.changed(visit, materials=ordered, materials_seen=True), tuple(faults)


def _commitment(
    visit: Visit, draft: FilingDraft, form: FormData
) -> tuple[FilingDraft, tuple[FieldFault, ...]]:
    if form.get("unsign"):
        return draft.changed(visit, signed_by="", signed_at=""), ()
    if form.get("sign") and visit.actor.role == _PRINCIPAL:
        return draft.changed(visit, **signature(visit)), ()
    if not draft.signed_by and visit.actor.role == _PRINCIPAL:
        return draft, (FieldFault("sign", visit.texts.tr("请勾选以签署承诺，或先保存离开。")),)
    return draft, ()


def _show(
    visit: Visit,
    saved: FilingDraft,
    draft: FilingDraft,
    section: str,
    faults: tuple[FieldFault, ...] = (),
    others: tuple[str, ...] = (),
) -> Response:
    """Show a section of `draft`; `saved` is what stands, `others` what others changed in it."""
    names, path = section_names(visit), f"/apply/drafts/{draft.id}"
    page = SectionPage(
        path=f"{path}/{section}",
        draft_path=path,
        title=names[section],
        n=SECTIONS.index(section) + 1,
        all=len(SECTIONS),
        template=f"forms/draft_{section}.html",
        values=_values(visit, draft, section),
        faults=faults,
        files=section == "materials",
        prefilled=not draft.institution.get("type"),
        limit=visit.services.site.max_upload,
        types=tuple(
            (one, label("institution", one, visit.lang), "") for one in get_args(InstitutionType)
        ),
        levels=tuple((str(n), label("level", str(n), visit.lang)) for n in range(5, 0, -1)),
        occupations=_occupations(visit),
        may_sign=visit.actor.role == _PRINCIPAL,
        me=visit.actor.person,
        seen=saved.seen,
        stale=stale(visit, saved, others) if others else None,
    )
    status = 409 if others else 422 if faults else 200
    return visit.render("section.html", names[section], page, status=status)


def _values(visit: Visit, draft: FilingDraft, section: str) -> dict[str, object]:
    match section:
        case "institution":
            return {name: draft.institution.get(name, "") for name in _FIELDS}
        case "scope":
            blank = {name: "" for _, name in _ROW}
            empty = max(1, ROWS - len(draft.scope))
            rows = [*draft.scope, *(blank for _ in range(empty))]
            return {"rows": rows, "computerised": draft.computerised}
        case "materials":
            return {"materials": _material_rows(visit, draft)}
        case _:
            from_text = visit.instant(draft.signed_at)
            return {"signed_by": draft.signed_by, "signed_at": from_text}


def _material_rows(visit: Visit, draft: FilingDraft) -> list[dict[str, object]]:
    hints = material_hints(visit)
    rows: list[dict[str, object]] = []
    for name, title in material_names(visit).items():
        held = draft.materials.get(name)
        rows.append(
            {
                "code": name,
                "name": title,
                "hint": hints[name],
                "digest": held.digest if held else "",
                "filename": held.filename if held else "",
                "size": held.size if held else 0,
            }
        )
    return rows


def _occupations(visit: Visit) -> tuple[Mapping[str, str], ...]:
    return tuple({"code": one.code, "name": one.name} for one in visit.world.occupations.all())
