"""Registers: what decisions read outside any case – institutions, occupations, calendars."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.case.actor import SYSTEM, Actor
from domain.case.envelope import Fact
from domain.kernel.ids import command_id
from infra.event_store.recording import Origin, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntries:
    """Events for one register, appended together."""

    name: str  # "institutions", "calendar" …
    events: Sequence[object]
    cause: str = "register.load"
    channel: str = "job"
    actor: Actor = SYSTEM

    @property
    def stream(self) -> str:
        """The register's stream."""
        return f"register:{self.name}"

    def facts(self, place: Place) -> tuple[Fact, ...]:
        """Return the entries as facts, effective when they are recorded."""
        return tuple(
            Fact(event=one, actor=self.actor, effective_at=place.now) for one in self.events
        )

    def origin(self, place: Place) -> Origin:
        """Return what the entries have in common; the id follows from where the register stood."""
        return Origin(
            case=self.stream,
            command=command_id(place.tenant, self.stream, str(place.version)),
            cause=self.cause,
            channel=self.channel,
            received_at=place.now,
        )
