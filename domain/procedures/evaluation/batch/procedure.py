"""The batch, as the generic case uses it."""

from domain.case.actor import Actor
from domain.case.procedure import Opened, Procedure
from domain.case.refusals import OutsideJurisdiction
from domain.case.state import Party
from domain.kernel.errors import Refusal
from domain.law import jurisdiction as tree
from domain.procedures.evaluation.batch import claims, effects, facts, letters, reading
from domain.procedures.evaluation.batch import words as _words  # noqa: F401  – registers what codes are called
from domain.procedures.evaluation.batch.commands import COMMANDS, ReportBatch
from domain.procedures.evaluation.batch.details import DETAILS
from domain.procedures.evaluation.batch.examples import EXAMPLES
from domain.procedures.evaluation.batch.facts import Batch
from domain.procedures.evaluation.batch.refusals import REFUSALS

_PROVINCES = {"hunan": "430000"}
_HENAN = "410000"
_BY_TYPE = {  # of an institution in Henan → variant
    "enterprise": "henan_enterprise",
    "school": "henan_social_organisation",  # it evaluates the public
    "technical_college": "henan_technical_college",
    "agency": "henan_appraisal_agency",
    "social_organisation": "henan_social_organisation",
    "association": "henan_social_organisation",
}


def _opened(payload: object, actor: Actor) -> Opened:
    """Return a batch of the acting institution, at its own center."""
    if not isinstance(payload, ReportBatch):
        raise TypeError(f"{type(payload).__name__} opens no batch")
    its = Party(organisation=actor.organisation, name="")  # name and kind come from the register
    return Opened(jurisdiction=actor.jurisdiction, applicant=its)


def _misplaced(variant: str, node: str) -> Refusal | None:
    """Return the refusal of an office outside the province of the variant."""
    province = _PROVINCES.get(variant, _HENAN)
    return None if tree.contains(province, node) else OutsideJurisdiction(jurisdiction=province)


def _fitting(node: str, kind: str) -> str:
    """Return the variant for an institution of this type at this office."""
    if not tree.contains(_HENAN, node):
        return "hunan"
    return _BY_TYPE.get(kind, "henan_enterprise")


BATCH = Procedure(
    name="batch",
    workflow="BatchReport",
    mark="PC",
    diagrams={
        "hunan": "evaluation/batch/hunan.bpmn",
        "henan_enterprise": "evaluation/batch/henan.bpmn",
        "henan_social_organisation": "evaluation/batch/henan.bpmn",
        "henan_technical_college": "evaluation/batch/henan_open.bpmn",
        "henan_appraisal_agency": "evaluation/batch/henan_open.bpmn",
        "henan_special_ability": "evaluation/batch/henan.bpmn",
    },
    data=Batch,
    blank=Batch(),
    commands=COMMANDS,
    events=facts.OWN_EVENTS,
    refusals=REFUSALS,
    opened=_opened,
    decide=effects.decide,
    fold=facts.fold,
    standing=facts.standing,
    variables=facts.variables,
    told=letters.told,
    about=letters.about,
    details=DETAILS,
    anchor=facts.anchor,
    offices=facts.offices,
    awaited=facts.awaited,
    occasion=facts.occasion,
    considered=effects.considered,
    decided=effects.decided,
    separated=effects.separated,
    foreseen=effects.foreseen,
    misplaced=_misplaced,
    fitting=_fitting,
    stages=facts.STAGES,
    wanted=reading.wanted,
    sends=frozenset(
        (
            "batch.approve",
            "batch.reject",
            "batch.permit_site",
            "batch.deny_site",
            "batch.approve_results",
            "batch.return_results",
        )
    ),
    claims=claims.claims,
    effects=effects.EFFECTS,
    examples=EXAMPLES,
)
