"""The forms by which a plain process is told of a message or a signal, and what that brings.

Variables are typed one a line, as `paid = 100`: a whole number, true, false, null, a text in
quotes, a list or an object as JSON has it; anything else is a text.
"""

from typing import Final, Literal, TypeAlias

from starlette.datastructures import FormData

from api.console.pages import FieldFault
from api.console.plain_forms import PlainAnswer
from api.console.visit import Visit
from api.console.words import half_width
from api.showing.processes import heard
from api.strict_json import read_json
from domain.case.state import Case
from domain.kernel.faults import MalformedError
from domain.kernel.json import JsonValue
from domain.procedures.process.values import unnameable

Kind: TypeAlias = Literal["message", "signal"]
_JSON: Final = ("{", "[", '"')  # how a value begins that must be read as JSON


def heard_here(kind: Kind, visit: Visit, case: Case) -> list[str]:
    """Return what the case's diagram can hear of a kind, by name."""
    return heard(visit.services.definitions.pinned(case.definition), kind)


def told_answer(kind: Kind, visit: Visit, case: Case, form: FormData) -> PlainAnswer:
    """Return what was filled in: what is told, for how long it is kept, what it brings."""
    tr = visit.texts.tr
    values = {name: str(form.get(name, "")).strip() for name in ("told", "data", "ttl")}
    data, faults = _variables(visit, values["data"])
    known = heard_here(kind, visit, case)
    if not form and len(known) == 1:
        values["told"] = known[0]
    if form and values["told"] not in known:
        faults = (FieldFault("told", tr("请选择是哪一个。")), *faults)
    payload: dict[str, JsonValue] = {kind: values["told"], "data": data}
    if kind == "message" and values["ttl"]:
        payload["ttl"] = half_width(values["ttl"]).upper()
    return PlainAnswer(values={**values, "kind": kind}, payload=payload, faults=faults)


def _variables(visit: Visit, text: str) -> tuple[dict[str, JsonValue], tuple[FieldFault, ...]]:
    tr = visit.texts.tr
    data: dict[str, JsonValue] = {}
    faults: list[FieldFault] = []
    for n, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, equals, typed = line.partition("=" if "=" in line else "＝")
        name = name.strip()
        if not (equals and name):
            words = tr("第 %(n)s 行请写成“名称 = 值”。", n=n)
        elif name in data:
            words = tr("第 %(n)s 行：“%(name)s”写了两次。", n=n, name=name)
        elif isinstance(value := _value(typed.strip()), MalformedError):
            words = tr("第 %(n)s 行的值没有看懂：文字可直接写，列表和对象须为 JSON。", n=n)
        else:
            data[name] = value
            continue
        faults.append(FieldFault("data", words))
    wrong = unnameable(data, "/data")
    faults += (FieldFault("data", f"{one.zh}。" if visit.lang == "zh" else one.en) for one in wrong)
    return data, tuple(faults)


def _value(typed: str) -> "JsonValue | MalformedError":
    """Return a value as it was typed; the fault of what begins as JSON and is none."""
    plain = half_width(typed)
    try:
        return read_json((plain if plain.isascii() else typed).encode())
    except MalformedError as wrong:
        return wrong if typed.startswith(_JSON) else typed
