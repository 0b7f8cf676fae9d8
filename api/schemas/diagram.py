"""A diagram as data, with where a case stands in it."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.case import DefinitionRef
from api.schemas.shape import Instant, Shape


class DiagramElement(Shape):
    """One element of the diagram."""

    id: str
    name: str
    kind: str
    state: Literal["waiting", "passed", "not_reached"]
    count: Annotated[int, Field(description="How often a token came here.")]
    since: Annotated[Instant | None, Field(description="Of a task that waits.")]
    cite: list[str]


class DiagramView(Shape):
    """The diagram a case is pinned to, element by element."""

    definition: DefinitionRef
    version: int
    elements: list[DiagramElement]
