"""What an application hands in beside institution and scope: materials, commitment, branches …"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from domain.case.acts import Code, Digest
from domain.kernel.limits import Filled, Line, Word
from domain.law import jurisdiction as tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A file handed in, by its digest."""

    code: Annotated[str, Word(), Filled()]
    name: Annotated[str, Line()] = ""
    digest: Annotated[str, Digest]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingItem:
    """A material the filing lacks, and why."""

    material: Annotated[str, Word(), Filled()]  # its code
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """The principal's commitment to truthfulness (承诺)."""

    signed_by: Annotated[str, Word()] = ""
    signed_at: date | datetime | None = None

    @property
    def given(self) -> bool:
        """Whether somebody signed, on a day."""
        return bool(self.signed_by.strip()) and self.signed_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionGranted:
    """Leave to go beyond a number the texts set in principle (原则上)."""

    reason: str = ""
    approved_by: Annotated[str, Word()] = ""  # a person, another than who uses it

    @property
    def given(self) -> bool:
        """Whether there is a reason and somebody who approved it."""
        return bool(self.reason.strip() and self.approved_by.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A branch (分支机构) of a national employer, filed by the province it lies in.

    Cite: RS-2021-57A 一(十)5.
    """

    name: Annotated[str, Line(), Filled()]
    uscc: Annotated[str, Word(), Filled()]  # its own 统一社会信用代码
    jurisdiction: Annotated[str, Code]  # of its place: a province, or a city or county in it

    @property
    def province(self) -> str:
        """The node of the province that files it."""
        return tree.province(self.jurisdiction)
