"""Deadlines: those of a case, one with its ledger, and the board as data."""

from datetime import date
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
from domain.case.views import Lights
from domain.ports import Clock

router = APIRouter(tags=["deadlines"])
RUNNING = ("open", "suspended")


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
    lights = Lights(asked.now, asked.world.calendar)

    def wanted(clock: Clock | Deadline) -> bool:
        return holder in (None, clock.holder) and _due_within(clock.due, due_from, due_to)

    def lit(clock: Clock) -> bool:
        return wanted(clock) and light in ("", lights.of(clock))

    cases, position = asked.found.cases, position_of(asked, cursor)
    tally = cases.tally(asked.tenant, asked.viewer)
    groups = [one for one in tally if any(map(lit, one.clocks))]
    found = cases.alike(asked.tenant, asked.viewer, groups, cursor=position, limit=limit)
    running = [(case, one) for case in found.items for one in case.deadlines if wanted(one)]
    views = [deadline_view(case, one, asked) for case, one in running if one.state in RUNNING]
    items = [one for one in views if light in ("", one.light)]
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


def _due_within(due: date | None, first: date | None, last: date | None) -> bool:
    if due is None:
        return first is None and last is None
    return (first is None or due >= first) and (last is None or due <= last)
