"""Plays the script of a run as a real case: commands through a worker, by a clock that is moved."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.case.command import Opening
from domain.case.state import Case, Deadline, Task
from domain.kernel.json import Json, JsonValue
from domain.procedures.process.values import kept
from domain.process.marking import Marking
from domain.process.model import Definition
from domain.process.script import Arrival, Job, Script
from infra.cli.process_text import Answer
from tests.conformance.reading import of_case
from tests.workflows.filing import CLERK, Office
from tests.workflows.stub import PATIENCE

Kind = Literal["task", "timer", "arrival"]
AT_ONCE, BEGUN, ARRIVING = range(3)  # what goes first of things due at one instant


class NotTakenError(Exception):
    """The case refused what the script does, by a refusal with this code."""

    def __init__(self, command: str, code: str) -> None:
        """Say which command was refused, and by which code."""
        super().__init__(f"{command}: {code}")
        self.code = code


@dataclass(frozen=True, slots=True, order=True)
class _Due:
    at: datetime
    rank: int
    number: int  # in the order in which they were begun
    kind: Kind
    id: str  # of the task or deadline, or the number of the arrival


class Player:
    """One run of a script as a case of `office`'s tenant, whose clock stands at the start."""

    def __init__(self, office: Office, definition: Definition, script: Script) -> None:
        """Take a diagram that was kept, deployed or not."""
        self._office, self._definition, self._script = office, definition, script
        self._now = script.start
        self._jobs = {task: list(jobs) for task, jobs in script.jobs.items()}
        self._taken: dict[str, Job] = {}  # outcomes, by task
        self._seen: set[str] = set()  # waits whose end is planned
        self._agenda: list[_Due] = []
        self._count = 0

    async def play(self) -> Answer:
        """Play until nothing is left to do or the script says stop; return how it went.

        Raises:
            NotTakenError: the case refused a command.
        """
        for number, arrival in enumerate(self._script.arrivals):
            self._plan(arrival.at.after(self._now), ARRIVING, "arrival", str(number))
        case = await self._started()
        while case.ended_at is None and (due := self._next(case)) is not None:
            await self._do(case.id, due)
            case = await self._office.case(case.id)
        events = await self._office.events(case.id)
        return of_case(self._definition, case, events, more=bool(self._agenda))

    async def _started(self) -> Case:
        (process,) = self._script.processes
        opening = Opening(procedure="process", variant=process, definition=self._definition.hash)
        variables = {name: kept(value) for name, value in self._script.variables.items()}
        case_id = await self._act("process.start", {"variables": variables}, opening=opening)
        return await self._office.case(case_id)

    def _next(self, case: Case) -> _Due | None:
        """Return what is due next, before the script's clock stops."""
        self._notice(case)
        open_ = {one.id for one in case.tasks if one.state == "open"}
        open_ |= {one.id for one in case.deadlines if one.state == "open"}
        self._agenda = sorted(
            one for one in self._agenda if one.kind == "arrival" or one.id in open_
        )
        until = self._script.until
        if not self._agenda or (until and self._agenda[0].at > until.after(self._script.start)):
            return None
        return self._agenda.pop(0)

    def _notice(self, case: Case) -> None:
        """Plan the end of every wait that has been opened."""
        tasks = {one.wait: one for one in case.tasks if one.state == "open"}
        clocks = {one.wait: one for one in case.deadlines if one.state == "open"}
        for wait in Marking.from_json(case.marking).waits:
            if wait.id in self._seen:
                continue
            self._seen.add(wait.id)
            if wait.id in tasks:
                self._plan_task(tasks[wait.id])
            elif wait.id in clocks:
                self._plan_clock(clocks[wait.id])

    def _plan_task(self, task: Task) -> None:
        jobs = self._jobs.get(task.element)
        job = self._taken[task.id] = jobs.pop(0) if jobs else Job()
        if job.wait is None:
            self._plan(self._now, AT_ONCE, "task", task.id)
        elif job.wait != "forever":
            self._plan(job.wait.after(self._now), BEGUN, "task", task.id)

    def _plan_clock(self, deadline: Deadline) -> None:
        assert deadline.effective is not None
        passed = deadline.effective <= self._now  # it lapses without anybody's doing
        self._plan(deadline.effective, AT_ONCE if passed else BEGUN, "timer", deadline.id)

    def _plan(self, at: datetime, rank: int, kind: Kind, which: str) -> None:
        self._agenda.append(_Due(at, rank, self._count, kind, which))
        self._count += 1

    async def _do(self, case_id: str, due: _Due) -> None:
        if due.at > self._now:
            self._now = due.at
            await self._office.move(due.at)
        if due.kind == "timer":
            await self._lapsed(case_id, due.id)
        elif due.kind == "task":
            await self._complete(case_id, due.id)
        else:
            await self._arrive(case_id, self._script.arrivals[int(due.id)])

    async def _lapsed(self, case_id: str, deadline: str) -> None:
        await self._office.conductors.wake("process", case_id)
        async with asyncio.timeout(PATIENCE):
            while _is_open(await self._office.case(case_id), deadline):
                await self._office.handle(case_id).query("position")

    async def _complete(self, case_id: str, task: str) -> None:
        job = self._taken[task]
        payload: dict[str, JsonValue] = {"task": task, "data": _sent(job)}
        if job.error is not None:
            payload["error"] = job.error
        if job.escalate is not None:
            payload["escalation"] = job.escalate
        await self._act("process.complete", payload, case_id)

    async def _arrive(self, case_id: str, arrival: Arrival) -> None:
        payload: Json = {arrival.kind: arrival.ref, "data": _sent(arrival)}
        await self._act(f"process.{arrival.kind}", payload, case_id)

    async def _act(
        self, name: str, payload: Json, case: str | None = None, opening: Opening | None = None
    ) -> str:
        stored = await self._office.received(name, payload, CLERK, case=case, opening=opening)
        case_id = stored.command.case_id
        async with asyncio.timeout(PATIENCE):
            await self._office.conductors.take("process", case_id, stored.command.id)
        outcome = await self._office.outcome(stored)
        if outcome.kind != "done":
            raise NotTakenError(name, outcome.code)
        return case_id


def _is_open(case: Case, deadline: str) -> bool:
    return any(one.id == deadline and one.state == "open" for one in case.deadlines)


def _sent(what: Job | Arrival) -> Json:
    return {name: kept(value) for name, value in what.set.items()}
