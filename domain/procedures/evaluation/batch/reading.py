"""What a batch reads beside itself: the law on its day, and the registers of its institution."""

from domain.case.decision import FactKey
from domain.case.procedure import Situation
from domain.kernel.errors import LawGapError
from domain.kernel.times import legal_day
from domain.law.book import NoRule, Quota, Rule
from domain.procedures.evaluation.batch import commands as c
from domain.procedures.evaluation.batch.lead import LeadTime, lead_time
from domain.registers import blocks, candidates, institutions, plans, question_banks, staff


def uscc(situation: Situation) -> str:
    """Return the 统一社会信用代码 of the institution whose batch it is."""
    case = situation.case
    return case.applicant.organisation if case is not None else situation.actor.organisation


def wanted(payload: object, situation: Situation) -> tuple[FactKey, ...]:
    """Return the facts a command needs."""
    its = uscc(situation)
    match payload:
        case c.ReportBatch():
            return (
                institutions.key(its),
                plans.key(its, payload.starts_on.year),
                staff.key(its),
                blocks.key(its),
                question_banks.key(its, payload.occupation_code, payload.level),
                *map(candidates.key, dict.fromkeys(payload.candidates)),
            )
        case c.RequestExternalSite():
            return (institutions.key(its), staff.key(its))
        case c.CheckCandidate(candidate=who, eligible=True):
            return (candidates.key(who),)
        case _:
            return ()


def rule(situation: Situation, key: str) -> Rule | None:
    """Return the rule in force where and when the act happens; None when no text has one."""
    on = legal_day(situation.at)
    found = situation.world.book.rule(key, situation.jurisdiction, on, situation.variant)
    return None if isinstance(found, NoRule) else found


def quota(situation: Situation, key: str) -> Quota | None:
    """Return the number in force where and when the act happens; None when no text has one."""
    on = legal_day(situation.at)
    found = situation.world.book.quota(key, situation.jurisdiction, on, situation.variant)
    return None if isinstance(found, NoRule) else found


def sure_quota(situation: Situation, key: str) -> Quota:
    """Return a number without which an open case could not go on.

    Raises:
        LawGapError: the law book has none.
    """
    found = quota(situation, key)
    if found is None:
        raise LawGapError(f"the law book has no {key} for {situation.jurisdiction}")
    return found


def lead(payload: c.ReportBatch, situation: Situation) -> LeadTime | NoRule | None:
    """Return until when the plan may come."""
    world = situation.world
    return lead_time(
        world.book, world.calendar, situation.jurisdiction, situation.variant, payload.starts_on
    )
