"""Wires the worker process: turns of cases, service work, reconciling."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TypeVar

import psycopg2
import structlog
from sqlalchemy.exc import OperationalError
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from activities.roster import Ports, roster
from infra import failpoints
from infra.db import UnsafeDatabaseError, make_engine
from infra.logs import configure
from infra.parts import Parts, make_parts
from infra.reconciler import Reconciler
from infra.settings import Settings, load_settings
from infra.temporal import Waker, connect
from workflows.client import Conductors
from workflows.procedures import WORKFLOWS

log = structlog.get_logger("anjuan.worker")
GRACE = timedelta(seconds=8)  # for work under way; supervisors kill after 10 s or more
JOINED_WITHIN = 1.0  # seconds for the reconciler to end a pass
STICKY = timedelta(seconds=2)  # a case's task waits so long for a worker that may be dead
SETTLE = 0.2  # seconds between the end of the worker and that of the process
DATABASE_PAUSE = 1.0  # seconds between two attempts to reach the database
Reached = TypeVar("Reached")
ENDING = (signal.SIGTERM, signal.SIGINT)


def main() -> int:
    """Run a worker until SIGTERM; return the exit code.

    Waits for database and Temporal with patience. The caller ends the process by `leave`: after a
    loaded worker the interpreter may abort.

    Raises:
        BadSettingsError: naming every setting that cannot be used.
    """
    settings = load_settings()
    configure(settings.log_level, "worker")
    failpoints.arm(settings.failpoints)
    try:
        asyncio.run(_serve(settings))
    except UnsafeDatabaseError as error:
        log.error("database.unsafe", code=error.code)  # noqa: TRY400  – the place says nothing
        sys.stderr.write(f"{error}\n")
        return 1
    log.info("worker.ended")
    return 0


async def _serve(settings: Settings) -> None:
    ended = asyncio.Event()
    for one in ENDING:
        asyncio.get_running_loop().add_signal_handler(one, ended.set)
    parts = await _unless(ended, _reach_database(settings))
    client = await _unless(ended, connect(settings)) if parts else None
    if parts and client:
        async with working(settings, parts, client):
            log.info("worker.ready", queue=settings.task_queue)
            await ended.wait()
            log.info("worker.ending")
        parts.engine.dispose()
        await asyncio.sleep(SETTLE)


async def _reach_database(settings: Settings) -> Parts:
    """Return the adapters as soon as the database answers."""
    while True:
        try:
            return await asyncio.to_thread(make_parts, settings)
        except (OperationalError, psycopg2.OperationalError) as fault:
            log.warning("database.away", fault=type(fault).__name__)
            await asyncio.sleep(DATABASE_PAUSE)


async def _unless(ended: asyncio.Event, reaching: Coroutine[None, None, Reached]) -> Reached | None:
    """Return what is reached, or None when the process is asked to end before."""
    attempt = asyncio.create_task(reaching)
    ending = asyncio.create_task(ended.wait())
    ending.add_done_callback(lambda _: attempt.cancel())
    try:
        return await attempt
    except asyncio.CancelledError:
        return None
    finally:
        ending.cancel()


@asynccontextmanager
async def working(settings: Settings, parts: Parts, client: Client) -> AsyncIterator[Conductors]:
    """Run worker and reconciler in this event loop until the block ends."""
    conductors = conductors_of(settings, client)
    waker = Waker(asyncio.get_running_loop(), client, conductors.wake)
    single = make_engine(settings.database_url, pool_size=1)  # the leader's lock keeps it
    reconciler = Reconciler(single, waker, settings.reconciler_interval)
    threads = ThreadPoolExecutor(settings.pool_size, thread_name_prefix="case")
    try:
        async with _worker(settings, parts, client, threads):
            reconciler.start()
            try:
                yield conductors
            finally:
                reconciler.stop()
                await asyncio.to_thread(reconciler.join, JOINED_WITHIN)
    finally:
        threads.shutdown(wait=False)  # what hangs there must not keep the process alive
        single.dispose()


def conductors_of(settings: Settings, client: Client) -> Conductors:
    """Return the way to the cases' conductors that the settings describe."""
    timeout = timedelta(seconds=settings.workflow_task_timeout)
    return Conductors(client, settings.task_queue, timeout, settings.temporal_labels)


def ports_of(parts: Parts) -> Ports:
    """Return what activities get."""
    return Ports(
        store=parts.store,
        cases=parts.cases,
        files=parts.files,
        world=parts.world,
        press=parts.press,
        endpoints=parts.endpoints,
        web=parts.web,
    )


def _worker(
    settings: Settings, parts: Parts, client: Client, threads: ThreadPoolExecutor
) -> Worker:
    services = max(1, settings.pool_size // 4)  # threads for service work; the others decide
    return Worker(
        client,
        task_queue=settings.task_queue,
        workflows=WORKFLOWS,
        activities=roster(ports_of(parts)),
        activity_executor=threads,
        workflow_runner=_runner(settings),
        max_cached_workflows=settings.max_cached_workflows,
        max_concurrent_activities=services,
        max_concurrent_local_activities=settings.pool_size - services,
        graceful_shutdown_timeout=GRACE,
        sticky_queue_schedule_to_start_timeout=STICKY,
    )


def _runner(settings: Settings) -> WorkflowRunner:
    return SandboxedWorkflowRunner() if settings.workflow_sandbox else UnsandboxedWorkflowRunner()
