"""Checking a paper: what is asked and what is answered."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.shape import Shape


class PaperQuery(Shape):
    """What stands on the paper."""

    number: Annotated[
        str,
        Field(min_length=1, max_length=100, description="文号, or the case number of a receipt."),
    ]
    code: Annotated[
        str,
        Field(
            min_length=1,
            max_length=100,
            description="核验码: 16 letters and digits; blanks and hyphens do not count.",
        ),
    ]


class PaperView(Shape):
    """A paper that exists under this number and code."""

    standing: Annotated[
        Literal["issued", "void"],
        Field(
            description="`issued`: the paper is genuine. Whether what it grants still holds today"
            " is told by the directory and the case. `void`: it was issued and declared void"
            " before it was served; another paper stands in its place."
        ),
    ]
    void_since: Annotated[str | None, Field(description="The day on which it was declared void.")]
    number: str
    title: str
    issuer: str
    party: Annotated[str, Field(description="To whom it is addressed.")]
    date: Annotated[str, Field(description="As it stands on the paper.")]
    digest: Annotated[str | None, Field(description="sha256 of the HTML.")]
    printed: Annotated[str | None, Field(description="sha256 of the PDF, to compare a copy with.")]
