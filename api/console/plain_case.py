"""A plain case in words: its variables, the messages nothing has taken, what an act brings."""

from collections.abc import Mapping

from api.console.forms.naming import of_data
from api.console.pages import Cell, Detail
from api.console.telling import Telling
from api.console.visit import Visit
from domain.case.labels import word
from domain.case.seen import in_part, variables_seen
from domain.case.state import Case
from domain.kernel.canonical import canonical
from domain.kernel.json import Json, JsonValue
from domain.procedures.process.facts import KeptState, ProcessData, of
from domain.procedures.process.messages import lost
from domain.procedures.process.replies import variables_told

_MESSAGES = "process.messages"


def facts(visit: Visit, case: Case, data: ProcessData) -> tuple[Detail, ...]:
    """Return what the case knows and waits for: variables, key, services, messages kept."""
    known = variables_seen(variables_told(data.variables), visit.actor, case)
    calls_and_key = Telling(visit, of_data(case.procedure, visit.lang), case).details(data)
    return (*_details(visit, case, known), *calls_and_key, *messages(visit, case))


def brought(visit: Visit, case: Case, sent: Json) -> tuple[Detail, ...]:
    """Return in words what the visitor is about to send, identity numbers in part."""
    return _details(visit, case, in_part(variables_told(sent)))


def _details(visit: Visit, case: Case, told: Json) -> tuple[Detail, ...]:
    """Return variables in words, each called as the form calls it that asks for it."""
    nodes = visit.services.definitions.pinned(case.definition).nodes.values()
    labels = {one.name: one.label for node in nodes for one in node.fields}
    return tuple(
        Detail(
            look="value", name=name, title=labels.get(name, name), cells=(Cell(_said(visit, one)),)
        )
        for name, one in told.items()
    )


def messages(visit: Visit, case: Case) -> tuple[Detail, ...]:
    """Return the messages that nothing has taken, as one table; nothing where there are none."""
    kept = of(case.data).undelivered
    if not kept:
        return ()

    def named(kind: str, code: str) -> str:
        return word(kind, f"{_MESSAGES}{code}", visit.lang) or code

    moment = visit.words.moment
    table = Detail(
        look="table",
        name="messages",
        title=named("field", ""),
        headings=tuple(
            named("field", f".{one}") for one in ("message", "received_at", "until", "state")
        ),
        rows=tuple(
            (
                Cell(one.message),
                Cell(moment(one.received_at)),
                Cell(moment(one.until)),
                Cell(named("choice", f".state.{_state(one, case, visit)}")),
            )
            for one in kept
        ),
        first=1,
        last=len(kept),
        all=len(kept),
    )
    return (table,)


def _state(one: KeptState, case: Case, visit: Visit) -> str:
    return "expired" if lost(one, case, visit.now) else "kept"


def _said(visit: Visit, value: JsonValue) -> str:
    """Return a value as people read it; a list or an object as JSON."""
    match value:
        case None:
            return "–"
        case bool():
            return visit.texts.tr("是") if value else visit.texts.tr("否")
        case Mapping() | list() | tuple():
            return canonical(value).decode()
        case _:
            return str(value)
