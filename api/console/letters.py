"""The letter an act would send, made by the same function as the letter that is then issued."""

from markupsafe import Markup

from api.console.foresight import Foresight
from domain.case.decision import Decision
from domain.case.envelope import Fact, Meta, Recorded
from domain.case.letter import letter
from domain.kernel.events import encode
from domain.ports import Press


def letters(seen: Foresight, decision: Decision, press: Press) -> tuple[Markup, ...]:
    """Return each letter as it would be issued, as a part of a page."""
    case = seen.after
    if case is None:
        return ()
    events = [_recorded(decision, n, fact) for n, fact in enumerate(decision.facts)]
    sheets = (letter(case, events, one.id) for one in seen.letters)
    return tuple(Markup(press.part(one)) for one in sheets)  # noqa: S704  – escaped by the press


def _recorded(decision: Decision, n: int, fact: Fact) -> Recorded:
    type_, schema, data = encode(fact.event)
    meta = Meta(
        case=decision.stream,
        actor=fact.actor,
        channel="console",
        command="",
        cause="",
        cite=fact.cite,
        received_at=fact.effective_at,
        effective_at=fact.effective_at,
        wall=fact.effective_at,
    )
    return Recorded(
        epoch=0,
        position=n,
        tenant="",
        stream=decision.stream,
        version=n,
        event_id="",
        type=type_,
        schema=schema,
        data=data,
        meta=meta,
        recorded_at=fact.effective_at,
        prev_hash="",
        hash="",
    )
