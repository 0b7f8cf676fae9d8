"""Files that pages link to: kept by browsers for good, each under an address of its content."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import Final

from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from typing_extensions import override

STATIC: Final = Path(__file__).parent / "static"
KEPT: Final = "public, max-age=31536000, immutable"
_VERSION: Final = "v"


def asset(name: str) -> str:
    """Return the address of a file under `STATIC`; another content has another address."""
    file = STATIC / name
    return f"/static/{name}?{_VERSION}={_digest(str(file), *_state(file.stat()))}"


class Assets(StaticFiles):
    """The files under `STATIC`.

    Only what is asked for by the address of the content it has here is kept: while a new release
    starts, an old process may be asked for what it has not yet.
    """

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    @override
    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        answer = super().file_response(full_path, stat_result, scope, status_code)
        asked = QueryParams(scope["query_string"]).get(_VERSION)
        if asked == _digest(str(full_path), *_state(stat_result)):
            answer.headers["cache-control"] = KEPT
        return answer


@lru_cache(maxsize=64)
def _digest(file: str, changed: int, size: int) -> str:  # noqa: ARG001  – edited, it is read again
    """Return a short digest of a file of this `size` that was last changed at `changed`."""
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()[:12]


def _state(found: os.stat_result) -> tuple[int, int]:
    return found.st_mtime_ns, found.st_size
