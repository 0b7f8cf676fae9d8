"""What happens to a question bank (VOCABULARY §4). When and by whom stands in the envelope."""

from dataclasses import dataclass
from datetime import date

from domain.kernel.events import event


@event("bank.reported")
@dataclass(frozen=True, slots=True, kw_only=True)
class BankReported:
    """The institution reported a bank that has what the law wants.

    Cite: HN-2022-1 二(七).
    """

    occupation_code: str
    level: int
    theory_items: int
    practical_papers: int
    repetition_percent: int
    experts: tuple[str, ...] = ()
    reviewed_on: date | None = None


@event("bank.recorded")
@dataclass(frozen=True, slots=True, kw_only=True)
class BankRecorded:
    """The bank is on record and may be used.

    Cite: HN-2022-1 二(七).
    """

    occupation_code: str
    level: int


BankEvent = BankReported | BankRecorded
