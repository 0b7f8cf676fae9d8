"""The fold of a filing: what its later steps and its diagram need to know."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from domain.case.envelope import Meta
from domain.case.state import Status
from domain.kernel.errors import UnknownNameError
from domain.law import jurisdiction as tree
from domain.procedures.filing import events as e
from domain.procedures.filing.values import Branch, ExceptionGranted, Material, MissingItem
from domain.process.feel import Value
from domain.registers.codes import is_employers
from domain.registers.institutions import Institution, ScopeItem

OWN_EVENTS: frozenset[type[object]] = frozenset(get_args(e.FilingEvent))


_Early = (
    e.FilingSubmitted
    | e.FilingSupplementRequested
    | e.FilingSupplemented
    | e.FilingAccepted
    | e.FilingDeemedAccepted
    | e.FilingDeemedAbandoned
    | e.FilingNotAccepted
    | e.FilingMaterialsLacking
)
_Late = (
    e.FilingAssessed
    | e.FilingNoticePublished
    | e.FilingObjectionReceived
    | e.FilingObjectionResolved
    | e.FilingApproved
    | e.DirectoryPublished
    | e.FilingDeclined
    | e.FilingSelectionSeen
)
_OfBranches = (
    e.FilingBranchesNamed
    | e.FilingBranchesReferred
    | e.FilingBranchFiled
    | e.DirectoryBranchesPublished
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchFiling:
    """A branch and what its province decided."""

    branch: Branch
    state: Literal["open", "filed", "refused"] = "open"
    institution_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An objection and what became of it."""

    id: str
    state: Literal["open", "upheld", "dismissed"] = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The assessment on record."""

    passed: bool
    by: str
    at: datetime
    experts: bool = False  # some stand behind it


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A folded filing."""

    institution: Institution | None = None
    scope: tuple[ScopeItem, ...] = ()
    materials: tuple[Material, ...] = ()
    social: bool = False
    computerised: bool = False
    unknown_occupations: tuple[str, ...] = ()
    received_at: datetime | None = None  # the receipt that counts
    listed: tuple[MissingItem, ...] = ()  # the one list of what is missing
    listed_at: datetime | None = None
    supplement_days: int | None = None
    still_missing: tuple[str, ...] = ()
    accepted_at: datetime | None = None
    deemed: bool = False  # accepted by silence
    assessment: Assessment | None = None
    published_at: datetime | None = None
    notice_days: int | None = None
    objections: tuple[Objection, ...] = ()
    institution_code: str = ""
    receipt_number: str = ""
    exception: ExceptionGranted | None = None  # given with the application
    filed_before: tuple[ScopeItem, ...] = ()  # under the code it keeps
    branches: tuple[BranchFiling, ...] = ()

    @property
    def whole_scope(self) -> tuple[ScopeItem, ...]:
        """All that is filed under its code, an earlier filing's first."""
        return tuple(dict.fromkeys((*self.filed_before, *self.scope)))

    @property
    def branches_left(self) -> tuple[Branch, ...]:
        """The branches no province has decided on, in the order they were named."""
        return tuple(one.branch for one in self.branches if one.state == "open")

    @property
    def pending(self) -> tuple[Objection, ...]:
        """The objections nobody has decided, oldest first."""
        return tuple(one for one in self.objections if one.state == "open")


def fold(data: object, event: object, meta: Meta) -> Filing:
    """Return the filing after one of its events.

    Raises:
        UnknownNameError: the event is not of a filing.
    """
    if not isinstance(data, Filing) or not isinstance(event, e.FilingEvent):
        raise UnknownNameError(f"{type(event).__name__} is no event of a filing")
    if isinstance(event, _Early):
        return _until_acceptance(data, event, meta)
    if isinstance(event, _OfBranches):
        return _branches(data, event)
    return _after_acceptance(data, event, meta)


def _until_acceptance(filing: Filing, event: _Early, meta: Meta) -> Filing:
    at = meta.effective_at
    match event:
        case e.FilingSubmitted():
            return replace(
                filing,
                institution=event.institution,
                scope=event.scope,
                materials=event.materials,
                social=event.social,
                computerised=event.computerised,
                unknown_occupations=event.unknown_occupations,
                received_at=at,
                exception=event.exception,
            )
        case e.FilingSupplementRequested(missing=missing, working_days=days):
            return replace(
                filing,
                listed=missing,
                listed_at=at,
                supplement_days=days,
                still_missing=tuple(dict.fromkeys(one.material for one in missing)),
            )
        case e.FilingSupplemented():
            return replace(
                filing,
                materials=(*filing.materials, *event.materials),
                still_missing=event.still_missing,
                received_at=at if event.complete else filing.received_at,
            )
        case e.FilingAccepted():
            return replace(filing, accepted_at=at)
        case e.FilingDeemedAccepted():
            return replace(filing, accepted_at=at, deemed=True)
        case e.FilingDeemedAbandoned() | e.FilingNotAccepted() | e.FilingMaterialsLacking():
            return filing


def _after_acceptance(filing: Filing, event: _Late, meta: Meta) -> Filing:
    at = meta.effective_at
    match event:
        case e.FilingAssessed(passed=passed):
            experts = any(one.strip() for one in event.experts)
            assessment = Assessment(passed=passed, by=meta.actor.person, at=at, experts=experts)
            return replace(filing, assessment=assessment)
        case e.FilingNoticePublished(working_days=days):
            return replace(filing, published_at=at, notice_days=days)
        case e.FilingObjectionReceived(objection=which):
            return replace(filing, objections=(*filing.objections, Objection(id=which)))
        case e.FilingObjectionResolved(objection=which, upheld=upheld):
            decided = Objection(id=which, state="upheld" if upheld else "dismissed")
            objections = tuple(decided if one.id == which else one for one in filing.objections)
            return replace(filing, objections=objections)
        case e.FilingApproved():
            return replace(
                filing,
                institution_code=event.institution_code,
                receipt_number=event.receipt_number,
                filed_before=event.filed_before,
            )
        case e.DirectoryPublished() | e.FilingDeclined() | e.FilingSelectionSeen():
            return filing


def _branches(filing: Filing, event: _OfBranches) -> Filing:
    match event:
        case e.FilingBranchesNamed(branches=named):
            return replace(filing, branches=tuple(BranchFiling(branch=one) for one in named))
        case e.FilingBranchFiled(branch=decided, passed=passed, institution_code=code):
            done = BranchFiling(
                branch=decided, state="filed" if passed else "refused", institution_code=code
            )
            decisions = {one.branch.uscc: one for one in filing.branches} | {decided.uscc: done}
            return replace(filing, branches=tuple(decisions.values()))
        case e.FilingBranchesReferred() | e.DirectoryBranchesPublished():
            return filing


def standing(event: object, data: object) -> tuple[Status, str] | None:
    """Return status and stage after an event that left `data`; None where they stay."""
    match event:
        case e.FilingAssessed() if to_be_published(data):
            return ("in_review", "publish_notice")
        case e.FilingSupplemented(complete=complete):
            return ("received", "examine") if complete else None
        case e.FilingObjectionResolved(upheld=upheld):
            return ("refused", "declined") if upheld else None
        case e.FilingApproved() if _left(data):
            return ("decided", "file_branches")
        case e.FilingBranchFiled():
            return None if _left(data) else ("closed", "filed")
        case _:
            return _STANDING.get(type(event))


STAGES = {"decide": "decide"}  # no event of the law says that the notice has run

_STANDING: Mapping[type[object], tuple[Status, str]] = {
    e.FilingSubmitted: ("received", "examine"),
    e.FilingSupplementRequested: ("correction_required", "supplement"),
    e.FilingAccepted: ("accepted", "assess"),
    e.FilingDeemedAccepted: ("accepted", "assess"),
    e.FilingDeemedAbandoned: ("abandoned", "abandoned"),
    e.FilingNotAccepted: ("refused", "not_accepted"),
    e.FilingAssessed: ("in_review", "decide"),
    e.FilingNoticePublished: ("publicity", "publicity"),
    e.FilingApproved: ("closed", "filed"),
    e.FilingDeclined: ("refused", "declined"),
}


def to_be_published(data: object) -> bool:
    """Whether a filing has passed its assessment and must still be put on public notice."""
    passed = isinstance(data, Filing) and data.assessment is not None and data.assessment.passed
    return passed and isinstance(data, Filing) and data.social and data.published_at is None


def _left(data: object) -> bool:
    return isinstance(data, Filing) and bool(data.branches_left)


def variables(data: object) -> Mapping[str, Value]:
    """Return what the gateways of the diagram read."""
    if not isinstance(data, Filing):
        raise UnknownNameError(f"{type(data).__name__} is no filing")
    decided = [one.state for one in data.objections if one.state != "open"]
    return {
        "complete": not data.still_missing,
        "social": data.social,
        "passed": data.assessment is not None and data.assessment.passed,
        "upheld": "upheld" in decided,
        "branches_left": bool(data.branches_left),
    }


def objected(data: object) -> tuple[str, ...]:
    """Return the objections there ever were, oldest first."""
    return tuple(one.id for one in data.objections) if isinstance(data, Filing) else ()


def amount(data: object, key: str) -> int | None:
    """Return the working days an officer set for a deadline; None where the law's own holds."""
    if not isinstance(data, Filing):
        return None
    return {"filing.supplement": data.supplement_days, "filing.publicity": data.notice_days}.get(
        key
    )


def offices(data: object) -> tuple[str, ...]:
    """Return the provinces that file branches, once the ministry has filed their employer.

    First those of the branches the employer named; after these, any may file one more.

    Cite: RS-2021-57A 一(十)5.
    """
    if not isinstance(data, Filing) or not is_employers(data.institution_code):
        return ()
    if not data.branches_left:
        return tree.provinces()
    return tuple(dict.fromkeys(one.branch.province for one in data.branches))


def awaited(data: object, form: str) -> tuple[str, ...]:
    """Return the provinces that have not decided on all of their branches."""
    if form != "filing.file_branches" or not isinstance(data, Filing):
        return ()
    return tuple(dict.fromkeys(one.province for one in data.branches_left))
