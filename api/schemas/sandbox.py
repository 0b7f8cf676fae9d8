"""The movable clock and the tenants of a sandbox."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from api.schemas.shape import AnyJson, AskedInstant, AskedPlace, Instant, Shape

MOST_ACTORS = 50
Login = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,40}$")]
Line = Annotated[str, Field(max_length=200)]


class SandboxActor(Shape):
    """As whom a key of the tenant acts."""

    role: Annotated[str, Field(pattern=r"^[a-z]+(\.[a-z]+)?$", examples=["center.clerk"])]
    person: Annotated[str, Field(max_length=200, examples=["p-clerk"])] = ""
    organisation: Line = ""
    name: Annotated[str, Field(max_length=200, description="The organisation's, shown.")] = ""
    jurisdiction: AskedPlace | Literal[""] = ""


class SandboxTenantWish(Shape):
    """A tenant to be made; everything may be left out."""

    at: Annotated[AskedInstant | None, Field(description="Its law time, frozen there.")] = None
    actors: Annotated[
        dict[Login, SandboxActor], Field(default_factory=dict, max_length=MOST_ACTORS)
    ]
    fixtures: Annotated[AnyJson, Field(default_factory=dict)]


class SandboxClock(Shape):
    """A tenant's law time."""

    now: Instant
    frozen: bool
    next_deadline: Annotated[Instant | None, Field(description="When the law acts next.")]


class SandboxTenant(Shape):
    """A tenant just made. The keys are shown this once."""

    tenant: str
    keys: dict[str, str]
    clock: SandboxClock


class ClockMove(Shape):
    """Exactly one of these."""

    freeze: bool | None = None
    advance_to: AskedInstant | None = None
    advance_working_days: Annotated[int | None, Field(ge=1, le=1000)] = None
    advance_to_next_deadline: Literal[True] | None = None

    @model_validator(mode="after")
    def _only_one(self) -> Self:
        if len([one for one in self.model_dump().values() if one is not None]) != 1:
            raise ValueError("say exactly one move")
        return self


class ClockEvent(Shape):
    """Something that happened on the way."""

    case: str
    type: str
    effective: Instant
    actor: str


class ClockMoved(Shape):
    """Where the clock stands now, and all that fell due on the way."""

    clock: SandboxClock
    happened: list[ClockEvent]
    settled: Annotated[bool, Field(description="False: something still runs; ask again.")]
