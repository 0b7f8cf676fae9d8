"""What a case takes up next, and when it wants to be woken."""

from collections.abc import Sequence
from datetime import datetime

from domain.case.command import Command, Lapse, Work
from domain.case.state import Case, Deadline, Task
from domain.case.turn import Job, Turn
from domain.kernel.ids import lapse_id


def next_work(
    case: Case | None, waiting: Sequence[Command], now: datetime, until: str | None
) -> Work | None:
    """Return the command or lapse to decide next; None when nothing is to be done now.

    `waiting` are the commands without outcome, in order of receipt. A deadline whose last day has
    ended comes before a command received at or after that instant, and after one received before.
    With `until`, the id of a command, None once that command has its outcome.
    """
    if until is not None and all(one.id != until for one in waiting):
        return None
    first = waiting[0] if waiting else None
    due = next_due(case) if case is not None else None
    if case is None or due is None or due.effective is None or due.effective > now:
        return first
    if first is not None and first.received_at < due.effective:
        return first
    return Lapse(
        id=lapse_id(case.id, due.key, due.occurrence),
        case_id=case.id,
        deadline=due.id,
        effective=due.effective,
    )


def next_due(case: Case) -> Deadline | None:
    """Return the open deadline that lapses first; None when none does. A flag never lapses."""
    running = [one for one in case.deadlines if one.state == "open" and one.wait]
    return min(running, key=_when, default=None)


def turn(case: Case, now: datetime, *, frozen: bool, waiting: bool = False) -> Turn:
    """Return where the case stands, as the conductor needs to know it.

    `waiting`: a command has been received and not yet decided.
    """
    due = next_due(case)
    wake_after = None
    if due is not None and due.effective is not None and not frozen:
        wake_after = max((due.effective - now).total_seconds(), 0.0)
    task = waiting_task(case)
    return Turn(
        done=case.ended and not case.jobs,
        version=case.version,
        wake_after=wake_after,
        jobs=[Job(activity=one.partition(":")[0], key=f"{case.id}:{one}") for one in case.jobs],
        procedure=case.procedure,
        number=case.number,
        stage=case.stage,
        waiting_for=task.role if task is not None else "",
        until=due.due.isoformat() if due is not None and due.due is not None else "",
        deadline=due.key if due is not None else "",
        jurisdiction=case.jurisdiction,
        more=waiting or (due is not None and _when(due)[0] <= now),
    )


def waiting_task(case: Case) -> Task | None:
    """Return the open task a case waits for, the one that has waited longest."""
    return next((one for one in case.tasks if one.state == "open"), None)


def _when(deadline: Deadline) -> tuple[datetime, str]:
    if deadline.effective is None:
        raise ValueError(f"{deadline.id} is open and has no last day")
    return deadline.effective, deadline.id
