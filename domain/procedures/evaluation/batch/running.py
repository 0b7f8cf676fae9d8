"""Deciding while a batch runs: eligibility, sign-in, violations, the end, the film."""

from datetime import date, datetime

from domain.case.procedure import Act, Situation
from domain.case.refusals import WrongStage, malformed
from domain.case.state import Case
from domain.kernel.errors import Refusal, StreamBrokenError
from domain.kernel.faults import fault
from domain.kernel.times import legal_day
from domain.law.citation import canonical
from domain.procedures.evaluation.batch import checks
from domain.procedures.evaluation.batch import commands as c
from domain.procedures.evaluation.batch import events as e
from domain.procedures.evaluation.batch import refusals as r
from domain.procedures.evaluation.batch.archive import archived
from domain.procedures.evaluation.batch.facts import Batch
from domain.procedures.evaluation.batch.reading import quota, sure_quota
from domain.procedures.evaluation.batch.reporting import act

_STRANGER = ("不在本批次名单中", "is not of this batch")


def check(given: c.CheckCandidate, case: Case, batch: Batch, situation: Situation) -> Act | Refusal:
    """Record whether a candidate is eligible, until the exam is over.

    Cite: HN-2022-1 二(四).
    """
    if batch.finished_on is not None:
        return WrongStage(stage=case.stage, command=situation.command)
    if given.candidate not in batch.candidates:
        return malformed((fault("/candidate", "field", *_STRANGER),))
    on = batch.starts_on or legal_day(situation.at)
    if given.eligible and (refusal := checks.barred((given.candidate,), on, situation)):
        return refusal
    return act(
        e.BatchCandidateChecked(
            candidate=given.candidate,
            eligible=given.eligible,
            reasons=given.reasons,
            proofs=given.proofs,
        )
    )


def sign_in(given: c.SignIn, _case: Case, batch: Batch, situation: Situation) -> Act | Refusal:
    """Sign somebody in; who is not on the plan is taken in too, for the center to see.

    Cite: HN-2022-1 二(六).
    """
    who = given.person
    if who in batch.ineligible:
        return malformed((fault("/person", "field", "资格审核未通过", "was found not eligible"),))
    works = who in batch.people or who == situation.actor.person
    part: e.Part = "candidate" if who in batch.candidates else "staff" if works else "unlisted"
    return act(e.BatchSignedIn(person=who, part=part, place=given.place, method=given.method))


def violation(
    given: c.RecordViolation, case: Case, batch: Batch, situation: Situation
) -> Act | Refusal:
    """Record what a candidate did, signed by as many as the law wants, until the archive.

    Cite: RS-2021-57B 16.
    """
    if case.status == "received":
        return WrongStage(stage=case.stage, command=situation.command)
    if given.candidate not in batch.candidates:
        return malformed((fault("/candidate", "field", *_STRANGER),))
    signers = {one.strip() for one in given.signed_by} - {""}
    least = sure_quota(situation, "batch.violation_signatures")
    if len(signers) < least.amount:
        return r.TwoPeopleRequired(count=len(signers), least=least.amount, citation=least.cite)
    clause = _clause(given.clause, situation)
    if clause is None:
        zh, en = "写明条款，如 RS-2021-57B 6(2)", "name a clause such as RS-2021-57B 6(2)"
        return malformed((fault("/clause", "field", zh, en),))
    return act(
        e.BatchViolationRecorded(
            finding=batch.findings + 1,
            candidate=given.candidate,
            clause=clause,
            facts=given.facts,
            signed_by=given.signed_by,
        )
    )


def _clause(written: str, situation: Situation) -> str | None:
    """Return the clause in canonical form; None where it is no citation of a text in the book."""
    try:
        found = canonical(written)
    except ValueError:
        return None
    text = found.partition(" ")[0]
    return found if situation.world.book.knows(text) else None


def finish(given: c.FinishBatch, _case: Case, batch: Batch, situation: Situation) -> Act | Refusal:
    """Record the last exam day: not before the first, not after today."""
    first = batch.starts_on or given.on
    if not first <= given.on <= legal_day(situation.at):
        zh, en = "须在第一天与今天之间", "between the first exam day and today"
        return malformed((fault("/on", "date", zh, en),))
    return act(e.BatchFinished(on=given.on, signed_in=len(batch.signed_in)))


def video(given: c.UploadVideo, case: Case, batch: Batch, situation: Situation) -> Act | Refusal:
    """Register the film, or a part; once whole, a block for its want ends.

    Where the plan named no subjects, any film is whole. It may come from the first exam day on.

    Cite: HN-2022-1 四(十七).
    """
    if not_begun(case, batch, situation.at):
        return WrongStage(stage=case.stage, command=situation.command)
    least = quota(situation, "batch.video_lines")
    if least is not None and given.height < least.amount:
        return r.VideoQuality(height=given.height, least=least.amount, citation=least.cite)
    covers = given.covers or batch.subjects
    missing = tuple(one for one in batch.subjects if one not in {*batch.covered, *covers})
    uploaded = e.BatchVideoUploaded(
        digest=given.digest,
        height=given.height,
        covers=covers,
        complete=not missing,
        still_missing=missing,
    )
    if missing or not batch.results_approved:
        return act(uploaded)
    return act(uploaded, archived(situation))


def not_begun(case: Case, batch: Batch, at: datetime) -> bool:
    """Whether the plan is not approved yet, or its first exam day still to come."""
    first = batch.starts_on
    return case.status == "received" or (first is not None and legal_day(at) < first)


def evaluation_blocked(case: Case) -> object:
    """Return what a film that never came means: no further evaluations (不得开展后续认定).

    Cite: HN-2022-1 四(十七).
    """
    lapsed = [one for one in case.deadlines if (one.key, one.state) == ("batch.video", "lapsed")]
    if not lapsed or lapsed[-1].due is None:
        raise StreamBrokenError(f"{case.id}: no batch.video has lapsed")
    last: date = lapsed[-1].due
    return e.InstitutionEvaluationBlocked(
        uscc=case.applicant.organisation, last_day=last, cite=lapsed[-1].term.cite
    )
