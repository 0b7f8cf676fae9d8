"""Plays a diagram on a virtual clock: the same game as in a real case, by a script.

When nothing can move, the clock jumps to the next timer, end of work or arrival; equal instants go
in the order in which they were begun, arrivals last. Between two jumps nothing is remembered but
the marking, the variables and the agenda.
"""

import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from domain.process import drive
from domain.process.elements import messages, signals, starting, tasks
from domain.process.feel import CALENDAR, Value
from domain.process.machine import MAX_NODES, Machine, RunError
from domain.process.marking import Marking, Wait
from domain.process.model import Definition
from domain.process.records import LogLine, Records
from domain.process.script import Arrival, Script
from domain.process.world import World

Status = Literal["error", "running", "stuck", "terminated", "escalated", "completed"]
LawTimer = Callable[[str, datetime], datetime | None]  # (law key, start) → due; None: no rule
Relay = Callable[[Marking], Marking]  # what happens to the marking between two steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """How a run went."""

    status: Status
    error: str | None
    failed: str  # the element at which it failed, where one is known
    trace: tuple[str, ...]
    variables: Mapping[str, Value]
    open: tuple[str, ...]
    overlaps: tuple[tuple[str, str], ...]
    clock: timedelta
    log: tuple[LogLine, ...]
    marking: Marking


@dataclass(frozen=True, slots=True, order=True)
class _Due:
    """Something that will happen: `late` puts arrivals behind all else of the same instant."""

    at: datetime
    late: bool
    number: int
    what: str  # id of a wait, or the number of an arrival


def simulate(
    definition: Definition,
    script: Script,
    law: LawTimer | None = None,
    relay: Relay = lambda marking: marking,
) -> Played:
    """Play a script to its end; the same script always goes the same way."""
    return _Play(definition, script, law, relay).play()


class _Play:
    def __init__(
        self, definition: Definition, script: Script, law: LawTimer | None, relay: Relay
    ) -> None:
        self.definition, self.script = definition, script
        self.law, self.relay = law, relay
        self.world = World(definition, script)
        self.marking = Marking()
        self.now, self.end = script.start, _end(script)
        self.records = Records(definition)
        self.agenda: list[_Due] = []
        self.root = ""  # the process named last
        self.nodes_left = MAX_NODES
        self.terminated = False
        self.unheard: list[str] = []
        self._count = 0

    def play(self) -> Played:
        try:
            for arrival in self.script.arrivals:
                self._plan(arrival.at.after(self.now), str(self._count), late=True)
            self._step(self._begin)
            while self._next():
                pass
        except RunError as error:
            return self._played("error", error.code, error.element)
        except OverflowError:  # a time beyond the year 9999
            return self._played("error", "run.too_long")
        return self._played(self._status(), self.unheard[0] if self.unheard else None)

    def _begin(self, machine: Machine) -> None:
        for process in self.script.processes:
            self.root = starting.begin_process(machine, process)

    def _next(self) -> bool:
        """Do what is due next; return whether there was something before the clock stops."""
        open_ = {wait.id for wait in self.marking.waits}
        self.agenda = [due for due in self.agenda if due.late or due.what in open_]
        heapq.heapify(self.agenda)
        if not self.agenda:
            return False
        if self.end is not None and self.agenda[0].at > self.end:
            self.now = self.end
            return False
        due = heapq.heappop(self.agenda)
        self.now = max(self.now, due.at)
        self.world.now = self.now
        if due.late:
            arrival = self.script.arrivals[int(due.what)]
            self._step(lambda machine: self._arrive(machine, arrival))
        elif due.what in self.world.begun:
            self._step(lambda machine: self._work_done(machine, due.what))
        else:
            self._step(lambda machine: drive.trigger(machine, due.what))
        return True

    def _arrive(self, machine: Machine, arrival: Arrival) -> None:
        self.world.everywhere(arrival.set)
        if arrival.kind == "signal":
            signals.reach(machine, arrival.ref)
        elif not messages.arrive(machine, arrival.ref):
            machine.kept.append(arrival.ref)

    def _work_done(self, machine: Machine, which: str) -> None:
        wait = machine.waits[which]
        job = self.world.begun.pop(which)
        tasks.end(machine, wait, self.world.done(job, machine.root(wait.scope)))

    def _step(self, act: Callable[[Machine], None]) -> None:
        """Act on the marking, move until all tokens wait, and plan what was opened."""
        machine = Machine(self.definition, self.relay(self.marking), self.world)
        try:
            machine.budget = self.nodes_left
            act(machine)
            drive.run(machine)
        finally:
            self.nodes_left -= machine.entered
            self.records.add(machine.steps, self.now - self.script.start)
        self.terminated |= machine.terminated
        self.unheard += machine.unheard
        self.marking = machine.freeze()
        for wait in machine.opened:
            self._plan_wait(wait)

    def _plan_wait(self, wait: Wait) -> None:
        if wait.timer is not None and wait.timer.kind == "law":
            due = self.law(wait.timer.text, self.now) if self.law is not None else None
            if due is None:
                raise RunError("law.no_rule", wait.element)
            self._plan(due, wait.id)
        elif wait.timer is not None:
            self._plan(wait.timer.due(self.now), wait.id)
        elif (job := self.world.begun.get(wait.id)) is not None and job.wait != "forever":
            self._plan(job.wait.after(self.now) if job.wait else self.now, wait.id)

    def _plan(self, at: datetime, what: str, *, late: bool = False) -> None:
        heapq.heappush(self.agenda, _Due(at, late, self._count, what))
        self._count += 1

    def _status(self) -> Status:
        if not self.marking.ended:
            return "running" if self.agenda else "stuck"
        if self.terminated:
            return "terminated"
        return "escalated" if self.unheard else "completed"

    def _played(self, status: Status, error: str | None, failed: str = "") -> Played:
        clock = self.now - self.script.start
        return Played(
            status=status,
            error=error,
            failed=failed,
            trace=tuple(self.records.trace),
            variables=_told(self.world.variables(self.root)),
            open=() if status == "error" else self.marking.open,
            overlaps=self.records.overlaps(clock),
            clock=clock,
            log=tuple(self.records.log),
            marking=Marking() if status == "error" else self.marking,
        )


def _end(script: Script) -> datetime | None:
    """Return when the clock stops; None: never, or beyond the year 9999."""
    try:
        return script.until.after(script.start) if script.until is not None else None
    except OverflowError:
        return None


def _told(variables: Mapping[str, Value]) -> Mapping[str, Value]:
    return {name: value for name, value in variables.items() if name != CALENDAR}
