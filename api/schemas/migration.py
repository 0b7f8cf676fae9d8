"""Moving open cases to another version of their diagram: what is ordered, what became of it."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.case import DefinitionRef
from api.schemas.shape import Day, Shape

Word = Annotated[str, Field(min_length=1, max_length=80)]
Choice = Literal["keep", "reset", "rederive"]
Hash = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]


class MigrationOrder(Shape):
    """Which cases go to which diagram, and what becomes of their running terms."""

    to: Annotated[Hash | None, Field(description="A diagram kept here; else `diagram`.")] = None
    diagram: Annotated[
        str | None, Field(max_length=1_000_000, description="A BPMN 2.0 file; else `to`.")
    ] = None
    deadlines: Annotated[
        Choice,
        Field(
            description="Of every running term: `keep` it as it is, `reset` it to begin anew with"
            " the move, or `rederive` it from its old start by the new diagram and the law book."
        ),
    ]
    choices: Annotated[
        dict[Word, Choice],
        Field(
            description="Otherwise for a term's key or the element it hangs on.",
            max_length=100,
            default_factory=dict,
        ),
    ]
    mapping: Annotated[
        dict[Word, Word],
        Field(
            description="Ids of elements and flows, old to new; others stay.",
            max_length=500,
            default_factory=dict,
        ),
    ]
    cases: Annotated[
        list[Word],
        Field(
            description="Ids or numbers; none: every open case.",
            max_length=200,
            default_factory=list,
        ),
    ]
    reason: Annotated[str, Field(min_length=1, max_length=1000)]
    cursor: Annotated[str, Field(max_length=400, description="Of the next page of cases.")] = ""


class Obstacle(Shape):
    """One reason why a case does not move."""

    code: Annotated[str, Field(description="`gone`, `retyped`, … or a problem's code.")]
    element: Annotated[str, Field(description="Where the case stands; empty: not about one.")]
    zh: str
    en: str


class TermMove(Shape):
    """What becomes of a running term."""

    key: str
    label: str
    choice: Literal["keep", "reset", "rederive", "cancelled"]
    before: Day | None
    after: Day | None


class CaseMove(Shape):
    """One case: whether it can move or has moved, and what follows."""

    case: str
    number: str
    at: Annotated[list[str], Field(description="Names of the elements where it stands.")]
    definition: Annotated[str, Field(description="Hash of the diagram it comes from.")]
    outcome: Literal["movable", "blocked", "moved", "pending"]
    obstacles: list[Obstacle]
    terms: list[TermMove]


class Migration(Shape):
    """A page of cases and what becomes of them."""

    definition: DefinitionRef
    dry_run: bool
    items: list[CaseMove]
    next_cursor: Annotated[str | None, Field(description="Of the next page; null at the end.")]
