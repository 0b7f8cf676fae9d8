"""The question banks (题库) reported to the local center, by institution, occupation and level."""

from dataclasses import dataclass
from datetime import datetime

from domain.case.decision import Claim, FactKey, Facts, FactValue
from domain.kernel.codec import from_json, to_json

QUESTION_BANK = "question_bank"  # key is `<统一社会信用代码>:<occupation code>:<level>`
_NOTHING = FactValue()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedBank:
    """A question bank that may be used.

    Cite: HN-2022-1 二(七).
    """

    case: str
    recorded_at: datetime


def key(uscc: str, occupation_code: str, level: int) -> FactKey:
    """Return the fact key of an institution's bank for an occupation and level."""
    return FactKey(QUESTION_BANK, f"{uscc}:{occupation_code}:{level}")


def claim(which: FactKey, bank: RecordedBank) -> Claim:
    """Return the claim by which a bank stands."""
    return Claim(kind=which.kind, key=which.key, holder=bank.case, data=to_json(bank))


def recorded(facts: Facts, uscc: str, occupation_code: str, level: int) -> RecordedBank | None:
    """Return the bank recorded last; None when none was reported."""
    items = facts.get(key(uscc, occupation_code, level), _NOTHING).items
    found = [from_json(RecordedBank, one) for one in items]
    return max(found, key=lambda one: one.recorded_at, default=None)
