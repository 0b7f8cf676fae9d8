"""What stands before every page while the database is away: one that needs no database."""

from collections.abc import Callable

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger("anjuan.console")


class Outages:
    """Answers `page` where an outage ends a request, also one met while another page is made.

    What an outage looks like the application is told: one of `state.faults` that is one by
    `state.is_outage`.
    """

    def __init__(self, app: ASGIApp, page: Callable[[Request], Response]) -> None:
        self._app, self._page = app, page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        begun, state = False, scope["app"].state

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except state.faults as error:
            if not state.is_outage(error):
                raise
            log.warning("database.away", fault=type(error).__name__)
            if not begun:  # else the page or the stream of news breaks off, and is asked for again
                await self._page(Request(scope))(scope, receive, send)
