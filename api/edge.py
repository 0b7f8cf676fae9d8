"""What is judged before an act is stored: size, type, key, form, version. No rule of law."""

import hashlib
import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Header, Query, Request
from pydantic import BaseModel, ValidationError

from api.problems import ProblemError, fault, malformed, readable
from api.services import Services, services
from api.strict_json import read_json
from domain.case.actor import Actor
from domain.kernel.canonical import canonical
from domain.kernel.faults import MalformedError
from domain.kernel.json import Json, JsonValue

JSON_TYPE = "application/json"
LONGEST_WAIT = 30.0  # seconds
ANY_VERSION = "*"
_KEY = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?")
_ETAG = re.compile(r'"(0|[1-9][0-9]{0,8})"')
_WAIT = re.compile(r"[0-9]{1,6}")

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the caller wants to wait for the decision, and which wishes were heard."""

    seconds: float
    applied: str = ""  # of `Preference-Applied`


async def limited(request: Request, most: int) -> bytes:
    """Return the body, of at most `most` bytes; larger ones are refused before they are read.

    Raises:
        ProblemError: `request.too_large`.
    """
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > most:
        raise _too_large(most)
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise _too_large(most)
        parts.append(part)
    return b"".join(parts)


async def raw_json(request: Request, site: Annotated[Services, Depends(services)]) -> bytes:
    """Return a JSON body as sent: small enough and of the right type, its form not yet judged."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await limited(request, site.site.max_body)
    if media_type != JSON_TYPE and (body or media_type):
        raise ProblemError("request.media_type", headers={"accept": JSON_TYPE})
    return body


Raw = Annotated[bytes, Depends(raw_json)]


def as_json(body: bytes) -> JsonValue:
    """Return the value of a body.

    Raises:
        ProblemError: `command.malformed`, listing every fault.
    """
    try:
        return read_json(body)
    except MalformedError as wrong:
        raise malformed(wrong.faults) from None


def as_object(body: bytes) -> Json:
    """Return the object in a body; an empty body is an empty object.

    Raises:
        ProblemError: `command.malformed`.
    """
    found = as_json(body) if body else {}
    if not isinstance(found, dict):
        raise fault("", "type", "请求体须为 JSON 对象", "the body is a JSON object")
    return found


def body_of(model: type[Model]) -> Callable[[bytes], Coroutine[Any, Any, Model]]:
    """Return the dependency that reads the body as a `model`, strictly."""

    async def body(raw: Raw) -> Model:
        as_object(raw)
        try:
            return model.model_validate_json(raw or b"{}", strict=True)
        except ValidationError as wrong:
            raise malformed([readable(one) for one in wrong.errors(include_url=False)]) from None

    return body


Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Unique per request; the same one again answers the stored outcome.",
        openapi_examples={"example": {"value": "7f9c2ba4-e88f-11ed-a05b-0242ac120003"}},
    ),
]
DryRunAsked = Annotated[bool, Query(alias="dry_run", description="Store nothing, need no key.")]


async def request_key(_: Raw, key: Key = None) -> str:
    """Return the Idempotency-Key: 1 to 255 visible characters. Size and type come first.

    Raises:
        ProblemError: `request.key_missing`.
    """
    return _usable(key)


async def key_unless_dry(_: Raw, dry_run: DryRunAsked = False, key: Key = None) -> str | None:  # noqa: FBT002  – a query parameter
    """Return the Idempotency-Key; None for a dry run, which stores nothing.

    Raises:
        ProblemError: `request.key_missing`.
    """
    return None if dry_run else _usable(key)


RequestKey = Annotated[str, Depends(request_key)]
KeyUnlessDry = Annotated[str | None, Depends(key_unless_dry)]


async def if_match(
    header: Annotated[
        str | None,
        Header(alias="If-Match", description='ETag of the state that was judged: "6", or *.'),
    ] = None,
) -> int | str | None:
    """Return the version of `If-Match`, `*`, or None when there is none.

    Raises:
        ProblemError: it is neither.
    """
    if header is None or header.strip() == ANY_VERSION:
        return header and ANY_VERSION
    found = _ETAG.fullmatch(header.strip())
    if found is None:
        raise fault("/headers/if-match", "type", '须为 "版本号" 或 *', 'write "6" or *')
    return int(found[1])


IfMatch = Annotated[int | str | None, Depends(if_match)]


async def patience(
    site: Annotated[Services, Depends(services)],
    prefer: Annotated[
        str | None, Header(alias="Prefer", description="`respond-async`, `wait=5` (RFC 7240).")
    ] = None,
) -> Patience:
    """Return how long to wait: `wait` seconds, none with `respond-async` alone, else as usual."""
    wishes = [one.strip().lower() for one in (prefer or "").split(",")]
    waits = [one[len("wait=") :] for one in wishes if one.startswith("wait=")]
    wait = waits[0] if waits and _WAIT.fullmatch(waits[0]) else ""
    applied = ["respond-async"] if "respond-async" in wishes else []
    if wait:
        return Patience(min(float(wait), LONGEST_WAIT), ", ".join([*applied, f"wait={wait}"]))
    return Patience(0.0 if applied else site.site.patience, ", ".join(applied))


Wait = Annotated[Patience, Depends(patience)]


def fingerprint(method: str, target: str, actor: Actor, body: JsonValue) -> str:
    """Return the sha256 of what a request asks for and in whose name, however it is written."""
    asked: Json = {
        "method": method,
        "target": target,
        "for": [actor.person, actor.role, actor.organisation],
        "body": body,
    }
    return hashlib.sha256(canonical(asked)).hexdigest()


def _usable(key: str | None) -> str:
    if key and not _KEY.fullmatch(key):
        zh, en = "键为 1 至 255 个可见的 ASCII 字符", "a key is 1 to 255 visible ASCII characters"
        raise ProblemError("request.key_missing", zh, en)
    if not key:
        raise ProblemError("request.key_missing")
    return key


def _too_large(most: int) -> ProblemError:
    return ProblemError(
        "request.too_large",
        f"最多 {most} 字节",
        f"at most {most} bytes",
        headers={"connection": "close"},
    )
