"""What the events of a batch tell other cases: that it is open, blocks, findings, results."""

from datetime import datetime

from domain.case.decision import Claim, FactKey
from domain.case.events import CaseEnded
from domain.case.state import Case
from domain.kernel.json import Json
from domain.kernel.times import end_of
from domain.procedures.evaluation.batch import events as e
from domain.procedures.evaluation.batch.facts import Batch, of
from domain.registers import blocks, open_batches
from domain.registers.blocks import Block

FINDING = "finding"  # key is the 统一社会信用代码; for the sanction procedure to pick up
RESULT = "result"  # key and holder are the batch's case


def claims(event: object, case: Case) -> tuple[Claim, ...]:
    """Return what an event takes or gives back."""
    batch, its = of(case.data), case.applicant.organisation
    match event:
        case e.BatchReported():
            return (open_batches.opened(its, case.id),)
        case CaseEnded():
            return (open_batches.ended(its, case.id),)
        case e.BatchViolationRecorded():
            return (_finding(event, case),)
        case e.InstitutionEvaluationBlocked(last_day=last, cite=cite):
            since: datetime = end_of(last)
            return (blocks.claim(its, Block(what="video", since=since, cite=cite, case=case.id)),)
        case e.BatchVideoUploaded(complete=True) if batch.blocked:
            return (blocks.lifted(its, "video", case.id),)
        case e.BatchResultsApproved():
            return (_result(batch, case),)
        case _:
            return ()


def _finding(event: e.BatchViolationRecorded, case: Case) -> Claim:
    data: Json = {
        "case": case.id,
        "candidate": event.candidate,
        "clause": event.clause,
        "facts": event.facts,
        "signed_by": [*event.signed_by],
    }
    return Claim(
        kind=FINDING,
        key=case.applicant.organisation,
        holder=f"{case.id}:{event.finding}",
        data=data,
    )


def result_key(batch: str) -> FactKey:
    """Return the fact key of a batch's approved results, by its case."""
    return FactKey(RESULT, batch)


def _result(batch: Batch, case: Case) -> Claim:
    """Return the claim that tells later certificates who passed what."""
    data: Json = {
        "case": case.id,
        "uscc": case.applicant.organisation,
        "occupation_code": batch.occupation_code,
        "level": batch.level,
        "finished_on": batch.finished_on.isoformat() if batch.finished_on else "",
        "passed": [*batch.passed],
    }
    return Claim(kind=RESULT, key=case.id, holder=case.id, data=data)
