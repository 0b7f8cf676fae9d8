"""批次日历: the exam days of a month, and whether a batch reported now could be held on them.

The grid counts every batch in sight; the list below it says the same in words.
"""

from calendar import Calendar as Grid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from api.console.pages import Row, Tab
from api.console.rows import row
from api.console.shading import Leads, Shade, reports, variants_here
from api.console.visit import Trouble, Visit
from domain.case.access import viewer
from domain.case.labels import label, word
from domain.case.state import Case
from domain.kernel.times import parse_day
from domain.ports import Page

IN_CELL: Final = 3  # batches named in a cell of the grid
SHOWN: Final = 200  # batches of a month or a page of a day
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
_WEEK: Final = 7
_SATURDAY: Final = 5
_ONE = timedelta(days=1)
_NOT_HELD = frozenset(("refused", "withdrawn", "terminated", "abandoned"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch on the calendar."""

    row: Row
    what: str  # occupation and level
    state: str  # how far it is
    people: int
    place: str
    first_day: date
    last_day: date
    over: bool  # rejected or withdrawn: nothing is held


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One day of the grid."""

    day: date
    inside: bool  # of the month shown
    today: bool
    working: bool
    mark: str  # 休 or 班 where the weekday alone does not say it
    why: str  # of the mark
    shade: Shade
    words: str
    count: int
    batches: tuple[Batch, ...]  # the first of them


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPage:
    """The page of a month."""

    month: date  # its first day
    name: str
    before: str  # paths
    after: str
    this: str
    headings: tuple[str, ...]
    weeks: tuple[tuple[Cell, ...], ...]
    batches: tuple[Batch, ...]
    more: bool  # there are others than those listed
    tabs: tuple[Tab, ...]  # kinds of institutions, whose lead times may differ
    rule: str
    cite: str
    report: str  # where a batch is reported; "" for who reports none
    shaded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPage:
    """The page of a day."""

    day: date
    why: str
    month: str
    before: date
    after: date
    shade: Shade
    words: str
    explained: str
    cite: str
    provisional: bool
    batches: tuple[Batch, ...]
    next: str
    report: str


def month(visit: Visit) -> Response:
    """Show the batches of a month, and how its days stand to the lead time."""
    _let_in(visit)
    first = _month(visit.query("month"), visit.today)
    last = (first.replace(day=28) + 4 * _ONE).replace(day=1) - _ONE
    leads = _leads(visit)
    page = _held(visit, first, last, SHOWN)
    batches = tuple(_batch(visit, one) for one in page.items)
    cells = _cells(leads, first, batches, _counts(visit, first, last))
    earliest = leads.earliest()
    content = MonthPage(
        month=first,
        name=_name(visit, first),
        before=_path(leads, first - _ONE),
        after=_path(leads, last + _ONE),
        this=_path(leads, visit.today) if first != visit.today.replace(day=1) else "",
        headings=tuple(visit.words.weekday(one.day) for one in cells[:_WEEK]),
        weeks=tuple(cells[n : n + _WEEK] for n in range(0, len(cells), _WEEK)),
        batches=batches,
        more=bool(page.next_cursor),
        tabs=_tabs(leads, first),
        rule=leads.rule_words(earliest) if earliest else "",
        cite=earliest.rule.term.cite if earliest and earliest.rule else "",
        report=_report(leads),
        shaded=any(one.words for one in cells),
    )
    return visit.render("batches.html", visit.texts.tr("批次日历"), content)


def day(visit: Visit) -> Response:
    """Show one day: until when a batch for it may be reported, and the batches held on it."""
    _let_in(visit)
    which = _day(visit.path("day"))
    if which is None:
        raise Trouble(404, "page.not_found")
    leads = _leads(visit)
    page = _held(visit, which, which, SHOWN, visit.query("cursor"))
    found = leads.of(which)
    report = _report(leads) if found.shade in ("open", "late", "free") else ""
    more = {"kind": leads.variant, "cursor": page.next_cursor}
    content = DayPage(
        day=which,
        why=_reason(visit, which),
        month=_path(leads, which),
        before=which - _ONE,
        after=which + _ONE,
        shade=found.shade,
        words=leads.sentence(found),
        explained=leads.explained(found),
        cite=found.rule.term.cite if found.rule else "",
        provisional=found.rule.provisional if found.rule else False,
        batches=tuple(_batch(visit, one) for one in page.items),
        next=f"/batches/{which}?{urlencode(more)}" if page.next_cursor else "",
        report=f"{report}?{urlencode({'starts_on': which.isoformat()})}" if report else "",
    )
    return visit.render("batch_day.html", visit.words.day(which), content)


def _let_in(visit: Visit) -> None:
    """Refuse who sees no cases at all."""
    eyes = viewer(visit.actor)
    if not (eyes.jurisdiction or eyes.organisation):
        raise Trouble(403, "page.no_right")


def _leads(visit: Visit) -> Leads:
    kinds = variants_here(visit)
    wanted = visit.query("kind")
    return Leads(visit, wanted if wanted in kinds else next(iter(kinds), ""))


def _held(visit: Visit, first: date, last: date, limit: int, cursor: str = "") -> Page:
    eyes = viewer(visit.actor)
    return visit.services.cases.held(visit.tenant, eyes, first, last, cursor, limit)


def _counts(visit: Visit, first: date, last: date) -> Counter[date]:
    """Return how many batches are held on each day of a month."""
    found = visit.services.cases.occasions(visit.tenant, viewer(visit.actor), first, last)
    counts = Counter[date]()
    for begins, ends, cases in found:
        for one in _days(max(begins, first), min(ends, last)):
            counts[one] += cases
    return counts


def _days(first: date, last: date) -> list[date]:
    return [first + n * _ONE for n in range((last - first).days + 1)]


def _batch(visit: Visit, case: Case) -> Batch:
    its = case.occasion
    if its is None:
        raise LookupError(case.id)
    level = label("level", str(its.level), visit.lang) if its.level else ""
    return Batch(
        row=row(visit, case),
        what=f"{its.occupation} {level}".strip(),
        state=word("stage", case.stage, visit.lang) or label("status", case.status, visit.lang),
        people=its.people,
        place=its.place,
        first_day=its.first_day,
        last_day=its.last_day,
        over=case.status in _NOT_HELD,
    )


def _cells(
    leads: Leads, first: date, batches: Sequence[Batch], counts: Counter[date]
) -> tuple[Cell, ...]:
    days = [*Grid().itermonthdates(first.year, first.month)]
    return tuple(_cell(leads, one, first, batches, counts[one]) for one in days)


def _cell(leads: Leads, which: date, first: date, batches: Sequence[Batch], count: int) -> Cell:
    visit, found = leads.visit, leads.of(which)
    inside = which.month == first.month
    working = visit.calendar.is_working_day(which)
    why = _reason(visit, which)
    rest, work = visit.texts.tr("休"), visit.texts.tr("班")
    held = [one for one in batches if one.first_day <= which <= one.last_day] if inside else []
    return Cell(
        day=which,
        inside=inside,
        today=which == visit.today,
        working=working,
        mark=(work if working else rest) if why else "",
        why=why,
        shade=found.shade,
        words=leads.short(found) if inside else "",
        count=count if inside else 0,
        batches=tuple(held[:IN_CELL]),
    )


def _reason(visit: Visit, which: date) -> str:
    """Return the holiday, or that it is worked in exchange; "" for what the weekday says."""
    why = visit.calendar.reason(which)
    if why.working == (which.weekday() < _SATURDAY):
        return ""
    return why.zh if visit.lang == "zh" else why.en


def _name(visit: Visit, first: date) -> str:
    return visit.texts.tr("%(year)s年%(month)s月", year=first.year, month=first.month)


def _tabs(leads: Leads, first: date) -> tuple[Tab, ...]:
    kinds = variants_here(leads.visit)
    return tuple(
        Tab(
            _path(Leads(leads.visit, one), first),
            label("variant", one, leads.visit.lang),
            one == leads.variant,
        )
        for one in (kinds if len(kinds) > 1 else ())
    )


def _report(leads: Leads) -> str:
    found = (one.path for one in reports(leads.visit) if one.variant == leads.variant)
    return next(found, "")


def _path(leads: Leads, which: date) -> str:
    """Return the address of the month of a day; "" beyond the years there are."""
    if not EARLIEST <= which <= LATEST:
        return ""
    several = len(variants_here(leads.visit)) > 1
    query = {"month": f"{which:%Y-%m}"} | ({"kind": leads.variant} if several else {})
    return f"/batches?{urlencode(query)}"


def _month(text: str, today: date) -> date:
    return _day(f"{text}-01") or today.replace(day=1)


def _day(text: str) -> date | None:
    try:
        found = parse_day(text)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None
