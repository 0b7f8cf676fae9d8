"""What happens to a batch (VOCABULARY §4). When and by whom stands in the envelope."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.kernel.events import event
from domain.procedures.evaluation.batch.values import Kept, Mode, Proof, Score, Site
from domain.registers.plans import Subject

Part = Literal["candidate", "staff", "unlisted"]  # the last: not on the plan (未列入名单)


@event("batch.reported")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchReported:
    """The plan of a batch arrived, with what was found about it.

    Cite: HN-2022-1 二(三).
    """

    occupation_code: str
    occupation: str = ""
    job: str = ""
    level: int
    mode: Mode | None = None
    subjects: tuple[Subject, ...] = ()
    fee: int | None = None
    candidates: tuple[str, ...] = ()
    site: Site | None = None
    filed_address: str = ""  # the place on file that day
    external: bool = False  # the site is another
    starts_on: date
    ends_on: date
    last_admissible_day: date | None = None  # the report is in time through its 24:00; None: any
    exam_plan: str = ""
    exam_staff: tuple[str, ...] = ()
    assessors: tuple[str, ...] = ()
    group_leader: str = ""
    internal_supervisor: str = ""
    gaps: tuple[str, ...] = ()  # what the law wants and the plan lacks: for the center to see


@event("batch.late")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLate:
    """The plan came after its last admissible day (逾期申报).

    Cite: HN-2022-1 二(三).
    """

    last_admissible_day: date
    reason: str = ""  # as the institution gives it
    blocks: bool = True  # without a good reason the plan is not approved


@event("batch.approved")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchApproved:
    """The center approved the plan (通过)."""


@event("batch.rejected")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRejected:
    """The center did not approve the plan, with reasons and legal basis (不予通过)."""

    reasons: tuple[str, ...]
    legal_basis: tuple[str, ...]


@event("batch.site_requested")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSiteRequested:
    """The institution asked for an external site (外部考点申请).

    Cite: HN-2022-1 二(六).
    """

    site: Site
    reason: str
    centers: tuple[str, ...]  # jurisdictions whose permit is needed, the own center first


@event("batch.site_permitted")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSitePermitted:
    """One center permitted the site (许可)."""

    by: str  # its jurisdiction
    external_supervisor: str = ""


@event("batch.site_cleared")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSiteCleared:
    """Every permit is there (外部考点已获全部许可)."""

    site: Site
    centers: tuple[str, ...]
    external_supervisor: str = ""


@event("batch.site_denied")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSiteDenied:
    """A center did not permit the site; the institution may ask for another."""

    by: str
    reasons: tuple[str, ...]


@event("batch.candidate_checked")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCandidateChecked:
    """A candidate was found eligible or not (资格审核).

    Cite: HN-2022-1 二(四).
    """

    candidate: str
    eligible: bool
    reasons: tuple[str, ...] = ()
    proofs: tuple[Proof, ...] = ()


@event("batch.signed_in")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSignedIn:
    """Somebody signed in at the site (签到)."""

    person: str
    part: Part
    place: str = ""
    method: str = ""


@event("batch.violation_recorded")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchViolationRecorded:
    """What a candidate did against the rules was recorded and signed.

    Cite: RS-2021-57B 16.
    """

    finding: int  # 1, 2, … in the case
    candidate: str
    clause: str
    facts: str
    signed_by: tuple[str, ...]


@event("batch.finished")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchFinished:
    """The exam is over (评价结束)."""

    on: date  # last exam day
    signed_in: int = 0  # candidates


@event("batch.video_uploaded")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchVideoUploaded:
    """The film of the exam, or a part of it, lies on the platform.

    Cite: HN-2022-1 四(十七).
    """

    digest: str
    height: int
    covers: tuple[Subject, ...]
    complete: bool
    still_missing: tuple[Subject, ...] = ()


@event("institution.evaluation_blocked")
@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionEvaluationBlocked:
    """The film did not come in time: no further evaluations until it does (不得开展后续认定).

    Cite: HN-2022-1 四(十七).
    """

    uscc: str
    last_day: date
    cite: str


@event("batch.scores_entered")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchScoresEntered:
    """Scores were entered and compared by two people (双人复核).

    Cite: HN-2022-1 二(九).
    """

    rows: tuple[Score, ...]
    first_entry_by: str
    second_entry_by: str


@event("batch.results_reported")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResultsReported:
    """The results went to the center (结果报送)."""

    pass_mark: int  # in every subject
    passed: tuple[str, ...]
    failed: tuple[str, ...] = ()
    without_score: tuple[str, ...] = ()  # in one subject or all


@event("batch.results_approved")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResultsApproved:
    """The results passed review: certificates may follow (结果审核通过)."""

    passed: int


@event("batch.results_returned")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResultsReturned:
    """The results went back, with reasons (退回)."""

    reasons: tuple[str, ...]


@event("batch.archived")
@dataclass(frozen=True, slots=True, kw_only=True)
class BatchArchived:
    """The records are kept by batch, each kind for its term (归档).

    Cite: HN-2022-1 三(十四).
    """

    kept: tuple[Kept, ...]


BatchEvent = (
    BatchReported
    | BatchLate
    | BatchApproved
    | BatchRejected
    | BatchSiteRequested
    | BatchSitePermitted
    | BatchSiteCleared
    | BatchSiteDenied
    | BatchCandidateChecked
    | BatchSignedIn
    | BatchViolationRecorded
    | BatchFinished
    | BatchVideoUploaded
    | InstitutionEvaluationBlocked
    | BatchScoresEntered
    | BatchResultsReported
    | BatchResultsApproved
    | BatchResultsReturned
    | BatchArchived
)
