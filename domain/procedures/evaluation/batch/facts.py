"""The fold of a batch: what its later steps and its diagram need to know."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import get_args

from domain.case.envelope import Meta
from domain.case.state import Occasion, Status
from domain.kernel.errors import UnknownNameError
from domain.kernel.times import start_of
from domain.procedures.evaluation.batch import events as e
from domain.procedures.evaluation.batch.values import Mode, Score, Site
from domain.process.feel import Value
from domain.registers.plans import Subject

OWN_EVENTS: frozenset[type[object]] = frozenset(get_args(e.BatchEvent))

_Planning = (
    e.BatchReported
    | e.BatchLate
    | e.BatchApproved
    | e.BatchRejected
    | e.BatchSiteRequested
    | e.BatchSitePermitted
    | e.BatchSiteCleared
    | e.BatchSiteDenied
)
_Running = (
    e.BatchCandidateChecked
    | e.BatchSignedIn
    | e.BatchViolationRecorded
    | e.BatchFinished
    | e.BatchVideoUploaded
    | e.InstitutionEvaluationBlocked
)
_Results = (
    e.BatchScoresEntered
    | e.BatchResultsReported
    | e.BatchResultsApproved
    | e.BatchResultsReturned
    | e.BatchArchived
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Permits:
    """Who must permit an external site, and who has."""

    site: Site
    centers: tuple[str, ...]  # jurisdictions
    given: tuple[str, ...] = ()  # of them
    external_supervisor: str = ""

    @property
    def complete(self) -> bool:
        """Whether every permit is there."""
        return set(self.centers) <= set(self.given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A folded batch."""

    occupation_code: str = ""
    occupation: str = ""
    level: int = 0
    mode: Mode | None = None
    subjects: tuple[Subject, ...] = ()
    candidates: tuple[str, ...] = ()
    site: Site | None = None
    filed_address: str = ""
    external: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    last_admissible_day: date | None = None
    late: bool = False  # without a good reason not to be approved
    late_reason: str = ""
    exam_staff: tuple[str, ...] = ()
    assessors: tuple[str, ...] = ()
    group_leader: str = ""
    internal_supervisor: str = ""
    gaps: tuple[str, ...] = ()
    permits: Permits | None = None  # of the site asked for; None: nothing is asked
    eligible: tuple[str, ...] = ()
    ineligible: tuple[str, ...] = ()
    signed_in: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()  # who signed in and is not on the plan
    findings: int = 0
    finished_on: date | None = None
    covered: tuple[Subject, ...] = ()
    video_complete: bool = False
    blocked: bool = False  # the institution, for want of this batch's film
    scores: tuple[Score, ...] = ()
    passed: tuple[str, ...] = ()  # as last reported
    failed: tuple[str, ...] = ()
    results_approved: bool = False
    archived: bool = False

    @property
    def cleared(self) -> bool:
        """Whether the site may be used: the filed place, or one with every permit."""
        return not self.external or (self.permits is not None and self.permits.complete)

    @property
    def begun(self) -> bool:
        """Whether an exam is on record: somebody was examined, it ended, or there is film of it."""
        there = self.signed_in or self.unlisted or self.findings
        return bool(there or self.finished_on or self.covered or self.video_complete)

    @property
    def people(self) -> frozenset[str]:
        """Who works in the batch: staff, assessors, their leader, both supervisors."""
        leading = (self.group_leader, self.internal_supervisor)
        external = self.permits.external_supervisor if self.permits is not None else ""
        named = (*self.exam_staff, *self.assessors, *leading, external)
        return frozenset(one for one in named if one)


def of(data: object) -> Batch:
    """Return `data` as a batch.

    Raises:
        UnknownNameError: it is none.
    """
    if not isinstance(data, Batch):
        raise UnknownNameError(f"{type(data).__name__} is no batch")
    return data


def fold(data: object, event: object, meta: Meta) -> Batch:  # noqa: ARG001  – no event needs more
    """Return the batch after one of its events.

    Raises:
        UnknownNameError: the event is not of a batch.
    """
    batch = of(data)
    if isinstance(event, _Planning):
        return _planning(batch, event)
    if isinstance(event, _Running):
        return _running(batch, event)
    if isinstance(event, _Results):
        return _results(batch, event)
    raise UnknownNameError(f"{type(event).__name__} is no event of a batch")


def _planning(batch: Batch, event: _Planning) -> Batch:
    permits = batch.permits
    match event:
        case e.BatchReported():
            return _reported(batch, event)
        case e.BatchLate(reason=reason, blocks=blocks):
            return replace(batch, late=blocks, late_reason=reason)
        case e.BatchSiteRequested(site=site, centers=centers):
            asked = Permits(site=site, centers=centers)
            return replace(batch, site=site, external=True, permits=asked)
        case e.BatchSitePermitted(by=by, external_supervisor=supervisor) if permits is not None:
            agreed = supervisor or permits.external_supervisor
            given = (*permits.given, by)
            more = replace(permits, given=given, external_supervisor=agreed)
            return replace(batch, permits=more)
        case e.BatchSiteDenied():
            return replace(batch, permits=None)
        case e.BatchApproved() | e.BatchRejected() | e.BatchSiteCleared() | e.BatchSitePermitted():
            return batch


def _reported(batch: Batch, event: e.BatchReported) -> Batch:
    return replace(
        batch,
        occupation_code=event.occupation_code,
        occupation=event.occupation,
        level=event.level,
        mode=event.mode,
        subjects=event.subjects,
        candidates=event.candidates,
        site=event.site,
        filed_address=event.filed_address,
        external=event.external,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        last_admissible_day=event.last_admissible_day,
        exam_staff=event.exam_staff,
        assessors=event.assessors,
        group_leader=event.group_leader,
        internal_supervisor=event.internal_supervisor,
        gaps=event.gaps,
    )


def _running(batch: Batch, event: _Running) -> Batch:
    match event:
        case e.BatchCandidateChecked(candidate=who, eligible=eligible):
            return _checked(batch, who, eligible)
        case e.BatchSignedIn(person=who, part=part):
            return _signed_in(batch, who, part)
        case e.BatchViolationRecorded(finding=n):
            return replace(batch, findings=n)
        case e.BatchFinished(on=on):
            return replace(batch, finished_on=on)
        case e.BatchVideoUploaded(covers=covers, complete=complete):
            covered = tuple(dict.fromkeys((*batch.covered, *covers)))
            return replace(batch, covered=covered, video_complete=complete)
        case e.InstitutionEvaluationBlocked():
            return replace(batch, blocked=True)


def _signed_in(batch: Batch, who: str, part: e.Part) -> Batch:
    """Return the batch with a candidate there, or with somebody there its plan does not name."""
    if part == "candidate":
        return replace(batch, signed_in=_with(batch.signed_in, who))
    if part == "unlisted":
        gaps = _with(batch.gaps, "unlisted_people")
        return replace(batch, unlisted=_with(batch.unlisted, who), gaps=gaps)
    return batch


def _checked(batch: Batch, who: str, eligible: bool) -> Batch:  # noqa: FBT001  – what was found
    """Return the batch with the last word on a candidate."""
    yes, no = batch.eligible, batch.ineligible
    if eligible:
        yes, no = _with(yes, who), _without(no, who)
    else:
        yes, no = _without(yes, who), _with(no, who)
    return replace(batch, eligible=yes, ineligible=no)


def _with(people: tuple[str, ...], who: str) -> tuple[str, ...]:
    return people if who in people else (*people, who)


def _without(people: tuple[str, ...], who: str) -> tuple[str, ...]:
    return tuple(one for one in people if one != who) if who in people else people


def _results(batch: Batch, event: _Results) -> Batch:
    match event:
        case e.BatchScoresEntered(rows=rows):
            newest = {(one.candidate, one.subject): one for one in (*batch.scores, *rows)}
            return replace(batch, scores=tuple(newest.values()))
        case e.BatchResultsReported():
            failed = (*event.failed, *event.without_score)
            return replace(batch, passed=event.passed, failed=failed)
        case e.BatchResultsApproved():
            return replace(batch, results_approved=True)
        case e.BatchResultsReturned():
            return batch
        case e.BatchArchived():
            return replace(batch, archived=True)


def standing(event: object, data: object) -> tuple[Status, str] | None:
    """Return status and stage after an event that left `data`; None where they stay."""
    match event:
        case e.BatchReported() if not of(data).cleared:
            return ("received", "batch_site_request")
        case _:
            return _STANDING.get(type(event))


_STANDING: Mapping[type[object], tuple[Status, str]] = {
    e.BatchReported: ("received", "batch_decision"),
    e.BatchSiteRequested: ("received", "batch_site_permit"),
    e.BatchSiteCleared: ("received", "batch_decision"),
    e.BatchSiteDenied: ("received", "batch_site_request"),
    e.BatchApproved: ("accepted", "batch_exam"),
    e.BatchRejected: ("refused", "batch_rejected"),
    e.BatchFinished: ("accepted", "batch_scores"),
    e.BatchResultsReported: ("in_review", "batch_review"),
    e.BatchResultsReturned: ("correction_required", "batch_results"),
    e.BatchResultsApproved: ("decided", "batch_video"),
    e.BatchArchived: ("closed", "batch_archived"),
}

STAGES: Mapping[str, str] = {"report_results": "batch_results", "revise": "batch_results"}


def variables(data: object) -> Mapping[str, Value]:
    """Return what the gateways of the diagram read."""
    batch = of(data)
    return {
        "external": batch.external,
        "asked": batch.permits is not None and not batch.permits.complete,
        "cleared": batch.cleared,
        "covered": batch.video_complete,
    }


def anchor(data: object, key: str) -> datetime | None:
    """Return where the terms after the exam start: its last day."""
    finished = of(data).finished_on
    return start_of(finished) if key in ("batch.video", "batch.results") and finished else None


def offices(data: object) -> tuple[str, ...]:
    """Return the centers beside the own one whose permit an external site needs."""
    permits = of(data).permits
    return permits.centers[1:] if permits is not None else ()


def awaited(data: object, form: str) -> tuple[str, ...]:
    """Return the centers whose permit of an external site is still to come."""
    permits = of(data).permits
    if form != "batch.permit_site" or permits is None:
        return ()
    return tuple(one for one in permits.centers if one not in permits.given)


def occasion(data: object) -> Occasion | None:
    """Return the exam days of a reported batch: the planned ones until its end is reported."""
    batch = of(data)
    if batch.starts_on is None:
        return None
    last = batch.finished_on or batch.ends_on or batch.starts_on
    return Occasion(
        first_day=batch.starts_on,
        last_day=max(last, batch.starts_on),
        occupation=batch.occupation or batch.occupation_code,
        level=batch.level,
        people=len(batch.candidates),
        place=(batch.site.name or batch.site.place) if batch.site else batch.filed_address,
    )
