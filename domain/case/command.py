"""What a case is asked to do: a command somebody sent, or a deadline that has lapsed."""

from dataclasses import dataclass
from datetime import datetime

from domain.case.actor import Actor
from domain.kernel.json import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What an opening command says besides its payload."""

    procedure: str
    variant: str
    source_system: str = ""  # with `source_id` the sender's own key of the case
    source_id: str = ""
    definition: str = ""  # hash of the deployed diagram it was received with; "": the shipped one


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """An act as received: stored in the inbox before anything else happens with it."""

    id: str  # uuid5 of tenant, client and idempotency key
    case_id: str  # UUIDv7; for an opening chosen at receipt
    name: str  # "filing.accept"
    payload: Json
    actor: Actor
    channel: str  # "console", "api:<client>", "scenario", "job"
    received_at: datetime  # law time; for an act also its effective instant
    if_match: int | None = None  # None: any version
    opening: Opening | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """A deadline of this case whose last day has ended: the law acts."""

    id: str  # uuid5 of case, key and occurrence: timer, reconciler and rebuild derive the same
    case_id: str
    deadline: str  # id of the deadline in the case
    effective: datetime  # 24:00 of the last day


Work = Command | Lapse
