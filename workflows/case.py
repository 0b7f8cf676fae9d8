"""The conductor of a case: one turn at a time, asleep in between. It knows no procedure, no law."""

import asyncio
from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import FailureError

with workflow.unsafe.imports_passed_through():
    from activities.advance import Advance
    from domain.case.turn import Job, Turn
    from workflows import policies


class CaseWorkflow:
    """Conducts one case; `procedures.py` subclasses it per workflow type.

    A run holds ids and counters only. What happens to it – lost, doubled, restarted – changes
    nothing in the case: the store holds that.
    """

    @workflow.init
    def __init__(self, case_id: str) -> None:
        self._case_id, self._turn, self._lock = case_id, Turn(), asyncio.Lock()
        self._nudges, self._heard = 1, 0  # a fresh run is due: it finds its place in the store
        self._taken = 0  # commands taken by this run
        self._wake_at: float | None = None  # the next deadline, in seconds of workflow time
        self._served: list[Job] = []  # jobs somebody is at work on
        self._failed: list[Job] = []  # jobs that failed in this run

    async def conduct(self, case_id: str) -> int:
        """Look, serve, sleep; end with the case, or hand over to a fresh run.

        Returns the version at which the case ended.
        """
        await asyncio.gather(self._watch(), self._serve_jobs())
        await workflow.wait_condition(workflow.all_handlers_finished)
        if not self._ended():  # asked again: the last handler may have ended the case
            workflow.continue_as_new(case_id)
        return self._turn.version

    @workflow.update(name="submit")
    async def submit(self, command_id: str) -> Turn:
        """Take the stored command `command_id`; a repeat answers the first outcome.

        Raises:
            ApplicationError: not decided; the command waits in the store and is taken later.
        """
        try:
            return await self._advance(command_id)
        except FailureError:
            self._nudges += 1  # the watch takes it from here
            raise
        finally:
            self._taken += 1

    @workflow.signal(name="wake")
    def wake(self) -> None:
        """Look again: the reconciler, a linked case or the sandbox clock says something is due."""
        self._nudges += 1

    @workflow.query(name="position")
    def position(self) -> Turn:
        """Return where the case stood at the last look."""
        return self._turn

    async def _advance(self, command_id: str | None = None) -> Turn:
        async with self._lock:  # one decision at a time, in order of arrival
            if command_id is None and self._heard == self._nudges:
                return self._turn  # somebody looked while this one waited for the lock
            nudges = self._nudges  # read before the await: a nudge during it is not yet heard
            turn = await workflow.execute_local_activity_method(
                Advance.advance, args=[self._case_id, command_id], **policies.ADVANCE
            )
            self._turn = turn
            if command_id is None or not turn.more:  # a command looks no further than itself
                self._heard = nudges
            wake_after = turn.wake_after
            self._wake_at = None if wake_after is None else workflow.time() + wake_after
            workflow.set_current_details(
                f"{turn.number} · {turn.stage} · {turn.waiting_for} · {turn.until}"
            )
            return turn

    async def _watch(self) -> None:
        failures = 0
        while not self._leaving():
            try:
                while self._heard < self._nudges:
                    await self._advance()
                failures = 0
            except FailureError:  # a Defect, or a long outage: wait for the repair, never fail
                workflow.logger.exception("case.stuck")
                failures += 1
            await self._sleep(policies.repair(failures) if failures else None)

    async def _sleep(self, longest: timedelta | None) -> None:
        seen, armed = self._nudges, self._wake_at
        seconds = None if armed is None else armed - workflow.time()
        nap = policies.nap(seconds, longest, workflow.random().random())

        def stirs() -> bool:  # unless the next wake-up moves earlier, the timer is left alone
            earlier = policies.overtakes(self._wake_at, armed)
            return self._nudges > seen or earlier or self._leaving()

        try:
            await workflow.wait_condition(
                stirs, timeout=nap, timeout_summary=self._turn.deadline or "repair"
            )
        except TimeoutError:
            self._nudges += 1

    async def _serve_jobs(self) -> None:
        await workflow.wait_condition(lambda: self._leaving() or bool(self._unserved()))
        if self._leaving():
            return
        job = self._unserved()[0]
        self._served.append(job)
        await asyncio.gather(self._serve(job), self._serve_jobs())  # beside the wait for the next

    def _unserved(self) -> list[Job]:
        return [job for job in self._turn.jobs if job not in self._served]

    async def _serve(self, job: Job) -> None:
        while job in self._turn.jobs and not self._leaving():
            try:  # unique key: a second time adds nothing
                policy = policies.service(job.activity)
                work = workflow.start_activity(
                    job.activity, job.key, result_type=str, summary=job.key, **policy
                )
                if not await self._done_in_time(work):
                    break  # still queued: the next run asks for it again
                await self._advance(await work)  # the activity stored its report as a command
            except FailureError:  # a dead service delays only itself
                workflow.logger.exception("job.failed")
            if job in self._turn.jobs:
                self._failed.append(job)
                await self._rest(job)
        self._served.remove(job)

    async def _done_in_time(self, work: workflow.ActivityHandle[str]) -> bool:
        """Wait for service work, but not beyond the length of a run."""
        await workflow.wait_condition(lambda: work.done() or self._long())
        return work.done()

    async def _rest(self, job: Job) -> None:
        """Wait before another try, until the time for repair is over or somebody nudges."""
        seen = self._nudges
        try:
            await workflow.wait_condition(
                lambda: self._nudges > seen or self._leaving(),
                timeout=policies.repair(self._failed.count(job)),
                timeout_summary=job.key,
            )
        except TimeoutError:
            return

    def _ended(self) -> bool:
        return self._turn.done and not self._turn.jobs

    def _leaving(self) -> bool:
        full = self._taken >= policies.COMMANDS_PER_RUN and not self._busy()
        return self._ended() or full or self._long()

    def _long(self) -> bool:
        info = workflow.info()
        long = info.get_current_history_length() >= policies.EVENTS_PER_RUN
        return long or info.is_continue_as_new_suggested()

    def _busy(self) -> bool:
        """Say whether service work is under way: seeing it through is cheaper."""
        return any(job not in self._failed for job in self._turn.jobs)
