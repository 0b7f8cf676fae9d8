"""The commands of an annual plan (VOCABULARY §4)."""

from dataclasses import dataclass
from typing import Annotated

from domain.case.procedure import CommandSpec
from domain.kernel.limits import AtMost, Between, Filled
from domain.registers.plans import PlanRow

Year = Between(2000, 2999)  # keeps a typing error out; no law
MOST_ROWS = 500  # no law


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitPlan:
    """File the plan of a year (报送年度计划)."""

    year: Annotated[int, Year]
    rows: Annotated[tuple[PlanRow, ...], Filled(), AtMost(MOST_ROWS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePlan:
    """File the plan and publish it (备案并公布)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPlan:
    """Return the plan to be mended (退回修改)."""

    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustPlan:
    """Put other rows in the place of the plan's (调整计划)."""

    rows: Annotated[tuple[PlanRow, ...], Filled(), AtMost(MOST_ROWS)]


INSTITUTION, CENTER = ("institution.*",), ("center.*",)
COMMANDS = (
    CommandSpec(
        name="plan.submit",
        payload=SubmitPlan,
        roles=INSTITUTION,
        opens=True,
        procedure="annual_plan",
    ),
    CommandSpec(
        name="plan.approve",
        payload=ApprovePlan,
        roles=CENTER,
        if_match="exact",
        procedure="annual_plan",
    ),
    CommandSpec(
        name="plan.return",
        payload=ReturnPlan,
        roles=CENTER,
        if_match="exact",
        procedure="annual_plan",
    ),
    CommandSpec(name="plan.adjust", payload=AdjustPlan, roles=INSTITUTION, procedure="annual_plan"),
)
