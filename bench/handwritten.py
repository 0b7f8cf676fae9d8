"""The reference: a case written by hand on Temporal: the same appends and letters, no more."""

import asyncio
import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from temporalio import activity, workflow
from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import RetryPolicy, WorkflowIDConflictPolicy
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

with workflow.unsafe.imports_passed_through():
    from bench.bare import Append, Bare

QUEUE = "handwritten"
LETTER = "<p>" * 1000
TERM = timedelta(days=30)  # a timer like that of a term, armed once


class Appending:
    """The activities: write the n-th append of a case, render a letter."""

    def __init__(self, bare: Bare, appends: tuple[Append, ...]) -> None:
        self._bare, self._appends = bare, appends

    @activity.defn(name="append")
    def append(self, case_id: str, number: int) -> int:
        """Write it; return the next number."""
        self._bare.write(self._bare.ready(self._appends[number : number + 1], case_id))
        return number + 1

    @activity.defn(name="render")
    def render(self, number: int) -> str:
        """Render a letter of about the size of ours."""
        return hashlib.sha256(f"{LETTER}{number}".encode()).hexdigest()


@workflow.defn(name="HandwrittenCase")
class HandwrittenCase:
    """Takes the updates of one case under one lock, beside one timer; renders its letters."""

    @workflow.init
    def __init__(self, case_id: str, steps: int, letters_at: list[int]) -> None:
        self._case_id, self._steps, self._letters = case_id, steps, letters_at
        self._next, self._lock = 0, asyncio.Lock()

    @workflow.run
    async def run(self, case_id: str, steps: int, letters_at: list[int]) -> int:  # noqa: ARG002  – as `init`
        """End with the last append."""
        while self._next < self._steps:
            await workflow.wait_condition(
                lambda: self._next in self._letters or self._next == self._steps, timeout=TERM
            )
            if self._next in self._letters:
                await workflow.execute_activity(
                    "render", self._next, start_to_close_timeout=timedelta(seconds=15)
                )
                await self._append()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._next

    @workflow.update(name="submit")
    async def submit(self) -> int:
        """Append once more, when no letter is due before."""
        await workflow.wait_condition(lambda: self._next not in self._letters)
        return await self._append()

    async def _append(self) -> int:
        async with self._lock:
            self._next = await workflow.execute_local_activity_method(
                Appending.append,
                args=[self._case_id, self._next],
                start_to_close_timeout=timedelta(seconds=6),
                retry_policy=RetryPolicy(maximum_attempts=4),
            )
            return self._next


def worker(client: Client, appending: Appending, threads: ThreadPoolExecutor) -> Worker:
    """Return a worker like ours, without the workflow sandbox."""
    return Worker(
        client,
        task_queue=QUEUE,
        workflows=[HandwrittenCase],
        activities=[appending.append, appending.render],
        activity_executor=threads,
        workflow_runner=UnsandboxedWorkflowRunner(),
    )


async def play(client: Client, case_id: str, steps: int, letters_at: Sequence[int]) -> None:
    """Drive one case to its end: every command by update-with-start, as ours."""
    for number in range(steps - len(letters_at)):
        start = WithStartWorkflowOperation[object, int](
            "HandwrittenCase",
            args=[case_id, steps, list(letters_at)],
            id=case_id,
            task_queue=QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        await client.execute_update_with_start_workflow(
            "submit", id=f"{case_id}:{number}", start_workflow_operation=start
        )
    await client.get_workflow_handle(case_id).result()
