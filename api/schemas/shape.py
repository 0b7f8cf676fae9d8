"""What all shapes share: how instants, days and terms are written."""

from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from domain.kernel.json import Json
from domain.kernel.times import parse_day, parse_instant
from domain.law.jurisdiction import is_code

Item = TypeVar("Item")


class Shape(BaseModel):
    """A closed object: unknown members are faults, `false` is no integer."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)


class Paged(Shape, Generic[Item]):
    """A page of a list. Each kind is a class, so that it has a name in the description."""

    items: list[Item]
    next_cursor: Annotated[str | None, Field(description="Of the next page; null at the end.")]


Instant = Annotated[
    str, Field(json_schema_extra={"format": "date-time"}, examples=["2026-09-28T10:12:41+08:00"])
]
Day = Annotated[str, Field(json_schema_extra={"format": "date"}, examples=["2026-10-26"])]
AnyJson = Annotated[dict[str, Any], Field(description="As the procedure defines it.")]


class Reason(Shape):
    """Why something is not possible: the refusal it would meet."""

    code: str
    detail: str


def _day(value: object) -> object:
    try:
        if isinstance(value, str):
            return parse_day(value)
    except ValueError:
        pass
    raise PydanticCustomError("date_form", "a day is written YYYY-MM-DD")


def _instant(value: object) -> object:
    try:
        if isinstance(value, str):
            return parse_instant(value.replace(" ", "+"))  # an unescaped + of a query is a blank
    except (ValueError, OverflowError):
        pass
    example = "2026-09-28T10:12:41+08:00"
    raise PydanticCustomError("date_form", f"an instant has its offset, such as {example}")


def _code(value: object) -> object:
    if not isinstance(value, str) or not is_code(value):
        raise PydanticCustomError("place_form", "a jurisdiction is a code of six digits")
    return value


AskedDay = Annotated[date, BeforeValidator(_day)]
AskedInstant = Annotated[datetime, BeforeValidator(_instant)]
AskedPlace = Annotated[str, BeforeValidator(_code), Field(examples=["430100"])]


def plain(value: Json) -> dict[str, Any]:
    """Return JSON of the domain as the mutable kind that shapes hold."""
    return dict(value)
