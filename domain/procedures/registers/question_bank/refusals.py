"""The named refusals of a question bank, in the order of VOCABULARY §4."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class BankTooFewTheoryItems(Refusal):
    """The theory part has too few items (理论题量不足)."""

    code: ClassVar[str] = "bank.too_few_theory_items"
    zh: ClassVar[str] = "理论知识题 {count} 道，少于 {least} 道（{citation}）；请补足后再报备"
    en: ClassVar[str] = "{count} theory items, at least {least} ({citation}); add some, then report"
    payload_alone: ClassVar[bool] = True

    count: int
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BankTooFewPapers(Refusal):
    """There are too few practical papers (实操卷库不足)."""

    code: ClassVar[str] = "bank.too_few_papers"
    zh: ClassVar[str] = "实际操作卷 {count} 套，少于 {least} 套（{citation}）；请补足后再报备"
    en: ClassVar[str] = (
        "{count} practical papers, at least {least} ({citation}); add some, then report"
    )
    payload_alone: ClassVar[bool] = True

    count: int
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BankTooRepetitive(Refusal):
    """Too much of the content repeats itself (重复率过高)."""

    code: ClassVar[str] = "bank.too_repetitive"
    zh: ClassVar[str] = "试题内容重复率 {percent}%，超过 {most}%（{citation}）；请替换重复试题"
    en: ClassVar[str] = "{percent} % repeats, at most {most} % ({citation}); replace what repeats"
    payload_alone: ClassVar[bool] = True

    percent: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BankNotReviewed(Refusal):
    """No experts have reviewed it (未经专家审核)."""

    code: ClassVar[str] = "bank.not_reviewed"
    zh: ClassVar[str] = "题库未经专家审核，不得报备使用（{citation}）；请先组织专家审核"
    en: ClassVar[str] = "no experts have reviewed the bank ({citation}); have it reviewed first"
    payload_alone: ClassVar[bool] = True


REFUSALS: tuple[type[Refusal], ...] = (
    BankTooFewTheoryItems,
    BankTooFewPapers,
    BankTooRepetitive,
    BankNotReviewed,
)
