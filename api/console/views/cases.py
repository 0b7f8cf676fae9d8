"""办件列表: search by number, name, status and day; only what these eyes may see."""

from dataclasses import dataclass
from datetime import date
from typing import get_args
from urllib.parse import urlencode

from starlette.responses import Response

from api.console.pages import Row
from api.console.rows import rows
from api.console.visit import Trouble, Visit
from api.console.words import half_width
from domain.case.access import viewer
from domain.case.state import Status
from domain.kernel.times import parse_day
from domain.ports import CaseFilter

PAGE = 50
STATUSES: tuple[str, ...] = get_args(Status)


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesPage:
    """The list with its filters as they were sent."""

    rows: tuple[Row, ...]
    next: str
    text: str
    status: str
    due_from: str
    due_to: str
    open_only: bool
    statuses: tuple[str, ...]
    narrowed: bool
    fault: str


def case_list(visit: Visit) -> Response:
    """Show the cases asked for."""
    if not visit.official:
        raise Trouble(403, "page.no_right")
    names = ("q", "status", "from", "to", "open")
    asked = {name: value for name in names if (value := half_width(visit.query(name)))}
    due_from, due_to = _day(asked.get("from", "")), _day(asked.get("to", ""))
    status = asked.get("status", "")
    wanted = CaseFilter(
        text=asked.get("q", ""),
        status=(status,) if status in STATUSES else (),
        due_from=due_from,
        due_to=due_to,
        open_only="open" in asked,
    )
    found = visit.services.cases.cases(
        visit.tenant, viewer(visit.actor), wanted, visit.query("cursor"), PAGE
    )
    more = {**asked, "cursor": found.next_cursor}
    unread = ("from" in asked and not due_from) or ("to" in asked and not due_to)
    page = CasesPage(
        rows=rows(visit, found.items),
        next=f"/cases?{urlencode(more)}" if found.next_cursor else "",
        text=asked.get("q", ""),
        status=status,
        due_from=asked.get("from", ""),
        due_to=asked.get("to", ""),
        open_only="open" in asked,
        statuses=STATUSES,
        narrowed=bool(asked),
        fault=visit.texts.tr("日期没有看懂，请写成 2026-10-26。") if unread else "",
    )
    return visit.render("cases.html", visit.texts.tr("办件"), page)


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except ValueError:
        return None
