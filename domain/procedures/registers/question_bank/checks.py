"""The guards of a question bank: each returns the refusal it finds, or None, in their order."""

from domain.case.procedure import Situation
from domain.kernel.errors import Refusal
from domain.kernel.times import legal_day
from domain.law.book import NoRule, Quota
from domain.procedures.registers.question_bank.commands import ReportBank
from domain.procedures.registers.question_bank.refusals import (
    BankNotReviewed,
    BankTooFewPapers,
    BankTooFewTheoryItems,
    BankTooRepetitive,
)


def report(bank: ReportBank, situation: Situation) -> Refusal | None:
    """Return the first refusal a report meets.

    Cite: HN-2022-1 二(七).
    """
    items, papers = (
        _quota(situation, "bank.theory_items"),
        _quota(situation, "bank.practical_papers"),
    )
    repeats = _quota(situation, "bank.repetition_percent")
    if isinstance(items, NoRule):
        return items
    if isinstance(papers, NoRule):
        return papers
    if isinstance(repeats, NoRule):
        return repeats
    if bank.theory_items < items.amount:
        return BankTooFewTheoryItems(
            count=bank.theory_items, least=items.amount, citation=items.cite
        )
    if bank.practical_papers < papers.amount:
        return BankTooFewPapers(
            count=bank.practical_papers, least=papers.amount, citation=papers.cite
        )
    if bank.repetition_percent > repeats.amount:
        return BankTooRepetitive(
            percent=bank.repetition_percent, most=repeats.amount, citation=repeats.cite
        )
    return _reviewed(bank, situation)


def _reviewed(bank: ReportBank, situation: Situation) -> Refusal | None:
    on = legal_day(situation.at)
    wanted = situation.world.book.rule("bank.review", situation.jurisdiction, on, situation.variant)
    if isinstance(wanted, NoRule) or bank.expert_review:
        return None
    return BankNotReviewed(citation=wanted.cite)


def _quota(situation: Situation, key: str) -> Quota | NoRule:
    on = legal_day(situation.at)
    return situation.world.book.quota(key, situation.jurisdiction, on, situation.variant)
