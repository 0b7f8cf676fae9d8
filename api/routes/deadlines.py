"""Deadlines: those of a case, one with its ledger, and the board as data."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.asked import ToRead
from api.described import problems
from api.lists import Cursor, Limit, next_cursor, position_of
from api.paths import CaseId, DeadlineId
from api.problems import ProblemError
from api.schemas.shape import AskedDay
from api.schemas.task import DeadlinePage, DeadlineView
from api.showing.work import deadline_view
from domain.case.state import Deadline, Holder
from domain.ports import CaseFilter

router = APIRouter(tags=["deadlines"])


@router.get(
    "/cases/{case_id}/deadlines",
    operation_id="listCaseDeadlines",
    responses=problems("case.not_found"),
)
def list_of_case(asked: ToRead, case_id: CaseId) -> DeadlinePage:
    """Answer every deadline of a case, in the order they were opened, with its ledger."""
    case = asked.case(case_id)
    items = [deadline_view(case, one, asked, ledger=True) for one in case.deadlines]
    return DeadlinePage(items=items, next_cursor=None)


@router.get("/deadlines", operation_id="listDeadlines")
def list_deadlines(  # noqa: PLR0913, PLR0917  – one argument per parameter
    asked: ToRead,
    response: Response,
    light: Annotated[str, Query(max_length=20)] = "",
    due_from: Annotated[AskedDay | None, Query(alias="from")] = None,
    due_to: Annotated[AskedDay | None, Query(alias="to")] = None,
    holder: Annotated[Holder | None, Query()] = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> DeadlinePage:
    """Answer the running deadlines of visible cases; pages are counted in cases."""
    wanted = CaseFilter(due_from=due_from, due_to=due_to, holder=holder or "")
    position = position_of(asked, cursor)
    found = asked.found.cases.work(asked.tenant, asked.viewer, wanted, position, limit)
    running = [(case, one) for case in found.items for one in case.deadlines if _runs(one, wanted)]
    shown = [deadline_view(case, one, asked) for case, one in running]
    items = [one for one in shown if light in ("", one.light)]
    return DeadlinePage(items=items, next_cursor=next_cursor(asked, response, found.next_cursor))


@router.get(
    "/deadlines/{deadline_id}",
    operation_id="readDeadline",
    responses=problems("deadline.not_found"),
)
def read_deadline(asked: ToRead, deadline_id: DeadlineId) -> DeadlineView:
    """Answer a deadline with its ledger: each day counted, skipped or paused, and why."""
    case_id, _, which = deadline_id.rpartition(".")
    case = asked.found.visible_case(asked.tenant, asked.actor, case_id) if case_id else None
    deadline = next((one for one in case.deadlines if one.id == which), None) if case else None
    if case is None or deadline is None:
        raise ProblemError("deadline.not_found")
    return deadline_view(case, deadline, asked, ledger=True)


def _runs(deadline: Deadline, wanted: CaseFilter) -> bool:
    due = deadline.due
    return (
        deadline.state in ("open", "suspended")
        and wanted.holder in ("", deadline.holder)
        and (wanted.due_from is None or (due is not None and due >= wanted.due_from))
        and (wanted.due_to is None or (due is not None and due <= wanted.due_to))
    )
