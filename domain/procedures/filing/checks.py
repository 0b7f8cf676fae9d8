"""The guards of what follows an application: each returns the refusal it finds, or None."""

from collections.abc import Sequence

from domain.case.procedure import Situation
from domain.case.refusals import SamePerson, WrongStage
from domain.case.state import Case
from domain.kernel.errors import Refusal
from domain.kernel.times import legal_day
from domain.procedures.filing import filed
from domain.procedures.filing.commands import ApproveFiling, RequestSupplement
from domain.procedures.filing.facts import Filing
from domain.procedures.filing.refusals import (
    AssessmentMissing,
    PublicityRunning,
    QuotaExceeded,
    ReasonsRequired,
    SupplementOnce,
    SupplementTooLong,
)
from domain.procedures.filing.rules import NATIONAL, quota, rule, sure_term
from domain.procedures.filing.submission import excepted
from domain.registers import places
from domain.registers.institutions import ScopeItem
from domain.registers.places import Per

REVIEW = "RS-2021-57A 一(十)3"  # of national employers, by experts
_RUNNING = ("open", "suspended")


def reasons(given: Sequence[str], basis: Sequence[str], situation: Situation) -> Refusal | None:
    """Return the refusal of a refusal without reasons or without legal basis.

    Cite: HN-2022-1 一(二); RS-2021-57A 一(十五), 二(十一).
    """
    lacking = [
        name
        for name, texts in (("理由 · reasons", given), ("依据 · legal basis", basis))
        if not any(text.strip() for text in texts)
    ]
    if not lacking:
        return None
    grounds = rule(situation, "filing.grounds_of_refusal") or rule(
        situation, "filing.applicants_rights"
    )
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
        case "filing.assess":
            return reviewed(case, situation)
        case "filing.approve":
            blank = ApproveFiling()
            separate = separated(blank, situation)
            return separate or _publicity(case, case.data) or _assessed(case)
        case "filing.object":
            return None if on_notice(case) else WrongStage(stage=case.stage, command=command)
        case "filing.file_branch":
            provinces = {one.province for one in case.data.branches_left}
            its_own = situation.actor.jurisdiction in provinces
            return None if its_own or case.ended else WrongStage(stage=case.stage, command=command)
        case _:
            return None


def on_notice(case: Case) -> bool:
    """Whether the public notice is running."""
    return any(one.key == "filing.publicity" and one.state in _RUNNING for one in case.deadlines)


def approval(payload: ApproveFiling, case: Case, situation: Situation) -> Refusal | None:
    """Return the first refusal an approval meets.

    Cite: HN-2022-1 一(一); RS-2021-57A 一(十)3, 二(四), 二(十)3, 二(十)4.
    """
    filing = case.data
    if not isinstance(filing, Filing):
        return None
    return (
        _places(payload, filing, situation)
        or filed.number(payload, case, filing, situation)
        or _publicity(case, filing)
        or _assessed(case)
    )


def counted_per(situation: Situation) -> Per:
    """Return whether places are counted for an occupation as a whole or for each of its jobs.

    Cite: HN-2022-1 一(一); RS-2021-57A 二(四).
    """
    found = rule(situation, "filing.places_counted_per")
    return "job" if found is not None and "job" in found.values else "occupation"


def taken(filing: Filing, item: ScopeItem, situation: Situation) -> int:
    """Return how many other organisations hold a place for `item` at exactly this node."""
    own, per = filing.institution.uscc if filing.institution else "", counted_per(situation)
    return places.taken(situation.facts, places.key(situation.jurisdiction, item, per), own)


def _places(payload: ApproveFiling, filing: Filing, situation: Situation) -> Refusal | None:
    most = quota(situation, "filing.organisations_per_occupation")
    if most is None or not filing.social:
        return None
    if most.in_principle and excepted(payload.exception, situation):
        return None
    for item in filing.scope:
        count = taken(filing, item, situation)
        if count >= most.amount:
            return QuotaExceeded(
                jurisdiction=situation.jurisdiction,
                occupation_code=item.occupation_code,
                job=item.job if counted_per(situation) == "job" else "",
                taken=count,
                most=most.amount,
                citation=most.cite,
            )
    return None


def _publicity(case: Case, filing: Filing) -> Refusal | None:
    """Return the refusal of a decision before the public notice has run its course.

    Cite: RS-2021-57A 二(十)4.
    """
    passed = filing.assessment is not None and filing.assessment.passed
    waiting = any("filing.approve" in one.commands for one in case.tasks if one.state == "open")
    if not (filing.social and passed) or waiting:
        return None
    running = [one.due for one in case.deadlines if one.key == "filing.publicity"]
    if on_notice(case):
        until = running[-1].isoformat() if running[-1] else "暂停 · suspended"
        return PublicityRunning(until=until, citation=_NOTICE)
    return PublicityRunning(objections=len(filing.pending), citation=_NOTICE)


_NOTICE = "RS-2021-57A 二(十)4"


def _assessed(case: Case) -> Refusal | None:
    filing = case.data
    if not isinstance(filing, Filing):
        return None
    national, its = case.variant == NATIONAL, filing.assessment
    if its is not None and its.passed and (its.experts or not national):
        return None  # a national employer's technical review is the experts'
    if national:
        return AssessmentMissing(citation=REVIEW)
    return AssessmentMissing(citation="RS-2021-57A 二(十)3" if filing.social else None)


def reviewed(case: Case, situation: Situation) -> Refusal | None:
    """Return the refusal of a second review where experts stand behind the first.

    Local practice: a technical review without experts is not yet the one the text wants, so it may
    be held again before the decision.

    Cite: RS-2021-57A 一(十)3.
    """
    filing = case.data
    if not isinstance(filing, Filing) or filing.assessment is None:
        return None
    without = case.variant == NATIONAL and not filing.assessment.experts
    return None if without else WrongStage(stage=case.stage, command=situation.command)


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
