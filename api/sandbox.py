"""What only a sandbox has: tenants made on request, and a law clock that can be moved."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from domain.case.actor import Actor
from domain.kernel.json import Json


class Clock(Protocol):
    """A tenant's law time."""

    @property
    def now(self) -> datetime:
        """What it shows."""

    @property
    def frozen(self) -> bool:
        """Whether it stands still."""


class Made(Protocol):
    """A tenant just made, with the one chance to read its keys."""

    @property
    def tenant(self) -> str:
        """Its name."""

    @property
    def keys(self) -> Mapping[str, str]:
        """API key by login."""

    @property
    def clock(self) -> Clock:
        """Its law time."""


class Sandbox(Protocol):
    """The movable clock and the tenants of a sandbox. Blocking: called from a thread."""

    def create(
        self,
        *,
        at: datetime | None = None,
        actors: Mapping[str, Actor] | None = None,
        fixtures: Json | None = None,
    ) -> Made:
        """Make a tenant with its law time frozen `at` (None: it runs), actors and registers.

        Without `actors` it gets the usual ones.

        Raises:
            MalformedError: the fixtures have not their shape; nothing was made.
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

    def unsettled(self, tenant: str) -> tuple[str, ...]:
        """Return the cases with a command not decided, a job not reported or a deadline due."""
