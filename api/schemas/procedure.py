"""What can be started, and what may be done in it."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.case import DefinitionRef
from api.schemas.shape import Paged, Shape


class CommandInfo(Shape):
    """A command of a procedure."""

    name: str
    label: str
    roles: Annotated[list[str], Field(description="Patterns: `center.*` is any role of a center.")]
    opens: bool
    if_match: Literal["any", "exact"]
    json_schema: Annotated[str, Field(alias="schema")]


class VariantInfo(Shape):
    """A variant, with the diagram new cases get."""

    variant: str
    label: str
    definition: DefinitionRef


class ProcedureInfo(Shape):
    """A procedure that can be started here."""

    procedure: str
    label: str
    variants: list[VariantInfo]
    commands: list[CommandInfo]


class ProcedurePage(Paged[ProcedureInfo]):
    """The procedures."""
