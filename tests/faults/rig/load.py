"""Clients that never rest: each takes one filing after another from application to receipt."""

import threading
from random import Random
from types import TracebackType
from typing import Self

from tests.faults.rig import filings
from tests.faults.rig.history import FINAL
from tests.faults.rig.office import NO_ANSWER, Office
from tests.faults.rig.trial import Trial
from tests.faults.rig.waiting import until

PROGRESS_WITHIN = 60.0  # seconds until something is decided, whatever was killed
JOIN_WITHIN = 90.0  # seconds for the last filing


class Load:
    """Runs while the block lasts; leaving it lets every client finish its filing."""

    def __init__(self, trial: Trial, clients: int = 2) -> None:
        """Prepare clients, each with a tenant of its own."""
        self._trial = trial
        self._ended = threading.Event()
        self._faults: list[BaseException] = []
        self._threads = [
            threading.Thread(target=self._work, args=(trial.office(), trial.chance.random()))
            for _ in range(clients)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(JOIN_WITHIN)
        if error is None:
            assert not any(one.is_alive() for one in self._threads), "a client never ends"
            self._raise()

    def progress(self, count: int = 1) -> None:
        """Wait until `count` more acts have an outcome.

        Raises:
            StuckError: nothing moves.
        """
        goal = self._trial.history.count(*FINAL) + count

        def reached() -> bool:
            return bool(self._faults) or self._trial.history.count(*FINAL) >= goal

        until(reached, "the clients' acts are decided", seconds=PROGRESS_WITHIN)
        self._raise()

    def _raise(self) -> None:
        if self._faults:
            raise self._faults[0]

    def _work(self, office: Office, seed: float) -> None:
        chance = Random(seed)  # noqa: S311  – choices, no secrets
        try:
            while not self._ended.is_set():
                case = filings.whole(office, chance)[0].case
                _read(office, case)
        except BaseException as fault:  # noqa: BLE001  – handed to the test's own thread
            self._faults.append(fault)


def _read(office: Office, case: str) -> None:
    try:
        office.read(case)
    except NO_ANSWER:
        return  # a reader whose server was killed has seen nothing
