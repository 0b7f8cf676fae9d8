"""What a batch is made of: site, subjects, scores, proofs, what is kept."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, get_args

from domain.case.acts import Code, Digest
from domain.kernel.limits import Between, Filled, Line, Word
from domain.registers.plans import Subject

SUBJECTS: tuple[Subject, ...] = get_args(Subject)
Mode = Literal["exam", "review", "process"]  # 考试、评审、过程考核
HIGHEST_SCORE = 100  # of the marks: a percentage, no rule of a text


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where a batch is examined (考点)."""

    name: Annotated[str, Line()] = ""
    address: Annotated[str, Line()] | None = ""
    jurisdiction: Annotated[str, Code] | None = None  # else that of the case

    @property
    def place(self) -> str:
        """Its address; "" where the institution left it out."""
        return (self.address or "").strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A scanned proof of what a candidate states (学历、证书、申报表扫描件)."""

    name: Annotated[str, Line(), Filled()]
    digest: Annotated[str, Digest]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The score of one candidate in one subject."""

    candidate: Annotated[str, Word(), Filled()]
    subject: Subject
    score: Annotated[int, Between(0, HIGHEST_SCORE)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How long one kind of records is kept; nothing is destroyed before."""

    kind: str  # "rosters", "paper", "electronic"
    last_day: date | None  # None: for ever (永久)
    cite: str
