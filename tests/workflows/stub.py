"""A stand-in for `case.advance`: cases whose turns a test writes down, without a store."""

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from temporalio import activity
from temporalio.exceptions import ApplicationError

from domain.case.turn import Job, Turn

PATIENCE = 60.0  # seconds a test waits for something that must happen
Change = Callable[[Turn], Turn]


@dataclass
class Scripted:
    """One case: what each command does, what a look finds, and what happened so far."""

    commands: dict[str, Change] = field(default_factory=dict)  # others raise the version only
    turn: Turn = field(default_factory=Turn)
    outcomes: dict[str, int] = field(default_factory=dict)  # version by command decided
    calls: list[str | None] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # received, but whoever sent them is gone
    faults: list[Exception] = field(default_factory=list)  # raised one by one before all else
    inside: list[str | None] = field(default_factory=list)  # calls under way
    overlaps: list[tuple[str | None, ...]] = field(default_factory=list)  # under way together


class StubAdvance:
    """Answers as the real one does: each command once, repeats with the first outcome."""

    def __init__(self) -> None:
        self.cases: defaultdict[str, Scripted] = defaultdict(Scripted)
        self.held = threading.Event()  # cleared: every advance waits
        self.held.set()
        self.lingers = 0.0  # seconds each call stays for another of its case to come in
        self._changed = threading.Condition()

    @activity.defn(name="case.advance")
    def advance(self, case_id: str, command_id: str | None) -> Turn:
        """Decide the command, or look."""
        case = self._note(case_id, command_id)
        assert self.held.wait(PATIENCE)
        with self._changed:
            self._changed.wait_for(lambda: len(case.inside) > 1, self.lingers)
            case.inside.remove(command_id)
            if case.faults:
                raise case.faults.pop(0)
            if command_id is None:
                while case.left:
                    self._decide(case, case.left.pop(0))
                return case.turn
            if command_id not in case.outcomes:
                self._decide(case, command_id)
            decided = case.outcomes[command_id]
            return replace(case.turn, outcome="done", version=decided, more=bool(case.left))

    def _decide(self, case: Scripted, command_id: str) -> None:
        moved = case.commands.get(command_id, unchanged)(case.turn)
        case.turn = replace(moved, version=moved.version + 1)
        case.outcomes[command_id] = case.turn.version

    def _note(self, case_id: str, command_id: str | None) -> Scripted:
        with self._changed:
            case = self.cases[case_id]
            case.calls.append(command_id)
            case.inside.append(command_id)
            if len(case.inside) > 1:
                case.overlaps.append(tuple(case.inside))
            self._changed.notify_all()
            return case

    def wait_for_calls(self, case_id: str, count: int) -> None:
        """Block until the case was advanced `count` times."""
        with self._changed:
            met = self._changed.wait_for(lambda: len(self.cases[case_id].calls) >= count, PATIENCE)
        assert met, f"{len(self.cases[case_id].calls)} calls, {count} expected"


class StubService:
    """Service work that can be dead; its report takes the job off the case's turn."""

    def __init__(self, stub: StubAdvance) -> None:
        self._stub = stub
        self.dead: set[str] = set()  # keys of jobs that fail
        self.served: list[str] = []
        self.free = threading.Event()  # cleared: work waits
        self.free.set()

    @activity.defn(name="notice.render")
    def render(self, key: str) -> str:
        """Report as the command `report:<key>`."""
        assert self.free.wait(PATIENCE)
        if key in self.dead:
            raise ApplicationError("service.away", type="service.away", non_retryable=True)
        self.served.append(key)
        case, report = self._stub.cases[key.partition(":")[0]], f"report:{key}"
        case.commands[report] = lambda turn: without(turn, key)
        return report


def unchanged(turn: Turn) -> Turn:
    """What a command does that moves nothing but the version."""
    return turn


def without(turn: Turn, key: str) -> Turn:
    """Return the turn when the job with that key has reported."""
    return replace(turn, jobs=[job for job in turn.jobs if job.key != key])


def asks(*keys: str) -> Change:
    """Return what a command does that leads to these jobs."""
    jobs = [Job(activity="notice.render", key=key) for key in keys]
    return lambda turn: replace(turn, jobs=[*turn.jobs, *jobs])


def ends(turn: Turn) -> Turn:
    """What the last command of a case does."""
    return replace(turn, done=True, wake_after=None)


def sleeps(seconds: float, deadline: str = "filing.acceptance") -> Change:
    """Return what a command does that starts a deadline."""
    return lambda turn: replace(turn, wake_after=seconds, deadline=deadline)
