"""What already stands filed for an applicant: its occupations, and the code it keeps."""

from domain.case.procedure import Situation
from domain.case.state import Case
from domain.kernel.errors import Refusal
from domain.procedures.filing.commands import ApproveFiling
from domain.procedures.filing.facts import Filing
from domain.procedures.filing.refusals import TooManyOccupations
from domain.procedures.filing.rules import quota
from domain.procedures.filing.values import ExceptionGranted
from domain.registers import institutions
from domain.registers.institutions import Entry, ScopeItem


def scope(uscc: str, situation: Situation) -> tuple[ScopeItem, ...]:
    """Return what an institution has on file in this province as a social organisation."""
    found = institutions.filed_for(situation.facts, uscc, situation.jurisdiction)
    return tuple(item for one in reversed(found) if one.public for item in one.scope)


def entry(uscc: str, letter: str, situation: Situation) -> Entry | None:
    """Return the entry whose code the institution keeps: filed at this very node, same letter."""
    its_own = (
        one
        for one in institutions.filed(situation.facts, uscc)
        if one.institution_code[:1] == letter and one.jurisdiction == situation.jurisdiction
    )
    return next(its_own, None)


def too_many(
    wanted: tuple[ScopeItem, ...],
    before: tuple[ScopeItem, ...],
    situation: Situation,
    *,
    excepted: bool,
) -> Refusal | None:
    """Return the refusal of more occupations than a social organisation may have in all.

    Cite: HN-2022-1 一(一).
    """
    most = quota(situation, "filing.occupations_per_organisation")
    count = len({item.occupation_code for item in (*before, *wanted)})
    if most is None or count <= most.amount or (most.in_principle and excepted):
        return None
    return TooManyOccupations(count=count, most=most.amount, citation=most.cite)


def number(
    payload: ApproveFiling, case: Case, filing: Filing, situation: Situation
) -> Refusal | None:
    """Return the refusal of an approval that would give a social organisation too many.

    Between application and approval another filing of it may have been approved.
    """
    if not filing.social or filing.institution is None:
        return None
    applicants = {person for did, person in case.acts if did == "filing.submitted"}
    granted = _granted(filing.exception, applicants) or _granted(
        payload.exception, {*applicants, situation.actor.person}
    )
    before = scope(filing.institution.uscc, situation)
    return too_many(filing.scope, before, situation, excepted=granted)


def _granted(exception: ExceptionGranted | None, users: set[str]) -> bool:
    """Whether an exception was approved, by none of those who use it."""
    return exception is not None and exception.given and exception.approved_by not in users
