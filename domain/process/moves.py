"""What one step of the game did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from domain.process.feel import Value
from domain.process.marking import Marking, Wait

What = Literal[
    "started", "completed", "cancelled", "waits", "fired", "thrown", "caught", "taken", "joined"
]
How = Literal["completed", "cancelled", "fired"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, in order. `id` is the wait or scope meant, or None."""

    what: What
    element: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """A wait that is over, and why."""

    wait: Wait
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The outcome of one step: where the tokens stand now and all that happened on the way."""

    marking: Marking
    taken: tuple[str, ...] = ()  # sequence flows, in order
    steps: tuple[Step, ...] = ()
    opened: tuple[Wait, ...] = ()  # waits that are open now and were not before
    closed: tuple[Closed, ...] = ()  # waits that were open before and are not now
    automatic: tuple[
        Wait, ...
    ] = ()  # of `opened`: service, rule, send and abstract tasks, the caller's to do at once
    thrown: tuple[tuple[str, str], ...] = ()  # (element, message or signal id) sent out, in order
    assigned: Mapping[str, Value] = field(default_factory=dict)  # by `<anjuan:assign>`
    ended: bool = False
    terminated: bool = False  # by a terminate end at the top
    error: str | None = (
        None  # uncaught error code, or a rule name of conformance such as gateway.no_flow
    )
