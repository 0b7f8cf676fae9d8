"""The sandbox clock: shown, stopped, moved – and what the law did on the way."""

from dataclasses import dataclass
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from api.clock_moving import LATEST, Mover, TooFarError, working_days_on
from api.console.casefile import case_path
from api.console.visit import Trouble, Visit, to
from api.console.words import whole
from api.sandbox import Clock, Sandbox
from domain.case.access import viewer
from domain.case.envelope import Recorded
from domain.case.views import title
from domain.kernel.times import CST

MOST_DAYS = 260  # working days of one move: a year
MOST_CASES = 40  # named after one move


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What fell due on the way."""

    at: datetime
    number: str
    path: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPage:
    """The clock and what it did."""

    clock: Clock
    next: datetime | None
    happened: tuple[Happened, ...] | None = None  # None: it was not moved
    fault: str = ""


def clock_page(visit: Visit) -> Response:
    """Show the clock and, after a move, what happened on the way."""
    return _show(visit)


async def move(visit: Visit, form: FormData) -> Response:
    """Move it; answer when all that fell due has been acted on."""
    sandbox, tenant = _sandbox(visit), visit.tenant
    wish = str(form.get("move", ""))
    if wish in ("freeze", "run"):
        await run_in_threadpool(_freeze, sandbox, tenant, wish == "freeze")
        return to("/dev/clock")
    target = await run_in_threadpool(_target, visit, wish, form)
    if isinstance(target, str):
        return await run_in_threadpool(_show, visit, target)
    services = visit.services
    mover = Mover(tenant, sandbox, services.cases, services.desk.conductor)
    try:
        moved = await mover.advance(target)
    except TooFarError:
        fault = visit.texts.tr("时钟最晚到 %(day)s。", day=visit.words.day(LATEST.date()))
        return await run_in_threadpool(_show, visit, fault)
    return to("/dev/clock", moved=",".join(_places(moved.happened)))


def _places(events: tuple[Recorded, ...]) -> list[str]:
    """Return `case:version` for the first event of each case: reloading the page tells it again."""
    first: dict[str, int] = {}
    for one in events:
        first.setdefault(one.stream, one.version)
    return [f"{case}:{version}" for case, version in list(first.items())[:MOST_CASES]]


def _sandbox(visit: Visit) -> Sandbox:
    visit.account  # noqa: B018  – signed in first
    if visit.services.sandbox is None:
        raise Trouble(404, "page.not_found")
    return visit.services.sandbox


def _freeze(sandbox: Sandbox, tenant: str, wanted: bool) -> None:  # noqa: FBT001  – runs in a thread
    sandbox.set_clock(tenant, sandbox.clock(tenant).now, frozen=wanted)


def _target(visit: Visit, wish: str, form: FormData) -> datetime | str:
    """Return where to move, or what is wrong with the wish."""
    tr, sandbox = visit.texts.tr, _sandbox(visit)
    now = sandbox.clock(visit.tenant).now
    if wish == "next":
        return sandbox.next_due(visit.tenant) or tr("现在没有等待届满的期限。")
    if wish == "days":
        days = whole(str(form.get("days", ""))) or 0
        if not 1 <= days <= MOST_DAYS:
            return tr("请填写 1 至 %(n)s 的工作日数。", n=MOST_DAYS)
        return working_days_on(visit.services.world(visit.tenant).calendar, now, days)
    return _typed(visit, str(form.get("at", "")), now)


def _typed(visit: Visit, text: str, now: datetime) -> datetime | str:
    try:
        at = datetime.fromisoformat(text).replace(tzinfo=CST)
    except ValueError:
        return visit.texts.tr("请填写日期和时间，如 2026-10-26 09:00。")
    return at if at >= now else visit.texts.tr("时钟不能倒退：请填写现在以后的时刻。")


def _show(visit: Visit, fault: str = "") -> Response:
    sandbox = _sandbox(visit)
    page = ClockPage(
        clock=sandbox.clock(visit.tenant),
        next=sandbox.next_due(visit.tenant),
        happened=_happened(visit) if "moved" in visit.request.query_params else None,
        fault=fault,
    )
    status = 422 if fault else 200
    return visit.render("clock.html", visit.texts.tr("沙箱时钟"), page, status=status)


def _happened(visit: Visit) -> tuple[Happened, ...]:
    found, eyes = list[Happened](), viewer(visit.actor)
    for place in visit.query("moved").split(",")[:MOST_CASES]:
        name, _, version = place.partition(":")
        case = visit.services.visible_case(visit.tenant, visit.actor, name) if name else None
        first = whole(version)
        if case is None or not first:
            continue
        events = visit.services.cases.timeline(visit.tenant, case.id, eyes, first - 1)
        found += [
            Happened(
                at=one.meta.effective_at,
                number=case.number,
                path=case_path(visit, case),
                title=title(one, visit.lang, case, visit.world),
            )
            for one in events
            if one.type.partition(".")[0] not in ("process", "task", "notice")
        ]
    return tuple(sorted(found, key=lambda one: one.at))
