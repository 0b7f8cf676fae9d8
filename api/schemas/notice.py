"""A letter (文书) as the API tells it."""

from typing import Annotated

from pydantic import Field

from api.schemas.case import NoticeRef
from api.schemas.shape import Instant, Shape


class FailedService(Shape):
    """A service that failed (送达未成)."""

    method: str
    at: Instant
    reason: str
    proof_digest: Annotated[str | None, Field(description="Of a file that shows it.")]


class NoticeView(NoticeRef):
    """A letter with what it is called, the case it belongs to, and how it was served."""

    case: str
    case_number: str
    template: Annotated[str | None, Field(description="Version of the PDF's layout.")]
    pages: Annotated[int | None, Field(description="Of the PDF.")]
    proof: Annotated[str, Field(description="Of the service, in words.")]
    proof_digest: Annotated[
        str | None, Field(description="Of the service, as a file: `GET …/proofs/{digest}`.")
    ]
    void_reason: Annotated[str | None, Field(description="Why it was declared void.")]
    replaces: Annotated[
        str | None, Field(description="Id of the void letter in whose place it was issued.")
    ]
    attempts: Annotated[list[FailedService], Field(description="Services that failed, in order.")]
    title: Annotated[str, Field(description="What letters of this kind are called.")]
