"""The guards of an application, in VOCABULARY's order: each returns the refusal it finds."""

from domain.case.procedure import Situation
from domain.case.refusals import malformed
from domain.kernel.errors import Refusal
from domain.kernel.faults import Fault, fault
from domain.kernel.times import legal_day
from domain.law import jurisdiction as tree
from domain.law.occupations import Occupation
from domain.procedures.filing.authority import authority
from domain.procedures.filing.commands import SubmitFiling
from domain.procedures.filing.filed import scope as scope_filed
from domain.procedures.filing.filed import too_many
from domain.procedures.filing.refusals import (
    ApplicantBarred,
    CommitmentMissing,
    OccupationNotOpen,
)
from domain.procedures.filing.rules import (
    NATIONAL,
    applicants_kind,
    is_social,
    out_of_force,
    quota,
    rule,
)
from domain.procedures.filing.values import ExceptionGranted
from domain.registers.institutions import INSTITUTION_TYPES, Bar, Institution, ScopeItem, bars
from domain.registers.occupations import occupation


def submission(payload: SubmitFiling, situation: Situation) -> Refusal | None:
    """Return the first refusal an application meets.

    Cite: HN-2022-1 一(一), 一(二); RS-2021-57A 一(三), 二(六), 二(七).
    """
    return (
        _branches(payload, situation)
        or _commitment(payload, situation)
        or allowed(payload, scope_filed(payload.institution.uscc, situation), situation)
        or authority(payload.institution, situation)
        or out_of_force(situation)
    )


def allowed(
    payload: SubmitFiling, filed: tuple[ScopeItem, ...], situation: Situation
) -> Refusal | None:
    """Return the refusal of a scope this applicant may not have beside what is `filed` for it.

    Cite: HN-2022-1 一(一); RS-2021-57A 二(六), 二(七).
    """
    return (
        _occupations(payload, situation)
        or _number_of_occupations(payload, filed, situation)
        or _bars(payload.institution, situation)
    )


def _branches(payload: SubmitFiling, situation: Situation) -> Refusal | None:
    """Return the refusal of branches nobody could file: twice, the employer itself, nowhere."""
    faults: list[Fault] = []
    if payload.branches and situation.variant != NATIONAL:
        only = fault("/branches", "field", "仅全国性用人单位填写", "for national employers only")
        faults.append(only)
    seen = {payload.institution.uscc}
    for n, one in enumerate(payload.branches):
        if one.uscc in seen:
            faults.append(
                fault(
                    f"/branches/{n}/uscc",
                    "field",
                    "已列出，分支机构须有自己的代码",
                    "stands already; a branch has its own",
                )
            )
        if one.jurisdiction == tree.COUNTRY:
            where = f"/branches/{n}/jurisdiction"
            faults.append(fault(where, "field", "请写明所在省份", "name its province"))
        seen.add(one.uscc)
    return malformed(tuple(faults)) if faults else None


def _commitment(payload: SubmitFiling, situation: Situation) -> Refusal | None:
    if payload.commitment is not None and payload.commitment.given:
        return None
    kind = applicants_kind(situation, payload.institution)
    found = rule(situation, "filing.commitment", kind)
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


def _number_of_occupations(
    payload: SubmitFiling, filed: tuple[ScopeItem, ...], situation: Situation
) -> Refusal | None:
    if not is_social(situation, payload.institution):
        return None
    granted = excepted(payload.exception, situation)
    return too_many(payload.scope, filed, situation, excepted=granted)


def excepted(exception: ExceptionGranted | None, situation: Situation) -> bool:
    """Whether an exception was approved, by another person than who uses it."""
    if exception is None or not exception.given:
        return False
    return exception.approved_by != situation.actor.person


def _bars(institution: Institution, situation: Situation) -> Refusal | None:
    """Return the refusal of an applicant against whom a bar stands.

    Cite: RS-2021-57A 二(七)2.
    """
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
