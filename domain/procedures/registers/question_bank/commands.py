"""The one command of a question bank (VOCABULARY §4)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.case.procedure import CommandSpec
from domain.kernel.limits import Between, Filled, Word
from domain.law.occupations import OccupationCode

HUNDRED = 100  # a percentage is of a hundred; no law


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBank:
    """Report the question bank of an occupation and level (报备题库)."""

    occupation_code: Annotated[str, OccupationCode, Filled()]
    level: Annotated[int, Between(1, 5)]
    theory_items: Annotated[int, Between(0)] = 0  # 理论知识题量
    practical_papers: Annotated[int, Between(0)] = 0  # 实际操作卷库
    repetition_percent: Annotated[int, Between(0, HUNDRED)] = 0  # 重复率
    expert_review: bool = False  # 已经专家审核
    experts: tuple[Annotated[str, Word()], ...] = ()  # persons who reviewed it
    reviewed_on: date | None = None


COMMANDS = (
    CommandSpec(
        name="bank.report",
        payload=ReportBank,
        roles=("institution.*",),
        opens=True,
        procedure="question_bank",
    ),
)
