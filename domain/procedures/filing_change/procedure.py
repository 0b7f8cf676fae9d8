"""The change of a filing, as the generic case uses it."""

from dataclasses import replace

from domain.case.actor import Actor
from domain.case.decision import Claim, FactKey
from domain.case.procedure import Opened, Procedure, Situation
from domain.case.state import Case, Party
from domain.procedures.filing import authority
from domain.procedures.filing.checks import counted_per
from domain.procedures.filing_change import checks, effects, facts, letters, making
from domain.procedures.filing_change.commands import COMMANDS, ApproveChange, RequestChange
from domain.procedures.filing_change.details import DETAILS
from domain.procedures.filing_change.events import ChangeApproved, ChangeRequested
from domain.procedures.filing_change.examples import EXAMPLES
from domain.procedures.filing_change.facts import Change
from domain.procedures.filing_change.refusals import REFUSALS
from domain.procedures.filing_change.words import WORDS
from domain.procedures.offices import at_home
from domain.registers import institutions, occupations, open_batches, places, staff
from domain.registers.codes import taken_code
from domain.registers.directory import CodeRetired, DirectoryRemoved, left
from domain.registers.staff import StaffRegistered


def _opened(payload: object, actor: Actor) -> Opened:
    """Return a case of the acting institution, or of the new body, at the office that filed it."""
    opened = at_home(payload, actor)
    if not isinstance(payload, RequestChange):
        return opened
    its, node = payload.institution, payload.jurisdiction or opened.jurisdiction
    if its is None:
        return replace(opened, jurisdiction=node)
    applicant = Party(organisation=its.uscc, name=its.name, kind=its.type)
    return replace(opened, jurisdiction=node, applicant=applicant)


def _wanted(payload: object, situation: Situation) -> tuple[FactKey, ...]:
    if isinstance(payload, RequestChange):
        uscc = situation.actor.organisation
        codes = (one.occupation_code for one in payload.scope)
        return (*_known(payload, uscc), *occupations.wanted(codes))
    if not isinstance(payload, ApproveChange):
        return ()
    case, asked = effects.requested(situation.case)
    its = asked.institution
    series = (making.series_key(its, situation),) if its is not None else ()
    uscc = case.applicant.organisation
    batches = (open_batches.key(one) for one in (uscc, *asked.merged))
    return (*_known(asked, uscc), *series, *_places(asked, situation), *batches)


def _known(asked: checks.Request, uscc: str) -> tuple[FactKey, ...]:
    return (
        institutions.key(uscc),
        staff.key(uscc),
        *(institutions.key(one) for one in asked.merged),
    )


def _places(asked: ChangeRequested, situation: Situation) -> tuple[FactKey, ...]:
    """Return the keys of the places for what is asked for by name.

    What a new body has from the merged alone they held already: its places are theirs.
    """
    per = counted_per(situation)
    return tuple(
        dict.fromkeys(places.key(situation.jurisdiction, item, per) for item in asked.scope)
    )


def _claims(event: object, case: Case) -> tuple[Claim, ...]:
    match event:
        case ChangeApproved():
            return _changed(event, case)
        case CodeRetired() | DirectoryRemoved():
            return left(event)
        case _:
            return ()


def _changed(event: ChangeApproved, case: Case) -> tuple[Claim, ...]:
    filed = event.filed
    if filed is None:
        return ()
    its, scope = filed.institution, filed.scope
    held = places.held_places(filed.jurisdiction, its, scope) if filed.social else ()
    code = taken_code(filed.institution_code) if filed.filing == case.id else ()
    listed = [] if event.staff is None else [StaffRegistered(uscc=its.uscc, people=event.staff)]
    return (institutions.claim(filed.entry), *code, *held, *map(staff.claim, listed))


FILING_CHANGE = Procedure(
    name="filing_change",
    workflow="FilingChange",
    mark="BG",
    diagrams={
        "hunan": "filing_change/hunan.bpmn",
        "social_organisation": "filing_change/social_organisation.bpmn",
        "national_employer": "filing_change/national_employer.bpmn",
    },
    data=Change,
    blank=Change(),
    commands=COMMANDS,
    events=facts.OWN_EVENTS,
    refusals=REFUSALS,
    opened=_opened,
    decide=effects.decide,
    fold=facts.fold,
    standing=facts.standing,
    variables=facts.variables,
    stages={},
    told=letters.told,
    misplaced=authority.misplaced,
    fitting=authority.fitting,
    wanted=_wanted,
    sends=frozenset(("change.approve", "change.decline")),
    claims=_claims,
    details=DETAILS,
    examples=EXAMPLES,
    words=WORDS,
)
