"""What an application hands in beside institution and scope: materials, commitment, exception."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from domain.case.acts import Digest
from domain.kernel.limits import Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A file handed in, by its digest."""

    code: Annotated[str, Filled()]
    name: str = ""
    digest: Annotated[str, Digest]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingItem:
    """A material the filing lacks, and why."""

    material: Annotated[str, Filled()]  # its code
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """The principal's commitment to truthfulness (承诺)."""

    signed_by: str = ""
    signed_at: date | datetime | None = None

    @property
    def given(self) -> bool:
        """Whether somebody signed, on a day."""
        return bool(self.signed_by.strip()) and self.signed_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionGranted:
    """Leave to go beyond a number the texts set in principle (原则上)."""

    reason: str = ""
    approved_by: str = ""  # a person, another than who uses it

    @property
    def given(self) -> bool:
        """Whether there is a reason and somebody who approved it."""
        return bool(self.reason.strip() and self.approved_by.strip())
