"""What each command of an evaluation spec means in law."""

from domain.case.procedure import Act, Letter, Situation
from domain.case.refusals import LawReasonsRequired
from domain.case.state import Case
from domain.kernel.errors import Refusal, StreamBrokenError, UnknownNameError
from domain.kernel.times import legal_day
from domain.law import jurisdiction as tree
from domain.law.book import NoRule
from domain.procedures.registers.evaluation_spec import commands as c
from domain.procedures.registers.evaluation_spec import events as e
from domain.procedures.registers.evaluation_spec.facts import Spec
from domain.procedures.registers.evaluation_spec.refusals import SpecTooFewExperts


def decide(payload: object, situation: Situation) -> Act | Refusal:
    """Return what `payload` leads to, or the named refusal it meets.

    Raises:
        UnknownNameError: no command of an evaluation spec has such a payload.
    """
    match payload:
        case c.SubmitSpec():
            return _submit(payload, situation)
        case c.ReviewSpec():
            return _review(payload, situation)
        case c.FileSpec():
            filed = e.SpecFiled(occupation_code=_spec(situation.case).occupation_code)
            return Act(events=((filed, ""),), letters=(Letter(kind="spec.receipt"),))
        case c.DeclineSpec():
            return _decline(payload)
        case _:
            raise UnknownNameError(f"{type(payload).__name__} is no command of a spec")


def _submit(payload: c.SubmitSpec, situation: Situation) -> Act:
    submitted = e.SpecSubmitted(
        occupation_code=payload.occupation_code,
        occupation=payload.occupation,
        digest=payload.digest or "",
        province=tree.province(situation.jurisdiction),
    )
    if payload.level is None and not payload.materials:
        return Act(events=((submitted, ""),))
    more = e.SpecMaterialsReceived(level=payload.level, materials=payload.materials)
    return Act(events=((submitted, ""), (more, "")))


def _review(payload: c.ReviewSpec, situation: Situation) -> Act | Refusal:
    """Take the review of enough experts.

    Cite: YU-2022-8 三(四).
    """
    on = legal_day(situation.at)
    experts = tuple(one for one in dict.fromkeys(payload.experts) if one)
    least = situation.world.book.quota(
        "spec.experts", situation.jurisdiction, on, situation.variant
    )
    if isinstance(least, NoRule):
        return least
    if len(experts) < least.amount:
        return SpecTooFewExperts(count=len(experts), least=least.amount, citation=least.cite)
    reviewed = e.SpecReviewed(experts=experts, opinion=payload.opinion)
    return Act(events=((reviewed, least.cite),))


def _decline(payload: c.DeclineSpec) -> Act | Refusal:
    given = (payload.reasons, payload.legal_basis)
    if not all(any(text.strip() for text in texts) for texts in given):
        return LawReasonsRequired()
    declined = e.SpecDeclined(reasons=payload.reasons, legal_basis=payload.legal_basis)
    return Act(events=((declined, ""),), letters=(Letter(kind="spec.declined"),))


def _spec(case: Case | None) -> Spec:
    if case is None or not isinstance(case.data, Spec):
        raise StreamBrokenError("an act on an evaluation spec that is none")
    return case.data
