"""A letter (文书) as the API tells it."""

from typing import Annotated

from pydantic import Field

from api.schemas.case import NoticeRef


class NoticeView(NoticeRef):
    """A letter with what it is called and the case it belongs to."""

    case: str
    case_number: str
    title: Annotated[str, Field(description="What letters of this kind are called.")]
