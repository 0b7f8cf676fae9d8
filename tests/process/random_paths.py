"""Random paths through a process, gone side by side: never interrupted, and restarted at each step.

The straight run keeps one machine in motion from beginning to end. The restarted run has nothing
but text: after each step what moved is written as the event `process.moved`, folded into a case,
the case written as its row has it, and both read back; the definition is read anew from its file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Literal

from domain.case.actor import LAW
from domain.case.envelope import Meta
from domain.case.events import CaseOpened, ProcessMoved
from domain.case.evolve import case_from_json, case_to_json, evolve
from domain.case.state import Case, Party
from domain.kernel.canonical import canonical
from domain.kernel.events import decode, encode
from domain.process import drive, game
from domain.process.assemble import assemble
from domain.process.elements import messages, starting, tasks
from domain.process.feel import Value
from domain.process.game import Move
from domain.process.machine import Machine, Outcome, RunError
from domain.process.marking import Marking, Wait
from domain.process.model import TASKS, Definition
from infra.bpmn_xml.reader import read
from tests.process.random_blocks import CHOICES, LISTED
from tests.process.random_models import MAIN

WILD = 200  # steps in which anything may happen; then no loop goes on and no new event comes
MOST_STEPS = 2_000  # of one path
NOW = datetime(2024, 5, 6, tzinfo=UTC)
META = Meta(case="c", actor=LAW, channel="law", command="c", cause="c", cite="",
            received_at=NOW, effective_at=NOW, wall=NOW)  # fmt: skip
PARTY = Party(organisation="o", name="n")
OPENED = CaseOpened(case="c", number="n", procedure="filing", variant="hunan",
                    jurisdiction="430100", definition="", applicant=PARTY)  # fmt: skip


@dataclass(frozen=True)
class Act:
    """One thing that happens: to a wait, or from outside; and what conditions read from then on."""

    what: Literal["begin", "complete", "fail", "fire", "deliver", "look"]
    which: str = ""  # a wait, or a message
    code: str = ""  # of an error
    variables: Mapping[str, Value] = field(default_factory=dict)


def walk(data: bytes, definition: Definition, seed: int) -> int:
    """Go one random way to its end both ways; return its steps.

    Raises:
        AssertionError: the two differ, or the way has no end.
    """
    chance = Random(seed)  # noqa: S311  – paths, no secrets
    straight, again = Straight(definition), reread(data)
    act, before = Act("begin", variables=known(chance)), Marking()
    for number in range(MOST_STEPS):
        move = played(again, restored(definition.hash, before), act)
        straight.play(act)
        straight.compare(move)
        assert move.error is None, f"step {number}, {act}: {move.error}"
        check_moved(before, move)
        if move.ended:
            assert not move.marking.waits
            assert not move.marking.joins
            return number + 1
        before = move.marking
        act = next_act(definition, before, chance, calm=number > WILD)
    raise AssertionError(f"no end after {MOST_STEPS} steps at {before.open}")


def ends(definition: Definition, seed: int) -> None:
    """Go one random way to its end.

    Raises:
        AssertionError: it fails, or has no end.
    """
    chance = Random(seed)  # noqa: S311  – paths, no secrets
    move = played(definition, Marking(), Act("begin", variables=known(chance)))
    for number in range(MOST_STEPS):
        assert move.error is None, move.error
        if move.ended:
            return
        act = next_act(definition, move.marking, chance, calm=number > WILD)
        move = played(definition, move.marking, act)
    raise AssertionError(f"no end after {MOST_STEPS} steps at {move.marking.open}")


def known(chance: Random, *, calm: bool = False) -> dict[str, Value]:
    return {"choice": 1 if calm else chance.randrange(CHOICES), "list": list(LISTED)}


def next_act(
    definition: Definition, marking: Marking, chance: Random, *, calm: bool = False
) -> Act:
    """Return one of all things that may happen next; who stands in the way is more often asked."""
    waits = [wait for wait in marking.waits if wait.kind not in ("event_gateway", "multiple")]
    ahead = [wait for wait in waits if wait.role in ("token", "choice", "part")]
    assert ahead, f"nothing can happen any more at {marking.open}"
    wait = chance.choice(ahead if calm or chance.random() < 0.75 else waits)
    variables = known(chance, calm=calm)
    if definition.conditional and chance.random() < 0.1:
        return Act("look", variables=variables)
    if wait.kind in ("message", "receive") and chance.random() < 0.5:  # to whoever waits longest
        return Act("deliver", wait.ref or "", variables=variables)
    if not (wait.role == "token" and wait.kind in TASKS):
        return Act("fire", wait.id, variables=variables)
    code = catchable(definition, wait)
    if code is not None and chance.random() < 0.3:
        return Act("fail", wait.id, code, variables)
    return Act("complete", wait.id, variables=variables)


def catchable(definition: Definition, task: Wait) -> str | None:
    """Return the code of an error that an event at this task catches; None without one."""
    guards = definition.boundaries.get(task.element, ())
    codes = (one.event.ref for one in guards if one.event.trigger == "error")
    return next(codes, None)


def played(definition: Definition, marking: Marking, act: Act) -> Move:
    """Let one thing happen to a marking."""
    match act.what:
        case "begin":
            return game.begin(definition, MAIN, act.variables)
        case "complete":
            return game.complete(definition, marking, act.which, act.variables)
        case "fail":
            return game.fail(definition, marking, act.which, act.code, act.variables)
        case "fire":
            return game.fire(definition, marking, act.which, act.variables)
        case "deliver":
            move = game.deliver(definition, marking, act.which, act.variables)
            assert move is not None
            return move
        case "look":
            return game.look(definition, marking, act.variables)


@dataclass
class Straight:
    """A run that is never put down: one machine, kept in motion."""

    definition: Definition
    open_world: bool = False
    known: Mapping[str, Value] = field(default_factory=dict)
    assigned: dict[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Stand at no mark yet."""
        self.machine = Machine(self.definition, Marking(), self)
        self.error: str | None = None

    def variables(self, root: str) -> Mapping[str, Value]:  # noqa: ARG002  – one process
        """Return what conditions read."""
        return {**self.known, **self.assigned}

    def assign(self, root: str, target: str, value: Value) -> None:  # noqa: ARG002  – the same
        """Set a variable, for the rest of this step."""
        self.assigned[target] = value

    def work(self, wait: Wait, root: str) -> None:
        """Leave every task to the caller."""

    def play(self, act: Act) -> None:
        """Let one thing happen, in the machine as it stands."""
        machine, self.known, self.assigned = self.machine, act.variables, {}
        machine.steps, machine.taken, machine.thrown, machine.entered = [], [], [], 0
        try:
            self._act(act)
            drive.run(machine)
        except RunError as error:
            self.error = error.code

    def compare(self, move: Move) -> None:
        """Stand where `move` stands, after the same steps.

        Raises:
            AssertionError: it differs.
        """
        machine = self.machine
        assert self.error == move.error
        assert tuple(machine.steps) == move.steps
        if move.error is None:
            assert machine.freeze() == move.marking
            assert tuple(machine.taken) == move.taken
            assert tuple(machine.thrown) == move.thrown
            assert self.assigned == move.assigned
            assert machine.terminated == move.terminated

    def _act(self, act: Act) -> None:
        machine = self.machine
        match act.what:
            case "begin":
                starting.begin_process(machine, MAIN)
            case "complete":
                tasks.end(machine, machine.waits[act.which], Outcome())
            case "fail":
                tasks.end(machine, machine.waits[act.which], Outcome(error=act.code))
            case "fire":
                drive.trigger(machine, act.which)
            case "deliver":
                messages.arrive(machine, act.which)
            case "look":
                pass


def restored(definition: str, marking: Marking) -> Marking:
    """Return a marking as a restart finds it: in the event of the append, and in the case's row."""
    moved = ProcessMoved(definition=definition, taken=(), tokens=marking.to_json())
    type_, schema, data = encode(moved)
    event = decode(type_, schema, json.loads(canonical(data)))
    row = json.loads(canonical(case_to_json(evolve(opened(), event, META, 2))))
    case = case_from_json(row)
    assert isinstance(event, ProcessMoved)
    assert case.marking == event.tokens
    return Marking.from_json(case.marking)


def opened() -> Case:
    """Return a case that has just been opened."""
    return evolve(None, OPENED, META, 1)


def reread(data: bytes) -> Definition:
    """Return the definition of a file, read anew."""
    drawing = read(data, "again.bpmn").drawing
    assert drawing is not None
    return assemble(drawing)


def check_moved(before: Marking, move: Move) -> None:
    """What was opened and closed is the difference of the two markings."""
    old, new = {wait.id for wait in before.waits}, {wait.id for wait in move.marking.waits}
    assert {wait.id for wait in move.opened} == new - old
    assert {one.wait.id for one in move.closed} == old - new
