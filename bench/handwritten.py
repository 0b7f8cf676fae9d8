"""The reference: a case written by hand on Temporal, with the same appends and nothing else."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from temporalio import activity, workflow
from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import RetryPolicy, WorkflowIDConflictPolicy
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

with workflow.unsafe.imports_passed_through():
    from bench.bare import Append, Bare

QUEUE = "handwritten"
TERM = timedelta(days=30)  # a timer like that of a term, armed once


class Appending:
    """The activity: writes the n-th append of a case."""

    def __init__(self, bare: Bare, appends: tuple[Append, ...]) -> None:
        self._bare, self._appends = bare, appends

    @activity.defn(name="append")
    def append(self, case_id: str, number: int) -> int:
        """Write it; return the next number."""
        self._bare.write(self._appends[number : number + 1], case_id)
        return number + 1


@workflow.defn(name="HandwrittenCase")
class HandwrittenCase:
    """Takes as many updates as there are appends, under one lock, beside one timer."""

    @workflow.init
    def __init__(self, case_id: str, steps: int) -> None:
        self._steps, self._next, self._lock = steps, 0, asyncio.Lock()
        self._case_id = case_id

    @workflow.run
    async def run(self, case_id: str, steps: int) -> int:  # noqa: ARG002  – what `init` takes
        """End with the last append."""
        await workflow.wait_condition(lambda: self._next == self._steps, timeout=TERM)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._next

    @workflow.update(name="submit")
    async def submit(self, number: int) -> int:
        """Append once more."""
        async with self._lock:
            self._next = await workflow.execute_local_activity_method(
                Appending.append,
                args=[self._case_id, number],
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
        activities=[appending.append],
        activity_executor=threads,
        workflow_runner=UnsandboxedWorkflowRunner(),
    )


async def play(client: Client, case_id: str, steps: int) -> None:
    """Drive one case to its end: every command by update-with-start, as ours."""
    for number in range(steps):
        start = WithStartWorkflowOperation[object, int](
            "HandwrittenCase",
            args=[case_id, steps],
            id=case_id,
            task_queue=QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        await client.execute_update_with_start_workflow(
            "submit", number, id=f"{case_id}:{number}", start_workflow_operation=start
        )
    await client.get_workflow_handle(case_id).result()
