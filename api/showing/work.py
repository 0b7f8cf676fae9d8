"""Tasks and deadlines as shapes."""

from datetime import date

from api.asked import Asked
from api.schemas.law import LedgerDay
from api.schemas.task import DeadlineHolder, DeadlineTerm, DeadlineView, Suspension, TaskView
from api.showing.cases import instant, public_id
from domain.case import views
from domain.case.labels import label
from domain.case.seen import task_seen
from domain.case.state import Case, Deadline, Task
from domain.kernel.times import in_china, legal_day


def task_view(case: Case, task: Task, asked: Asked) -> TaskView:
    """Return a task with the deadline that runs while it is open."""
    deadline = views.deadline_of(asked.world, case, task) if task.state == "open" else None
    task = task_seen(task, asked.actor, case)
    return TaskView(
        id=public_id(case, task.id),
        case=case.id,
        number=case.number,
        applicant=case.applicant.name,
        task=task.element,
        label=label("task", task.form, asked.language),
        form=task.form,
        role=task.role,
        commands=list(task.commands),
        state=task.state,
        opened_at=in_china(task.opened_at),
        assignee=task.assignee or None,
        done_by=task.done_by or None,
        done_at=instant(task.done_at),
        due=_day(deadline.due if deadline else None),
        light=views.light(deadline, asked.now, asked.world.calendar) if deadline else "none",
    )


def deadline_view(
    case: Case, deadline: Deadline, asked: Asked, *, ledger: bool = False
) -> DeadlineView:
    """Return a deadline, with each day of its counting when asked for."""
    term = deadline.term
    name = case.applicant.name if deadline.holder == "applicant" else case.jurisdiction
    return DeadlineView(
        id=public_id(case, deadline.id),
        case=case.id,
        number=case.number,
        key=deadline.key,
        label=label("key", deadline.key, asked.language),
        occurrence=deadline.occurrence,
        state=deadline.state,
        light=views.light(deadline, asked.now, asked.world.calendar),
        as_of=in_china(asked.now),
        holder=DeadlineHolder(holder=deadline.holder, organisation=name),
        term=DeadlineTerm(
            amount=deadline.amount, unit=term.unit, anchor=term.anchor, cite=term.cite
        ),
        local_practice=term.local_practice,
        starts=legal_day(deadline.starts).isoformat(),
        due=_day(deadline.due),
        effective=instant(deadline.effective),
        ended_at=instant(deadline.ended_at),
        consequence=term.consequence,
        calendar=deadline.calendar,
        provisional=deadline.provisional,
        suspensions=[
            Suspension(
                since=in_china(one.since),
                until=instant(one.until),
                reason=one.reason,
                cite=one.cite,
            )
            for one in deadline.pauses
        ],
        ledger=_ledger(deadline, asked) if ledger else None,
    )


def _ledger(deadline: Deadline, asked: Asked) -> list[LedgerDay]:
    counted = views.ledger(deadline, asked.world.calendar)
    return [LedgerDay.model_validate(one.to_json()) for one in counted.ledger]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
