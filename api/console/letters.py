"""The letter an act would send, made by the same function as the letter that is then issued."""

from markupsafe import Markup

from activities.notices import behind
from api.console.foresight import Foresight, recorded
from api.console.visit import Visit
from domain.case.decision import Decision
from domain.case.letter import letter


def letters(visit: Visit, seen: Foresight, decision: Decision) -> tuple[Markup, ...]:
    """Return each letter as it would be issued, as a part of a page."""
    case = seen.after
    if case is None:
        return ()
    events, cases = recorded(decision), visit.services.cases
    sheets = (
        letter(case, behind(cases, visit.tenant, case, one.id) + events, one.id)
        for one in seen.letters
    )
    return tuple(Markup(visit.services.press.part(one)) for one in sheets)  # noqa: S704  – escaped by the press
