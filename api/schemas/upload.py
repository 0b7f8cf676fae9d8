"""A file that was received."""

from typing import Annotated

from pydantic import Field

from api.schemas.shape import Instant, Shape


class Upload(Shape):
    """The receipt of a file."""

    digest: Annotated[str, Field(description="As materials name it: `sha256:<hex>`.")]
    size: int
    media_type: Annotated[str, Field(description="Judged from the bytes.")]
    received_at: Instant
