"""Moves a sandbox clock so that everything that falls due on the way happens on its own instant."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from starlette.concurrency import run_in_threadpool

from api.sandbox import Clock, Sandbox
from domain.case.envelope import Recorded
from domain.kernel.times import CST, legal_day, start_of
from domain.law.calendar import Calendar
from domain.ports import Cases

LOOK_EVERY = 0.02  # seconds between two looks at what is left
SETTLES_WITHIN = 30.0  # seconds without any progress
MOST_STOPS = 10_000
LATEST = datetime(2200, 1, 1, tzinfo=CST)  # no sandbox is set beyond: pages count days ahead
Result = TypeVar("Result")


class TooFarError(ValueError):
    """The clock would go beyond `LATEST`."""


class Nudge(Protocol):
    """Has a case look again."""

    async def wake(self, procedure: str, case_id: str) -> None:
        """Have the case look at what is due; return when it will."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move led to."""

    clock: Clock
    happened: tuple[Recorded, ...]
    settled: bool


@dataclass(frozen=True, slots=True)
class _Unsettled:
    """A case in which something waits, at a version."""

    id: str
    procedure: str
    version: int


class Mover:
    """Moves the clock of one tenant."""

    def __init__(self, tenant: str, sandbox: Sandbox, cases: Cases, nudge: Nudge) -> None:
        self._tenant, self._sandbox, self._cases, self._nudge = tenant, sandbox, cases, nudge
        self._seen: dict[str, int] = {}  # case → its version before anything happened

    async def advance(self, to: datetime) -> Moved:
        """Move to `to`, stopping at each due instant on the way until nothing is left there.

        Raises:
            TooFarError: `to` lies after `LATEST`; nothing was moved.
            ValueError: `to` lies before the tenant's law time.
        """
        if to > LATEST:
            raise TooFarError(to.isoformat())
        frozen = (await run_in_threadpool(self._sandbox.clock, self._tenant)).frozen
        settled = await self._settle()
        for _ in range(MOST_STOPS):
            due = await run_in_threadpool(self._sandbox.next_due, self._tenant)
            if not settled or due is None or due > to:
                break
            await self._set(due, frozen=frozen)
            settled = await self._settle()
        if not settled:
            return await self._moved(settled=False)
        await self._set(to, frozen=frozen)
        return await self._moved(settled=await self._settle())

    async def _set(self, now: datetime, *, frozen: bool) -> None:
        """Put the clock to `now`; one that ran on past it in the meantime is there already."""

        def put() -> None:
            if frozen or now > self._sandbox.clock(self._tenant).now:
                self._sandbox.set_clock(self._tenant, now, frozen=frozen)

        await run_in_threadpool(put)

    async def _settle(self) -> bool:
        """Wait until no command, job or due deadline is left; False when nothing moves any more."""
        loop = asyncio.get_running_loop()
        left, woken = await run_in_threadpool(self._left), False
        patience = loop.time() + SETTLES_WITHIN
        while left:
            if not woken:
                await asyncio.gather(*(self._nudge.wake(one.procedure, one.id) for one in left))
            before, left, woken = left, await run_in_threadpool(self._left), True
            if left != before:
                patience, woken = loop.time() + SETTLES_WITHIN, False
            elif loop.time() > patience:
                return False
            else:
                await asyncio.sleep(LOOK_EVERY)  # noqa: TID251  – waits for other processes, not for law
        return True

    def _left(self) -> list[_Unsettled]:
        found = [self._look(one) for one in self._sandbox.unsettled(self._tenant)]
        for one in found:
            self._seen.setdefault(one.id, one.version)
        return found

    def _look(self, case_id: str) -> _Unsettled:
        case = self._cases.any_case(self._tenant, case_id)
        if case is not None:
            return _Unsettled(case_id, case.procedure, case.version)
        acts = self._cases.pending(self._tenant, case_id)
        opening = next((one.command.opening for one in acts if one.command.opening), None)
        return _Unsettled(case_id, opening.procedure if opening else "", 0)

    async def _moved(self, *, settled: bool) -> Moved:
        def look() -> Moved:
            found = [
                recorded
                for case, version in self._seen.items()
                for recorded in self._cases.any_timeline(self._tenant, case, after=version)
            ]
            found.sort(key=lambda one: one.position)
            return Moved(self._sandbox.clock(self._tenant), tuple(found), settled)

        return await run_in_threadpool(look)


def working_days_on(calendar: Calendar, now: datetime, days: int) -> datetime:
    """Return the same time of day, `days` working days later."""
    day = legal_day(now)
    left = days
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working_day(day)
    return now - start_of(legal_day(now)) + start_of(day)
