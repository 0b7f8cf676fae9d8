"""Deciding on a batch's plan: reported, approved, rejected."""

from domain.case.procedure import Act, Letter, Situation
from domain.case.refusals import LawReasonsRequired, malformed
from domain.case.state import Case
from domain.kernel.errors import Refusal
from domain.kernel.faults import fault
from domain.procedures.evaluation.batch import checks
from domain.procedures.evaluation.batch import commands as c
from domain.procedures.evaluation.batch import events as e
from domain.procedures.evaluation.batch.facts import Batch
from domain.procedures.evaluation.batch.lead import LeadTime
from domain.procedures.evaluation.batch.reading import lead


def act(*events: object, letter: Letter | None = None) -> Act:
    """Return an act whose events stand on the clause of their place in the diagram."""
    return Act(events=tuple((one, "") for one in events), letters=(letter,) if letter else ())


def report(given: c.ReportBatch, situation: Situation) -> Act | Refusal:
    """Take a plan in; late, it is marked so, and what it lacks is listed.

    Cite: HN-2022-1 二(三).
    """
    ends_on = given.ends_on or given.starts_on
    if ends_on < given.starts_on:
        zh, en = "最后一天不能早于第一天", "the last day comes before the first"
        return malformed((fault("/ends_on", "date", zh, en),))
    if refusal := checks.report(given, situation):
        return refusal
    found = lead(given, situation)
    time = found if isinstance(found, LeadTime) else None
    reported = e.BatchReported(
        occupation_code=given.occupation_code,
        occupation=given.occupation,
        job=given.job,
        level=given.level,
        mode=given.mode,
        subjects=tuple(dict.fromkeys(given.subjects)),
        fee=given.fee,
        candidates=tuple(dict.fromkeys(given.candidates)),
        site=given.site,
        filed_address=checks.filed_address(given, situation),
        external=checks.external(given, situation),
        starts_on=given.starts_on,
        ends_on=ends_on,
        last_admissible_day=time.last_day if time else None,
        exam_plan=given.exam_plan,
        exam_staff=given.exam_staff,
        assessors=given.assessors,
        group_leader=given.group_leader,
        internal_supervisor=given.internal_supervisor,
        gaps=checks.gaps(given, situation),
    )
    if time is None or situation.at < time.effective:
        return act(reported)
    late = e.BatchLate(
        last_admissible_day=time.last_day, reason=given.reason_if_late, blocks=time.blocks
    )
    return Act(events=((reported, ""), (late, time.term.cite)))


def approve(_given: object, _case: Case, batch: Batch, situation: Situation) -> Act | Refusal:
    """Approve the plan, unless it is late without good reason or its site lacks a permit."""
    refusal = checks.approval(batch, situation)
    return refusal or act(e.BatchApproved(), letter=Letter(kind="batch.approval"))


def reject(
    given: c.RejectBatch, _case: Case, _batch: Batch, _situation: Situation
) -> Act | Refusal:
    """Reject the plan, with reasons and legal basis."""
    if lacking(given.reasons) or lacking(given.legal_basis):
        return LawReasonsRequired()
    rejected = e.BatchRejected(reasons=given.reasons, legal_basis=given.legal_basis)
    return act(rejected, letter=Letter(kind="batch.rejection"))


def lacking(texts: tuple[str, ...]) -> bool:
    """Whether none of the texts says anything."""
    return not any(one.strip() for one in texts)
