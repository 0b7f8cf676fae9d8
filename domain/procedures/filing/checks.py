"""The guards of a filing: each returns the refusal it finds, or None, in VOCABULARY's order."""

from collections.abc import Sequence

from domain.case.procedure import Situation
from domain.case.refusals import SamePerson, WrongStage
from domain.case.state import Case
from domain.kernel.errors import LawGapError, Refusal
from domain.kernel.terms import Term
from domain.kernel.times import legal_day
from domain.law import jurisdiction as tree
from domain.law.book import NoRule, Quota, Rule
from domain.law.occupations import Occupation
from domain.procedures.filing.commands import ApproveFiling, RequestSupplement, SubmitFiling
from domain.procedures.filing.facts import Filing
from domain.procedures.filing.refusals import (
    ApplicantBarred,
    AssessmentMissing,
    CommitmentMissing,
    OccupationNotOpen,
    PublicityRunning,
    QuotaExceeded,
    ReasonsRequired,
    SupplementOnce,
    SupplementTooLong,
    TooManyOccupations,
    WrongAuthority,
)
from domain.registers import places
from domain.registers.institutions import INSTITUTION_TYPES, Bar, Institution, ScopeItem, bars
from domain.registers.occupations import occupation

_RUNNING = ("open", "suspended")


def rule(situation: Situation, key: str, variant: str | None = None) -> Rule | None:
    """Return the rule in force where and when the act happens; None when no text has one."""
    on = legal_day(situation.at)
    found = situation.world.book.rule(key, situation.jurisdiction, on, variant or situation.variant)
    return None if isinstance(found, NoRule) else found


def quota(situation: Situation, key: str) -> Quota | None:
    """Return the number in force where and when the act happens; None when no text has one."""
    on = legal_day(situation.at)
    found = situation.world.book.quota(key, situation.jurisdiction, on, situation.variant)
    return None if isinstance(found, NoRule) else found


def term(situation: Situation, key: str) -> Term | NoRule:
    """Return the term in force where and when the act happens."""
    on = legal_day(situation.at)
    return situation.world.book.term(key, situation.jurisdiction, on, situation.variant)


def sure_term(situation: Situation, key: str) -> Term:
    """Return a term without which an open case could not go on.

    Raises:
        LawGapError: the law book has none.
    """
    found = term(situation, key)
    if isinstance(found, NoRule):
        raise LawGapError(found.text("en"))
    return found


def is_social(situation: Situation, institution: Institution) -> bool:
    """Whether the institution is a social training-evaluation organisation (社会培训评价组织)."""
    social = rule(situation, "filing.public_notice")
    return social is not None and institution.type in social.values


def reasons(given: Sequence[str], basis: Sequence[str], situation: Situation) -> Refusal | None:
    """Return the refusal of a refusal without reasons or without legal basis.

    Cite: HN-2022-1 一(二).
    """
    lacking = [
        name
        for name, texts in (("理由 · reasons", given), ("依据 · legal basis", basis))
        if not any(text.strip() for text in texts)
    ]
    if not lacking:
        return None
    grounds = rule(situation, "filing.grounds_of_refusal")
    return ReasonsRequired(lacking="、".join(lacking), citation=grounds.cite if grounds else None)


def supplement(payload: RequestSupplement, case: Case, situation: Situation) -> Refusal | None:
    """Return the refusal of a list of defects: a second one, or too long a window.

    Cite: HN-2022-1 一(二).
    """
    if refusal := _listed_before(case, situation):
        return refusal
    most = sure_term(situation, "filing.supplement")
    days = payload.working_days
    if days is not None and most.at_most and days > most.amount:
        return SupplementTooLong(working_days=days, most=most.amount, citation=most.cite)
    return None


def _listed_before(case: Case, situation: Situation) -> Refusal | None:
    filing = case.data
    if not isinstance(filing, Filing) or filing.listed_at is None:
        return None
    once = rule(situation, "filing.supplement_once")
    sent = [one for one in case.notices if one.kind == "filing.supplement"]
    return SupplementOnce(
        day=legal_day(filing.listed_at).isoformat(),
        notice=sent[-1].number if sent else "",
        citation=once.cite if once else None,
    )


def foreseen(command: str, situation: Situation) -> Refusal | None:
    """Return the refusal a command would meet now, whatever its payload says."""
    case = situation.case
    if case is None or not isinstance(case.data, Filing):
        return None
    match command:
        case "filing.request_supplement":
            return _listed_before(case, situation)
        case "filing.approve":
            blank = ApproveFiling()
            separate = separated(blank, situation)
            return separate or _publicity(case, case.data) or _assessed(case.data)
        case "filing.object":
            return None if on_notice(case) else WrongStage(stage=case.stage, command=command)
        case _:
            return None


def on_notice(case: Case) -> bool:
    """Whether the public notice is running."""
    return any(one.key == "filing.publicity" and one.state in _RUNNING for one in case.deadlines)


def submission(payload: SubmitFiling, situation: Situation) -> Refusal | None:
    """Return the first refusal an application meets.

    Cite: HN-2022-1 一(一), 一(二); RS-2021-57A 二(六), 二(七).
    """
    found = term(situation, "filing.acceptance")
    return (
        _commitment(payload, situation)
        or _occupations(payload, situation)
        or _number_of_occupations(payload, situation)
        or _bars(payload.institution, situation)
        or _authority(situation)
        or (found if isinstance(found, NoRule) else None)
    )


def _commitment(payload: SubmitFiling, situation: Situation) -> Refusal | None:
    if payload.commitment is not None and payload.commitment.given:
        return None
    found = rule(situation, "filing.commitment", payload.institution.type)
    return CommitmentMissing(citation=found.cite) if found else None


def _occupations(payload: SubmitFiling, situation: Situation) -> Refusal | None:
    social = is_social(situation, payload.institution)
    for item in payload.scope:
        known = known_occupation(item.occupation_code, situation)
        if known is not None and (refusal := _closed(item, known, social, situation)):
            return refusal
    return None


def known_occupation(code: str, situation: Situation) -> Occupation | None:
    """Return the occupation as the tenant's register has it, else as shipped."""
    return occupation(situation.facts, situation.world.occupations, code)


def _closed(
    item: ScopeItem,
    known: Occupation,
    social: bool,  # noqa: FBT001  – what the applicant is
    situation: Situation,
) -> Refusal | None:
    categories = rule(situation, "filing.categories_of_social_organisations") if social else None
    standards = rule(situation, "filing.standards")
    licences = rule(situation, "filing.licence_types")
    if categories and known.category not in categories.values:
        return _not_open(item, known, f"{known.category} 类 · category", categories.cite)
    if standards and not known.standard:
        return _not_open(item, known, "无标准或评价规范 · no standard", standards.cite)
    if (
        licences
        and known.licence
        and not ("with_ground" in licences.values and item.ground.strip())
    ):
        return _not_open(item, known, "准入类 · licence type", licences.cite)
    return None


def _not_open(item: ScopeItem, known: Occupation, why: str, cite: str) -> Refusal:
    return OccupationNotOpen(
        occupation_code=item.occupation_code, occupation=known.name, why=why, citation=cite
    )


def _number_of_occupations(payload: SubmitFiling, situation: Situation) -> Refusal | None:
    most = quota(situation, "filing.occupations_per_organisation")
    count = len({item.occupation_code for item in payload.scope})
    if most is None or count <= most.amount or not is_social(situation, payload.institution):
        return None
    if most.in_principle and _excepted(payload, situation):
        return None
    return TooManyOccupations(count=count, most=most.amount, citation=most.cite)


def _excepted(payload: SubmitFiling | ApproveFiling, situation: Situation) -> bool:
    """Whether an exception was approved, by another person than who uses it."""
    exception = payload.exception
    if exception is None or not exception.given:
        return False
    return exception.approved_by != situation.actor.person


def _bars(institution: Institution, situation: Situation) -> Refusal | None:
    if not is_social(situation, institution):
        return None
    for bar in bars(situation.facts, institution.uscc):
        if cite := _stands(bar, institution, situation):
            return ApplicantBarred(bar=bar.kind, citation=cite)
    return None


def _stands(bar: Bar, institution: Institution, situation: Situation) -> str | None:
    """Return the clause under which a bar stands on the day of the act; None when it does not."""
    key = f"filing.bar.{bar.kind}"
    found, years, began = rule(situation, key), quota(situation, key), bar.since
    types = [one for one in found.values if one in INSTITUTION_TYPES] if found else []
    if found is None or (types and institution.type not in types):
        return None
    if years is not None and began is not None:
        today = legal_day(situation.at)
        over = (began.year + years.amount, began.month, began.day)
        if (today.year, today.month, today.day) >= over:
            return None
    return found.cite


def _authority(situation: Situation) -> Refusal | None:
    """Return the refusal of an office that is not the applicant's own (属地).

    Cite: HN-2022-1 一(二).
    """
    node, home = situation.jurisdiction, situation.actor.jurisdiction
    if refusal := misplaced(situation.variant, node):
        return refusal
    if tree.is_code(home) and not (tree.contains(node, home) or tree.contains(home, node)):
        return WrongAuthority(jurisdiction=node, right=_named(home), citation=_LOCAL_CENTER)
    return None


_LOCAL_CENTER = "HN-2022-1 一(二)"  # 属地鉴定中心
_PROVINCES = {"hunan": "430000"}


def misplaced(variant: str, node: str) -> Refusal | None:
    """Return the refusal of an office outside the province of the variant.

    Cite: HN-2022-1 一(二).
    """
    province = _PROVINCES[variant]
    if tree.contains(province, node):
        return None
    return WrongAuthority(jurisdiction=node, right=_named(province), citation=_LOCAL_CENTER)


def _named(code: str) -> str:
    return tree.name(code) or code


def approval(payload: ApproveFiling, case: Case, situation: Situation) -> Refusal | None:
    """Return the first refusal an approval meets.

    Cite: HN-2022-1 一(一); RS-2021-57A 二(十)3, 二(十)4.
    """
    filing = case.data
    if not isinstance(filing, Filing):
        return None
    return _places(payload, filing, situation) or _publicity(case, filing) or _assessed(filing)


def taken(filing: Filing, item: ScopeItem, situation: Situation) -> int:
    """Return how many other organisations hold the occupation and job at exactly this node."""
    own = filing.institution.uscc if filing.institution else ""
    return places.taken(situation.facts, situation.jurisdiction, item, own)


def _places(payload: ApproveFiling, filing: Filing, situation: Situation) -> Refusal | None:
    most = quota(situation, "filing.organisations_per_occupation")
    if most is None or not filing.social or (most.in_principle and _excepted(payload, situation)):
        return None
    for item in filing.scope:
        count = taken(filing, item, situation)
        if count >= most.amount:
            return QuotaExceeded(
                jurisdiction=situation.jurisdiction,
                occupation_code=item.occupation_code,
                job=item.job,
                taken=count,
                most=most.amount,
                citation=most.cite,
            )
    return None


def _publicity(case: Case, filing: Filing) -> Refusal | None:
    passed = filing.assessment is not None and filing.assessment.passed
    waiting = any("filing.approve" in one.commands for one in case.tasks if one.state == "open")
    if not (filing.social and passed) or waiting:
        return None
    running = [one for one in case.deadlines if one.key == "filing.publicity"]
    until = running[-1].due.isoformat() if running and running[-1].due else "—"
    return PublicityRunning(until=until, citation="RS-2021-57A 二(十)4")


def _assessed(filing: Filing) -> Refusal | None:
    if filing.assessment is not None and filing.assessment.passed:
        return None
    return AssessmentMissing(citation="RS-2021-57A 二(十)3" if filing.social else None)


def separated(payload: object, situation: Situation) -> Refusal | None:
    """Return the refusal of an act by a person who did what it must be apart from.

    Cite: HN-2022-1 一(二).

    Local practice: who assessed does not approve.
    """
    person, case = situation.actor.person, situation.case
    if case is None or not isinstance(payload, ApproveFiling):
        return None
    if ("filing.assessed", person) in case.acts:
        return SamePerson(person=person, earlier="filing.assessed")
    exception = payload.exception
    if exception is not None and exception.given and exception.approved_by == person:
        return SamePerson(person=person, earlier="exception.approved_by")
    return None


def considered(case: Case, command: str) -> bool:
    """Whether a named refusal says more than the stage would (VOCABULARY §9)."""
    stages = {
        "filing.request_supplement": ("received", "correction_required"),
        "filing.approve": ("accepted", "in_review", "publicity"),
    }
    return case.status in stages.get(command, ())
