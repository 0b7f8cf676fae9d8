"""One step of a process: pure functions from a marking to a `Move`.

    begin → (complete | fire | deliver | signal | fail | look)* → the move whose `ended` is true

`variables` are what conditions read, given anew at each step; nothing is remembered but the
marking. The game stops at every task: `Move.automatic` are those for which nobody is waited
(service, rule, send and abstract tasks); the caller does their effect, if any, and completes them
in the same append. `Move.error` names what ended the run: an error nobody caught, or a failure that
a sound diagram never has (`gateway.no_flow`, `run.too_long`); its marking is the one before the
step.
"""

from collections.abc import Callable, Mapping
from typing import Any

from domain.kernel.errors import EngineError
from domain.process import drive
from domain.process.elements import messages, signals, starting, tasks
from domain.process.feel import Value
from domain.process.machine import Machine, Outcome, RunError
from domain.process.marking import Marking, Wait
from domain.process.model import AUTOMATIC, TASKS, Definition
from domain.process.moves import Closed, Move, Step

Variables = Mapping[str, Value]


class _Case:
    """A real case: one process, whose tasks the caller does, unless a table does them."""

    open_world = False

    def __init__(self, definition: Definition, variables: Variables) -> None:
        self._nodes, self._variables = definition.nodes, variables
        self.assigned = dict[str, Value]()

    def variables(self, root: str) -> Variables:  # noqa: ARG002  – all scopes of a case share its facts
        return {**self._variables, **self.assigned} if self.assigned else self._variables

    def assign(self, root: str, target: str, value: Value) -> None:  # noqa: ARG002  – the same
        self.assigned[target] = value

    def work(self, wait: Wait, root: str) -> Outcome | None:  # noqa: ARG002  – the same
        """End a task that asks a table; leave every other to the caller."""
        return Outcome() if self._nodes[wait.element].decision is not None else None


def begin(definition: Definition, process: str, variables: Variables) -> Move:
    """Start a process and move its tokens until they wait.

    Raises:
        EngineError: the definition has no such process.
    """
    if process not in definition.processes:
        raise EngineError(f"{definition.file} has no process {process}")
    return _move(definition, Marking(), variables, lambda m: starting.begin_process(m, process))


def complete(definition: Definition, marking: Marking, wait_id: str, variables: Variables) -> Move:
    """The work of a task is done.

    Raises:
        EngineError: no task with that id is open.
    """
    wait = _task(marking, wait_id)
    return _move(
        definition, marking, variables, lambda machine: tasks.end(machine, wait, Outcome())
    )


def fire(definition: Definition, marking: Marking, wait_id: str, variables: Variables) -> Move:
    """The time of a timer has come, or the condition or signal of another open event.

    Raises:
        EngineError: no event with that id is open.
    """
    wait = marking.wait(wait_id)
    if wait is None or wait.kind in ("event_gateway", "multiple") or _is_task(wait):
        raise EngineError(f"no event {wait_id} is open")
    return _move(definition, marking, variables, lambda machine: drive.trigger(machine, wait_id))


def deliver(
    definition: Definition, marking: Marking, message: str, variables: Variables
) -> Move | None:
    """A message (its id or name) arrives; None when nobody waits for it."""
    found = definition.message(message)
    waits = (w for w in marking.waits if w.kind in ("message", "receive") and w.ref == found)
    if found is None or next(waits, None) is None:
        return None
    return _move(definition, marking, variables, lambda machine: messages.arrive(machine, found))


def fail(
    definition: Definition, marking: Marking, wait_id: str, error_code: str, variables: Variables
) -> Move:
    """The work of a task ends with a BPMN error.

    Raises:
        EngineError: no task with that id is open.
    """
    wait = _task(marking, wait_id)
    outcome = Outcome(error=error_code)
    return _move(definition, marking, variables, lambda machine: tasks.end(machine, wait, outcome))


def escalate(
    definition: Definition, marking: Marking, wait_id: str, code: str, variables: Variables
) -> Move:
    """The work of a task is done, and ends with an escalation, which nobody need catch.

    Raises:
        EngineError: no task with that id is open.
    """
    wait = _task(marking, wait_id)
    outcome = Outcome(escalate=code)
    return _move(definition, marking, variables, lambda machine: tasks.end(machine, wait, outcome))


def signal(
    definition: Definition, marking: Marking, signal: str, variables: Variables
) -> Move | None:
    """A signal (its id or name) reaches all who wait for it; None when nobody does."""
    found = definition.signal(signal)
    waits = (w for w in marking.waits if w.kind == "signal" and w.ref == found)
    if found is None or next(waits, None) is None:
        return None
    return _move(definition, marking, variables, lambda machine: signals.reach(machine, found))


def waits_of(stored: Mapping[str, Any]) -> tuple[Wait, ...]:
    """Return the open waits of a marking as a case keeps it: as JSON, empty once it has ended."""
    return Marking.from_json(stored).waits if stored else ()


def look(definition: Definition, marking: Marking, variables: Variables) -> Move:
    """The facts may have changed: let conditional events happen whose condition is now true."""
    return _move(definition, marking, variables, lambda _machine: None)


def cancel_all(definition: Definition, marking: Marking) -> Move:
    """The case is ended from outside: every token and wait is cancelled."""
    machine = Machine(definition, marking, _Case(definition, {}))
    for scope in [scope.id for scope in marking.scopes if scope.parent is None]:
        machine.cancel_activity(scope)
    return Move(
        marking=Marking(next=marking.next),
        steps=tuple(machine.steps),
        closed=tuple(machine.closed),
        ended=True,
    )


def _move(
    definition: Definition,
    marking: Marking,
    variables: Variables,
    act: Callable[[Machine], object],
) -> Move:
    case = _Case(definition, variables)
    machine = Machine(definition, marking, case)
    try:
        act(machine)
        drive.run(machine)
    except RunError as error:
        return Move(
            marking=marking,
            taken=tuple(machine.taken),
            steps=tuple(machine.steps),
            closed=tuple(machine.closed),
            assigned=case.assigned,
            ended=True,
            error=error.code,
        )
    opened = machine.opened
    after = machine.freeze()
    return Move(
        marking=after,
        taken=tuple(machine.taken),
        steps=tuple(machine.steps),
        opened=opened,
        closed=tuple(machine.closed),
        automatic=tuple(wait for wait in opened if wait.kind in AUTOMATIC),
        thrown=tuple(machine.thrown),
        assigned=case.assigned,
        ended=after.ended,
        terminated=machine.terminated,
    )


def _is_task(wait: Wait) -> bool:
    return wait.role == "token" and wait.kind in TASKS


def _task(marking: Marking, wait_id: str) -> Wait:
    wait = marking.wait(wait_id)
    if wait is None or not _is_task(wait):
        raise EngineError(f"no task {wait_id} is open")
    return wait


__all__ = [
    "Closed", "Definition", "Marking", "Move", "Step", "Variables", "Wait",
    "begin", "cancel_all", "complete", "deliver", "escalate", "fail", "fire", "look",
    "signal", "waits_of",
]  # fmt: skip
