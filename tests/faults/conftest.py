"""The ground of the fault tests, and one line per case of the matrix."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from random import Random
from typing import Protocol

import pytest

from tests.faults.rig.ground import Ground, ground_in
from tests.faults.rig.trial import Trial, diagnosed

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "1"))
SEED = os.environ.get("FAULT_SEED", "") or secrets.token_hex(4)
_lines: list[str] = []


class Begin(Protocol):
    """Begins a case of the matrix; the block it guards ends with the checks."""

    def __call__(
        self, row: str, what: str, *, bare: bool = ..., cold: bool = ...
    ) -> AbstractContextManager[Trial]:
        """Have web process and worker run, unless `bare`: then the servers alone."""
        ...


@pytest.fixture(scope="session")
def ground(server_folder: Path) -> Iterator[Ground]:
    """Servers of this folder's own: they are killed here, so nobody else may share them."""
    folder = server_folder / "faults"
    folder.mkdir(mode=0o711)
    with ground_in(folder) as made:
        yield made


@pytest.fixture
def trial(
    ground: Ground, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> Begin:
    """What begins a case of the matrix, in a `with` block that ends with the checks."""

    @contextmanager
    def begin(row: str, what: str, *, bare: bool = False, cold: bool = False) -> Iterator[Trial]:
        chance = Random(f"{SEED}:{request.node.name}")  # noqa: S311  – choices, no secrets
        case = Trial(
            row=row, what=what, ground=ground, rounds=ROUNDS, chance=chance, bare=bare, cold=cold
        )
        result = f"FAILED, replay with FAULT_SEED={SEED}"
        try:
            with diagnosed(ground):
                case.stand()
                yield case
                case.check()
            result = "ok"
        finally:
            _lines.append(case.line(result))
            if ROUNDS > 1:  # a long run is followed while it lasts
                with capsys.disabled():
                    sys.stdout.write(f"\n{_lines[-1]}\n")

    return begin


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say of every case of the matrix what was done and what came of it, and how to replay it."""
    if _lines:
        terminalreporter.write_line(f"faults: FAULT_ROUNDS={ROUNDS} FAULT_SEED={SEED}")
    for line in _lines:
        terminalreporter.write_line(line, red="FAILED" in line)
