"""The named refusals of an annual plan, in the order of VOCABULARY §4."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOutOfScope(Refusal):
    """A row is not within what the institution is filed for (超出备案范围)."""

    code: ClassVar[str] = "plan.out_of_scope"
    zh: ClassVar[str] = (
        "以下各行不在备案范围内：{rows}（{citation}）；请删除这些行，或先办理增量备案"
    )
    en: ClassVar[str] = (
        "not within the filed scope: {rows} ({citation}); leave them out or file an increment first"
    )

    rows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanYearStarted(Refusal):
    """A row whose month is past can be neither changed nor added (已过月份不得调整)."""

    code: ClassVar[str] = "plan.year_started"
    zh: ClassVar[str] = (
        "以下各行的认定月份已过，不得更改、删除或补报：{rows}；请保持原样，只调整今后的行"
    )
    en: ClassVar[str] = (
        "the month of these rows is past: {rows}; leave them as filed and adjust later ones only"
    )

    rows: str


REFUSALS: tuple[type[Refusal], ...] = (PlanOutOfScope, PlanYearStarted)
