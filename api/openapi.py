"""The description of the API: OpenAPI 3.1, made from the routes and shapes alone."""

from collections.abc import Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.routing import BaseRoute

from api.described import Problem
from api.envelope import API_VERSION

BASE = "/api/v1"
TEMPLATE = "#/components/schemas/{model}"
_ABOUT = """
Cases of vocational-skill evaluation, run as law has it.

Every unsafe request about a case carries an `Idempotency-Key`; the same key answers the stored
outcome for ever. Errors are `application/problem+json` with a stable `code`. `ETag` is the number
of the case's last event. Instants carry an offset; legal days are China Standard Time.
Titles and sentences follow `Accept-Language` (zh-CN by default, en).
"""
_TAGS = {
    "cases": "Open, read and find cases.",
    "commands": "Act in a case.",
    "tasks": "Open work.",
    "deadlines": "Terms that run, with the ledger of their days.",
    "law": "The law book and the calendar.",
    "files": "Bytes by digest.",
    "events": "Everything that happened, in order.",
    "public": "What anybody may ask, without a key.",
    "sandbox": "A law clock that moves and tenants on request. Absent in production.",
    "meta": "The installation and its procedures.",
}


def describe(routes: Sequence[BaseRoute], bodies: Sequence[type[BaseModel]]) -> dict[str, Any]:
    """Return the OpenAPI document of `routes`; `bodies` are read by dependencies of ours."""
    document = get_openapi(
        title="Anjuan 案卷",
        version=API_VERSION,
        openapi_version="3.1.0",
        description=_ABOUT.strip(),
        routes=routes,
        tags=[{"name": name, "description": about} for name, about in _TAGS.items()],
        servers=[{"url": BASE}],
        separate_input_output_schemas=False,
    )
    wanted = [(model, "validation") for model in (*bodies, Problem)]
    _, extra = models_json_schema(wanted, ref_template=TEMPLATE)  # type: ignore[arg-type]  # a literal
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(extra.get("$defs", {}))
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    return document
