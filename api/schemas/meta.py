"""What the installation says of itself."""

from typing import Annotated

from pydantic import Field

from api.schemas.shape import Day, Instant, Shape


class Meta(Shape):
    """Versions and limits of the installation the caller speaks to."""

    product: str
    api: str
    environment: str
    tenant: str
    epoch: Annotated[int, Field(description="Rises when the event store is restored.")]
    law_time: Instant
    calendar: str
    calendar_valid_through: Day
    person: str
    role: str
    organisation: str
    jurisdiction: str
    scopes: list[str]
