"""期限看板: what is over, today, in three days, this week, later, at rest, provisional.

Counts come from the tally of everything in sight; cards are read for one page at a time.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, get_args
from urllib.parse import urlencode

from starlette.responses import Response

from api.console.casefile import case_path
from api.console.pages import Colour, Light
from api.console.times import light, open_deadlines, title_of
from api.console.visit import Trouble, Visit
from domain.case.access import viewer
from domain.case.labels import label
from domain.case.state import Case, Deadline, Holder
from domain.kernel.times import legal_day
from domain.law.calendar import Calendar
from domain.law.clock import working_days_left
from domain.ports import Alike, Clock

Span = Literal["late", "today", "soon", "week", "later", "paused", "provisional"]

SHOWN = 12  # cases of a column on the board
PAGE = 50  # of a column alone
SOON = 3  # working days
SUNDAY = 6
NEAR: tuple[Span, ...] = ("late", "today", "soon", "week")  # shown even when empty


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The deadlines of one span of time: how many there are, and the first of them."""

    name: str
    colour: str
    count: int
    cards: tuple[Card, ...]
    more: str  # path to all of them, or to the next page; "" when nothing is left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The page."""

    columns: tuple[Column, ...]
    now: datetime
    calendar_through: date
    holders: tuple[tuple[str, str], ...]
    holder: str
    nothing: str
    alone: bool  # one column only
    mark: str


class Spans:
    """Sorts deadlines by the span of time in which they end, as of one moment."""

    def __init__(self, now: datetime, calendar: Calendar, holder: str) -> None:
        """Look at `now`; of one holder only when `holder` names one."""
        self._now, self._calendar = now, calendar
        self._holder = holder if holder in get_args(Holder) else ""
        self._today = legal_day(now)
        self._sunday = self._today + timedelta(days=SUNDAY - self._today.weekday())
        self._soon: dict[date, bool] = {}  # each day is counted once

    def of(self, one: Clock | Deadline) -> Span | None:
        """Return the span; None for what another holds."""
        if self._holder not in ("", one.holder):
            return None
        if one.due is None:
            return "paused"
        if one.due <= self._today:
            return "late" if one.due < self._today else "today"
        if self._is_soon(one.due):
            return "soon"
        if one.provisional:
            return "provisional"
        return "week" if one.due <= self._sunday else "later"

    def _is_soon(self, due: date) -> bool:
        if due not in self._soon:
            self._soon[due] = working_days_left(self._now, due, self._calendar) <= SOON
        return self._soon[due]


@dataclass(slots=True)
class Heap:
    """What lies in one column: how many deadlines, and the groups they belong to."""

    count: int = 0
    groups: list[Alike] = field(default_factory=list)


def board(visit: Visit) -> Response:
    """Show every open deadline in the visitor's sight, or those of one span."""
    if not visit.official:
        raise Trouble(403, "page.no_right")
    tr, holder = visit.texts.tr, visit.query("holder")
    spans = Spans(visit.now, visit.calendar, holder)
    tally = visit.services.cases.tally(visit.tenant, viewer(visit.actor))
    heaps = _heaps(tally, spans)
    alone = next((one for one in get_args(Span) if one == visit.query("column")), None)
    page = Board(
        columns=_columns(visit, heaps, spans, alone),
        now=visit.now,
        calendar_through=visit.calendar.valid_through,
        holders=(
            ("", tr("全部")), ("authority", tr("机关")), ("applicant", tr("申请人")),
            ("public", tr("公众")),
        ),
        holder=holder,
        nothing=_nothing(visit, heaps, holder),
        alone=alone is not None,
        mark=visit.services.cases.mark(visit.tenant, viewer(visit.actor)),
    )  # fmt: skip
    return visit.render("board.html", tr("期限看板"), page)


def _heaps(tally: Iterable[Alike], spans: Spans) -> dict[Span, Heap]:
    heaps: defaultdict[Span, Heap] = defaultdict(Heap)
    for group in tally:
        found = [span for one in group.clocks if (span := spans.of(one))]
        for span in found:
            heaps[span].count += group.cases
        for span in set(found):
            heaps[span].groups.append(group)
    return heaps


def _columns(
    visit: Visit, heaps: dict[Span, Heap], spans: Spans, alone: Span | None
) -> tuple[Column, ...]:
    tr = visit.texts.tr
    named: tuple[tuple[Span, str, Colour], ...] = (
        ("late", tr("超期"), "red"), ("today", tr("今日"), "amber"),
        ("soon", tr("%(n)s 个工作日内", n=SOON), "amber"), ("week", tr("本周"), "green"),
        ("later", tr("以后"), "green"), ("paused", tr("暂停"), "grey"),
        ("provisional", tr("暂定"), "prov"),
    )  # fmt: skip
    shown = [one for one in named if one[0] in NEAR or one[0] in heaps]
    if alone:
        shown = [one for one in named if one[0] == alone]
    return tuple(
        _column(visit, name, colour, heaps.get(span, Heap()), (span, spans, alone is not None))
        for span, name, colour in shown
    )


def _column(
    visit: Visit, name: str, colour: Colour, heap: Heap, which: tuple[Span, Spans, bool]
) -> Column:
    span, spans, alone = which
    page = visit.services.cases.alike(
        visit.tenant,
        viewer(visit.actor),
        heap.groups,
        cursor=visit.query("cursor") if alone else "",
        limit=PAGE if alone else SHOWN,
    )
    found = [
        (case, one) for case in page.items for one in open_deadlines(case) if spans.of(one) == span
    ]
    found.sort(key=lambda pair: (pair[1].due or date.max, pair[0].number))
    query = {"column": span, "holder": visit.query("holder")}
    if alone:
        query["cursor"] = page.next_cursor
    return Column(
        name=name,
        colour=colour,
        count=heap.count,
        cards=tuple(_card(visit, case, one) for case, one in found),
        more=f"/deadlines?{urlencode(query)}" if page.next_cursor else "",
    )


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


def _nothing(visit: Visit, heaps: dict[Span, Heap], holder: str) -> str:
    """Return what to say when nothing is due this week."""
    if any(one in heaps for one in NEAR):
        return ""
    days = [
        one.due
        for heap in heaps.values()
        for group in heap.groups
        for one in group.clocks
        if one.due and holder in ("", one.holder)
    ]
    if not days:
        return visit.texts.tr("现在没有在计算的期限。")
    return visit.texts.tr("本周无到期事项，最近一项 %(day)s。", day=visit.words.day(min(days)))
