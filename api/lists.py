"""Paging: opaque cursors, a `Link` to the next page, no totals."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Response

from api.asked import Asked
from api.cursors import Cursors
from api.problems import fault

Limit = Annotated[int, Query(ge=1, le=200, description="Items on a page, at most.")]
Cursor = Annotated[str, Query(max_length=400, description="`next_cursor` of the page before.")]


def position_of(asked: Asked, cursor: str) -> str:
    """Return the position behind a cursor that was given out for this list to this caller.

    Raises:
        ProblemError: `command.malformed`.
    """
    position = _cursors(asked).unseal(_purpose(asked), cursor)
    if position is None:
        raise fault("/query/cursor", "type", "不是此列表给出的游标", "not a cursor of this list")
    return position


def sealed(asked: Asked, position: str) -> str:
    """Return the cursor of a position in this list."""
    return _cursors(asked).seal(_purpose(asked), position)


def next_cursor(asked: Asked, response: Response, position: str) -> str | None:
    """Return the cursor of the next page, if any; its `Link` is set on `response`."""
    cursor = sealed(asked, position)
    if cursor:
        query = [*_others(asked.request.query_params.multi_items()), ("cursor", cursor)]
        url = f"{asked.request.url.path}?{urlencode(query)}"
        response.headers["link"] = f'<{url}>; rel="next"'
    return cursor or None


def etag(version: int) -> Mapping[str, str]:
    """Return the headers of an answer that has a version."""
    return {"etag": f'"{version}"'}


def unchanged(seen: str | None, version: int) -> bool:
    """Whether `If-None-Match` names this version."""
    tags = {one.strip().removeprefix("W/") for one in (seen or "").split(",")}
    return f'"{version}"' in tags or "*" in tags


def _others(items: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in items if name != "cursor"]


def _cursors(asked: Asked) -> Cursors:
    return Cursors(asked.found.site.secret_key)


def _purpose(asked: Asked) -> str:
    return f"{asked.request.url.path}\0{asked.tenant}\0{asked.caller.account.client}"
