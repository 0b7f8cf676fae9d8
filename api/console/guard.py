"""What stands before every page: headers of every answer, and no forms from other sites."""

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS: Final = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_STATIC: Final = "/static/"  # the same for everybody: kept by browsers, asked for anew
_SAFE: Final = frozenset(("GET", "HEAD", "OPTIONS"))
_PLAIN_REFUSAL: Final = (
    "请求来自其他网站，未受理。 · The request came from another site; not accepted.\n"
)
_NO_ADDRESS: Final = "没有这个地址。 · There is nothing at this address.\n"


class Guard:
    """Refuses unsafe requests from other origins and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        shared = scope["path"].startswith(_STATIC)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-cache" if shared else "no-store")
            await send(message)

        if _holds_null(scope):
            await _refuse(with_headers, 404, _NO_ADDRESS)
            return
        if scope["method"] not in _SAFE and not from_here(Headers(scope=scope)):
            await _refuse(with_headers, 403, _PLAIN_REFUSAL)
            return
        await self._app(scope, receive, with_headers)


def from_here(headers: Headers) -> bool:
    """Whether an unsafe request was made by a page of ours, as the browser says.

    A browser that says nothing of where a form came from is not believed.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == headers.get("host")


def _holds_null(scope: Scope) -> bool:
    """Whether the address holds a null character, which is in no name and no text."""
    return "\x00" in scope["path"] or b"%00" in scope["query_string"]


async def _refuse(send: Send, status: int, words: str) -> None:
    start = {
        "type": "http.response.start",
        "status": status,
        "headers": [(b"content-type", b"text/plain; charset=utf-8")],
    }
    await send(start)
    await send({"type": "http.response.body", "body": words.encode()})
