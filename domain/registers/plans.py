"""The annual plans in force (年度计划): what an institution may evaluate in a year, and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from domain.case.decision import Claim, FactKey, Facts, FactValue
from domain.kernel.codec import from_json, to_json
from domain.kernel.limits import Between, Filled, Line, Shaped, Word
from domain.law.occupations import OccupationCode

PLAN = "plan"  # key is `<统一社会信用代码>:<year>`
Subject = Literal["theory", "practice", "comprehensive"]
Month = Shaped(r"\d{4}-(?:0[1-9]|1[0-2])", "须为年月，如 2024-10", "a month such as 2024-10")
_NOTHING = FactValue()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One line of the plan's form (附件3): what, for whom, when, at which fee."""

    occupation_code: Annotated[str, OccupationCode, Filled()]
    occupation: Annotated[str, Line()] = ""
    job: Annotated[str, Word()] = ""
    level: Annotated[int, Between(1, 5)]  # 5 is the lowest (初级工)
    audience: Annotated[str, Line()] = ""  # 认定对象
    signup_period: Annotated[str, Month] | None = None  # YYYY-MM
    evaluation_period: Annotated[str, Month]  # YYYY-MM
    place: Annotated[str, Line()] = ""
    times: Annotated[int, Between(1)] = 1  # evaluations in that month (当月认定次数)
    subjects: tuple[Subject, ...] = ()
    fee: Annotated[int, Between(0)] | None = None  # whole yuan
    contact: Annotated[str, Line()] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPlan:
    """A plan that is filed and published."""

    rows: tuple[PlanRow, ...]
    filed_at: datetime
    late: bool = False  # it came after the last day of the year before
    case: str

    def has(self, occupation_code: str, level: int) -> bool:
        """Whether a row names the occupation at that level."""
        return any(
            one.occupation_code == occupation_code and one.level == level for one in self.rows
        )


def key(uscc: str, year: int) -> FactKey:
    """Return the fact key of an institution's plan for a year."""
    return FactKey(PLAN, f"{uscc}:{year}")


def claim(uscc: str, year: int, plan: PublishedPlan) -> Claim:
    """Return the claim by which a plan stands; published again, the same case's is replaced."""
    found = key(uscc, year)
    return Claim(kind=found.kind, key=found.key, holder=plan.case, data=to_json(plan))


def published(facts: Facts, uscc: str, year: int) -> PublishedPlan | None:
    """Return the plan published last for that year; None when there is none."""
    found = [from_json(PublishedPlan, one) for one in facts.get(key(uscc, year), _NOTHING).items]
    return max(found, key=lambda one: one.filed_at, default=None)
