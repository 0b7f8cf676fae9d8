"""What an application says: the institution, what it wants to evaluate, what it hands in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal, get_args

from domain.case.acts import Digest
from domain.kernel.limits import Between, Filled

InstitutionType = Literal[
    "enterprise", "school", "technical_college", "social_organisation", "association", "agency"
]
INSTITUTION_TYPES: frozenset[str] = frozenset(get_args(InstitutionType))
Serves = Literal["own", "public"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """The applicant (评价机构)."""

    name: Annotated[str, Filled()]
    uscc: Annotated[str, Filled()]  # 统一社会信用代码
    type: InstitutionType
    serves: Serves | None = None  # its own people or the public; by type where not given
    address: str = ""
    principal: str = ""  # a person


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeItem:
    """An occupation, job and level (职业、工种、等级) to be evaluated."""

    occupation_code: Annotated[str, Filled()]
    occupation: str = ""
    job: str = ""
    level: Annotated[int, Between(1, 5)]  # 5 is the lowest (初级工)
    ground: str = ""  # for an occupation of the licence directory


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
