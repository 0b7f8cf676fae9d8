"""The one detail of a filing's event that its title in a timeline names."""

from collections.abc import Mapping

from domain.case.labels import label
from domain.case.procedure import Detail
from domain.kernel.errors import Language
from domain.kernel.json import Json


def _count(data: Json, field: str) -> int:
    held = data.get(field, ())
    return len(held) if isinstance(held, list | tuple) else 0


def _missing(data: Json, language: Language) -> str:
    n = _count(data, "missing")
    return f"缺 {n} 项材料" if language == "zh" else f"{n} missing"


def _supplied(data: Json, language: Language) -> str:
    left = _count(data, "still_missing")
    if not left:
        return "材料补齐" if language == "zh" else "complete"
    return f"仍缺 {left} 项" if language == "zh" else f"{left} still missing"


def _passed(data: Json, language: Language) -> str:
    passed = data.get("passed") is True
    if language == "zh":
        return "通过" if passed else "未通过"
    return "passed" if passed else "not passed"


def _upheld(data: Json, language: Language) -> str:
    upheld = data.get("upheld") is True
    if language == "zh":
        return "成立" if upheld else "不成立"
    return "upheld" if upheld else "dismissed"


def _approved(data: Json, language: Language) -> str:
    code, receipt = data.get("institution_code"), data.get("receipt_number")
    return f"机构代码 {code}，回执 {receipt}" if language == "zh" else f"code {code}, {receipt}"


def _lacking(data: Json, language: Language) -> str:
    listed = data.get("materials", ())
    codes = listed if isinstance(listed, list | tuple) else ()
    comma = "、" if language == "zh" else ", "
    return comma.join(label("material", str(one), language) for one in codes)


def _branch(data: Json, language: Language) -> str:
    its, code = data.get("branch"), data.get("institution_code")
    name = its.get("name") if isinstance(its, dict) else ""
    if code:
        return f"{name}，代码 {code}" if language == "zh" else f"{name}, code {code}"
    return f"{name}，不予备案" if language == "zh" else f"{name}, refused"


def _branches(data: Json, language: Language) -> str:
    n = _count(data, "branches")
    return f"{n} 家" if language == "zh" else f"{n}"


def _candidates(data: Json, language: Language) -> str:
    listed = data.get("candidates", ())
    rows = listed if isinstance(listed, list | tuple) else ()
    comma = "、" if language == "zh" else ", "
    mark = "（机考）" if language == "zh" else " (computerised)"
    return comma.join(
        f"{one.get('name')}{mark if one.get('computerised') else ''}"
        for one in rows
        if isinstance(one, dict)
    )


DETAILS: Mapping[str, Detail] = {
    "filing.supplement_requested": _missing,
    "filing.supplemented": _supplied,
    "filing.assessed": _passed,
    "filing.objection_resolved": _upheld,
    "filing.approved": _approved,
    "filing.materials_lacking": _lacking,
    "filing.branches_named": _branches,
    "filing.branches_referred": _branches,
    "filing.branch_filed": _branch,
    "directory.branches_published": _branches,
    "filing.selection_seen": _candidates,
}
