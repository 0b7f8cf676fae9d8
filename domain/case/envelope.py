"""An event and everything that stands around it."""

from dataclasses import dataclass
from datetime import datetime

from domain.case.actor import Actor
from domain.kernel.json import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A new event, decided and not yet recorded."""

    event: object  # an instance of a class registered with @event
    actor: Actor
    effective_at: datetime
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """Who, why and when: three times that are never mixed, all law time but `wall`."""

    case: str
    actor: Actor
    channel: str
    command: str  # id of the command or lapse
    cause: str  # its name: "filing.accept", "deadline.lapse"
    cite: str
    received_at: datetime
    effective_at: datetime
    wall: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event as it lies in the store."""

    epoch: int
    position: int
    tenant: str
    stream: str  # the case id, "intake:<command id>" or "register:<name>"
    version: int
    event_id: str  # uuid5 of command id and index
    type: str
    schema: int
    data: Json
    meta: Meta
    recorded_at: datetime
    prev_hash: str
    hash: str
