"""Open work: the list, one task, and taking, giving back, handing on and doing it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from starlette.concurrency import run_in_threadpool

from api.acting import Act, act_in_case, known_or_own, seen_version, sent_under
from api.asked import Asked, ToAct, ToRead
from api.described import ACT, json_body, problems
from api.edge import IfMatch, Patience, RequestKey, Wait, body_of
from api.examples import COMMAND, PAYLOADS
from api.lists import Cursor, Limit, next_cursor, position_of
from api.paths import TaskId
from api.problem_texts import REFUSALS
from api.problems import ProblemError, fault
from api.routes.commands import ACCEPTED
from api.schemas.command import Answer, NoPayload, TaskAssignment, TaskCompletion
from api.schemas.task import TaskPage, TaskView
from api.showing.work import task_view
from api.taking import take
from domain.case.actor import role_matches
from domain.case.procedure import CommandSpec
from domain.case.seen import task_seen
from domain.case.state import Case, Task
from domain.case.tasks import subject_of
from domain.kernel.json import Json
from domain.kernel.times import minute_in_china
from domain.ports import CaseFilter

router = APIRouter(tags=["tasks"])
BODIES = (NoPayload, TaskAssignment, TaskCompletion)
ASSIGN, FREE = "case.assign", ""
TAKEN = {**ACCEPTED, **problems(*ACT, *REFUSALS, "task.not_found", "request.version_missing")}
Found = tuple[Case, Task]


@router.get("/tasks", operation_id="listTasks")
def list_tasks(  # noqa: PLR0913, PLR0917  – one argument per parameter
    asked: ToRead,
    response: Response,
    mine: Annotated[bool, Query(description="Given to me.")] = False,  # noqa: FBT002  – a query parameter
    unassigned: Annotated[bool, Query()] = False,  # noqa: FBT002  – a query parameter
    for_my_role: Annotated[bool, Query()] = False,  # noqa: FBT002  – a query parameter
    cursor: Cursor = "",
    limit: Limit = 50,
) -> TaskPage:
    """Answer the open tasks of visible cases, those due first. A page is counted in cases."""
    person = asked.actor.person if mine else ""
    role = asked.actor.role if for_my_role else ""
    wanted = CaseFilter(
        open_only=True, with_task=True, unassigned=unassigned, assignee=person, role=role
    )
    position = position_of(asked, cursor)
    found = asked.found.cases.work(asked.tenant, asked.viewer, wanted, position, limit)
    items = [
        task_view(case, task, asked)
        for case in found.items
        for task in case.tasks
        if task.state == "open"
        and (not mine or task.assignee == person)
        and (not unassigned or not task.assignee)
        and (not for_my_role or role_matches(task.role, asked.actor.role))
    ]
    return TaskPage(items=items, next_cursor=next_cursor(asked, response, found.next_cursor))


@router.get("/tasks/{task_id}", operation_id="readTask", responses=problems("task.not_found"))
def read_task(asked: ToRead, task_id: TaskId) -> TaskView:
    """Answer a task, open or done."""
    case, task = _task(asked, task_id)
    return task_view(case, task, asked)


@router.post(
    "/tasks/{task_id}/commands/claim",
    operation_id="claimTask",
    response_model=Answer,
    openapi_extra=json_body("NoPayload", {}),
    responses=TAKEN,
)
async def claim_task(
    asked: ToAct,
    task_id: TaskId,
    key: RequestKey,
    _: Annotated[NoPayload, Depends(body_of(NoPayload))],
    wait: Wait,
) -> Response:
    """Take the task on, if nobody else has."""
    me = asked.actor.person
    return await _assign(asked, task_id, {"to": me, "instead_of": FREE}, key, wait)


@router.post(
    "/tasks/{task_id}/commands/release",
    operation_id="releaseTask",
    response_model=Answer,
    openapi_extra=json_body("NoPayload", {}),
    responses=TAKEN,
)
async def release_task(
    asked: ToAct,
    task_id: TaskId,
    key: RequestKey,
    _: Annotated[NoPayload, Depends(body_of(NoPayload))],
    wait: Wait,
) -> Response:
    """Give one's task back: it is nobody's until somebody takes it on."""
    given: Json = {"to": FREE, "instead_of": asked.actor.person}
    return await _assign(asked, task_id, given, key, wait)


@router.post(
    "/tasks/{task_id}/commands/assign",
    operation_id="assignTask",
    response_model=Answer,
    openapi_extra=json_body("TaskAssignment", {"to": "p-reviewer"}),
    responses=TAKEN,
)
async def assign_task(
    asked: ToAct,
    task_id: TaskId,
    key: RequestKey,
    body: Annotated[TaskAssignment, Depends(body_of(TaskAssignment))],
    wait: Wait,
) -> Response:
    """Hand the task to a person; with `instead_of` only if nobody else has it by now."""
    given = body.model_dump(exclude_none=True)
    return await _assign(asked, task_id, given, key, wait)


@router.post(
    "/tasks/{task_id}/commands/complete",
    operation_id="completeTask",
    response_model=Answer,
    openapi_extra=json_body("TaskCompletion", {"command": COMMAND, "with": PAYLOADS[COMMAND]}),
    responses=TAKEN,
)
async def complete_task(
    asked: ToAct,
    task_id: TaskId,
    key: RequestKey,
    body: Annotated[TaskCompletion, Depends(body_of(TaskCompletion))],
    version: IfMatch,
    wait: Wait,
) -> Response:
    """Do the task by one of its commands."""

    def seen(spec: CommandSpec, case: Case) -> int | None:
        return seen_version(spec, case, version)

    def act() -> Act:
        case, task = _task(asked, task_id, key)
        _check_open(asked, case, task, key)
        command = _command(task, body.command)
        payload = _about(case, task, command, body.with_)
        return act_in_case(asked, case.id, command, payload, seen, key)

    return await take(await run_in_threadpool(act), key, asked, wait)


async def _assign(asked: Asked, task_id: str, given: Json, key: str, wait: Patience) -> Response:
    """Send the assignment; who has the task by then is looked at where it is decided."""

    def act() -> Act:
        case, task = _task(asked, task_id, key)
        payload = {**given, "task": task.id}
        return act_in_case(asked, case.id, ASSIGN, payload, lambda *_: None, key)

    return await take(await run_in_threadpool(act), key, asked, wait)


def _task(asked: Asked, task_id: str, key: str | None = None) -> Found:
    """Return the task and its case.

    Raises:
        ProblemError: `task.not_found`, also where the caller may not know of the case, and has not
            acted in it under `key`.
    """
    case_id, _, which = task_id.rpartition(".")
    case = known_or_own(asked, case_id, key)
    task = next((one for one in case.tasks if one.id == which), None) if case else None
    if case is None or task is None:
        raise ProblemError("task.not_found")
    return case, task


def _check_open(asked: Asked, case: Case, task: Task, key: str) -> None:
    """Say who did the task already, unless this very request did."""
    if task.state == "open" or sent_under(asked, key) == case.id:
        return
    at = minute_in_china(task.done_at)
    by = task_seen(task, asked.actor, case).done_by
    raise ProblemError("task.already_done", f"{by} 已于 {at} 办结", f"done by {by} at {at}")


def _about(case: Case, task: Task, command: str, given: Json) -> Json:
    """Return the payload with what the task is about.

    Raises:
        ProblemError: `command.malformed`, where it names the subject of another task.
    """
    subject = subject_of(case, task, command)
    for name, its in subject.items():
        if given.get(name) not in (None, "", its):
            zh, en = f"本任务是关于 {its} 的", f"this task is about {its}"
            raise fault(f"/with/{name}", "field", zh, en)
    return {**given, **subject}


def _command(task: Task, named: str | None) -> str:
    """Return the command that shall do the task; unnamed where there is only one.

    Raises:
        ProblemError: none, or not one of the task's.
    """
    if named is None and len(task.commands) == 1:
        return task.commands[0]
    if named is None or named not in task.commands:
        names = ", ".join(task.commands)
        raise fault("/command", "field", f"须为其中之一：{names}", f"one of: {names}")
    return named
