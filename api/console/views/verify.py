"""文书核验: anybody may check a letter by number and code, typed in or by its QR."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.console.session import language
from api.console.visit import Kit, Trouble, Visit
from api.papers import Paper, TooManyLookupsError


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyPage:
    """What was asked, and the paper that matches."""

    number: str
    code: str
    asked: bool
    paper: Paper | None


def check(kit: Kit) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint; it needs no sign-in, and every miss looks and lasts the same."""

    async def endpoint(request: Request) -> Response:
        visit = Visit(request, kit, kit.sessions.read(request), language(request))
        number, code = visit.query("number").strip(), visit.query("code").strip()
        asked, paper = bool(number or code), None
        if asked:
            source = request.client.host if request.client else ""
            try:
                paper = await kit.papers.check(source, number, code)
            except TooManyLookupsError:
                raise Trouble(429, "request.rate_limited") from None
        page = VerifyPage(number=number, code=code, asked=asked, paper=paper)
        title = visit.texts.tr("文书核验")
        return await run_in_threadpool(visit.render, "verify.html", title, page)

    return endpoint
