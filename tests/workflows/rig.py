"""A worker on the run's real Temporal server, with a task queue of its own per test."""

import asyncio
import itertools
import os
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import Worker

from domain.case.turn import Turn
from infra.temporal import CONVERTER
from tests.workflows.stub import PATIENCE
from workflows.client import Conductors
from workflows.procedures import WORKFLOWS

_numbers = itertools.count()


@dataclass
class Rig:
    """What a test drives."""

    client: Client
    conductors: Conductors

    async def take(self, case_id: str, command_id: str) -> Turn:
        """Send a command as the API does, within the patience of tests."""
        async with asyncio.timeout(PATIENCE):
            return await self.conductors.take("filing", case_id, command_id)

    async def wake(self, case_id: str) -> None:
        """Wake the case as the reconciler does."""
        await self.conductors.wake("filing", case_id)

    def handle(self, case_id: str, run_id: str | None = None) -> WorkflowHandle[Any, Any]:
        """Return the handle of the case's workflow."""
        return self.client.get_workflow_handle(case_id, run_id=run_id)

    async def run_id(self, case_id: str) -> str:
        """Return the id of the case's newest run."""
        return (await self.handle(case_id).describe()).run_id or ""

    async def history(self, case_id: str, run_id: str | None = None) -> list[HistoryEvent]:
        """Return the events so far of the newest or the given run."""
        found = await self.handle(case_id, run_id).fetch_history()
        return list(found.events)

    async def count(self, case_id: str, kind: "EventType.ValueType") -> int:
        """Return how many events of that kind the newest run has."""
        return sum(event.event_type == kind for event in await self.history(case_id))

    async def event(
        self, case_id: str, wanted: Callable[[HistoryEvent], bool], run_id: str | None = None
    ) -> HistoryEvent:
        """Wait until the run has such an event."""
        async with asyncio.timeout(PATIENCE):
            run = run_id or await self.run_id(case_id)
            events = self.handle(case_id, run).fetch_history_events(wait_new_event=True)
            async for event in events:
                if wanted(event):
                    return event
        raise AssertionError("the run ended without such an event")

    async def ended(self, case_id: str) -> int:
        """Wait until the case's workflow ends; return the version it ended with."""
        async with asyncio.timeout(PATIENCE):
            version: int = await self.handle(case_id).result()
            return version


def fresh_case() -> str:
    """Return a case id nobody used."""
    return f"case-{os.getpid()}-{next(_numbers)}"


@asynccontextmanager
async def running(
    address: str, activities: Sequence[Callable[..., Any]], *, cached: int = 100
) -> AsyncIterator[Rig]:
    """Run a worker, sandboxed, until the block ends."""
    client = await Client.connect(address, data_converter=CONVERTER, identity="golden")
    queue = f"test-{os.getpid()}-{next(_numbers)}"
    with ThreadPoolExecutor(4) as threads:
        worker = Worker(
            client,
            task_queue=queue,
            workflows=WORKFLOWS,
            activities=activities,
            activity_executor=threads,
            max_cached_workflows=cached,
            graceful_shutdown_timeout=timedelta(seconds=5),
        )
        async with worker:
            yield Rig(client, Conductors(client, queue))
