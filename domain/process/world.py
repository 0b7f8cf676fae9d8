"""The host of a played run: does the scripted work and keeps the variables of each process."""

from collections.abc import Mapping
from datetime import datetime

from domain.process.feel import Value
from domain.process.machine import Outcome
from domain.process.marking import Wait
from domain.process.model import Definition
from domain.process.script import Job, Script


class World:
    """All processes of one file, side by side; they talk to each other and messages are kept."""

    open_world = True

    def __init__(self, definition: Definition, script: Script) -> None:
        self.now: datetime = script.start
        self.begun: dict[str, Job] = {}  # work that goes on, by wait id
        self._definition = definition
        self._first = dict(script.variables)
        self._known: dict[str, dict[str, Value]] = {}
        self._jobs = {task: list(jobs) for task, jobs in script.jobs.items()}

    def variables(self, root: str) -> dict[str, Value]:
        """Return the variables of a process instance, which begin with the script's."""
        if root not in self._known:
            self._known[root] = dict(self._first)
        return self._known[root]

    def assign(self, root: str, target: str, value: Value) -> None:
        """Set a variable of a process instance."""
        self.variables(root)[target] = value

    def everywhere(self, values: Mapping[str, Value]) -> None:
        """Set variables in all processes, also those still to start."""
        for known in (self._first, *self._known.values()):
            known.update(values)

    def work(self, wait: Wait, root: str) -> Outcome | None:
        """Take the next outcome of the task; without one it is done at once."""
        if wait.kind == "receive" and wait.ref is not None:
            return None  # its message does the work
        scripted = self._jobs.get(wait.element)
        job = scripted.pop(0) if scripted else Job()
        if job.wait is None and not self._overdue(wait.element):
            return self.done(job, root)
        self.begun[wait.id] = job
        return None

    def done(self, job: Job, root: str) -> Outcome:
        """Set what a job sets and return how it ended."""
        self.variables(root).update(job.set)
        return Outcome(job.error, job.escalate)

    def _overdue(self, element: str) -> bool:
        """Whether a timer that guards the task fires the moment it begins, and so comes first."""
        guards = self._definition.boundaries.get(element, ())
        timers = (part.timer for guard in guards for part in guard.event.parts)
        return any(
            timer is not None and timer.kind != "law" and timer.due(self.now) <= self.now
            for timer in timers
        )
