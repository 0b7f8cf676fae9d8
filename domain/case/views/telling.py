"""The title of an event in a timeline: what happened, with the one detail that matters."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from domain.case.envelope import Recorded
from domain.case.labels import label
from domain.case.procedure import Detail
from domain.case.state import Case
from domain.case.views.days import day_text
from domain.kernel.errors import Language
from domain.kernel.json import Json
from domain.ports import World
from domain.procedures.table import PROCEDURES
from domain.process.model import Definition


def title(recorded: Recorded, language: Language, case: Case, world: World) -> str:
    """Return what happened in a case, in a few words; what is about a task names it."""
    name = label("event", recorded.type, language)
    if recorded.type in _HEARD:
        definition = world.definitions.pinned(case.definition)
        return f"{name}{_COLON[language]}{_heard(recorded.data, definition)}"
    detail = _DETAILS.get(recorded.type)
    said = detail(recorded.data, language) if detail else _task(recorded.data, language, case)
    return f"{name}{_COLON[language]}{said}" if detail or said else name


def _heard(data: Json, definition: Definition) -> str:
    """Return the name of the message or signal that came; its id where the diagram names none."""
    which = str(data.get("message") or data.get("signal"))
    named = definition.messages.get(which) or definition.signals.get(which)
    return (named.name if named is not None else "") or which


def _task(data: Json, language: Language, case: Case) -> str:
    """Return what the task is called that an event is about; "" for none."""
    found = (one.form for one in case.tasks if one.id == data.get("task"))
    return next((label("task", one, language) for one in found), "")


def _letter(data: Json, language: Language) -> str:
    return f"{label('notice', str(data.get('kind')), language)} {data.get('number')}"


def _service(data: Json, language: Language) -> str:
    return label("method", str(data.get("method")), language)


def _failed_service(data: Json, language: Language) -> str:
    return f"{_service(data, language)}{_COLON[language]}{data.get('reason')}"


def _clock(data: Json, language: Language) -> str:
    key = label("key", str(data.get("key")), language)
    due = data.get("new") or data.get("due")
    if not isinstance(due, str):
        return key
    day = day_text(date.fromisoformat(due), language)
    return f"{key}，至{day}" if language == "zh" else f"{key}, until {day}"


def _refused(data: Json, language: Language) -> str:
    return str(data.get(language) or data.get("code"))


def _migrated(data: Json, language: Language) -> str:
    """Return why a case changed its diagram, and how many of its terms were treated how."""
    reason, terms = str(data.get("reason", "")), data.get("terms")
    chosen = Counter(
        str(one.get("choice"))
        for one in (terms if isinstance(terms, list | tuple) else ())
        if isinstance(one, Mapping)
    )
    counts = [
        f"{label('choice', f'process.migrate.deadlines.{choice}', language)} {number}"
        for choice, number in chosen.items()
    ]
    if not counts:
        return reason
    if language == "zh":
        return f"{reason}（期限：{'、'.join(counts)}）"
    return f"{reason} (terms: {', '.join(counts)})"


def _text(field: str) -> Detail:
    def detail(data: Json, language: Language) -> str:  # noqa: ARG001  – a text is a text
        return str(data.get(field, ""))

    return detail


_COLON: Mapping[Language, str] = {"zh": "：", "en": ": "}
_HEARD = frozenset(("process.message_received", "process.signal_received"))
_GENERAL: Mapping[str, Detail] = {
    "case.opened": _text("number"),
    "case.assigned": _text("to"),
    "case.noted": _text("text"),
    "case.transferred": _text("new"),
    "notice.issued": _letter,
    "notice.served": _service,
    "notice.attempted": _failed_service,
    "notice.voided": _text("reason"),
    "deadline.opened": _clock,
    "deadline.met": _clock,
    "deadline.lapsed": _clock,
    "deadline.cancelled": _clock,
    "deadline.suspended": _clock,
    "deadline.resumed": _clock,
    "deadline.extended": _clock,
    "deadline.redated": _clock,
    "process.migrated": _migrated,
    "command.refused": _refused,
}
_DETAILS: Mapping[str, Detail] = {
    **_GENERAL,
    **{type_: one for its in PROCEDURES.values() for type_, one in its.details.items()},
}
