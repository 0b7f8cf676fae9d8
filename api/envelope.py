"""What every answer of the API carries: version, language, correlation, no caching."""

import re
import secrets
from dataclasses import dataclass

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.language import TAGS, negotiate

API_VERSION = "1.0.0"  # inside v1 only additions
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Wraps the API: binds the request's ids to every log line and adds the common headers."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        common = _common(asked)
        state = scope.setdefault("state", {})
        state["request_id"] = common["x-request-id"]

        async def enveloped(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (common | state.get("rate", {})).items():
                    headers.setdefault(name, value)
                headers.add_vary_header("Accept-Language")
            await send(message)

        with structlog.contextvars.bound_contextvars(correlation=common["x-request-id"]):
            await self.app(scope, receive, enveloped)


def _common(asked: Headers) -> dict[str, str]:
    given = asked.get("x-request-id", "")
    headers = {
        "api-version": API_VERSION,
        "x-request-id": given if _REQUEST_ID.fullmatch(given) else f"r-{secrets.token_hex(8)}",
        "content-language": TAGS[negotiate(asked.get("accept-language", ""))],
        "cache-control": "no-store",  # what a case says is personal: see the few routes that differ
        "x-content-type-options": "nosniff",
    }
    trace = asked.get("traceparent", "")
    return headers | ({"traceparent": trace} if _TRACEPARENT.fullmatch(trace) else {})
