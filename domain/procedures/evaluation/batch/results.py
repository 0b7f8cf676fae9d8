"""Deciding on scores and results."""

from collections import Counter

from domain.case.procedure import Act, Letter, Situation
from domain.case.refusals import LawReasonsRequired, malformed
from domain.case.state import Case
from domain.kernel.errors import Refusal
from domain.kernel.faults import Fault, fault
from domain.procedures.evaluation.batch import commands as c
from domain.procedures.evaluation.batch import events as e
from domain.procedures.evaluation.batch import refusals as r
from domain.procedures.evaluation.batch.archive import archived
from domain.procedures.evaluation.batch.facts import Batch
from domain.procedures.evaluation.batch.reading import quota, rule, sure_quota
from domain.procedures.evaluation.batch.reporting import act, lacking
from domain.procedures.evaluation.batch.values import SUBJECTS


def enter(given: c.EnterScores, _case: Case, batch: Batch, situation: Situation) -> Act | Refusal:
    """Take scores in that two different people entered; later ones replace earlier ones.

    Cite: HN-2022-1 二(九).
    """
    entered = [given.first_entry_by.strip(), given.second_entry_by.strip()]
    people = len({*entered} - {""})
    if people < len(entered):
        two = rule(situation, "batch.two_entries")
        cite = two.cite if two else None
        return r.TwoPeopleRequired(count=people, least=len(entered), citation=cite)
    if faults := _faults(given, batch):
        return malformed(faults)
    return act(
        e.BatchScoresEntered(
            rows=given.rows,
            first_entry_by=given.first_entry_by,
            second_entry_by=given.second_entry_by,
        )
    )


def _faults(given: c.EnterScores, batch: Batch) -> tuple[Fault, ...]:
    """Return the rows of strangers, of the ineligible, of other subjects, and doubled ones."""
    may = {*batch.candidates} - {*batch.ineligible}
    subjects = batch.subjects or SUBJECTS  # a plan that names none forbids none
    seen = Counter((one.candidate, one.subject) for one in given.rows)
    found = []
    for n, row in enumerate(given.rows):
        at = f"/rows/{n}"
        if row.candidate not in may:
            zh, en = "不在名单中或资格未通过", "is not of this batch or not eligible"
            found.append(fault(f"{at}/candidate", "field", zh, en))
        if row.subject not in subjects:
            zh, en = "本批次没有该科目", "the batch has no such subject"
            found.append(fault(f"{at}/subject", "field", zh, en))
        if seen[row.candidate, row.subject] > 1:
            zh, en = "同一科目有两个成绩", "two scores in one subject"
            found.append(fault(at, "duplicate", zh, en))
    return tuple(found)


def report(_given: object, _case: Case, batch: Batch, situation: Situation) -> Act:
    """Report who passed in every subject, who did not, and who lacks a score."""
    least = sure_quota(situation, "batch.pass_mark").amount
    lowest: dict[str, int] = {}
    scored: Counter[str] = Counter()
    for one in batch.scores:
        lowest[one.candidate] = min(one.score, lowest.get(one.candidate, one.score))
        scored[one.candidate] += 1
    subjects = len(batch.subjects) or len({one.subject for one in batch.scores})
    passed: list[str] = []
    failed: list[str] = []
    without: list[str] = []
    for who in batch.candidates:
        complete = scored[who] >= subjects
        group = without if not complete else passed if lowest[who] >= least else failed
        group.append(who)
    return act(
        e.BatchResultsReported(
            pass_mark=least,
            passed=tuple(passed),
            failed=tuple(failed),
            without_score=tuple(without),
        )
    )


def approve(_given: object, _case: Case, batch: Batch, situation: Situation) -> Act:
    """Let the results pass; where no film is still due, the records are archived at once."""
    approved = e.BatchResultsApproved(passed=len(batch.passed))
    letter = Letter(kind="batch.results")
    if batch.video_complete or quota(situation, "batch.video_lines") is None:
        return act(approved, archived(situation), letter=letter)
    return act(approved, letter=letter)


def send_back(
    given: c.ReturnResults, _case: Case, _batch: Batch, _situation: Situation
) -> Act | Refusal:
    """Send the results back, with reasons."""
    if lacking(given.reasons):
        return LawReasonsRequired()
    returned = e.BatchResultsReturned(reasons=given.reasons)
    return act(returned, letter=Letter(kind="batch.results_returned"))
