"""工作台: today's due work first, with counts that equal the lists behind them."""

from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from api.console.frame import who
from api.console.pages import Light, Row
from api.console.rows import mark, our_task, row, rows
from api.console.visit import Trouble, Visit, to
from domain.case.access import viewer
from domain.kernel.times import legal_day
from domain.ports import CaseFilter

MOST = 200  # cases counted
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Count:
    """A number that leads to its list."""

    name: str
    n: int
    colour: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """The page."""

    today: date
    greeting: str
    counts: tuple[Count, ...]
    rows: tuple[Row, ...]
    others: tuple[Row, ...]
    empty: str
    mark: str


def workbench(visit: Visit) -> Response:
    """Show what is due here, and what waits for others."""
    if not visit.official:
        return to("/my")
    here = viewer(visit.actor)
    if not (here.jurisdiction or here.organisation):
        raise Trouble(403, "page.no_right")
    found = visit.services.cases.work(
        visit.tenant, here, CaseFilter(open_only=True), limit=MOST
    ).items
    duties = tuple(row(visit, case, task=task) for case in found if (task := our_task(case)))
    others = [case for case in found if our_task(case) is None]
    page = Workbench(
        today=legal_day(visit.now),
        greeting=who(visit.account, visit.lang),
        counts=_counts(visit, duties, len(others)),
        rows=duties[:SHOWN],
        others=rows(visit, others[:SHOWN]),
        empty=visit.texts.tr("收到新的申请后，会按法定期限排在这里。"),
        mark=mark(found),
    )
    return visit.render("workbench.html", visit.texts.tr("工作台"), page)


def _counts(visit: Visit, duties: tuple[Row, ...], others: int) -> tuple[Count, ...]:
    tr = visit.texts.tr

    def lit(colour: str) -> int:
        return sum(isinstance(one.light, Light) and one.light.colour == colour for one in duties)

    return (
        Count(tr("待办"), len(duties), "brand", "/tasks"),
        Count(tr("超期"), lit("red"), "red", "/tasks?light=red"),
        Count(tr("临期"), lit("amber"), "amber", "/tasks?light=amber"),
        Count(tr("暂停"), lit("grey"), "grey", "/tasks?light=grey"),
        Count(tr("在等别人"), others, "green", "/cases?open=1"),
    )
