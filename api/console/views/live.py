"""News by server-sent events: one stream per page says that something changed, never what."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.console.rows import mark
from api.console.session import language
from api.console.visit import Kit, Visit
from domain.case.access import viewer
from domain.ports import CaseFilter

LOOK_EVERY: Final = 0.4  # seconds between two looks
LONGEST: Final = 25.0  # seconds of one stream; the browser then comes back with the last id


def stream(kit: Kit) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint; `case` and `since` in the address say what the page has seen."""

    async def endpoint(request: Request) -> Response:
        visit = Visit(request, kit, kit.sessions.read(request), language(request))
        await run_in_threadpool(lambda: visit.account)
        since = request.headers.get("last-event-id") or visit.query("since")
        return StreamingResponse(
            _news(visit, since), media_type="text/event-stream", headers={"x-accel-buffering": "no"}
        )

    return endpoint


async def _news(visit: Visit, since: str) -> AsyncIterator[str]:
    yield f"id: {since}\nretry: 500\n\n"
    stop = asyncio.get_running_loop().time() + LONGEST
    never = asyncio.Event()
    while asyncio.get_running_loop().time() < stop:
        now = await run_in_threadpool(_mark, visit)
        if now and now != since:
            since = now
            yield f"event: news\nid: {now}\ndata: {now}\n\n"
        try:
            await asyncio.wait_for(never.wait(), LOOK_EVERY)
        except TimeoutError:
            continue


def _mark(visit: Visit) -> str:
    """Return what changes when what the page shows does."""
    name = visit.query("case")
    if name:
        case = visit.services.visible_case(visit.tenant, visit.actor, name)
        return str(case.version) if case else ""
    if visit.official:
        return visit.services.cases.mark(visit.tenant, viewer(visit.actor))
    return mark(visit.services.cases.cases(visit.tenant, viewer(visit.actor), CaseFilter()).items)
