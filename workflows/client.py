"""How processes reach the conductor of a case. Only ids travel."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import (
    SearchAttributeKey,
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import TemporalError
from temporalio.service import RPCError, RPCStatusCode

from domain.case.turn import Turn
from domain.procedures import table

# What a server answers whose run is handing over, full or restarting: the same send may go through.
PASSING = (
    RPCStatusCode.FAILED_PRECONDITION,
    RPCStatusCode.ABORTED,
    RPCStatusCode.RESOURCE_EXHAUSTED,
)
PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4)  # seconds before another try
TASK_TIMEOUT = timedelta(seconds=10)
PROCEDURE = SearchAttributeKey.for_keyword("AnjuanProcedure")


@dataclass(frozen=True, slots=True)
class Conductors:
    """The conductors of all cases. A case without one gets one when it is spoken to."""

    client: Client
    task_queue: str
    task_timeout: timedelta = TASK_TIMEOUT  # before a silent worker's task is given to another
    labelled: bool = False  # the namespace has our search attributes

    async def take(self, procedure: str, case_id: str, command_id: str) -> Turn:
        """Have a stored command decided; return the turn with its outcome.

        Repeats answer the first outcome, so what meets a run that is just handing over is sent
        again. The caller bounds the time (`asyncio.timeout`).

        Raises:
            TemporalError: it is not known whether the command was decided; it lies in the store.
        """
        for pause in PAUSES:
            try:
                return await self._submit(procedure, case_id, command_id)
            except RPCError as error:
                if error.status not in PASSING:
                    raise
                await asyncio.sleep(pause)  # noqa: TID251  – between two sends, not for law
        return await self._submit(procedure, case_id, command_id)

    async def _submit(self, procedure: str, case_id: str, command_id: str) -> Turn:
        start = WithStartWorkflowOperation[object, int](
            table.procedure(procedure).workflow,
            case_id,
            id=case_id,
            task_queue=self.task_queue,
            task_timeout=self.task_timeout,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,  # a fresh run answers for an end
            search_attributes=self._labels(procedure),
            static_summary=procedure,
        )
        try:
            turn: Turn = await self.client.execute_update_with_start_workflow(
                "submit",
                command_id,
                id=command_id,
                result_type=Turn,
                start_workflow_operation=start,
            )
        except TemporalError:
            with suppress(TemporalError, asyncio.CancelledError):
                await start.workflow_handle()  # has failed alike: unheeded, asyncio would log it
            raise
        return turn

    async def submit(self, procedure: str, case_id: str, command_id: str) -> None:
        """Have a stored command decided; return when it has its outcome.

        Raises:
            TemporalError: as `take`.
        """
        await self.take(procedure, case_id, command_id)

    async def wake(self, procedure: str, case_id: str) -> None:
        """Have the case look again; return as soon as Temporal knows it.

        Raises:
            TemporalError: Temporal may not know it.
        """
        await self.client.start_workflow(
            table.procedure(procedure).workflow,
            case_id,
            id=case_id,
            task_queue=self.task_queue,
            task_timeout=self.task_timeout,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            search_attributes=self._labels(procedure),
            static_summary=procedure,
            start_signal="wake",
        )

    def _labels(self, procedure: str) -> TypedSearchAttributes | None:
        if not self.labelled:
            return None
        return TypedSearchAttributes([SearchAttributePair(PROCEDURE, procedure)])
