"""Is a section complete? Faults of form stop a submission; a missing material only warns."""

import re
from typing import Final

from api.console.casefile import material_names
from api.console.filing_draft import SECTIONS, FilingDraft
from api.console.pages import FieldFault
from api.console.visit import Visit
from domain.law.jurisdiction import is_code
from domain.registers.institutions import is_credit_code

OCCUPATION: Final = re.compile(r"\d-\d{2}-\d{2}-\d{2}")


def institution_faults(visit: Visit, draft: FilingDraft) -> tuple[FieldFault, ...]:
    """Return what is wrong with the institution."""
    tr, one = visit.texts.tr, draft.institution
    checks = (
        ("name", bool(one.get("name")), tr("请填写机构名称。")),
        ("uscc", is_credit_code(one.get("uscc", "")),
         tr("统一社会信用代码应为 18 位数字或大写字母。")),
        ("type", bool(one.get("type")), tr("请选择机构类型。")),
        ("serves", bool(one.get("serves")), tr("请选择服务对象。")),
        ("jurisdiction", is_code(one.get("jurisdiction", "")),
         tr("请填写六位行政区划代码，如 430100。")),
        ("address", bool(one.get("address")), tr("请填写地址。")),
        ("principal", bool(one.get("principal")), tr("请填写负责人。")),
    )  # fmt: skip
    return tuple(FieldFault(name, words) for name, right, words in checks if not right)


def scope_faults(visit: Visit, draft: FilingDraft) -> tuple[FieldFault, ...]:
    """Return what is wrong with the occupations."""
    tr = visit.texts.tr
    found = []
    if not draft.scope:
        found.append(FieldFault("scope", tr("请至少填写一个职业。")))
    for n, row in enumerate(draft.scope):
        if not OCCUPATION.fullmatch(row.get("occupation_code", "")):
            found.append(FieldFault(f"row-{n}", tr("职业编码应像 6-18-01-01 这样。")))
        elif not row.get("level"):
            found.append(FieldFault(f"row-{n}", tr("请选择等级。")))
    if draft.computerised not in ("yes", "no"):
        found.append(FieldFault("computerised", tr("请选择是否机考。")))
    return tuple(found)


def state_of(visit: Visit, draft: FilingDraft, section: str) -> str:
    """Return `todo`, `gap` or `done`."""
    match section:
        case "institution":
            faults, begun = institution_faults(visit, draft), bool(draft.institution.get("type"))
        case "scope":
            faults, begun = scope_faults(visit, draft), bool(draft.scope)
        case "materials":
            lacking = set(material_names(visit)) - set(draft.materials)
            return "todo" if not draft.materials_seen else "gap" if lacking else "done"
        case _:
            return "done" if draft.signed_by else "todo"
    if not faults:
        return "done"
    return "gap" if begun else "todo"


def faults_of(visit: Visit, draft: FilingDraft) -> tuple[FieldFault, ...]:
    """Return what stops the submission, each with the address of its section."""
    path = f"/apply/drafts/{draft.id}"
    found = {
        "institution": institution_faults(visit, draft),
        "scope": scope_faults(visit, draft),
        "materials": (),
        "commitment": ()
        if draft.signed_by
        else (FieldFault("sign", visit.texts.tr("负责人还没有签署承诺。")),),
    }
    return tuple(
        FieldFault(f"{path}/{section}#{_anchor(one.field)}", one.text)
        for section in SECTIONS
        for one in found[section]
    )


def _anchor(field: str) -> str:
    """Return the id of the control a fault belongs to."""
    return f"code-{field[4:]}" if field.startswith("row-") else field
