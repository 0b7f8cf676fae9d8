"""The filing, as the generic case uses it."""

from domain.case.actor import Actor
from domain.case.decision import Claim, FactKey
from domain.case.events import CaseEnded, CaseTransferred
from domain.case.procedure import Opened, Procedure, Situation, Subjects
from domain.case.state import Case, Party
from domain.procedures.filing import (
    authority,
    branches,
    checks,
    effects,
    facts,
    letters,
    selection,
)
from domain.procedures.filing.commands import (
    COMMANDS,
    ApproveFiling,
    AssessFiling,
    FileBranch,
    SubmitFiling,
)
from domain.procedures.filing.details import DETAILS
from domain.procedures.filing.events import (
    FilingApproved,
    FilingBranchFiled,
    FilingSubmitted,
    FilingSupplemented,
)
from domain.procedures.filing.examples import EXAMPLES
from domain.procedures.filing.facts import Filing
from domain.procedures.filing.refusals import REFUSALS
from domain.procedures.filing.words import WORDS
from domain.registers import institutions, occupations, places
from domain.registers.codes import taken_code
from domain.registers.institutions import Institution


def _opened(payload: object, actor: Actor) -> Opened:
    if not isinstance(payload, SubmitFiling):
        raise TypeError(f"{type(payload).__name__} opens no filing")
    its = payload.institution
    return Opened(
        jurisdiction=payload.jurisdiction or actor.jurisdiction,
        applicant=Party(organisation=its.uscc, name=its.name, kind=its.type),
    )


def _wanted(payload: object, situation: Situation) -> tuple[FactKey, ...]:
    if isinstance(payload, SubmitFiling):
        codes = (item.occupation_code for item in payload.scope)
        return (institutions.key(payload.institution.uscc), *occupations.wanted(codes))
    filing = situation.case.data if situation.case is not None else None
    if not isinstance(filing, Filing) or filing.institution is None:
        return ()
    match payload:
        case AssessFiling():
            return _rivals(filing, situation)
        case ApproveFiling():
            code, rivals = effects.code_key(filing, situation), _rivals(filing, situation)
            own = institutions.key(filing.institution.uscc)
            return (code, own, *_places(filing, situation), *rivals)
        case FileBranch():
            return branches.wanted(payload, filing, situation)
        case _:
            return ()


def _places(filing: Filing, situation: Situation) -> tuple[FactKey, ...]:
    if not filing.social:
        return ()
    per = checks.counted_per(situation)
    return tuple({places.key(situation.jurisdiction, item, per) for item in filing.scope})


def _rivals(filing: Filing, situation: Situation) -> tuple[FactKey, ...]:
    return selection.keys(situation.jurisdiction, filing.scope) if filing.social else ()


def _claims(event: object, case: Case) -> tuple[Claim, ...]:
    filing = case.data
    if not isinstance(filing, Filing) or filing.institution is None:
        return ()
    match event:
        case FilingSubmitted() | FilingSupplemented(complete=True):
            return selection.waits(case, filing)
        case CaseTransferred(old=old):
            return (*selection.waits_no_more(case, filing, old), *selection.waits(case, filing))
        case CaseEnded():
            return selection.waits_no_more(case, filing, case.jurisdiction)
        case FilingApproved():
            return _filed(filing, filing.institution, event, case)
        case FilingBranchFiled():
            return branches.claims(event, case, filing)
        case _:
            return ()


def _filed(
    filing: Filing, its: Institution, event: FilingApproved, case: Case
) -> tuple[Claim, ...]:
    """Return the entry and what it takes: a code of its own, or another filing's place for it."""
    code, scope = event.institution_code, filing.whole_scope
    entry = institutions.Entry(
        institution=its,
        jurisdiction=case.jurisdiction,
        scope=scope,
        institution_code=code,
        case=case.id,
    )
    held = places.held_places(case.jurisdiction, its, scope) if filing.social else ()
    if not event.joins:
        return (institutions.claim(entry), *taken_code(code), *held)
    former = (institutions.removed(its.uscc, event.joins),) if event.joins != its.uscc else ()
    return (institutions.claim(entry), *former, *held)


FILING = Procedure(
    name="filing",
    workflow="FilingReview",
    mark="BA",
    diagrams={
        "hunan": "filing/hunan.bpmn",
        "social_organisation": "filing/social_organisation.bpmn",
        "national_employer": "filing/national_employer.bpmn",
    },
    data=Filing,
    blank=Filing(),
    commands=COMMANDS,
    events=facts.OWN_EVENTS,
    refusals=REFUSALS,
    opened=_opened,
    decide=effects.decide,
    fold=facts.fold,
    standing=facts.standing,
    variables=facts.variables,
    told=letters.told,
    details=DETAILS,
    amount=facts.amount,
    offices=facts.offices,
    awaited=facts.awaited,
    considered=checks.considered,
    afterwards=branches.afterwards,
    separated=checks.separated,
    foreseen=checks.foreseen,
    misplaced=authority.misplaced,
    fitting=authority.fitting,
    stages=facts.STAGES,
    wanted=_wanted,
    sends=frozenset(
        (
            "filing.accept",
            "filing.request_supplement",
            "filing.refuse_acceptance",
            "filing.resolve_objection",
            "filing.approve",
            "filing.decline",
            "filing.file_branch",
        )
    ),
    internal=frozenset(("filing.selection_seen",)),  # rivals are nobody else's business
    subjects={"filing.resolve_objection": Subjects(field="objection", all=facts.objected)},
    claims=_claims,
    effects=effects.EFFECTS,
    examples=EXAMPLES,
    words=WORDS,
)
