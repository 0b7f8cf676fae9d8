"""The guards of an annual plan: each returns the refusal it finds, or None, in their order."""

from collections.abc import Iterable, Sequence
from datetime import date

from domain.case.procedure import Situation
from domain.case.refusals import LawReasonsRequired, malformed
from domain.kernel.errors import Refusal
from domain.kernel.faults import fault
from domain.kernel.terms import Term
from domain.kernel.times import legal_day
from domain.law.book import NoRule
from domain.procedures.planning.facts import Plan
from domain.procedures.planning.refusals import PlanOutOfScope, PlanYearStarted
from domain.registers import institutions
from domain.registers.institutions import Entry
from domain.registers.plans import PlanRow

_PLANS = "HN-2022-1 二(三)"


def last_day(situation: Situation, year: int) -> tuple[date, Term] | NoRule:
    """Return the last day on which the plan of `year` is in time, and the term that says so."""
    on = legal_day(situation.at)
    term = situation.world.book.term("plan.annual", situation.jurisdiction, on, situation.variant)
    if isinstance(term, NoRule):
        return term
    month, day = divmod(term.amount, 100)
    return date(year - 1, month, day), term


def submission(year: int, rows: Sequence[PlanRow], situation: Situation) -> Refusal | None:
    """Return the first refusal rows meet: of another year, or outside the filed scope.

    Cite: HN-2022-1 二(三).
    """
    applicant = situation.case.applicant.organisation if situation.case else None
    uscc = applicant or situation.actor.organisation
    filed = institutions.filed_for(situation.facts, uscc, situation.jurisdiction)
    return _other_years(year, rows) or _scope(rows, filed)


def _other_years(year: int, rows: Sequence[PlanRow]) -> Refusal | None:
    zh, en = f"须为 {year} 年的月份", f"a month of {year}"
    faults = tuple(
        fault(f"/rows/{n}/evaluation_period", "date", zh, en)
        for n, one in enumerate(rows)
        if not one.evaluation_period.startswith(f"{year}-")
    )
    return malformed(faults) if faults else None


def _scope(rows: Sequence[PlanRow], filed: Sequence[Entry]) -> Refusal | None:
    outside = [row for row in rows if not any(_covers(entry, row) for entry in filed)]
    return PlanOutOfScope(rows=_named(outside), citation=_PLANS) if outside else None


def _covers(entry: Entry, row: PlanRow) -> bool:
    """Whether the scope has the occupation at that level, for that job where both name one."""
    return any(
        (one.occupation_code, one.level) == (row.occupation_code, row.level)
        and (not (one.job and row.job) or one.job == row.job)
        for one in entry.scope
    )


def adjustment(rows: Sequence[PlanRow], plan: Plan, situation: Situation) -> Refusal | None:
    """Return the first refusal an adjustment meets.

    Rows of past months stand as they were published, or as submitted before any publication; those
    left out are carried over, unless leaving them out is all that the adjustment would change.
    """
    if refusal := submission(plan.year, rows, situation):
        return refusal
    today = legal_day(situation.at)
    stood = _past(_stood(plan), today)
    only_dropped = set(adjusted(rows, plan, situation)) == set(_stood(plan)) and stood - set(rows)
    differing = (_past(rows, today) - stood) or only_dropped
    if not differing:
        return None
    listed = sorted(differing, key=lambda one: (one.evaluation_period, one.occupation_code))
    return PlanYearStarted(rows=_named(listed), citation=_PLANS)


def adjusted(rows: Sequence[PlanRow], plan: Plan, situation: Situation) -> tuple[PlanRow, ...]:
    """Return all rows of the adjusted plan: those of past months it leaves out, then the given."""
    past = _past(_stood(plan), legal_day(situation.at))
    return (*(one for one in _stood(plan) if one in past and one not in rows), *rows)


def _stood(plan: Plan) -> tuple[PlanRow, ...]:
    return plan.published or plan.rows


def _past(rows: Iterable[PlanRow], today: date) -> set[PlanRow]:
    return {one for one in rows if one.evaluation_period < f"{today:%Y-%m}"}


def _named(rows: Iterable[PlanRow]) -> str:
    said = (
        " ".join(
            part
            for part in (one.evaluation_period, one.occupation_code, one.occupation, one.job)
            if part
        )
        + f" {one.level}级"
        for one in rows
    )
    return "、".join(dict.fromkeys(said))


def reasons(given: Sequence[str]) -> Refusal | None:
    """Return the refusal of a return that says nothing of why."""
    return None if any(one.strip() for one in given) else LawReasonsRequired()
