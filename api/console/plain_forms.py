"""The form of a task in a plain process: as its diagram draws it, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import FormData

from api.console.casefile import my_task
from api.console.forms.payloads import number_of
from api.console.pages import FieldFault
from api.console.visit import Visit
from api.console.words import half_width
from domain.case.state import Case, Task
from domain.kernel.faults import Fault
from domain.kernel.json import Json, JsonValue
from domain.procedures.process.forms import entered
from domain.process.model import Field

COMMAND: Final = "process.complete"
_TRUTH: Final = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainField:
    """An input of the form, with what was typed."""

    name: str
    title: str
    kind: str
    required: bool
    options: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainAnswer:
    """What was filled in: as typed, and as a payload unless there are faults."""

    values: Mapping[str, object]
    payload: Json
    faults: tuple[FieldFault, ...] = ()


def plain_answer(visit: Visit, case: Case, form: FormData) -> PlainAnswer:
    """Return what was filled in for the task the page is about, judged by the diagram's fields."""
    task = _task(visit, case, form)
    if task is None:
        return PlainAnswer(values={"fields": (), "task": ""}, payload={})
    fields = visit.services.definitions.pinned(case.definition).node(task.element).fields
    data, faults = typed_fields(visit, fields, form)
    values = {"task": task.id, "name": task.form, "fields": shown_fields(fields, form)}
    payload: dict[str, JsonValue] = {"task": task.id, "data": data}
    return PlainAnswer(values=values, payload=payload, faults=faults)


def typed_fields(
    visit: Visit, fields: tuple[Field, ...], form: FormData
) -> tuple[dict[str, JsonValue], tuple[FieldFault, ...]]:
    """Return what was typed into the fields as it is sent, and what is wrong with it."""
    typed = {one.name: _typed(form, one.name) for one in fields}
    data = {one.name: _value(one, typed[one.name]) for one in fields if typed[one.name]}
    return data, _faults(visit, entered(fields, data)) if form else ()


def shown_fields(fields: tuple[Field, ...], form: FormData) -> tuple[PlainField, ...]:
    """Return the inputs of a form with what was typed."""
    return tuple(_shown(one, _typed(form, one.name)) for one in fields)


def _task(visit: Visit, case: Case, form: FormData) -> Task | None:
    """Return the task that form or address names, else the first this visitor may do."""
    on_page = str(visit.request.path_params.get("task", "")).rpartition(".")[2]
    named = str(form.get("task", "")) or visit.query("task") or on_page
    open_ = [one for one in case.tasks if one.state == "open" and COMMAND in one.commands]
    return next((one for one in open_ if one.id == named), None) or my_task(visit, case)


def _typed(form: FormData, name: str) -> str:
    value = form.get(f"data-{name}", "")
    return value.strip() if isinstance(value, str) else ""


def _value(field: Field, typed: str) -> JsonValue:
    """Return what was typed as the form takes it; what cannot be read stays as it is."""
    plain = half_width(typed)
    match field.kind:
        case "boolean":
            return _TRUTH.get(typed, typed)
        case "integer":
            return number_of(typed)
        case "number" | "date":
            return plain
        case _:
            return typed


def _shown(field: Field, typed: str) -> PlainField:
    return PlainField(
        name=f"data-{field.name}",
        title=field.label,
        kind=field.kind,
        required=field.required,
        options=field.options,
        value=typed,
    )


def _faults(visit: Visit, found: Json | tuple[Fault, ...]) -> tuple[FieldFault, ...]:
    if not isinstance(found, tuple):
        return ()
    zh = visit.lang == "zh"
    return tuple(
        FieldFault(f"data-{one.pointer.rpartition('/')[2]}", f"{one.zh}。" if zh else f"{one.en}.")
        for one in found
    )
