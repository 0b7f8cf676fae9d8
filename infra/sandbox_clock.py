"""A tenant's law time as a value: the database's or the machine's clock, moved or frozen."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

Kind = Literal["sandbox", "production"]
NO_OFFSET = timedelta(0)
STALE = timedelta(seconds=5)  # how old a caller's view of a running clock may be


class ClockMovesBackError(ValueError):
    """Law time never moves back: a scenario gets a tenant of its own."""

    code = "sandbox.clock_moves_back"


class NoMovableClockError(PermissionError):
    """The tenant is a production tenant: its law time is the machine's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A tenant's law time, as people are told it."""

    now: datetime
    frozen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRow:
    """What is kept of a tenant's clock."""

    kind: Kind
    offset: timedelta = NO_OFFSET
    frozen_at: datetime | None = None

    def law_now(self, wall: datetime) -> datetime:
        """Return the law time when the machine's clock shows `wall`."""
        return wall + self.offset if self.frozen_at is None else self.frozen_at

    def set_to(self, now: datetime, wall: datetime, *, frozen: bool) -> "ClockRow":
        """Return the row once law time was put forward to `now`.

        Raises:
            ClockMovesBackError: `now` lies before the tenant's law time.
            NoMovableClockError: production has none.
        """
        if self.kind == "production":
            raise NoMovableClockError("production has no movable clock")
        here = self.law_now(wall)
        if self.frozen_at is None and here - STALE <= now:
            now = max(now, here)
        if now < here:
            raise ClockMovesBackError(f"{now.isoformat()} lies before the tenant's law time")
        if frozen:
            return replace(self, offset=NO_OFFSET, frozen_at=now)
        return replace(self, offset=now - wall, frozen_at=None)
