"""The named refusal of an evaluation spec (VOCABULARY §4)."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecTooFewExperts(Refusal):
    """Too few experts reviewed it (评审专家不足)."""

    code: ClassVar[str] = "spec.too_few_experts"
    zh: ClassVar[str] = "评审专家 {count} 人，少于 {least} 人（{citation}）；请增加专家后重新评审"
    en: ClassVar[str] = "{count} experts, at least {least} ({citation}); have more review it"
    payload_alone: ClassVar[bool] = True

    count: int
    least: int


REFUSALS: tuple[type[Refusal], ...] = (SpecTooFewExperts,)
