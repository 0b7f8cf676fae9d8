"""Query parameters nobody reads: a mistyped filter must not widen a list in silence."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from fastapi import FastAPI, Request

from api.problems import ProblemError, malformed
from api.strict_json import pointer_of
from domain.kernel.faults import Fault

NULL = "\x00"


async def check_readable(request: Request) -> None:
    """Check that no part of the address holds a null character, which no store can keep.

    Raises:
        ProblemError: `request.not_found` for a path, `command.malformed` for a query.
    """
    if NULL in request.scope["path"]:
        raise ProblemError("request.not_found")
    if b"%00" not in request.scope["query_string"]:
        return
    named = [
        ("query",) if NULL in name else ("query", name)
        for name, value in request.query_params.multi_items()
        if NULL in name + value
    ]
    if named:
        zh, en = "含有空字符", "it holds a null character"
        faults = (Fault(pointer_of(*one), "type", zh, en) for one in dict.fromkeys(named))
        raise malformed(list(faults))


def check_parameters(request: Request) -> None:
    """Check that the route knows every parameter of the query, and takes it as often as it stands.

    Raises:
        ProblemError: `command.malformed`, naming each one that is unknown or stands twice.
    """
    if not request.scope["query_string"]:
        return
    lists = _known(request.app, request.scope["route"].path, request.method.lower())
    times = Counter(name for name, _ in request.query_params.multi_items())
    known = ", ".join(sorted(lists))
    faults = [
        Fault(pointer_of("query", one), "field", f"可用：{known}", f"known: {known}")
        for one in sorted(times.keys() - lists.keys())
    ]
    faults += [
        Fault(pointer_of("query", one), "duplicate", "此参数只能出现一次", "give it once only")
        for one in sorted(times.keys() & lists.keys())
        if times[one] > 1 and not lists[one]
    ]
    if faults:
        raise malformed(faults)


@lru_cache(maxsize=256)
def _known(app: FastAPI, path: str, method: str) -> Mapping[str, bool]:
    """Return the route's query parameters: whether each is a list."""
    described = app.openapi()["paths"][path][method].get("parameters", ())
    return {
        one["name"]: one["schema"].get("type") == "array"
        for one in described
        if one["in"] == "query"
    }
