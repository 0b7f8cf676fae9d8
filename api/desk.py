"""Where acts come in: the only bridge between the event loop and the blocking store."""

import asyncio
from dataclasses import replace
from typing import Protocol

import structlog
from starlette.concurrency import run_in_threadpool
from temporalio.exceptions import TemporalError

from domain.ports import BodyDiffers, EventStore, Receipt, Stored

log = structlog.get_logger("anjuan.desk")
LONGEST = 60.0  # seconds one attempt to have a command decided may take behind the answer


class Conductor(Protocol):
    """Who has cases decide: Temporal, or in tests `case.advance` itself."""

    async def submit(self, procedure: str, case_id: str, command_id: str) -> None:
        """Have the case decide the stored command; return when it has its outcome.

        Raises:
            TemporalError: it is not known whether the command was decided.
            OSError: the same.
        """

    async def wake(self, procedure: str, case_id: str) -> None:
        """Have the case look at what is due; return when it will.

        Raises:
            TemporalError: it may not have heard.
            OSError: the same.
        """


class Desk:
    """Receives acts and has them decided. An act once received is never lost, whoever is away."""

    def __init__(self, store: EventStore, conductor: Conductor, *faults: type[Exception]) -> None:
        """Take what the store raises when its database cannot be asked as `faults`."""
        self._store = store
        self._faults = faults
        self.conductor = conductor
        self._running: set[asyncio.Task[None]] = set()

    async def receive(self, receipt: Receipt) -> Stored | BodyDiffers:
        """Store the act with its time of receipt: from here on nothing is lost."""
        return await run_in_threadpool(self._store.receive, receipt)

    async def submit(self, stored: Stored, procedure: str, wait: float) -> Stored:
        """Have a stored act decided, wait at most `wait` seconds, and return its inbox row.

        `outcome` is None when it was not decided in time, when nobody wants to wait, and when the
        row cannot be read any more; it is pursued all the same.
        """
        if stored.outcome is not None or stored.existing:
            return stored
        pursuit = asyncio.create_task(self._pursue(stored, procedure))
        self._running.add(pursuit)
        pursuit.add_done_callback(self._running.discard)
        if not wait:
            return stored
        try:
            async with asyncio.timeout(wait):
                await asyncio.shield(pursuit)
        except TimeoutError:
            log.info("command.slow", command=stored.command.id, case=stored.command.case_id)
        try:
            row = await run_in_threadpool(self._store.stored, stored.tenant, stored.command.id)
        except self._faults as fault:  # it is received: whoever says otherwise is wrong
            log.warning("command.unread", command=stored.command.id, fault=type(fault).__name__)
            return stored
        return replace(row, replayed=stored.replayed) if row else stored

    async def close(self) -> None:
        """Give up what is still pursued: the reconciler takes it from here."""
        for pursuit in tuple(self._running):
            pursuit.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _pursue(self, stored: Stored, procedure: str) -> None:
        command = stored.command
        try:
            async with asyncio.timeout(LONGEST):
                await self.conductor.submit(procedure, command.case_id, command.id)
        except (TemporalError, OSError, TimeoutError) as fault:
            log.warning("command.undecided", command=command.id, fault=type(fault).__name__)
