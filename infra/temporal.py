"""The way to the Temporal server: connecting with patience, and speaking to it from threads."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from temporalio.api.failure.v1 import Failure
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, RegisterNamespaceRequest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.converter import DataConverter, DefaultFailureConverter, PayloadConverter
from temporalio.exceptions import TemporalError
from temporalio.runtime import (
    LogForwardingConfig,
    LoggingConfig,
    Runtime,
    TelemetryConfig,
    TelemetryFilter,
)
from temporalio.service import RPCError, RPCStatusCode
from typing_extensions import override

from infra.settings import Settings

log = structlog.get_logger("anjuan.temporal")
RPC_WITHIN = timedelta(seconds=5)
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0  # seconds between two attempts to connect
RETENTION = timedelta(days=3)  # of ended runs: the events are the record, not Temporal
AT_ONCE = 20  # signals under way at once
Result = TypeVar("Result")
Wake = Callable[[str, str], Awaitable[None]]  # procedure, case id


class CodesOnly(DefaultFailureConverter):
    """Keeps texts and traces out of Temporal: of a failure only its code is written.

    The second wall behind `activities.failures`, for what fails outside of an activity.
    """

    @override
    def to_failure(
        self, exception: BaseException, payload_converter: PayloadConverter, failure: Failure
    ) -> None:
        super().to_failure(exception, payload_converter, failure)
        found: Failure | None = failure
        while found is not None:
            found.stack_trace = ""
            if found.HasField("application_failure_info"):
                found.message = found.application_failure_info.type
            found = found.cause if found.HasField("cause") else None


CONVERTER = DataConverter(failure_converter_class=CodesOnly)


async def connect(settings: Settings, *, within: float | None = None) -> Client:
    """Return a client of the namespace, which is made when there is none.

    Tries again for `within` seconds; None: for ever, as a worker does. Connect in the running
    loop, after any fork.

    Raises:
        RPCError: the server refuses, or does not answer in time.
        RuntimeError: the server cannot be reached in time.
    """
    pause, ends = FIRST_PAUSE, asyncio.get_running_loop().time() + (within or 0.0)
    while True:
        try:
            client = await Client.connect(
                settings.temporal_address,
                namespace=settings.temporal_namespace,
                data_converter=CONVERTER,
                runtime=_runtime(),
            )
            await ensure_namespace(client)
        except (RPCError, RuntimeError) as fault:
            if within is not None and asyncio.get_running_loop().time() > ends:
                raise
            log.warning("temporal.away", fault=type(fault).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            return client


async def ensure_namespace(client: Client) -> None:
    """Make the client's namespace unless it exists.

    Raises:
        RPCError: the server refuses or does not answer.
    """
    service = client.workflow_service
    try:
        await service.describe_namespace(
            DescribeNamespaceRequest(namespace=client.namespace), timeout=RPC_WITHIN
        )
    except RPCError as fault:
        if fault.status is not RPCStatusCode.NOT_FOUND:
            raise
        request = RegisterNamespaceRequest(namespace=client.namespace)
        request.workflow_execution_retention_period.FromTimedelta(RETENTION)
        await service.register_namespace(request, timeout=RPC_WITHIN)


async def wake_all(wake: Wake, cases: Iterable[tuple[str, str]]) -> int:
    """Wake cases given as (procedure, case id), some at once; return how many Temporal took."""
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(procedure: str, case_id: str) -> bool:
        async with slots:
            try:
                async with asyncio.timeout(RPC_WITHIN.total_seconds()):
                    await wake(procedure, case_id)
            except (TemporalError, OSError, TimeoutError) as fault:
                log.warning("wake.failed", case=case_id, fault=type(fault).__name__)
                return False
            return True

    return sum(await asyncio.gather(*(one(*case) for case in cases)))


async def is_running(client: Client, case_id: str) -> bool:
    """Say whether the case has a workflow that runs, by its id and never by Visibility.

    Raises:
        RPCError: not known.
    """
    try:
        found = await client.get_workflow_handle(case_id).describe(rpc_timeout=RPC_WITHIN)
    except RPCError as fault:
        if fault.status is RPCStatusCode.NOT_FOUND:
            return False
        raise
    return found.status is WorkflowExecutionStatus.RUNNING


class Waker:
    """Wakes cases from a thread, on the event loop that holds the client."""

    def __init__(self, loop: asyncio.AbstractEventLoop, client: Client, wake: Wake) -> None:
        self._loop, self._client, self._wake = loop, client, wake

    def wake(self, cases: Iterable[tuple[str, str]]) -> int:
        """Wake cases given as (procedure, case id); return how many Temporal took."""
        return self._done(wake_all(self._wake, cases))

    def runs(self, case_id: str) -> bool:
        """Say whether the case has a workflow that runs.

        Raises:
            RPCError: not known.
        """
        return self._done(is_running(self._client, case_id))

    def _done(self, work: Coroutine[Any, Any, Result]) -> Result:
        try:
            asked = asyncio.run_coroutine_threadsafe(work, self._loop)
        except RuntimeError:  # the loop has ended, and this thread will
            work.close()
            raise
        return asked.result()


_made: list[Runtime] = []


def _runtime() -> Runtime:
    """Return the one runtime of this process; its own warnings go to our log."""
    if not _made:
        forwarding = LogForwardingConfig(logger=logging.getLogger("temporalio.core"))
        telemetry = TelemetryConfig(
            logging=LoggingConfig(
                filter=TelemetryFilter(core_level="WARN", other_level="ERROR"),
                forwarding=forwarding,
            )
        )
        _made.append(Runtime(telemetry=telemetry))
    return _made[0]
