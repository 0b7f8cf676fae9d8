"""Query parameters nobody reads: a mistyped filter must not widen a list in silence."""

from functools import lru_cache

from fastapi import FastAPI, Request

from api.problems import malformed
from api.strict_json import pointer_of
from domain.kernel.faults import Fault


def check_parameters(request: Request) -> None:
    """Check that the route is described with every parameter of the query.

    Raises:
        ProblemError: `command.malformed`, naming each one it does not know.
    """
    known = _known(request.app, request.scope["route"].path, request.method.lower())
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        zh, en = f"可用：{', '.join(sorted(known))}", f"known: {', '.join(sorted(known))}"
        raise malformed([Fault(pointer_of("query", one), "field", zh, en) for one in unknown])


@lru_cache(maxsize=256)
def _known(app: FastAPI, path: str, method: str) -> frozenset[str]:
    described = app.openapi()["paths"][path][method].get("parameters", ())
    return frozenset(one["name"] for one in described if one["in"] == "query")
