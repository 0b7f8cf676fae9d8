"""The letter an act would send, made by the same function as the letter that is then issued."""

from markupsafe import Markup

from activities.letters import letter
from api.console.foresight import Foresight
from domain.case.decision import Decision
from domain.case.envelope import Fact, Meta, Recorded
from domain.kernel.events import encode

_PLAIN = (("<h1>", "<h3>"), ("</h1>", "</h3>"), ("<main>", "<div>"), ("</main>", "</div>"))
_FOOT = (("<footer>", '<div class="foot-of-letter">'), ("</footer>", "</div>"))


def letters(seen: Foresight, decision: Decision) -> tuple[Markup, ...]:
    """Return each letter as it would be issued, as a part of a page."""
    case = seen.after
    if case is None:
        return ()
    events = [_recorded(decision, n, fact) for n, fact in enumerate(decision.facts)]
    return tuple(as_part(letter(case, events, one.id)) for one in seen.letters)


def as_part(document: str) -> Markup:
    """Return the body of a letter with headings and landmarks that fit inside a page."""
    body = document.partition("<body>")[2].partition("</body>")[0]
    for old, new in (*_PLAIN, *_FOOT):
        body = body.replace(old, new)
    return Markup(body)  # noqa: S704  – escaped where it was made


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
