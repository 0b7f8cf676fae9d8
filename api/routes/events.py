"""The feed of everything the caller may see: never skips, never expires."""

from collections.abc import Iterator
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Query

from api.asked import Asked, ToListen
from api.described import problems
from api.lists import Cursor, Limit, position_of, sealed
from api.problems import ProblemError
from api.schemas.event import FeedEvent, FeedPage
from domain.case.envelope import Recorded
from domain.case.seen import event_seen
from domain.case.state import Case
from domain.kernel.times import in_china

router = APIRouter(tags=["events"])
BATCH = 200  # events read at once
MOST_READ = 5_000  # looked at for one page, whether shown or not


@router.get(
    "/events", operation_id="readFeed", responses=problems("feed.epoch_changed", "case.not_found")
)
def read_feed(
    asked: ToListen,
    cursor: Cursor = "",
    types: Annotated[list[str], Query(max_length=50)] = [],  # noqa: B006  – never changed
    case: Annotated[str, Query(max_length=100)] = "",
    procedure: Annotated[str, Query(max_length=80)] = "",
    limit: Limit = 50,
) -> FeedPage:
    """Answer the events after a cursor, in the order of the store."""
    position = _position(asked, cursor)
    only = asked.case(case).id if case else ""
    items: list[FeedEvent] = []

    @cache
    def visible(stream: str) -> Case | None:
        return asked.found.visible_case(asked.tenant, asked.actor, stream)

    for recorded in _after(asked, position):
        if len(items) == limit:
            break
        position = recorded.position
        if (types and recorded.type not in types) or (only and recorded.stream != only):
            continue
        found = visible(recorded.stream)
        if found is None or procedure not in ("", found.procedure):
            continue
        if event_seen(recorded, asked.actor, found) is not None:
            items.append(_shown(recorded, found))
    return FeedPage(items=items, next_cursor=sealed(asked, f"{asked.found.site.epoch}:{position}"))


def _position(asked: Asked, cursor: str) -> int:
    epoch, _, position = (position_of(asked, cursor) or f"{asked.found.site.epoch}:0").partition(
        ":"
    )
    if int(epoch) != asked.found.site.epoch:
        again = sealed(asked, f"{asked.found.site.epoch}:0")
        raise ProblemError("feed.epoch_changed", more={"cursor": again})
    return int(position)


def _after(asked: Asked, position: int) -> Iterator[Recorded]:
    left = MOST_READ
    while left > 0:
        batch = list(asked.found.cases.events_after(asked.tenant, position, BATCH))
        yield from batch
        if len(batch) < BATCH:
            return
        left, position = left - BATCH, batch[-1].position


def _shown(recorded: Recorded, case: Case) -> FeedEvent:
    return FeedEvent(
        id=recorded.event_id,
        type=recorded.type,
        case=case.id,
        number=case.number,
        procedure=case.procedure,
        jurisdiction=case.jurisdiction,
        status=case.status,
        version=recorded.version,
        effective=in_china(recorded.meta.effective_at),
        recorded=in_china(recorded.recorded_at),
    )
