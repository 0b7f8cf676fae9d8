"""我的办件: the one next duty, the cases, their progress, the receipt."""

from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from api.console import casefile, form_drafts, pages, times
from api.console.rows import mark, row
from api.console.stream import whole
from api.console.views.apply import DraftLink, draft_links
from api.console.views.case import application
from api.console.visit import Trouble, Visit, to
from domain.case import views
from domain.case.access import viewer
from domain.case.state import Case
from domain.ports import CaseFilter
from domain.procedures.filing.facts import Filing

_ELSEWHERE = frozenset(("filing.submit", "filing.supplement"))


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """One duty first, then drafts, then all cases."""

    duty: pages.Row | None
    drafts: tuple[DraftLink | form_drafts.FormDraftLink, ...]
    rows: tuple[pages.Row, ...]
    next: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPage:
    """What was received, when, and what comes next."""

    number: str
    applicant: str
    received: datetime
    deemed: datetime | None  # once what was missing is there
    matter: str
    place: str
    next: str
    next_cite: str
    materials: tuple[pages.File, ...]
    clocks: tuple[pages.Clock, ...]
    path: str  # of the case


def home(visit: Visit) -> Response:
    """Show the institution's cases, its duty first."""
    if visit.official:
        raise Trouble(403, "page.no_right")
    found = visit.services.cases.cases(
        visit.tenant, viewer(visit.actor), CaseFilter(), visit.query("cursor")
    )
    rows = [row(visit, one) for one in found.items]
    duties = [
        one for one, case in zip(rows, found.items, strict=True) if casefile.my_task(visit, case)
    ]
    page = HomePage(
        duty=duties[0] if duties else None,
        drafts=(*draft_links(visit), *form_drafts.links(visit)),
        rows=tuple(rows),
        next=f"/my?cursor={found.next_cursor}" if found.next_cursor else "",
        mark=mark(found.items),
    )
    return visit.render("my.html", visit.texts.tr("我的办件"), page)


def _ours(case: Case) -> bool:
    return any(one.state == "open" and one.holder == "applicant" for one in case.tasks)


def progress(visit: Visit) -> Response:
    """Show where a case stands, whose turn it is, and until when – for both sides alike."""
    case = visit.case(visit.path("case"))
    if visit.official:
        return to(f"/cases/{case.number}")
    events = list(whole(visit, case))
    page = pages.Progress(
        head=casefile.head(visit, case),
        turn=_turn(visit, case),
        duty=casefile.duty(visit, case),
        steps=times.steps(visit, case, events),
        clocks=tuple(times.clock(visit, one) for one in times.open_deadlines(case)),
        facts=application(visit, case, events),
        items=tuple(casefile.story(visit, case, reversed(events), "story")),
        notices=casefile.papers(visit, case),
        materials=casefile.materials(visit, case, events),
        acts=tuple(one for one in casefile.own_acts(visit, case) if one.name not in _ELSEWHERE),
    )
    return visit.render("progress.html", f"{case.number} {case.applicant.name}", page)


def _turn(visit: Visit, case: Case) -> pages.Turn:
    tr = visit.texts.tr
    if case.ended:
        return pages.Turn("over", casefile.label_of(visit, case))
    if _ours(case):
        return pages.Turn("yours", tr("轮到您办理"))
    return pages.Turn("theirs", tr("机关办理中"))


def receipt(visit: Visit) -> Response:
    """Show the receipt of the application with all files since received; its address stays."""
    case = visit.case(visit.path("case"))
    events = visit.services.cases.timeline(visit.tenant, case.id, viewer(visit.actor))
    first = events[0]
    opening = _first_deadline(visit, case)
    page = ReceiptPage(
        number=case.number,
        applicant=case.applicant.name,
        received=first.meta.received_at,
        deemed=_deemed(case, first.meta.received_at),
        matter=casefile.matter(visit, case),
        place=casefile.place_name(case.jurisdiction),
        next=opening[0],
        next_cite=opening[1],
        materials=casefile.materials(visit, case, events),
        clocks=tuple(times.clock(visit, one) for one in times.open_deadlines(case)),
        path=casefile.case_path(visit, case),
    )
    return visit.render("receipt.html", f"{visit.texts.tr('收件回执')} {case.number}", page)


def _deemed(case: Case, received: datetime) -> datetime | None:
    """Return when the application counts as received, where that is later than its receipt."""
    at = case.data.received_at if isinstance(case.data, Filing) else None
    return None if at == received else at


def _first_deadline(visit: Visit, case: Case) -> tuple[str, str]:
    """Return what comes next, or came first, and its clause."""
    waits = views.wait(case, visit.world, visit.now)
    if waits is None:
        return casefile.ended_sentence(visit, case), ""
    return waits.sentence(visit.lang), waits.cite
