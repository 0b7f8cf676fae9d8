"""What `decide` answers, and what the store keeps as the outcome of a command."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.case.envelope import Fact
from domain.kernel.json import Json, JsonValue


@dataclass(frozen=True, slots=True, order=True)
class FactKey:
    """A fact outside the case that a decision needs, read under a lock of its own."""

    kind: str  # "series", "filing.place", "occupation", "institution" …
    key: str  # "letter:案卷演示:2024", "430100:6-18-01-01:车工" …


@dataclass(frozen=True, slots=True, kw_only=True)
class FactValue:
    """The claims that stand under a fact key; a series of numbers answers its highest only."""

    count: int = 0
    highest: int = 0  # of their ordinals; a series goes on with the next
    items: tuple[Json, ...] = ()  # what the claims carry, oldest first, at most 50


Facts = Mapping[FactKey, FactValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A place, number or entry an event takes (or, with `released`, gives back).

    Unique per tenant by (kind, key, holder), and by (kind, key, ordinal) where that is not 0.
    """

    kind: str
    key: str
    holder: str  # case id or number: who holds it
    ordinal: int = 0
    data: Json = field(default_factory=dict)
    released: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a command ended. Stored with the inbox row and answered for ever."""

    kind: str  # "done" or "refused"
    code: str = ""  # of the refusal
    evidence: Mapping[str, JsonValue] = field(default_factory=dict)
    zh: str = ""
    en: str = ""
    cite: str = ""
    version: int = 0  # of the case afterwards
    events: tuple[Json, ...] = ()  # [{type, version, effective}]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The events a command leads to, in which stream, with what to tell the sender.

    A refusal with legal meaning carries one `command.refused` event; other refusals carry none.
    """

    facts: tuple[Fact, ...]
    outcome: Outcome
    stream: str  # the case id, or "intake:<command id>" for a refused opening
