"""What each command of an annual plan means in law, and what the end of its year means."""

from collections.abc import Callable, Mapping

from domain.case.procedure import Act, Letter, Situation
from domain.case.state import Case
from domain.kernel.errors import Refusal, StreamBrokenError, UnknownNameError
from domain.kernel.times import legal_day
from domain.law.book import NoRule
from domain.procedures.planning import checks
from domain.procedures.planning import commands as c
from domain.procedures.planning import events as e
from domain.procedures.planning.facts import Plan


def decide(payload: object, situation: Situation) -> Act | Refusal:
    """Return what `payload` leads to, or the named refusal it meets.

    Raises:
        UnknownNameError: no command of an annual plan has such a payload.
    """
    if isinstance(payload, c.SubmitPlan):
        return _submit(payload, situation)
    plan = _plan(situation.case)
    match payload:
        case c.ApprovePlan():
            return _approve(plan)
        case c.ReturnPlan():
            return _return(payload)
        case c.AdjustPlan():
            return _adjust(payload, plan, situation)
        case _:
            raise UnknownNameError(f"{type(payload).__name__} is no command of an annual plan")


def _submit(payload: c.SubmitPlan, situation: Situation) -> Act | Refusal:
    found = checks.last_day(situation, payload.year)
    if isinstance(found, NoRule):
        return found
    if refusal := checks.submission(payload.year, payload.rows, situation):
        return refusal
    due, term = found
    submitted = (e.PlanSubmitted(year=payload.year, rows=payload.rows), "")
    if legal_day(situation.at) <= due:
        return Act(events=(submitted,))
    return Act(events=(submitted, (e.PlanLate(due=due), term.cite)))


def _approve(plan: Plan) -> Act:
    published = e.PlanPublished(year=plan.year, rows=plan.rows, late=plan.late)
    return Act(
        events=((e.PlanApproved(), ""), (published, "")), letters=(Letter(kind="plan.filed"),)
    )


def _return(payload: c.ReturnPlan) -> Act | Refusal:
    if refusal := checks.reasons(payload.reasons):
        return refusal
    return Act(
        events=((e.PlanReturned(reasons=payload.reasons), ""),),
        letters=(Letter(kind="plan.returned"),),
    )


def _adjust(payload: c.AdjustPlan, plan: Plan, situation: Situation) -> Act | Refusal:
    if refusal := checks.adjustment(payload.rows, plan, situation):
        return refusal
    rows = checks.adjusted(payload.rows, plan, situation)
    return Act(events=((e.PlanAdjusted(rows=rows), ""),))


def year_ended(case: Case) -> object:
    """Return what the end of the year means: the plan has run its course."""
    return e.PlanYearEnded(year=_plan(case).year)


def _plan(case: Case | None) -> Plan:
    if case is None or not isinstance(case.data, Plan):
        raise StreamBrokenError("an act on an annual plan that is none")
    return case.data


EFFECTS: Mapping[str, Callable[[Case], object]] = {"plan.year_ended": year_ended}
