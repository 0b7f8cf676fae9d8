"""期限看板: what is over, today, in three days, this week, later, at rest, provisional."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import get_args

from starlette.responses import Response

from api.console.casefile import case_path
from api.console.pages import Colour, Light
from api.console.rows import mark
from api.console.times import light, open_deadlines, title_of
from api.console.visit import Trouble, Visit
from domain.case.access import viewer
from domain.case.labels import label
from domain.case.state import Case, Deadline, Holder
from domain.kernel.times import legal_day
from domain.law.clock import working_days_left
from domain.ports import CaseFilter

MOST = 500  # cases on the board
SOON = 3  # working days
SUNDAY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One deadline: case, duty, holder, day, consequence."""

    path: str
    duty: str
    applicant: str
    due: date | None
    holder: str
    light: Light
    consequence: str
    cite: str


@dataclass(frozen=True, slots=True)
class Column:
    """The deadlines of one span of time."""

    name: str
    colour: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The page."""

    columns: tuple[Column, ...]
    now: datetime
    calendar_through: date
    holders: tuple[tuple[str, str], ...]
    holder: str
    nothing: str
    more: bool
    limit: int
    mark: str


def board(visit: Visit) -> Response:
    """Show every open deadline in the visitor's sight."""
    if not visit.official:
        raise Trouble(403, "page.no_right")
    tr, holder = visit.texts.tr, visit.query("holder")
    found = visit.services.cases.work(
        visit.tenant, viewer(visit.actor), CaseFilter(open_only=True), limit=MOST
    )
    pairs = [
        (case, one)
        for case in found.items
        for one in open_deadlines(case)
        if holder not in get_args(Holder) or one.holder == holder
    ]
    page = Board(
        columns=_columns(visit, pairs),
        now=visit.now,
        calendar_through=visit.calendar.valid_through,
        holders=(
            ("", tr("全部")), ("authority", tr("机关")), ("applicant", tr("申请人")),
            ("public", tr("公众")),
        ),
        holder=holder,
        nothing=_nothing(visit, pairs),
        more=bool(found.next_cursor),
        limit=MOST,
        mark=mark(found.items),
    )  # fmt: skip
    return visit.render("board.html", tr("期限看板"), page)


def _columns(visit: Visit, pairs: list[tuple[Case, Deadline]]) -> tuple[Column, ...]:
    tr = visit.texts.tr
    place = _places(visit)
    found: dict[str, list[Card]] = {}
    for case, one in sorted(pairs, key=lambda pair: (pair[1].due or date.max, pair[0].number)):
        found.setdefault(place(one), []).append(_card(visit, case, one))
    named: tuple[tuple[str, str, Colour | str], ...] = (
        ("late", tr("超期"), "red"), ("today", tr("今日"), "amber"),
        ("soon", tr("%(n)s 个工作日内", n=SOON), "amber"), ("week", tr("本周"), "green"),
        ("later", tr("以后"), "green"), ("paused", tr("暂停"), "grey"),
        ("provisional", tr("暂定"), "prov"),
    )  # fmt: skip
    always = ("late", "today", "soon", "week")
    return tuple(
        Column(name, colour, tuple(found.get(code, ())))
        for code, name, colour in named
        if code in always or code in found
    )


def _places(visit: Visit) -> Callable[[Deadline], str]:
    today = legal_day(visit.now)
    sunday = today + timedelta(days=SUNDAY - today.weekday())

    def place(one: Deadline) -> str:
        if one.due is None:
            return "paused"
        if one.due < today:
            return "late"
        if one.due == today:
            return "today"
        if working_days_left(visit.now, one.due, visit.calendar) <= SOON:
            return "soon"
        if one.provisional:
            return "provisional"
        return "week" if one.due <= sunday else "later"

    return place


def _card(visit: Visit, case: Case, one: Deadline) -> Card:
    tr, consequence = visit.texts.tr, one.term.consequence
    return Card(
        path=f"{case_path(visit, case)}/deadlines#{one.id}",
        duty=title_of(visit, one),
        applicant=case.applicant.name,
        due=one.due,
        holder=label("holder", one.holder, visit.lang),
        light=light(visit, one),
        consequence=tr("届满：%(what)s", what=label("event", consequence, visit.lang))
        if consequence
        else tr("届满没有法定后果，只显示超期"),
        cite=one.term.cite,
    )


def _nothing(visit: Visit, pairs: list[tuple[Case, Deadline]]) -> str:
    """Return what to say when nothing is due this week."""
    place = _places(visit)
    if any(place(one) in ("late", "today", "soon", "week") for _, one in pairs):
        return ""
    days = sorted(one.due for _, one in pairs if one.due)
    if not days:
        return visit.texts.tr("现在没有在计算的期限。")
    return visit.texts.tr("本周无到期事项，最近一项 %(day)s。", day=visit.words.day(days[0]))
