"""What each command of a filing means in law, and what silence means. Tokens move elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from domain.case.decision import FactKey, FactValue
from domain.case.numbers import SERIES
from domain.case.procedure import Act, Letter, Situation
from domain.case.refusals import WrongStage
from domain.case.state import Case
from domain.kernel.errors import Refusal, StreamBrokenError, UnknownNameError
from domain.procedures.filing import (
    branches,
    checks,
    filed,
    materials,
    rules,
    selection,
    submission,
)
from domain.procedures.filing import commands as c
from domain.procedures.filing import events as e
from domain.procedures.filing.facts import Filing
from domain.procedures.filing.values import Commitment
from domain.registers.codes import (
    MINISTRY,
    code_letter,
    code_series,
    employer_code,
    institution_code,
)
from domain.registers.institutions import OWN, PUBLIC, Entry


def decide(payload: object, situation: Situation) -> Act | Refusal:
    """Return what `payload` leads to, or the named refusal it meets.

    Raises:
        UnknownNameError: no command of a filing has such a payload.

    Cite: RS-2021-57A 一(十), 二(十).
    """
    if isinstance(payload, c.SubmitFiling):
        return _submit(payload, situation)
    case = situation.case
    found = _DECIDERS.get(type(payload))
    if found is None or case is None or not isinstance(case.data, Filing):
        raise UnknownNameError(f"{type(payload).__name__} is no command of a filing")
    return found(payload, case, case.data, situation)


def _act(*events: object, letter: Letter | None = None) -> Act:
    """Return an act whose events stand on the clause of their place in the diagram."""
    return Act(events=tuple((one, "") for one in events), letters=(letter,) if letter else ())


def _submit(payload: c.SubmitFiling, situation: Situation) -> Act | Refusal:
    if refusal := submission.submission(payload, situation):
        return refusal
    codes = dict.fromkeys(item.occupation_code for item in payload.scope)
    submitted = e.FilingSubmitted(
        institution=payload.institution,
        jurisdiction=situation.jurisdiction,
        scope=payload.scope,
        materials=payload.materials,
        commitment=payload.commitment or Commitment(),
        computerised=payload.computerised,
        social=rules.is_social(situation, payload.institution),
        unknown_occupations=tuple(
            code for code in codes if submission.known_occupation(code, situation) is None
        ),
        exception=payload.exception,
    )
    named, lacking = payload.branches, materials.lacking(payload, situation)
    return _act(
        submitted,
        *((e.FilingBranchesNamed(branches=named),) if named else ()),
        *((e.FilingMaterialsLacking(materials=lacking),) if lacking else ()),
    )


def _accept(_payload: object, _case: Case, _filing: Filing, _situation: Situation) -> Act:
    return _act(e.FilingAccepted(), letter=Letter(kind="filing.acceptance"))


def _request(
    asked: c.RequestSupplement, case: Case, _filing: Filing, situation: Situation
) -> Act | Refusal:
    if refusal := checks.supplement(asked, case, situation):
        return refusal
    days = asked.working_days or rules.sure_term(situation, "filing.supplement").amount
    return _act(
        e.FilingSupplementRequested(missing=asked.missing, working_days=days),
        letter=Letter(kind="filing.supplement", service=asked.service),
    )


def _supplement(
    given: c.SupplementFiling, _case: Case, filing: Filing, _situation: Situation
) -> Act:
    codes = {one.code for one in given.materials}
    left = tuple(code for code in filing.still_missing if code not in codes)
    return _act(
        e.FilingSupplemented(materials=given.materials, complete=not left, still_missing=left)
    )


def _refuse(
    given: c.RefuseAcceptance, _case: Case, _filing: Filing, situation: Situation
) -> Act | Refusal:
    if refusal := checks.reasons(given.reasons, given.legal_basis, situation):
        return refusal
    return _act(
        e.FilingNotAccepted(reasons=given.reasons, legal_basis=given.legal_basis),
        letter=Letter(kind="filing.not_accepted"),
    )


def _assess(
    given: c.AssessFiling, case: Case, filing: Filing, situation: Situation
) -> Act | Refusal:
    """Record the assessment, with the rivals for the same places.

    Cite: RS-2021-57A 一(六), 二(五); RSJ-2019-3 一(3), 二(3).
    """
    if refusal := checks.reviewed(case, situation):
        return refusal
    assessed = e.FilingAssessed(
        passed=given.passed, opinion=given.opinion, experts=given.experts, on_site=given.on_site
    )
    again = checks.REVIEW if filing.assessment is not None else ""  # beside the decision's clause
    return Act(events=((assessed, again), *((one, "") for one in _rivals(filing, situation))))


def _rivals(filing: Filing, situation: Situation) -> tuple[e.FilingSelectionSeen, ...]:
    """Return who else has applied for the same places, for the record; nothing where nobody has."""
    candidates = selection.ranked(filing, situation) if filing.social else ()
    alone = len(candidates) <= 1
    return () if alone else (e.FilingSelectionSeen(candidates=candidates),)


def _publish(given: c.PublishNotice, _case: Case, _filing: Filing, situation: Situation) -> Act:
    days = given.working_days
    usual = rules.sure_term(situation, "filing.publicity")
    return _act(e.FilingNoticePublished(working_days=days or usual.amount))


def _object(
    given: c.ObjectToFiling, case: Case, filing: Filing, situation: Situation
) -> Act | Refusal:
    if not checks.on_notice(case):
        return WrongStage(stage=case.stage, command=situation.command)
    which = f"o-{len(filing.objections) + 1}"
    return _act(e.FilingObjectionReceived(objection=which, text=given.text, contact=given.contact))


def _resolve(
    given: c.ResolveObjection, case: Case, filing: Filing, situation: Situation
) -> Act | Refusal:
    pending = [one.id for one in filing.pending if given.objection in ("", one.id)]
    if not pending:
        return WrongStage(stage=case.stage, command=situation.command)
    if given.upheld and (refusal := checks.reasons([given.reason], ["—"], situation)):
        return refusal
    return _act(
        e.FilingObjectionResolved(objection=pending[0], upheld=given.upheld, reason=given.reason),
        letter=Letter(kind="filing.declined") if given.upheld else None,
    )


def _approve(
    given: c.ApproveFiling, case: Case, filing: Filing, situation: Situation
) -> Act | Refusal:
    """File the institution: code, receipt, directory; national branches go to their provinces.

    Cite: RS-2021-57A 一(四), 一(十四); RSJ-2019-3 一(4), 二(5).
    """
    if refusal := checks.approval(given, case, situation):
        return refusal
    kept = _kept(filing, situation)
    code = kept.institution_code if kept is not None else _code(filing, situation)
    filing = replace(filing, filed_before=kept.scope if kept is not None else ())
    counts = [checks.taken(filing, item, situation) for item in filing.scope if filing.social]
    approved = e.FilingApproved(
        institution_code=code,
        receipt_number=situation.letters[0],
        places_taken=max(counts, default=0),
        exception=given.exception,
        joins="" if kept is None else kept.case or kept.institution.uscc,
        filed_before=filing.filed_before,
    )
    left = filing.branches_left
    followed: object = (
        e.FilingBranchesReferred(scope=filing.scope, branches=left)
        if left
        else branches.published(filing, code)
    )
    return _act(
        approved, followed, *_rivals(filing, situation), letter=Letter(kind="filing.receipt")
    )


def _kept(filing: Filing, situation: Situation) -> Entry | None:
    """Return the entry under whose code the institution is filed here already."""
    own = filing.institution
    return filed.entry(own.uscc, _letter(filing, situation), situation) if own else None


def code_key(filing: Filing, situation: Situation) -> FactKey:
    """Return the series the institution's code comes from: its province's or the ministry's.

    Cite: RSJ-2019-2 二(一), 二(二).
    """
    if situation.variant == rules.NATIONAL:
        return FactKey(SERIES, MINISTRY)
    return FactKey(SERIES, code_series(_letter(filing, situation), situation.jurisdiction[:2]))


def _letter(filing: Filing, situation: Situation) -> str:
    if situation.variant == rules.SOCIAL:
        return PUBLIC  # 面向社会, whatever its type
    if situation.variant == rules.NATIONAL:
        return OWN  # 面向本单位
    if filing.institution is None:
        raise StreamBrokenError("a filing without an applicant")
    return code_letter(filing.institution)


def _code(filing: Filing, situation: Situation) -> str:
    n = situation.facts.get(code_key(filing, situation), FactValue()).highest + 1
    if situation.variant == rules.NATIONAL:
        return employer_code(n)
    return institution_code(_letter(filing, situation), situation.jurisdiction[:2], n)


def _decline(
    given: c.DeclineFiling, _case: Case, _filing: Filing, situation: Situation
) -> Act | Refusal:
    if refusal := checks.reasons(given.reasons, given.legal_basis, situation):
        return refusal
    return _act(
        e.FilingDeclined(reasons=given.reasons, legal_basis=given.legal_basis),
        letter=Letter(kind="filing.declined"),
    )


_Decider = Callable[[Any, Case, Filing, Situation], Act | Refusal]  # paired by type below
_DECIDERS: Mapping[type[object], _Decider] = {
    c.AcceptFiling: _accept,
    c.RequestSupplement: _request,
    c.SupplementFiling: _supplement,
    c.RefuseAcceptance: _refuse,
    c.AssessFiling: _assess,
    c.PublishNotice: _publish,
    c.ObjectToFiling: _object,
    c.ResolveObjection: _resolve,
    c.ApproveFiling: _approve,
    c.DeclineFiling: _decline,
    c.FileBranch: branches.file_branch,
}


def deemed_accepted(case: Case) -> object:
    """Return what silence means: the application counts as accepted (视为受理).

    Cite: HN-2022-1 一(二).
    """
    return e.FilingDeemedAccepted(last_day=_last_day(case, "filing.acceptance"))


def deemed_abandoned(case: Case) -> object:
    """Return what a supplement that never came means: abandoned (视为放弃申请).

    Cite: HN-2022-1 一(二).
    """
    return e.FilingDeemedAbandoned(last_day=_last_day(case, "filing.supplement"))


def _last_day(case: Case, key: str) -> date:
    lapsed = [one.due for one in case.deadlines if one.key == key and one.state == "lapsed"]
    if not lapsed or lapsed[-1] is None:
        raise StreamBrokenError(f"{case.id}: no {key} has lapsed")
    return lapsed[-1]


EFFECTS: Mapping[str, Callable[[Case], object]] = {
    "filing.deemed_accepted": deemed_accepted,
    "filing.deemed_abandoned": deemed_abandoned,
}
