"""The fold: a case is what its events made of it. Never plays the diagram, never asks the law."""

from collections.abc import Iterable
from dataclasses import replace

from domain.case import events as e
from domain.case.envelope import Meta, Recorded
from domain.case.folding_deadlines import fold_deadline
from domain.case.folding_migrations import migrated
from domain.case.queue import waiting_task
from domain.case.state import ENDED, Attempt, Case, Notice, Task
from domain.kernel.codec import from_json, to_json
from domain.kernel.errors import StreamBrokenError, UnknownNameError
from domain.kernel.events import decode, event_type
from domain.kernel.faults import MalformedError
from domain.kernel.json import Json
from domain.procedures.table import procedure

FOLD = 8  # rises whenever the same events give another state or another JSON

RENDERING = "notice.render:"  # begins the keys of jobs that render letters

CaseEvent = e.CaseAssigned | e.CaseNoted | e.CaseTransferred | e.CaseWithdrawn | e.CaseEnded
TaskEvent = e.TaskOpened | e.TaskCompleted | e.TaskCancelled
NoticeEvent = (
    e.NoticeIssued
    | e.NoticeServed
    | e.NoticeAttempted
    | e.NoticeVoided
    | e.NoticeRendered
    | e.NoticePrinted
)


def fold(recorded: Iterable[Recorded]) -> Case | None:
    """Return the case its stream describes, from the first event on; None for an empty stream.

    Raises:
        StreamBrokenError: the stream does not begin with `case.opened`, or does not hold together.
        UnknownNameError: an event nobody registered.
    """
    case: Case | None = None
    for one in recorded:
        case = evolve(case, decode(one.type, one.schema, one.data), one.meta, one.version)
    return case


def evolve(case: Case | None, event: object, meta: Meta, version: int) -> Case:
    """Return the case after `event`, the `version`-th of its stream.

    Raises:
        StreamBrokenError: the event cannot follow.
        UnknownNameError: no procedure of the case knows it.
    """
    if isinstance(event, e.CaseOpened):
        return _opened(case, event, meta, version)
    if case is None:
        raise StreamBrokenError(f"{event_type(event)} comes before case.opened")
    if version != case.version + 1:
        raise StreamBrokenError(f"version {version} of {case.id} follows {case.version}")
    changed = _changed(case, event, meta, version)
    same = changed.tasks is case.tasks and changed.data is case.data
    return replace(changed, version=version, awaited=case.awaited if same else _awaited(changed))


def case_to_json(case: Case) -> Json:
    """Return a case as JSON; `case_from_json` gives an equal one back."""
    return to_json(case)


def case_from_json(data: Json) -> Case:
    """Return the case that `case_to_json` wrote.

    Raises:
        StreamBrokenError: it has not the shape of this fold.
        UnknownNameError: nobody registered its procedure.
    """
    try:
        case = from_json(Case, data)
        return replace(case, data=from_json(procedure(case.procedure).data, case.data))
    except MalformedError as error:
        raise StreamBrokenError(f"the folded case does not read: {error}") from error


def _changed(case: Case, event: object, meta: Meta, version: int) -> Case:
    match event:
        case (
            e.CaseAssigned()
            | e.CaseNoted()
            | e.CaseTransferred()
            | e.CaseWithdrawn()
            | e.CaseEnded()
        ):
            return _case(case, event, meta, version)
        case e.TaskOpened() | e.TaskCompleted() | e.TaskCancelled():
            tasks = _tasks(case, event, meta)
            return replace(case, tasks=tasks, stage=_stage(case, event))
        case (
            e.NoticeIssued()
            | e.NoticeServed()
            | e.NoticeAttempted()
            | e.NoticeVoided()
            | e.NoticeRendered()
            | e.NoticePrinted()
        ):
            return _notice(case, event, meta, version)
        case e.ProcessMoved(tokens=tokens):
            return replace(case, marking=tokens)
        case e.ProcessMigrated():
            return migrated(case, event)
        case e.CommandRefused():
            return case
        case _:
            deadlines = fold_deadline(case.deadlines, event, meta)
            if deadlines is not None:
                return replace(case, deadlines=deadlines)
            return _own(case, event, meta, version)  # or UnknownNameError: nothing is passed over


def _awaited(case: Case) -> tuple[str, ...]:
    """Return the offices whose act the task that has waited longest still lacks, if it says so."""
    task = waiting_task(case)
    return procedure(case.procedure).awaited(case.data, task.form) if task is not None else ()


def _opened(case: Case | None, event: e.CaseOpened, meta: Meta, version: int) -> Case:
    if case is not None:
        raise StreamBrokenError(f"{case.id} is opened twice")
    return Case(
        id=event.case,
        number=event.number,
        procedure=event.procedure,
        variant=event.variant,
        jurisdiction=event.jurisdiction,
        definition=event.definition,
        applicant=event.applicant,
        opened_at=meta.effective_at,
        status="draft",
        stage="",
        version=version,
        own_version=version,
        data=procedure(event.procedure).blank,
        marking={},
        source_system=event.source_system,
        source_id=event.source_id,
    )


def _own(case: Case, event: object, meta: Meta, version: int) -> Case:
    """Fold an event of the case's procedure."""
    its = procedure(case.procedure)
    if type(event) not in its.events:
        raise UnknownNameError(f"{event_type(event)} is no event of {case.procedure}")
    data = its.fold(case.data, event, meta)
    status, stage = its.standing(event, data) or (case.status, case.stage)
    by, jobs = meta.actor.person, case.jobs
    if its.plain is not None:
        jobs = (*(one for one in jobs if one.startswith(RENDERING)), *its.plain.jobs(data))
    return replace(
        case,
        data=data,
        status=status,
        stage=stage,
        own_version=version,
        offices=its.offices(data),
        occasion=its.occasion(data),
        jobs=jobs,
        acts=(*case.acts, (event_type(event), by)) if by else case.acts,
    )


def _case(case: Case, event: CaseEvent, meta: Meta, version: int) -> Case:
    match event:
        case e.CaseAssigned(to=person, tasks=given):
            since = meta.effective_at if person else None
            tasks = tuple(
                replace(one, assignee=person, assigned_at=since) if one.id in given else one
                for one in case.tasks
            )
            return replace(case, tasks=tasks)
        case e.CaseNoted():
            return replace(case, notes=case.notes + 1)
        case e.CaseTransferred(new=new):
            return replace(case, jurisdiction=new, own_version=version)
        case e.CaseWithdrawn():
            return replace(case, status="withdrawn", stage="withdrawn", own_version=version)
        case e.CaseEnded(status=status):
            if status not in ENDED:
                raise StreamBrokenError(f"{status} is no end")
            return replace(case, status=status, ended_at=meta.effective_at)


def _stage(case: Case, event: TaskEvent) -> str:
    if not isinstance(event, e.TaskOpened):
        return case.stage
    return procedure(case.procedure).stages.get(event.element, case.stage)


def _tasks(case: Case, event: TaskEvent, meta: Meta) -> tuple[Task, ...]:
    tasks = case.tasks
    match event:
        case e.TaskOpened():
            opened = Task(
                id=event.task,
                element=event.element,
                wait=event.wait,
                form=event.form,
                role=event.role,
                holder=event.holder,
                commands=event.commands,
                opened_at=meta.effective_at,
                opened_version=case.own_version,
            )
            return (*tasks, opened)
        case e.TaskCompleted(task=which):
            done = replace(
                _task(tasks, which),
                state="completed",
                done_by=meta.actor.person or meta.actor.role,
                done_at=meta.effective_at,
                done_version=case.own_version,
            )
            return _with(tasks, done)
        case e.TaskCancelled(task=which):
            gone = replace(_task(tasks, which), state="cancelled", done_at=meta.effective_at)
            return _with(tasks, gone)


def _task(tasks: tuple[Task, ...], which: str) -> Task:
    found = next((one for one in tasks if one.id == which), None)
    if found is None or found.state != "open":
        raise StreamBrokenError(f"no task {which} is open")
    return found


def _with(tasks: tuple[Task, ...], changed: Task) -> tuple[Task, ...]:
    return tuple(changed if one.id == changed.id else one for one in tasks)


def _notice(case: Case, event: NoticeEvent, meta: Meta, version: int) -> Case:
    match event:
        case e.NoticeIssued():
            return _issued(case, event, meta, version)
        case e.NoticeServed(notice=which, method=method, at=at, proof=proof):
            served = replace(
                _found(case, which),
                served_at=at,
                method=method,
                proof=proof,
                proof_digest=event.proof_digest,
            )
            return _with_notice(case, served)
        case e.NoticeAttempted(notice=which, method=method, at=at, reason=reason):
            known = _found(case, which)
            file = event.proof_digest
            failed = Attempt(method=method, at=at, reason=reason, proof_digest=file)
            return _with_notice(case, replace(known, attempts=(*known.attempts, failed)))
        case e.NoticeVoided(notice=which, reason=reason):
            known, at = _found(case, which), meta.effective_at
            return _with_notice(case, replace(known, voided_at=at, void_reason=reason))
        case e.NoticeRendered(notice=which, digest=digest):
            jobs = tuple(one for one in case.jobs if one != rendering(which))
            done = _with_notice(case, replace(_found(case, which), digest=digest))
            return replace(done, jobs=jobs)
        case e.NoticePrinted(notice=which, digest=digest, pages=pages, template=template):
            known = _found(case, which)
            made = replace(known, printed=digest, pages=pages, template=template)
            return _with_notice(case, made)


def _issued(case: Case, event: e.NoticeIssued, meta: Meta, version: int) -> Case:
    issued = Notice(
        id=event.notice,
        kind=event.kind,
        number=event.number,
        issued_at=meta.effective_at,
        version=version,
        office=_office(case, meta),
        replaces=event.replaces,
    )
    jobs = (*case.jobs, rendering(issued.id))
    return replace(case, notices=(*case.notices, issued), jobs=jobs)


def _office(case: Case, meta: Meta) -> str:
    """Return the place of the office that acts: an official's own, else the case's."""
    place = meta.actor.jurisdiction
    return place if place in case.offices else case.jurisdiction


def rendering(notice: str) -> str:
    """Return the key, within the case, of the job that renders a notice."""
    return f"{RENDERING}{notice}"


def _found(case: Case, which: str) -> Notice:
    found = next((one for one in case.notices if one.id == which), None)
    if found is None:
        raise StreamBrokenError(f"{case.id} has no notice {which}")
    return found


def _with_notice(case: Case, changed: Notice) -> Case:
    notices = tuple(changed if one.id == changed.id else one for one in case.notices)
    return replace(case, notices=notices)
