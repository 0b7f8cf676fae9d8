"""How an act ended, in words: said once, at the top of the page to which its sender is led."""

from typing import TYPE_CHECKING

from api.console.pages import Flash
from domain.case.commands import command_spec
from domain.case.decision import Outcome
from domain.case.labels import label

if TYPE_CHECKING:
    from api.console.visit import Visit


def flash(visit: "Visit") -> Flash | None:
    """Return how the act named in the address ended; None when it names none of this visitor's."""
    command_id = visit.query("done")
    stored = visit.services.store.stored(visit.tenant, command_id) if command_id else None
    if stored is None or stored.command.actor != visit.actor:
        return None
    tr, command = visit.texts.tr, stored.command
    spec = command_spec(command.name)
    title = spec.label(visit.lang) if spec else command.name
    if stored.outcome is None:
        at = visit.words.moment(command.received_at)
        said = tr("系统繁忙，您的操作已登记（收到时间 %(at)s），将自动继续。", at=at)
        return Flash("soon", said)
    if stored.outcome.kind == "refused":
        return Flash("late", tr("没有办成：%(act)s", act=title), (_refusal(visit, stored.outcome),))
    return Flash("ok", tr("已办：%(act)s", act=title), _events(visit, stored.outcome))


def _refusal(visit: "Visit", outcome: Outcome) -> str:
    return outcome.zh if visit.lang == "zh" else outcome.en


def _events(visit: "Visit", outcome: Outcome) -> tuple[str, ...]:
    types = [str(one.get("type", "")) for one in outcome.events]
    told = [one for one in types if one.partition(".")[0] not in ("process", "task", "case")]
    return (
        ("；".join(dict.fromkeys(label("event", one, visit.lang) for one in told)),) if told else ()
    )
