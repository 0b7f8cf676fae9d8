"""What happens to a filing (VOCABULARY §3). When and by whom stands in the envelope."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.kernel.events import event
from domain.procedures.filing.values import (
    Branch,
    Commitment,
    ExceptionGranted,
    Material,
    MissingItem,
)
from domain.registers.institutions import Institution, ScopeItem


@event("filing.submitted")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingSubmitted:
    """The application arrived; its receipt starts the clock of acceptance.

    Cite: HN-2022-1 一(二).
    """

    institution: Institution
    jurisdiction: str
    scope: tuple[ScopeItem, ...]
    materials: tuple[Material, ...]
    commitment: Commitment
    computerised: bool = False
    social: bool = False  # a social training-evaluation organisation (社会培训评价组织)
    unknown_occupations: tuple[str, ...] = ()  # codes the register lacks: for the center to see
    exception: ExceptionGranted | None = None


@event("filing.accepted")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingAccepted:
    """The center accepted the application (受理)."""


@event("filing.deemed_accepted")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingDeemedAccepted:
    """Nobody refused in time, so the application counts as accepted (视为受理).

    Cite: HN-2022-1 一(二).
    """

    last_day: date


@event("filing.supplement_requested")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingSupplementRequested:
    """The center listed, once, everything the filing lacks (一次性告知).

    Cite: HN-2022-1 一(二).
    """

    missing: tuple[MissingItem, ...]
    working_days: int  # set by the center within the law's most


@event("filing.supplemented")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingSupplemented:
    """The institution handed in materials; complete once every listed item is answered (补正).

    Cite: HN-2022-1 一(二).
    """

    materials: tuple[Material, ...]
    complete: bool
    still_missing: tuple[str, ...] = ()


@event("filing.deemed_abandoned")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingDeemedAbandoned:
    """What was missing did not come in time, so the application counts as abandoned (视为放弃).

    Cite: HN-2022-1 一(二).
    """

    last_day: date


@event("filing.not_accepted")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingNotAccepted:
    """The center refused acceptance, with reasons and legal basis (不予受理).

    Cite: HN-2022-1 一(二).
    """

    reasons: tuple[str, ...]
    legal_basis: tuple[str, ...]


@event("filing.assessed")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingAssessed:
    """The assessment was recorded (评估)."""

    passed: bool
    opinion: str = ""
    experts: tuple[str, ...] = ()
    on_site: bool = False


@event("filing.notice_published")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingNoticePublished:
    """The intended filing is on public notice (公示)."""

    working_days: int


@event("filing.objection_received")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingObjectionReceived:
    """Somebody objected to what is on public notice (异议)."""

    objection: str
    text: str
    contact: str = ""


@event("filing.objection_resolved")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingObjectionResolved:
    """An objection was decided; upheld, it ends the filing."""

    objection: str
    upheld: bool
    reason: str


@event("filing.approved")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingApproved:
    """The institution is filed, with its code and receipt (备案回执)."""

    institution_code: str  # the first 13 characters of its certificates' numbers
    receipt_number: str
    places_taken: int = 0  # the most that was taken before, where a quota counts
    exception: ExceptionGranted | None = None
    joins: str = ""  # the filing whose code it keeps; of an entry without one its 统一社会信用代码
    filed_before: tuple[ScopeItem, ...] = ()  # under the code it keeps


@event("directory.published")
@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryPublished:
    """The institution stands in the public directory (公布)."""

    institution_code: str
    name: str
    uscc: str
    scope: tuple[ScopeItem, ...]


@event("filing.declined")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingDeclined:
    """The institution is not filed, with reasons and legal basis (不予备案)."""

    reasons: tuple[str, ...]
    legal_basis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedBranch:
    """A branch as the directory shows it."""

    name: str
    uscc: str
    jurisdiction: str
    institution_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An open application for a place (择优遴选)."""

    case: str
    name: str
    computerised: bool  # has computerised exams (智能化考试)
    received: datetime


@event("filing.materials_lacking")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingMaterialsLacking:
    """Of the materials a text lists these did not come with the application; for the center to see.

    Cite: RS-2021-57A 一(八), 二(八).
    """

    materials: tuple[str, ...]  # codes


@event("filing.branches_named")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingBranchesNamed:
    """A national employer named its branches with its application (分支机构表).

    Cite: RS-2021-57A 一(八).
    """

    branches: tuple[Branch, ...]


@event("filing.branches_referred")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingBranchesReferred:
    """On the receipt of the ministry each province now files the branches that lie in it.

    Cite: RS-2021-57A 一(十)5.
    """

    scope: tuple[ScopeItem, ...]
    branches: tuple[Branch, ...]


@event("filing.branch_filed")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingBranchFiled:
    """A province decided on a branch: filed with its code and receipt, or refused.

    Cite: RS-2021-57A 一(十)5; RSJ-2019-2 二(四).
    """

    branch: Branch
    passed: bool
    assessment: str = ""
    institution_code: str = ""  # empty where it was refused
    receipt_number: str = ""


@event("directory.branches_published")
@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryBranchesPublished:
    """The filed branches stand in the directory, published together with their employer.

    Cite: RS-2021-57A 一(十)6.
    """

    institution_code: str  # the employer's
    branches: tuple[PublishedBranch, ...]


@event("filing.selection_seen")
@dataclass(frozen=True, slots=True, kw_only=True)
class FilingSelectionSeen:
    """Who else had applied for the same places when one was given, in the order of preference.

    Cite: HN-2022-1 一(一).
    """

    candidates: tuple[Candidate, ...]  # the approved one among them


FilingEvent = (
    FilingSubmitted
    | FilingAccepted
    | FilingDeemedAccepted
    | FilingSupplementRequested
    | FilingSupplemented
    | FilingDeemedAbandoned
    | FilingNotAccepted
    | FilingAssessed
    | FilingNoticePublished
    | FilingObjectionReceived
    | FilingObjectionResolved
    | FilingApproved
    | DirectoryPublished
    | FilingDeclined
    | FilingMaterialsLacking
    | FilingBranchesNamed
    | FilingBranchesReferred
    | FilingBranchFiled
    | DirectoryBranchesPublished
    | FilingSelectionSeen
)
