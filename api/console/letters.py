"""The letter an act would send, made by the same function as the letter that is then issued."""

from markupsafe import Markup

from api.console.foresight import Foresight, recorded
from domain.case.decision import Decision
from domain.case.letter import letter
from domain.ports import Press


def letters(seen: Foresight, decision: Decision, press: Press) -> tuple[Markup, ...]:
    """Return each letter as it would be issued, as a part of a page."""
    case = seen.after
    if case is None:
        return ()
    events = recorded(decision)
    sheets = (letter(case, events, one.id) for one in seen.letters)
    return tuple(Markup(press.part(one)) for one in sheets)  # noqa: S704  – escaped by the press
