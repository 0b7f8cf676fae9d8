"""The commands on every case: assign, note, transfer, withdraw, terms, service, reports of jobs."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from domain.case import acts as a
from domain.case import events as e
from domain.case.actor import role_matches
from domain.case.clocks import counted, open_waiting, resumed
from domain.case.command import Command
from domain.case.draft import Draft
from domain.case.migrating import migrate
from domain.case.moving import Mover
from domain.case.refusals import (
    LawReasonsRequired,
    NotExtendable,
    NoticeIsVoid,
    NoticeServed,
    RoleRequired,
    TaskAlreadyClaimed,
    TaskAlreadyDone,
    WrongStage,
    malformed,
)
from domain.case.serving import served as close_service
from domain.case.state import Case, Deadline, Notice
from domain.kernel.errors import EngineError, Refusal
from domain.kernel.faults import fault
from domain.law import clock
from domain.ports import World
from domain.procedures.table import procedure
from domain.process import game

Answer = Draft | Refusal
Decider = Callable[[World, Case, Command, Any], Answer]  # the registry pairs payload and name


def _draft(case: Case, command: Command) -> Draft:
    return Draft(case, command, command.actor, command.received_at)


def _stage(case: Case, command: Command) -> Refusal:
    return WrongStage(stage=case.stage, command=command.name)


def _assign(_world: World, case: Case, command: Command, payload: a.Assign) -> Answer:
    ours = [one for one in case.tasks if one.holder == "authority"]
    meant = [one for one in ours if payload.task in ("", one.id)]
    tasks = [one for one in meant if one.state == "open"]
    if not tasks:
        done = payload.task and next((one for one in meant if one.done_at and one.done_by), None)
        return TaskAlreadyDone.of(done) if done else _stage(case, command)
    if payload.to == command.actor.person:  # whoever takes a task on may do it as well
        lacking, role = tuple(dict.fromkeys(one.role for one in tasks)), command.actor.role
        tasks = [one for one in tasks if role_matches(one.role, role)]
        if not tasks:
            return RoleRequired(role=role, roles=lacking)
    allowed = ("", payload.to, payload.instead_of)
    taken = next((one for one in tasks if one.assignee not in allowed), None)
    if payload.instead_of is not None and taken is not None:
        return TaskAlreadyClaimed.of(taken)
    draft = _draft(case, command)
    draft.add(e.CaseAssigned(to=payload.to, tasks=tuple(one.id for one in tasks)))
    return draft


def _note(_world: World, case: Case, command: Command, payload: a.Note) -> Answer:
    draft = _draft(case, command)
    draft.add(e.CaseNoted(text=payload.text))
    return draft


def _transfer(_world: World, case: Case, command: Command, payload: a.Transfer) -> Answer:
    if payload.jurisdiction == case.jurisdiction:
        return _stage(case, command)
    if refusal := procedure(case.procedure).misplaced(case.variant, payload.jurisdiction):
        return refusal
    draft = _draft(case, command)
    moved = e.CaseTransferred(
        old=case.jurisdiction, new=payload.jurisdiction, reason=payload.reason
    )
    draft.add(moved)
    return draft


def _withdraw(world: World, case: Case, command: Command, payload: a.Withdraw) -> Answer:
    if procedure(case.procedure).decided(case, command.received_at):
        return _stage(case, command)
    draft = _draft(case, command)
    draft.add(e.CaseWithdrawn(reason=payload.reason))
    mover = Mover(draft, world, command.name)
    mover.play(lambda definition, marking, _: game.cancel_all(definition, marking))
    mover.settle()
    return draft


def _running(case: Case, key: str, state: str) -> Deadline | None:
    terms = [one for one in case.deadlines if one.of_law]
    found = [one for one in terms if one.key == key and one.state == state]
    return found[-1] if found else None


def _suspend(_world: World, case: Case, command: Command, payload: a.Suspend) -> Answer:
    deadline = _running(case, payload.key, "open")
    if deadline is None:
        return _stage(case, command)
    if not (payload.reason.strip() and payload.cite.strip()):
        return LawReasonsRequired()
    draft = _draft(case, command)
    stopped = e.DeadlineSuspended(
        deadline=deadline.id, key=deadline.key, reason=payload.reason, cite=payload.cite
    )
    draft.add(stopped, deadline.term.cite)
    return draft


def _resume(world: World, case: Case, command: Command, payload: a.Resume) -> Answer:
    deadline = _running(case, payload.key, "suspended")
    if deadline is None:
        return _stage(case, command)
    due = _due(resumed(deadline, command.received_at, world.calendar))
    draft = _draft(case, command)
    going = e.DeadlineResumed(
        deadline=deadline.id,
        key=deadline.key,
        due=due.due,
        effective=due.effective,
        calendar=due.calendar,
        provisional=due.provisional,
    )
    draft.add(going, deadline.term.cite)
    return draft


def _extend(world: World, case: Case, command: Command, payload: a.Extend) -> Answer:
    deadline = _running(case, payload.key, "open")
    if deadline is None:
        return _stage(case, command)
    term, amount = deadline.term, deadline.amount + payload.amount
    most = term.amount if term.at_most or not term.local_practice else a.MOST_DAYS
    extendable = term.at_most or term.local_practice
    if not extendable or amount > most:
        return NotExtendable(key=term.key, most=most, amount=amount, citation=term.cite)
    if not (payload.reason.strip() and payload.cite.strip()):
        return LawReasonsRequired()
    draft = _draft(case, command)
    due = _due(counted(_longer(deadline, amount), world.calendar))
    longer = e.DeadlineExtended(
        deadline=deadline.id,
        key=deadline.key,
        amount=amount,
        due=due.due,
        effective=due.effective,
        calendar=due.calendar,
        provisional=due.provisional,
        reason=payload.reason,
        cite=payload.cite,
    )
    draft.add(longer, term.cite)
    return draft


def _redate(world: World, case: Case, command: Command, _payload: object) -> Answer:
    draft = _draft(case, command)
    for one in case.deadlines:
        if one.state != "open" or one.due is None:
            continue
        due = _due(counted(one, world.calendar))
        if (due.due, due.provisional) != (one.due, one.provisional):
            moved = e.DeadlineRedated(
                deadline=one.id,
                key=one.key,
                old=one.due,
                new=due.due,
                effective=due.effective,
                calendar=due.calendar,
                provisional=due.provisional,
            )
            draft.add(moved, one.term.cite)
    return draft


def _unserved(case: Case, command: Command, payload: a.Serve | a.RecordAttempt) -> Notice | Refusal:
    """Return the letter whose service is told of, or why it cannot be."""
    letter = next((one for one in case.notices if one.id == payload.notice), None)
    if letter is None:
        return _stage(case, command)
    if letter.served_at is not None:
        return NoticeServed.of(letter)
    if letter.voided_at is not None:
        return NoticeIsVoid.of(letter)
    if not letter.issued_at <= payload.at <= command.received_at:
        zh, en = "送达时刻须在发出之后、现在之前", "served after it was issued and before now"
        return malformed((fault("/at", "date", zh, en),))
    return letter


def _attempt(_world: World, case: Case, command: Command, payload: a.RecordAttempt) -> Answer:
    found = _unserved(case, command, payload)
    if isinstance(found, Refusal):
        return found
    draft = Draft(case, command, command.actor, payload.at)
    failed = e.NoticeAttempted(
        notice=found.id,
        method=payload.method,
        at=payload.at,
        reason=payload.reason,
        proof_digest=payload.proof_digest or "",
    )
    draft.add(failed)
    return draft


def _serve(world: World, case: Case, command: Command, payload: a.Serve) -> Answer:
    found = _unserved(case, command, payload)
    if isinstance(found, Refusal):
        return found
    draft = Draft(case, command, command.actor, payload.at)
    served = e.NoticeServed(
        notice=payload.notice,
        method=payload.method,
        at=payload.at,
        proof=payload.proof,
        proof_digest=payload.proof_digest or "",
    )
    draft.add(served)
    close_service(draft, found.id)
    open_waiting(draft, world.definitions.pinned(case.definition), world.book, world.calendar)
    return draft


def _record_rendering(
    _world: World, case: Case, command: Command, payload: a.RecordRendering
) -> Answer:
    notice = next((one for one in case.notices if one.id == payload.notice), None)
    if notice is None:
        return _stage(case, command)
    draft = _draft(case, command)
    if not notice.digest:
        draft.add(e.NoticeRendered(notice=notice.id, digest=payload.digest))
    made = payload.printed
    if made is not None and not notice.printed:
        printed = e.NoticePrinted(
            notice=notice.id, digest=made.digest, pages=made.pages, template=made.template
        )
        draft.add(printed)
    return draft


def _longer(deadline: Deadline, amount: int) -> Deadline:
    return replace(deadline, amount=amount)


def _due(counted_: clock.Due | clock.Paused) -> clock.Due:
    if isinstance(counted_, clock.Paused):
        raise EngineError("a deadline that runs has no end")
    return counted_


GENERIC: Mapping[str, Decider] = {
    "case.assign": _assign,
    "case.note": _note,
    "case.transfer": _transfer,
    "case.withdraw": _withdraw,
    "deadline.suspend": _suspend,
    "deadline.resume": _resume,
    "deadline.extend": _extend,
    "deadline.redate": _redate,
    "process.migrate": migrate,
    "notice.serve": _serve,
    "notice.attempt": _attempt,
    "notice.record_rendering": _record_rendering,
}
