"""The filing of an evaluation spec, as the generic case uses it."""

from domain.case.decision import Claim
from domain.case.procedure import Procedure
from domain.case.state import Case
from domain.law import jurisdiction as tree
from domain.procedures.offices import at_home, only_in
from domain.procedures.registers.evaluation_spec import effects, facts, letters
from domain.procedures.registers.evaluation_spec.commands import COMMANDS
from domain.procedures.registers.evaluation_spec.details import DETAILS
from domain.procedures.registers.evaluation_spec.events import SpecFiled
from domain.procedures.registers.evaluation_spec.examples import EXAMPLES
from domain.procedures.registers.evaluation_spec.facts import Spec
from domain.procedures.registers.evaluation_spec.refusals import REFUSALS
from domain.procedures.registers.evaluation_spec.words import WORDS
from domain.registers import evaluation_specs
from domain.registers.evaluation_specs import FiledSpec


def _fitting(node: str, _kind: str) -> str:
    return "henan" if tree.contains(tree.HENAN, node) else "hunan"


def _claims(event: object, case: Case) -> tuple[Claim, ...]:
    spec = case.data
    if not isinstance(event, SpecFiled) or not isinstance(spec, Spec) or spec.filed_at is None:
        return ()
    filed = FiledSpec(case=case.id, filed_at=spec.filed_at)
    return (evaluation_specs.claim(event.occupation_code, filed),)


EVALUATION_SPEC = Procedure(
    name="evaluation_spec",
    workflow="EvaluationSpecReview",
    mark="GF",
    diagrams={
        "hunan": "registers/evaluation_spec/hunan.bpmn",
        "henan": "registers/evaluation_spec/henan.bpmn",
    },
    data=Spec,
    blank=Spec(),
    commands=COMMANDS,
    events=facts.OWN_EVENTS,
    refusals=REFUSALS,
    opened=at_home,
    decide=effects.decide,
    fold=facts.fold,
    standing=facts.standing,
    variables=facts.variables,
    fitting=_fitting,
    misplaced=only_in({"hunan": tree.HUNAN, "henan": tree.HENAN}),
    stages={},
    told=letters.told,
    offices=facts.offices,
    awaited=facts.awaited,
    sends=frozenset(("spec.file", "spec.decline")),
    claims=_claims,
    details=DETAILS,
    examples=EXAMPLES,
    words=WORDS,
)
