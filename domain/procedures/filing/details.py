"""The one detail of a filing's event that its title in a timeline names."""

from collections.abc import Mapping

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


DETAILS: Mapping[str, Detail] = {
    "filing.supplement_requested": _missing,
    "filing.supplemented": _supplied,
    "filing.assessed": _passed,
    "filing.objection_resolved": _upheld,
    "filing.approved": _approved,
}
