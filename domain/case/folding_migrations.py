"""The fold of `process.migrated`: the case is pinned to another diagram; what is open follows."""

from dataclasses import replace

from domain.case import events as e
from domain.case.state import Case, Task
from domain.kernel.errors import StreamBrokenError


def migrated(case: Case, event: e.ProcessMigrated) -> Case:
    """Return the case pinned to the new diagram, its open tasks and running terms with it.

    Raises:
        StreamBrokenError: the case is not pinned to the diagram it leaves.
    """
    if case.definition != event.old:
        raise StreamBrokenError(f"{case.id} is pinned to {case.definition}, not to {event.old}")
    carried = {one.task: one for one in event.tasks}
    places = {one.deadline: one.element for one in event.terms}
    return replace(
        case,
        definition=event.new,
        tasks=tuple(_carried(one, carried.get(one.id)) for one in case.tasks),
        deadlines=tuple(
            replace(one, element=places.get(one.id, one.element)) for one in case.deadlines
        ),
    )


def _carried(task: Task, now: e.TaskCarried | None) -> Task:
    if now is None:
        return task
    return replace(
        task,
        element=now.element,
        form=now.form,
        role=now.role,
        holder=now.holder,
        commands=now.commands,
    )
