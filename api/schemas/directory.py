"""What anybody may read: the directory of institutions and the register of occupations."""

from typing import Annotated

from pydantic import Field

from api.schemas.shape import Day, Instant, Paged, Shape


class ScopeView(Shape):
    """An occupation, job and level an institution is filed for."""

    occupation_code: str
    occupation: str
    job: str
    level: Annotated[int, Field(description="1 to 5; 5 is the lowest (初级工).")]


class MeasureView(Shape):
    """What keeps an institution from evaluating now."""

    what: Annotated[str, Field(description="`suspension`, or `video`: one not yet uploaded.")]
    since: Instant
    cite: str


class InstitutionView(Shape):
    """An institution of the directory, or one whose code was retired."""

    institution_code: Annotated[
        str, Field(description="The first 13 characters of its certificates' numbers.")
    ]
    name: str
    uscc: Annotated[str, Field(description="统一社会信用代码.")]
    type: str
    address: str
    jurisdiction: str
    scope: list[ScopeView]
    since: Annotated[Day | None, Field(description="Filed since; null once it was removed.")]
    removed: Annotated[
        Day | None, Field(description="Not filed from this day on; the code is never given again.")
    ]
    measures: Annotated[list[MeasureView], Field(description="In force now.")]


class InstitutionPage(Paged[InstitutionView]):
    """A page of the directory, in the order of codes."""


class OccupationView(Shape):
    """An occupation, and by what it may be evaluated."""

    code: str
    name: str
    category: Annotated[str, Field(description="大类, `1` to `8`: the first digit of the code.")]
    levels: list[int]
    standard: Annotated[bool, Field(description="A national standard exists.")]
    spec: Annotated[bool, Field(description="An evaluation spec is on file.")]
    licence: Annotated[bool, Field(description="Of the licence directory (准入类).")]


class OccupationList(Shape):
    """The register of occupations, in the order of codes."""

    items: list[OccupationView]
