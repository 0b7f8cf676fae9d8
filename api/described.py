"""How routes describe themselves in the OpenAPI file: examples, and which problems they answer."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi.openapi.models import Example
from pydantic import Field

from api.problem_texts import KINDS
from api.problems import MEDIA_TYPE
from api.schemas.shape import Shape

EVERYWHERE = ("auth.required", "auth.scope", "portal.no_mandate", "request.rate_limited",
              "command.malformed", "service.defect", "service.unavailable")  # fmt: skip
BODY = ("request.too_large", "request.media_type", "command.malformed")
ACT = (*BODY, "request.key_missing", "idempotency.body_differs")


class ProblemEntry(Shape):
    """One fault of a request."""

    pointer: str
    code: str
    detail: str
    rule: str | None = None


class Problem(Shape):
    """An answer that says no (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: Annotated[str, Field(description="Stable; decide from this, never from a text.")]
    request_id: str
    errors: list[ProblemEntry]
    command: Annotated[str | None, Field(description="Of an act that was received.")] = None
    received_at: str | None = None
    case: str | None = None
    cursor: Annotated[str | None, Field(description="From where to read again.")] = None


def problems(*codes: str) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of a route that answers these codes."""
    by_status: dict[int | str, list[str]] = {}
    for code in codes:
        by_status.setdefault(KINDS[code].status, []).append(code)
    return {status: _response(found) for status, found in by_status.items()}


def merged(*parts: Mapping[int | str, dict[str, Any]]) -> dict[int | str, dict[str, Any]]:
    """Return all `responses`; of a status named twice both descriptions."""
    found: dict[int | str, dict[str, Any]] = {}
    for part in parts:
        for status, one in part.items():
            known = found.get(status)
            text = one.get("description", "")
            if known is not None and text not in known["description"]:
                text = f"{known['description']} {text}"
            found[status] = one | {"description": text}
    return found


def examples(*values: object) -> dict[str, Example]:
    """Return `openapi_examples` with these values."""
    return {f"example{place}": Example(value=one) for place, one in enumerate(values, 1)}


def json_body(model: str, *values: object) -> dict[str, Any]:
    """Return the `openapi_extra` of a route that reads its body with `body_of`."""
    return _body({"$ref": f"#/components/schemas/{model}"}, values)


def object_body(about: str, *values: object) -> dict[str, Any]:
    """Return the `openapi_extra` of a route that reads an object whose form is told elsewhere."""
    return _body({"type": "object", "description": about}, values)


def _body(schema: dict[str, Any], values: tuple[object, ...]) -> dict[str, Any]:
    shown = {f"example{place}": {"value": one} for place, one in enumerate(values, 1)}
    content = {"application/json": {"schema": schema, "examples": shown}}
    return {"requestBody": {"required": True, "content": content}}


def _response(codes: list[str]) -> dict[str, Any]:
    told = "; ".join(f"`{code}`: {KINDS[code].titles[1]}" for code in dict.fromkeys(codes))
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": f"{told}.", "content": {MEDIA_TYPE: {"schema": schema}}}
