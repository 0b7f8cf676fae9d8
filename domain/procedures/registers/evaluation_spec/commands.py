"""The commands of an evaluation spec (VOCABULARY §4)."""

from dataclasses import dataclass
from typing import Annotated

from domain.case.acts import Digest
from domain.case.procedure import CommandSpec
from domain.kernel.limits import Between, Filled, Line, Word
from domain.law.occupations import OccupationCode
from domain.procedures.filing.values import Material


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitSpec:
    """Submit an evaluation spec (提交评价规范)."""

    occupation_code: Annotated[str, OccupationCode, Filled()]
    occupation: Annotated[str, Line()] = ""
    digest: Annotated[str, Digest] | None = None  # of the text
    level: Annotated[int, Between(1, 5)] | None = None  # where it is for one only
    materials: tuple[Material, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSpec:
    """Record the experts' review (记录专家评审)."""

    experts: tuple[Annotated[str, Word()], ...] = ()  # persons
    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSpec:
    """Put the spec on file (准予备案)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineSpec:
    """Do not put the spec on file (不予备案)."""

    reasons: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()


DECIDERS = ("center.reviewer", "bureau.official")
COMMANDS = (
    CommandSpec(
        name="spec.submit",
        payload=SubmitSpec,
        roles=("institution.*",),
        opens=True,
        procedure="evaluation_spec",
    ),
    CommandSpec(  # the institution's own center may have reviewed what the province files
        name="spec.review",
        payload=ReviewSpec,
        roles=("center.*", "bureau.official", "expert"),
        if_match="exact",
        offices="concerned",
        procedure="evaluation_spec",
    ),
    CommandSpec(
        name="spec.file",
        payload=FileSpec,
        roles=DECIDERS,
        if_match="exact",
        offices="others",
        procedure="evaluation_spec",
    ),
    CommandSpec(
        name="spec.decline",
        payload=DeclineSpec,
        roles=DECIDERS,
        if_match="exact",
        offices="others",
        procedure="evaluation_spec",
    ),
)
