"""What each command of a change means in law."""

from domain.case.procedure import Act, Letter, Situation
from domain.case.state import Case
from domain.kernel.errors import Refusal, StreamBrokenError, UnknownNameError
from domain.procedures.filing_change import checks, making
from domain.procedures.filing_change import commands as c
from domain.procedures.filing_change import events as e
from domain.procedures.filing_change.facts import Change


def decide(payload: object, situation: Situation) -> Act | Refusal:
    """Return what `payload` leads to, or the named refusal it meets.

    Raises:
        UnknownNameError: no command of a change has such a payload.
    """
    match payload:
        case c.RequestChange():
            return checks.request(payload, situation) or _requested(payload)
        case c.AcceptChange():
            return Act(events=((e.ChangeAccepted(), ""),))
        case c.ApproveChange():
            return _approve(payload, situation)
        case c.DeclineChange():
            return checks.decline(payload) or _declined(payload)
        case _:
            raise UnknownNameError(f"{type(payload).__name__} is no command of a change")


def _requested(asked: c.RequestChange) -> Act:
    requested = e.ChangeRequested(
        kind=asked.kind,
        scope=asked.scope,
        details=asked.details,
        merged=tuple(dict.fromkeys(asked.merged)),
        institution=asked.institution,
        reason=asked.reason,
        materials=asked.materials,
        exception=asked.exception,
    )
    return Act(events=((requested, ""),))


def _approve(payload: c.ApproveChange, situation: Situation) -> Act | Refusal:
    case, asked = requested(situation.case)
    uscc = case.applicant.organisation
    if refusal := checks.possible(asked, uscc, situation) or checks.finished(
        asked, uscc, payload, situation
    ):
        return refusal
    return making.made(asked, uscc, payload, situation)


def _declined(payload: c.DeclineChange) -> Act:
    declined = e.ChangeDeclined(reasons=payload.reasons, legal_basis=payload.legal_basis)
    return Act(events=((declined, ""),), letters=(Letter(kind="change.declined"),))


def requested(case: Case | None) -> tuple[Case, e.ChangeRequested]:
    """Return the case and what it asks for.

    Raises:
        StreamBrokenError: it asks for nothing.
    """
    if case is None or not isinstance(case.data, Change) or case.data.request is None:
        raise StreamBrokenError("an act on a change nobody asked for")
    return case, case.data.request
