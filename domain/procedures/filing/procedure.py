"""The filing, as the generic case uses it."""

from domain.case.actor import Actor
from domain.case.decision import Claim, FactKey
from domain.case.numbers import SERIES
from domain.case.procedure import Opened, Procedure, Situation
from domain.case.state import Case, Party
from domain.procedures.filing import checks, effects, facts, letters
from domain.procedures.filing import words as _words  # noqa: F401  – registers what codes are called
from domain.procedures.filing.commands import COMMANDS, ApproveFiling, SubmitFiling
from domain.procedures.filing.details import DETAILS
from domain.procedures.filing.events import FilingApproved
from domain.procedures.filing.examples import EXAMPLES
from domain.procedures.filing.facts import Filing
from domain.procedures.filing.refusals import REFUSALS
from domain.registers import institutions, occupations
from domain.registers.codes import code_letter, code_series, taken_code
from domain.registers.places import held_places, place_key


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
        codes = {item.occupation_code for item in payload.scope}
        return (
            institutions.key(payload.institution.uscc),
            *(occupations.key(code) for code in sorted(codes)),
        )
    filing = situation.case.data if situation.case is not None else None
    if isinstance(payload, ApproveFiling) and isinstance(filing, Filing) and filing.institution:
        series = code_series(code_letter(filing.institution), situation.jurisdiction[:2])
        places = {place_key(situation.jurisdiction, item) for item in filing.scope}
        return (FactKey(SERIES, series), *(sorted(places) if filing.social else ()))
    return ()


def _claims(event: object, case: Case) -> tuple[Claim, ...]:
    filing = case.data
    if not (isinstance(event, FilingApproved) and isinstance(filing, Filing)):
        return ()
    its = filing.institution
    if its is None:
        return ()
    entry = institutions.Entry(
        institution=its,
        jurisdiction=case.jurisdiction,
        scope=filing.scope,
        institution_code=event.institution_code,
        case=case.id,
    )
    places = held_places(case.jurisdiction, its, filing.scope) if filing.social else ()
    return (institutions.claim(entry), *taken_code(event.institution_code), *places)


FILING = Procedure(
    name="filing",
    workflow="FilingReview",
    mark="BA",
    diagrams={"hunan": "filing/hunan.bpmn"},
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
    considered=checks.considered,
    separated=checks.separated,
    foreseen=checks.foreseen,
    misplaced=checks.misplaced,
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
        )
    ),
    claims=_claims,
    effects=effects.EFFECTS,
    examples=EXAMPLES,
)
