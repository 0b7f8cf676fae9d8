"""The commands of a filing (VOCABULARY §3)."""

from dataclasses import dataclass
from typing import Annotated, Literal

from domain.case.acts import MOST_DAYS, Code
from domain.case.procedure import CommandSpec, IfMatch
from domain.kernel.limits import AtMost, Between, Filled, Line, Word
from domain.procedures.filing.values import (
    Branch,
    Commitment,
    ExceptionGranted,
    Material,
    MissingItem,
)
from domain.registers.institutions import Institution, ScopeItem

Service = Literal["electronic", "mail", "in_person", "public_notice"]
MOST_ITEMS = 500  # of a scope: each occupation is read under a lock of its own; no law


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitFiling:
    """Apply for filing (提交备案申请)."""

    institution: Institution
    scope: Annotated[tuple[ScopeItem, ...], Filled(), AtMost(MOST_ITEMS)]
    materials: tuple[Material, ...] = ()
    jurisdiction: Annotated[str, Code] | None = None  # else the acting institution's
    computerised: bool = False  # has computerised exams (智能化考试)
    commitment: Commitment | None = None
    exception: ExceptionGranted | None = None  # for more occupations than the texts allow
    branches: tuple[Branch, ...] = ()  # of a national employer (分支机构)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptFiling:
    """Accept the application (受理)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSupplement:
    """Tell once everything that is missing (一次性告知补正)."""

    missing: Annotated[tuple[MissingItem, ...], Filled()]
    working_days: Annotated[int, Between(1, MOST_DAYS)] | None = None  # at most as the law says
    service: Service = "electronic"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementFiling:
    """Hand in what was missing (补正)."""

    materials: Annotated[tuple[Material, ...], Filled()]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseAcceptance:
    """Do not accept the application (不予受理)."""

    reasons: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessFiling:
    """Record the assessment (评估)."""

    passed: bool
    opinion: str = ""
    experts: tuple[Annotated[str, Word()], ...] = ()  # persons
    on_site: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishNotice:
    """Put the intended filing on public notice (公示)."""

    working_days: Annotated[int, Between(1, MOST_DAYS)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectToFiling:
    """Object to what is on public notice (提出异议)."""

    text: Annotated[str, Filled()]
    contact: Annotated[str, Line()] = ""  # never shown to the institution


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveObjection:
    """Decide on an objection (处理异议)."""

    upheld: bool
    reason: str = ""
    objection: Annotated[str, Word()] = ""  # "o-1"; without it the one that has waited longest


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveFiling:
    """File the institution (准予备案)."""

    exception: ExceptionGranted | None = None  # for one more than the quota


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineFiling:
    """Do not file the institution (不予备案)."""

    reasons: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBranch:
    """A branch as a province names it; one the employer did not list is named in full."""

    name: Annotated[str, Line()] = ""
    uscc: Annotated[str, Word()] = ""  # its own 统一社会信用代码
    jurisdiction: Annotated[str, Code] | None = None  # of its place; else the acting province


@dataclass(frozen=True, slots=True, kw_only=True)
class FileBranch:
    """File a branch of a national employer in its province, or refuse it (分支机构省级备案)."""

    branch: Annotated[str, Word(), Filled()] | NamedBranch  # a text: its code or its name
    passed: bool
    assessment: str = ""  # the technical review; the reasons where it was not passed


INSTITUTION = ("institution.*",)
CENTER, REVIEWER = ("center.*", "ministry.center"), ("center.reviewer", "ministry.center")


def _spec(
    name: str, payload: type[object], roles: tuple[str, ...], if_match: IfMatch = "exact"
) -> CommandSpec:
    return CommandSpec(
        name=f"filing.{name}",
        payload=payload,
        roles=roles,
        opens=payload is SubmitFiling,
        if_match=if_match,
        procedure="filing",
    )


COMMANDS = (
    _spec("submit", SubmitFiling, INSTITUTION, "any"),
    _spec("accept", AcceptFiling, CENTER),
    _spec("request_supplement", RequestSupplement, CENTER),
    _spec("supplement", SupplementFiling, INSTITUTION, "any"),
    _spec("refuse_acceptance", RefuseAcceptance, CENTER),
    _spec("assess", AssessFiling, REVIEWER),
    _spec("publish_notice", PublishNotice, CENTER),
    _spec("object", ObjectToFiling, ("public",), "any"),
    _spec("resolve_objection", ResolveObjection, REVIEWER),
    _spec("approve", ApproveFiling, REVIEWER),
    _spec("decline", DeclineFiling, REVIEWER),
    CommandSpec(
        name="filing.file_branch",
        payload=FileBranch,
        roles=("center.reviewer",),
        offices="concerned",
        procedure="filing",
    ),
)
