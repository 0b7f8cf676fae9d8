"""The one detail of a batch's event that its title in a timeline names."""

from collections.abc import Mapping

from domain.case.procedure import Detail
from domain.kernel.errors import Language
from domain.kernel.json import Json
from domain.law import jurisdiction as tree


def _text(data: Json, field: str) -> str:
    return str(data.get(field, ""))


def _length(data: Json, field: str) -> int:
    held = data.get(field, ())
    return len(held) if isinstance(held, list | tuple) else 0


def _reported(data: Json, language: Language) -> str:
    people, day = _length(data, "candidates"), _text(data, "starts_on")
    if gaps := _length(data, "gaps"):
        missing = f"，漏报 {gaps} 项" if language == "zh" else f", {gaps} left out"
    else:
        missing = ""
    named = f"{people} 人，{day} 起" if language == "zh" else f"{people} people, from {day}"
    return named + missing


def _late(data: Json, language: Language) -> str:
    day = _text(data, "last_admissible_day")
    return f"最迟应为 {day}" if language == "zh" else f"due by {day}"


def _by(data: Json, _language: Language) -> str:
    code = _text(data, "by")
    return tree.name(code) or code


def _checked(data: Json, language: Language) -> str:
    who, yes = _text(data, "candidate"), data.get("eligible") is True
    if language == "zh":
        return f"{who} {'合格' if yes else '不合格'}"
    return f"{who} {'eligible' if yes else 'not eligible'}"


def _violation(data: Json, _language: Language) -> str:
    return f"{_text(data, 'candidate')} {_text(data, 'clause')}"


def _film(data: Json, language: Language) -> str:
    left = _length(data, "still_missing")
    if not left:
        return "视频齐全" if language == "zh" else "complete"
    return f"仍缺 {left} 科" if language == "zh" else f"{left} subjects still missing"


def _scores(data: Json, language: Language) -> str:
    n = _length(data, "rows")
    return f"{n} 条" if language == "zh" else f"{n} rows"


def _results(data: Json, language: Language) -> str:
    n = _length(data, "passed")
    return f"合格 {n} 人" if language == "zh" else f"{n} passed"


DETAILS: Mapping[str, Detail] = {
    "batch.reported": _reported,
    "batch.late": _late,
    "batch.site_permitted": _by,
    "batch.site_denied": _by,
    "batch.candidate_checked": _checked,
    "batch.signed_in": lambda data, _language: _text(data, "person"),
    "batch.violation_recorded": _violation,
    "batch.finished": lambda data, _language: _text(data, "on"),
    "batch.video_uploaded": _film,
    "batch.scores_entered": _scores,
    "batch.results_reported": _results,
}
