"""The commands of a batch (VOCABULARY §4)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, TypeAlias

from domain.case.acts import Digest
from domain.case.procedure import CommandSpec, IfMatch
from domain.kernel.limits import Between, Filled, Line, Word
from domain.law.occupations import OccupationCode
from domain.procedures.evaluation.batch.values import Mode, Proof, Score, Site
from domain.registers.plans import Subject

Person: TypeAlias = Annotated[str, Word()]  # by id, so that one person is one text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBatch:
    """Report the plan of a batch (报备批次考务计划).

    What the law wants in it and is left out is shown to the center as a gap.
    """

    occupation_code: Annotated[str, OccupationCode, Filled()]
    occupation: Annotated[str, Line()] = ""
    job: Annotated[str, Word()] = ""
    level: Annotated[int, Between(1, 5)]  # 5 is the lowest (初级工)
    mode: Mode | None = None
    subjects: tuple[Subject, ...] = ()
    fee: Annotated[int, Between(0)] | None = None  # whole yuan
    candidates: tuple[Annotated[str, Word(), Filled()], ...] = ()  # persons
    site: Site | None = None
    starts_on: date  # first exam day
    ends_on: date | None = None  # last exam day as planned; else the first
    exam_plan: str = ""  # 考务方案: a text or a digest
    exam_staff: tuple[Person, ...] = ()
    assessors: tuple[Person, ...] = ()
    group_leader: Person = ""  # 考评组长
    internal_supervisor: Person = ""  # 内部督导员
    reason_if_late: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveBatch:
    """Approve the plan (考务计划通过)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectBatch:
    """Do not approve the plan (考务计划不予通过)."""

    reasons: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestExternalSite:
    """Ask for a site other than the filed place, for this batch alone (一事一报)."""

    site: Site
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitSite:
    """Permit the external site (外部考点许可)."""

    external_supervisor: Person = ""  # 外部督导员 agreed between both centers


@dataclass(frozen=True, slots=True, kw_only=True)
class DenySite:
    """Do not permit the external site."""

    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCandidate:
    """Record whether a candidate meets the conditions (资格审核)."""

    candidate: Annotated[str, Word(), Filled()]
    eligible: bool
    reasons: tuple[str, ...] = ()
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Sign somebody in at the site (签到)."""

    person: Annotated[str, Word(), Filled()]
    place: Annotated[str, Line()] = ""
    method: Annotated[str, Word()] = ""  # such as "face"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordViolation:
    """Record what a candidate did against the rules (记录违纪)."""

    candidate: Annotated[str, Word(), Filled()]
    clause: Annotated[str, Line(), Filled()]  # such as RS-2021-57B 6(2)
    facts: str = ""
    signed_by: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishBatch:
    """Report the last exam day (评价结束)."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadVideo:
    """Register the film of the exam (上传监控视频)."""

    digest: Annotated[str, Digest]
    height: Annotated[int, Between(0)] = 0  # lines of the picture; 0: not told
    covers: tuple[Subject, ...] = ()  # none named: all of the batch


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterScores:
    """Enter scores, twice and by two people (双人录入复核)."""

    rows: Annotated[tuple[Score, ...], Filled()]
    first_entry_by: Person = ""
    second_entry_by: Person = ""  # another


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportResults:
    """Report the results for review (报送结果)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveResults:
    """Let the results pass (结果审核通过)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnResults:
    """Send the results back (退回结果)."""

    reasons: tuple[str, ...] = ()


INSTITUTION, CENTER = ("institution.*",), ("center.*",)
Offices = Literal["own", "concerned"]


def _spec(
    name: str,
    payload: type[object],
    roles: tuple[str, ...],
    if_match: IfMatch = "any",
    offices: Offices = "own",
) -> CommandSpec:
    return CommandSpec(
        name=f"batch.{name}",
        payload=payload,
        roles=roles,
        opens=payload is ReportBatch,
        if_match=if_match,
        offices=offices,
        procedure="batch",
    )


COMMANDS = (
    _spec("report", ReportBatch, INSTITUTION),
    _spec("approve", ApproveBatch, CENTER, "exact"),
    _spec("reject", RejectBatch, CENTER, "exact"),
    _spec("request_external_site", RequestExternalSite, INSTITUTION),
    _spec("permit_site", PermitSite, CENTER, offices="concerned"),
    _spec("deny_site", DenySite, CENTER, offices="concerned"),
    _spec("check_candidate", CheckCandidate, INSTITUTION),
    _spec("sign_in", SignIn, ("exam.*",)),
    _spec("record_violation", RecordViolation, ("exam.staff",)),
    _spec("finish", FinishBatch, ("exam.head",)),
    _spec("upload_video", UploadVideo, INSTITUTION),
    _spec("enter_scores", EnterScores, INSTITUTION),
    _spec("report_results", ReportResults, INSTITUTION),
    _spec("approve_results", ApproveResults, CENTER, "exact"),
    _spec("return_results", ReturnResults, CENTER, "exact"),
)
