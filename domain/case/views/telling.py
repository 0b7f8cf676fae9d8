"""The title of an event in a timeline: what happened, with the one detail that matters."""

from collections.abc import Callable, Mapping
from datetime import date

from domain.case.envelope import Recorded
from domain.case.labels import label
from domain.case.views.days import day_text
from domain.kernel.errors import Language
from domain.kernel.json import Json

_Detail = Callable[[Json, Language], str]


def title(recorded: Recorded, language: Language) -> str:
    """Return what happened, in a few words."""
    name = label("event", recorded.type, language)
    detail = _DETAILS.get(recorded.type)
    if detail is None:
        return name
    colon = "：" if language == "zh" else ": "
    return f"{name}{colon}{detail(recorded.data, language)}"


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


def _letter(data: Json, language: Language) -> str:
    return f"{label('notice', str(data.get('kind')), language)} {data.get('number')}"


def _service(data: Json, language: Language) -> str:
    return label("method", str(data.get("method")), language)


def _clock(data: Json, language: Language) -> str:
    key = label("key", str(data.get("key")), language)
    due = data.get("new") or data.get("due")
    if not isinstance(due, str):
        return key
    day = day_text(date.fromisoformat(due), language)
    return f"{key}，至{day}" if language == "zh" else f"{key}, until {day}"


def _refused(data: Json, language: Language) -> str:
    return str(data.get(language) or data.get("code"))


def _text(field: str) -> _Detail:
    def detail(data: Json, language: Language) -> str:  # noqa: ARG001  – a text is a text
        return str(data.get(field, ""))

    return detail


_DETAILS: Mapping[str, _Detail] = {
    "case.opened": _text("number"),
    "case.assigned": _text("to"),
    "case.noted": _text("text"),
    "case.transferred": _text("new"),
    "filing.supplement_requested": _missing,
    "filing.supplemented": _supplied,
    "filing.assessed": _passed,
    "filing.objection_resolved": _upheld,
    "filing.approved": _approved,
    "notice.issued": _letter,
    "notice.served": _service,
    "deadline.opened": _clock,
    "deadline.met": _clock,
    "deadline.lapsed": _clock,
    "deadline.cancelled": _clock,
    "deadline.suspended": _clock,
    "deadline.resumed": _clock,
    "deadline.extended": _clock,
    "deadline.redated": _clock,
    "command.refused": _refused,
}
