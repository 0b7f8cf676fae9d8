"""One case of the fault matrix: what its clients did, and the checks that end it."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from tests.faults.rig.checker import violations
from tests.faults.rig.ground import Ground
from tests.faults.rig.history import History
from tests.faults.rig.office import Office
from tests.faults.rig.stuck import diagnosis, warnings
from tests.faults.rig.waiting import StuckError

Done = TypeVar("Done")


@dataclass
class Trial:
    """A case of the matrix while it runs."""

    row: str
    what: str
    ground: Ground
    rounds: int
    chance: Random
    bare: bool = False  # neither web process nor worker is needed
    cold: bool = False  # the worker keeps no workflow in memory
    history: History = field(default_factory=History)
    offices: list[Office] = field(default_factory=list)
    more: str = ""  # said at the end of its line
    _started: float = field(default_factory=time.monotonic)
    _kills: int = 0
    _threads: ThreadPoolExecutor = field(default_factory=ThreadPoolExecutor)

    def __post_init__(self) -> None:
        """Remember how many had been killed before."""
        self._kills = self.ground.kills

    def office(self, **wanted: Any) -> Office:  # noqa: ANN401  – as `Office` takes them
        """Make a tenant of its own, watched by this trial's history."""
        office = Office(lambda: self.ground.api.url, self.history, **wanted)
        self.offices.append(office)
        return office

    def aside(self, act: Callable[[], Done]) -> Future[Done]:
        """Do something in a thread of its own."""
        return self._threads.submit(act)

    @property
    def kills(self) -> int:
        """How many processes this trial has killed."""
        return self.ground.kills - self._kills

    def line(self, result: str) -> str:
        """Say in one line what was done and what came of it."""
        parts = [
            f"row {self.row:>3}  {self.what}",
            *([f"kills {self.kills}"] if self.kills else []),
            *(self._told() if self.history.acts else []),
            *([self.more] if self.more else []),
            f"{time.monotonic() - self._started:.1f} s",
            result,
        ]
        return " · ".join(parts)

    def _told(self) -> list[str]:
        count = self.history.count
        away = sum(len(act.told("unknown")) for act in self.history.acts)
        return [
            f"acts {len(self.history.acts)}",
            f"acknowledged {count('ok', 'refused', 'pending')} (done {count('ok')})",
            f"unknown {count('unknown')}",
            *([f"answered 503 {away}"] if away else []),
        ]

    def stand(self) -> None:
        """Have the processes run that this trial stands on."""
        self.ground.stand(api=not self.bare, worker=not self.bare, cold=self.cold)

    def check(self) -> None:
        """Let everything come to rest, then hold the store against what clients were told."""
        self.stand()
        self.ground.settle()
        final = self.ground.store.final([one.tenant for one in self.offices])
        found = violations(self.history, final)
        assert not found, "\n".join(found)
        self.ground.verify()


@contextmanager
def diagnosed(ground: Ground) -> Iterator[None]:
    """Add to a failed run what the processes warned of, to a stuck one all that tells why."""
    try:
        yield
    except StuckError as stuck:
        stuck.add_note(diagnosis(ground))
        raise
    except AssertionError as failed:
        failed.add_note(warnings(ground))
        raise
