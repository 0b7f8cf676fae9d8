"""The annual plan, as the generic case uses it."""

from domain.case.decision import Claim, FactKey
from domain.case.procedure import Procedure, Situation
from domain.case.state import Case
from domain.law import jurisdiction as tree
from domain.procedures.offices import at_home, only_in
from domain.procedures.planning import effects, facts, letters
from domain.procedures.planning.commands import COMMANDS, AdjustPlan, SubmitPlan
from domain.procedures.planning.details import DETAILS
from domain.procedures.planning.events import PlanPublished
from domain.procedures.planning.examples import EXAMPLES
from domain.procedures.planning.facts import Plan
from domain.procedures.planning.refusals import REFUSALS
from domain.procedures.planning.words import WORDS
from domain.registers import institutions, plans
from domain.registers.plans import PublishedPlan


def _wanted(payload: object, situation: Situation) -> tuple[FactKey, ...]:
    if not isinstance(payload, SubmitPlan | AdjustPlan):
        return ()
    case = situation.case
    uscc = case.applicant.organisation if case is not None else situation.actor.organisation
    return (institutions.key(uscc),)


def _claims(event: object, case: Case) -> tuple[Claim, ...]:
    plan = case.data
    if not isinstance(event, PlanPublished) or not isinstance(plan, Plan):
        return ()
    if plan.published_at is None:
        return ()
    published = PublishedPlan(
        rows=event.rows, filed_at=plan.published_at, late=event.late, case=case.id
    )
    return (plans.claim(case.applicant.organisation, event.year, published),)


ANNUAL_PLAN = Procedure(
    name="annual_plan",
    workflow="AnnualPlan",
    mark="JH",
    diagrams={"hunan": "planning/hunan.bpmn"},
    data=Plan,
    blank=Plan(),
    commands=COMMANDS,
    events=facts.OWN_EVENTS,
    refusals=REFUSALS,
    opened=at_home,
    decide=effects.decide,
    fold=facts.fold,
    standing=facts.standing,
    variables=facts.variables,
    misplaced=only_in({"hunan": tree.HUNAN}),
    stages={},
    told=letters.told,
    anchor=facts.anchor,
    decided=facts.decided,
    wanted=_wanted,
    sends=frozenset(("plan.approve", "plan.return")),
    claims=_claims,
    effects=effects.EFFECTS,
    details=DETAILS,
    examples=EXAMPLES,
    words=WORDS,
)
