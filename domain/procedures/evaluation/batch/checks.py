"""The guards of a batch plan: each returns the refusal it finds, or None, in VOCABULARY's order."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from domain.case.procedure import Situation
from domain.kernel.errors import Refusal
from domain.kernel.times import in_china
from domain.law import jurisdiction as tree
from domain.law.book import NoRule, Rule
from domain.procedures.evaluation.batch import refusals as r
from domain.procedures.evaluation.batch.commands import ReportBatch
from domain.procedures.evaluation.batch.facts import Batch
from domain.procedures.evaluation.batch.reading import lead, quota, rule, uscc
from domain.procedures.evaluation.batch.values import Site
from domain.registers import blocks, candidates, institutions, plans, question_banks, staff
from domain.registers.institutions import Entry
from domain.registers.plans import PlanRow

SUSPENDED = "suspended"  # kind of a bar


def report(payload: ReportBatch, situation: Situation) -> Refusal | None:
    """Return the first refusal a plan meets.

    Cite: HN-2022-1 二(三), 二(六), 二(七), 二(八), 四(十七).
    """
    found = lead(payload, situation)
    return (
        _plan(payload, situation)
        or _scope(payload, situation)
        or _supervisor(payload, situation)
        or _own_staff_at_site(payload, situation)
        or _assessors(payload, situation)
        or _recusal(payload, situation)
        or _blocked(situation)
        or _barred(payload, situation)
        or _bank(payload, situation)
        or (found if isinstance(found, NoRule) else None)
    )


def _plan(payload: ReportBatch, situation: Situation) -> Refusal | None:
    """Where the law wants an annual plan, it is filed and has this evaluation."""
    year, on = payload.starts_on.year, payload.starts_on
    due = situation.world.book.term("plan.annual", situation.jurisdiction, on, situation.variant)
    if isinstance(due, NoRule):
        return None
    plan = plans.published(situation.facts, uscc(situation), year)
    if plan is None:
        return r.NoAnnualPlan(year=year, citation=due.cite)
    if any(_planned(row, payload) for row in plan.rows):
        return None
    month = _month(on)
    return r.NotInPlan(
        occupation_code=payload.occupation_code,
        level=payload.level,
        month=month,
        citation=due.cite,
    )


def _planned(row: PlanRow, payload: ReportBatch) -> bool:
    """Whether a row of the plan names the occupation, level, job and month of the batch."""
    same = (row.occupation_code, row.level) == (payload.occupation_code, payload.level)
    job = not row.job or not payload.job or row.job == payload.job
    return same and job and row.evaluation_period == _month(payload.starts_on)


def _month(day: date) -> str:
    return day.isoformat()[: len("2024-05")]


def _scope(payload: ReportBatch, situation: Situation) -> Refusal | None:
    if _covering(payload, situation):
        return None
    return r.OutOfScope(occupation_code=payload.occupation_code, level=payload.level)


def _supervisor(payload: ReportBatch, situation: Situation) -> Refusal | None:
    wanted = rule(situation, "batch.internal_supervisor")
    if wanted is None or payload.internal_supervisor.strip():
        return None
    return r.InternalSupervisorMissing(citation=wanted.cite)


def _covering(planned: ReportBatch | Batch, situation: Situation) -> tuple[Entry, ...]:
    """Return the entries whose scope has the occupation at that level, newest first."""
    filed = institutions.filed_for(situation.facts, uscc(situation), situation.jurisdiction)
    return tuple(one for one in filed if one.covers(planned.occupation_code, planned.level))


def filed_address(
    planned: ReportBatch | Batch, situation: Situation, site: Site | None = None
) -> str:
    """Return the place filed with what is to be evaluated; "" where the register has none.

    Several codes may cover it: the place of any of them that is `site`, or the site planned, is
    meant; else that of the newest. Of one code the newest entry counts.
    """
    held: dict[str, str] = {}
    for one in _covering(planned, situation):
        held.setdefault(one.institution_code, one.institution.address.strip())
    places, wanted = tuple(held.values()), site or planned.site
    if wanted is not None and wanted.place and wanted.place in places:
        return wanted.place
    return next(iter(places), "")


def external(payload: ReportBatch, situation: Situation) -> bool:
    """Whether the site is another than the filed place, where the law asks.

    A site without an address is external where it lies in another city; else its address is a gap.
    """
    site, filed = payload.site, filed_address(payload, situation)
    if site is None or not filed or rule(situation, "batch.external_site") is None:
        return False
    if site.place:
        return site.place != filed
    own = situation.jurisdiction
    return tree.city(site.jurisdiction or own) != tree.city(own)


def _own_staff_at_site(payload: ReportBatch, situation: Situation) -> Refusal | None:
    if not external(payload, situation):
        return None
    return own_staff((*payload.exam_staff, payload.internal_supervisor), situation)


def own_staff(people: tuple[str, ...], situation: Situation) -> Refusal | None:
    """Return the refusal of an external site with people of others; none without a list.

    Cite: HN-2022-1 二(八).
    """
    wanted, listed = rule(situation, "batch.own_staff"), own_people(situation)
    if wanted is None or listed is None:
        return None
    others = [one for one in dict.fromkeys(people) if one and one not in listed]
    return r.StaffNotOwn(people="、".join(others), citation=wanted.cite) if others else None


def own_people(situation: Situation) -> frozenset[str] | None:
    """Return the institution's full-time people; None where it has not listed them."""
    return staff.people(situation.facts, uscc(situation))


def _assessors(payload: ReportBatch, situation: Situation) -> Refusal | None:
    least = quota(situation, "batch.assessors_per_group")
    count = len({*payload.assessors} - {""})
    if least is None or count >= least.amount:
        return None
    return r.TooFewAssessors(count=count, least=least.amount, citation=least.cite)


def _recusal(payload: ReportBatch, situation: Situation) -> Refusal | None:
    """Who examines is not examined, who supervises does not assess.

    Cite: HN-2022-1 二(八); RS-2020-53 16.
    """
    found = rule(situation, "batch.recusal")
    for value in found.values if found else ():
        for person, parts in _APART[value](payload):
            return r.Recusal(person=person, parts=parts, citation=found.cite if found else None)
    return None


def _supervisor_assesses(payload: ReportBatch) -> Iterator[tuple[str, str]]:
    who = payload.internal_supervisor
    if who and who in (*payload.assessors, payload.group_leader):
        yield who, "内部督导员和考评人员 · internal supervisor and assessor"


def _candidate_works(payload: ReportBatch) -> Iterator[tuple[str, str]]:
    taking = {*payload.candidates}
    for people, part in (
        (payload.exam_staff, "考务人员 · exam staff"),
        ((*payload.assessors, payload.group_leader), "考评人员 · assessor"),
        ((payload.internal_supervisor,), "内部督导员 · internal supervisor"),
    ):
        yield from ((one, f"参评人员和{part}, candidate") for one in people if one in taking)


def external_supervisor(who: str, batch: Batch, situation: Situation) -> Refusal | None:
    """Return the refusal of an external supervisor (外部督导员) who takes another part in the exam.

    Cite: HN-2022-1 二(八); RS-2020-53 16.
    """
    found = rule(situation, "batch.recusal")
    if found is None or not who:
        return None
    parts = [
        ((*batch.assessors, batch.group_leader), "考评人员 · assessor"),
        (batch.exam_staff, "考务人员 · exam staff"),
        ((batch.internal_supervisor,), "内部督导员 · internal supervisor"),
    ]
    if "candidate_works" in found.values:
        parts.insert(0, (batch.candidates, "参评人员 · candidate"))
    for people, part in parts:
        if who in people:
            both = f"外部督导员和{part}, external supervisor"
            return r.Recusal(person=who, parts=both, citation=found.cite)
    return None


_APART: Mapping[str, Callable[[ReportBatch], Iterator[tuple[str, str]]]] = {
    "candidate_works": _candidate_works,
    "supervisor_assesses": _supervisor_assesses,
}


def _blocked(situation: Situation) -> Refusal | None:
    """Return the refusal of an institution that may not evaluate now: suspended, film missing."""
    its = uscc(situation)
    standing = blocks.blocks(situation.facts, its)
    for one in standing:
        if one.what == "suspension":
            return r.InstitutionSuspended(since=in_china(one.since)[:10], citation=one.cite or None)
    for bar in institutions.bars(situation.facts, its):
        if bar.kind == SUSPENDED and (bar.since is None or bar.since <= _today(situation)):
            return r.InstitutionSuspended(since=bar.since.isoformat() if bar.since else "—")
    for one in standing:
        if one.what == "video":
            since = in_china(one.since)[:10]
            return r.VideoOutstanding(since=since, case=one.case, citation=one.cite or None)
    return None


def _today(situation: Situation) -> date:
    return date.fromisoformat(in_china(situation.at)[:10])


def _barred(payload: ReportBatch, situation: Situation) -> Refusal | None:
    return barred(payload.candidates, payload.starts_on, situation)


def barred(people: tuple[str, ...], on: date, situation: Situation) -> Refusal | None:
    """Return the refusal of candidates who are barred on an exam day; none when nobody is."""
    found = [
        (who, bar)
        for who in dict.fromkeys(people)
        if (bar := candidates.barred(situation.facts, who, on)) is not None
    ]
    if not found:
        return None
    who, bar = found[0]
    return r.CandidateBarred(
        candidate=who, until=bar.until.isoformat(), count=len(found), citation=bar.cite or None
    )


def _bank(payload: ReportBatch, situation: Situation) -> Refusal | None:
    """Return the refusal of an exam without a reported bank; a mode left out counts as an exam."""
    wanted, its = rule(situation, "batch.question_bank"), uscc(situation)
    if wanted is None or (payload.mode is not None and payload.mode not in wanted.values):
        return None
    code, level = payload.occupation_code, payload.level
    if question_banks.recorded(situation.facts, its, code, level) is not None:
        return None
    return r.QuestionBankNotReported(occupation_code=code, level=level, citation=wanted.cite)


def gaps(payload: ReportBatch, situation: Situation) -> tuple[str, ...]:
    """Return what the law wants in a plan and this one lacks: taken in, shown to the center.

    Cite: HN-2022-1 二(三).
    """
    wanted = rule(situation, "batch.content")
    lacking = [code for code in (wanted.values if wanted else ()) if _lacks(payload, code)]
    if payload.site is not None and not filed_address(payload, situation):
        lacking.append("filed_place")
    if external(payload, situation) and own_people(situation) is None:
        lacking.append("staff_list")
    return tuple(lacking)


def _lacks(payload: ReportBatch, code: str) -> bool:
    if code == "place":
        return payload.site is None or not payload.site.place
    held = getattr(payload, code)
    said = held if isinstance(held, tuple) else (held,)
    return not any(one is not None and str(one).strip() for one in said)


def approval(batch: Batch, situation: Situation) -> Refusal | None:
    """Return the first refusal an approval meets.

    Cite: HN-2022-1 二(三), 二(六).
    """
    if batch.late and not batch.late_reason.strip():
        term = situation.world.book.term(
            "batch.lead", situation.jurisdiction, _first_day(batch, situation), situation.variant
        )
        cite = None if isinstance(term, NoRule) else term.cite
        last = batch.last_admissible_day
        return r.TooLate(last_day=last.isoformat() if last else "—", citation=cite)
    return _site(batch, rule(situation, "batch.external_site"))


def _first_day(batch: Batch, situation: Situation) -> date:
    return batch.starts_on or _today(situation)


def _site(batch: Batch, permit: Rule | None) -> Refusal | None:
    if batch.cleared or permit is None:
        return None
    asked = batch.permits
    lacking = [one for one in asked.centers if one not in asked.given] if asked else ["—"]
    named = "、".join(tree.name(one) or one for one in lacking)
    return r.SiteNotPermitted(lacking=named, citation=permit.cite)
