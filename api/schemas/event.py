"""The feed: thin events, in the order of the store."""

from typing import Annotated

from pydantic import Field

from api.schemas.shape import Instant, Shape


class FeedEvent(Shape):
    """That something happened in a case; what, the receiver reads there."""

    id: str
    type: str
    case: str
    number: str
    procedure: str
    jurisdiction: str
    status: Annotated[str, Field(description="Of the case now.")]
    version: Annotated[int, Field(description="Number in the case: gaps show what one has not.")]
    effective: Instant
    recorded: Instant


class FeedPage(Shape):
    """A page of the feed."""

    items: list[FeedEvent]
    next_cursor: Annotated[str, Field(description="Never empty: ask again from here.")]
