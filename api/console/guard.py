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
_STATIC: Final = "/static/"  # the same for everybody: `assets` says how long it is kept
_PORTS: Final = {"http": 80, "https": 443}
_SAFE: Final = frozenset(("GET", "HEAD", "OPTIONS"))
_PLAIN_REFUSAL: Final = (
    "请求来自其他网站，未受理。 · The request came from another site; not accepted.\n"
)
_NO_ADDRESS: Final = "没有这个地址。 · There is nothing at this address.\n"


class Guard:
    """Refuses unsafe requests from other origins and puts the security headers on every answer.

    `public_url` is the address people use; without one it is what the request itself names.
    """

    def __init__(self, app: ASGIApp, public_url: str = "") -> None:
        self._app, self._public_url = app, public_url

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
        if scope["method"] not in _SAFE and not self._from_here(scope):
            await _refuse(with_headers, 403, _PLAIN_REFUSAL)
            return
        await self._app(scope, receive, with_headers)

    def _from_here(self, scope: Scope) -> bool:
        """Whether an unsafe request was made by a page of ours, as the browser says.

        A browser that says nothing of where a form came from is not believed.
        """
        headers = Headers(scope=scope)
        if site := headers.get("sec-fetch-site", "").strip():
            return site in ("same-origin", "none")
        ours = self._public_url or f"{scope['scheme']}://{headers.get('host', '')}"
        origin = origin_of(headers.get("origin", ""))
        return origin is not None and origin == origin_of(ours)


def origin_of(url: str) -> tuple[str, str, int] | None:
    """Return scheme, host and port; None for what is no origin, such as `null`."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    if port is None or not parts.hostname or parts.username is not None:
        return None
    return parts.scheme, parts.hostname, port


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
