"""The batch, as the generic case uses it."""

from domain.case.procedure import Procedure
from domain.law import jurisdiction as tree
from domain.procedures.evaluation.batch import claims, effects, facts, letters, reading
from domain.procedures.evaluation.batch.commands import COMMANDS
from domain.procedures.evaluation.batch.details import DETAILS
from domain.procedures.evaluation.batch.examples import EXAMPLES
from domain.procedures.evaluation.batch.facts import Batch
from domain.procedures.evaluation.batch.refusals import REFUSALS
from domain.procedures.evaluation.batch.words import WORDS
from domain.procedures.offices import at_home, only_in

_BY_TYPE = {  # of an institution in Henan → variant
    "enterprise": "henan_enterprise",
    "school": "henan_social_organisation",  # it evaluates the public
    "technical_college": "henan_technical_college",
    "agency": "henan_appraisal_agency",
    "social_organisation": "henan_social_organisation",
    "association": "henan_social_organisation",
}


_DIAGRAMS = {
    "hunan": "evaluation/batch/hunan.bpmn",
    "henan_enterprise": "evaluation/batch/henan.bpmn",
    "henan_social_organisation": "evaluation/batch/henan.bpmn",
    "henan_technical_college": "evaluation/batch/henan_open.bpmn",
    "henan_appraisal_agency": "evaluation/batch/henan_open.bpmn",
    "henan_special_ability": "evaluation/batch/henan.bpmn",
}


def _fitting(node: str, kind: str) -> str:
    """Return the variant for an institution of this type at this office."""
    if not tree.contains(tree.HENAN, node):
        return "hunan"
    return _BY_TYPE.get(kind, "henan_enterprise")


BATCH = Procedure(
    name="batch",
    workflow="BatchReport",
    mark="PC",
    diagrams=_DIAGRAMS,
    data=Batch,
    blank=Batch(),
    commands=COMMANDS,
    events=facts.OWN_EVENTS,
    refusals=REFUSALS,
    opened=at_home,
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
    misplaced=only_in(dict.fromkeys(_DIAGRAMS, tree.HENAN) | {"hunan": tree.HUNAN}),
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
    words=WORDS,
)
