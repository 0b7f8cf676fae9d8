"""工作台: today's due work first, with counts that equal the lists behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from api.console.form_drafts import FormDraftLink, links
from api.console.frame import who
from api.console.pages import Row
from api.console.rows import our_task, row, rows
from api.console.visit import Trouble, Visit, to
from domain.case.access import viewer
from domain.case.views import Lights
from domain.kernel.times import legal_day
from domain.ports import Alike

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
    drafts: tuple[FormDraftLink, ...]
    empty: str
    mark: str


def workbench(visit: Visit) -> Response:
    """Show what is due here, and what waits for others."""
    if not visit.official:
        return to("/my")
    if visit.actor.role == "public":
        return to("/notices-running")
    here = viewer(visit.actor)
    if not (here.jurisdiction or here.organisation):
        raise Trouble(403, "page.no_right")
    cases = visit.services.cases
    tally = cases.tally(visit.tenant, here)
    duties = cases.alike(visit.tenant, here, tally, "duties", limit=SHOWN).items
    others = cases.alike(visit.tenant, here, tally, "others", limit=SHOWN).items
    page = Workbench(
        today=legal_day(visit.now),
        greeting=who(visit.account, visit.lang),
        counts=_counts(visit, tally),
        rows=tuple(row(visit, one, task=our_task(one)) for one in duties),
        others=rows(visit, others),
        drafts=links(visit),
        empty=visit.texts.tr("收到新的申请后，会按法定期限排在这里。"),
        mark=cases.mark(visit.tenant, here),
    )
    return visit.render("workbench.html", visit.texts.tr("工作台"), page)


def _counts(visit: Visit, tally: Sequence[Alike]) -> tuple[Count, ...]:
    tr = visit.texts.tr
    lights = Lights(visit.now, visit.calendar)
    lit = [(lights.gravest(one), one.duties) for one in tally if one.duties]

    def count(colour: str) -> int:
        return sum(duties for light, duties in lit if light == colour)

    duties, others = (sum(one.of(part) for one in tally) for part in ("duties", "others"))
    return (
        Count(tr("待办"), duties, "brand", "/tasks"),
        Count(tr("超期"), count("red"), "red", "/tasks?light=red"),
        Count(tr("临期"), count("amber"), "amber", "/tasks?light=amber"),
        Count(tr("暂停"), count("grey"), "grey", "/tasks?light=grey"),
        Count(tr("在等别人"), others, "green", "/cases?open=1"),
    )
