"""What only a sandbox has: tenants made on request, and a law clock that can be moved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.case.actor import Actor
from domain.kernel.json import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A tenant's law time."""

    now: datetime
    frozen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTenant:
    """A tenant to be made."""

    at: datetime | None = None  # its law time, frozen; None: runs with the machine's clock
    actors: Mapping[str, Actor] = field(default_factory=dict)  # by login; empty: the usual ones
    fixtures: Json = field(
        default_factory=dict
    )  # registers loaded first: institutions, calendars …


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """A tenant just made, with the one chance to read its keys."""

    tenant: str
    keys: Mapping[str, str]  # API key by login
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """A case with a command not decided, a job not reported or a deadline due."""

    case_id: str
    procedure: str
    version: int


class Sandbox(Protocol):
    """The movable clock and the tenants of a sandbox. Blocking: called from a thread."""

    def create(self, wanted: NewTenant) -> Tenant:
        """Make a tenant of its own, with its clock, actors and fixtures.

        Raises:
            MalformedError: the fixtures cannot be read.
        """

    def clock(self, tenant: str) -> Clock:
        """Return the tenant's law time."""

    def set_clock(self, tenant: str, now: datetime, *, frozen: bool) -> Clock:
        """Put the law time forward to `now`; it runs on from there unless `frozen`.

        Raises:
            ValueError: `now` lies before the tenant's law time: it never moves back.
        """

    def next_due(self, tenant: str) -> datetime | None:
        """Return the earliest effective instant of an open deadline that has an effect."""

    def unsettled(self, tenant: str) -> tuple[Unsettled, ...]:
        """Return the cases with something left to do at the tenant's law time."""
