"""Query parameters nobody reads: a mistyped filter must not widen a list in silence."""

from functools import lru_cache
from typing import Any

from fastapi import Request
from fastapi.dependencies.utils import get_flat_dependant

from api.problems import malformed
from api.strict_json import pointer_of
from domain.kernel.faults import Fault


def check_parameters(request: Request) -> None:
    """Check that the route reads every parameter of the query.

    Raises:
        ProblemError: `command.malformed`, naming each one it does not know.
    """
    known = _known(request.scope["route"].dependant)
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        zh, en = f"可用：{', '.join(sorted(known))}", f"known: {', '.join(sorted(known))}"
        raise malformed([Fault(pointer_of("query", one), "field", zh, en) for one in unknown])


@lru_cache(maxsize=256)
def _known(dependant: Any) -> frozenset[str]:  # noqa: ANN401  – FastAPI's own, known by identity
    return frozenset(one.alias for one in get_flat_dependant(dependant).query_params)
