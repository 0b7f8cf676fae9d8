"""`anjuan up` on real servers with the real processes: ready, joined, ended, killed, continued."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infra.cli.exits import Exit
from infra.cli.main import run
from infra.cli.servers import STOPS_WITHIN
from infra.local.children import alive, wait_gone
from infra.local.folder import DataFolder
from infra.local.installation import anjuan

LEAVES_WITHIN = STOPS_WITHIN  # as `down` waits


@pytest.fixture(scope="module")
def data(server_folder: Path) -> Path:
    return server_folder / "up"


def _words(data: Path, *more: str) -> tuple[str, ...]:
    return anjuan("up", *more, "--data", str(data), "--port", "0", "--no-demo")


def _own() -> dict[str, str]:
    own = {key: value for key, value in os.environ.items() if not key.startswith("ANJUAN_")}
    return own | {"PYTHONUNBUFFERED": "1"}


def _behind(data: Path) -> list[str]:
    """Run it behind; return what was said."""
    told = subprocess.run(  # noqa: S603  – ourselves
        _words(data, "--detach"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=_own(),
        check=True,
    )
    return told.stdout.splitlines()


@contextmanager
def _up(data: Path) -> Iterator[subprocess.Popen[str]]:
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # the tests run in the background of a
        signal.signal(signal.SIGINT, signal.default_int_handler)  # shell: children would ignore it
    with subprocess.Popen(  # noqa: S603  – ourselves
        _words(data), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=_own()
    ) as process:
        try:
            yield process
        finally:  # or leaving would wait for ever when a test has failed
            with contextlib.suppress(ProcessLookupError):
                process.kill()


def _ready_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    said: list[str] = []
    for line in process.stdout:
        said.append(line)
        if line.startswith("ready "):
            return line.strip()
    pytest.fail("".join(said))


def _pids(data: Path) -> dict[str, int]:
    state = DataFolder(data).state()
    assert state is not None
    return {name: pid for name, (pid, _) in state.children.items()}


def test_it_says_ready_and_sigterm_stops_all_it_started(data: Path) -> None:
    with _up(data) as process:
        assert _ready_line(process).startswith("ready http://127.0.0.1:")
        pids = _pids(data)
        assert set(pids) == {"postgres", "temporal", "worker", "api"}
        process.send_signal(signal.SIGTERM)
        assert process.wait(LEAVES_WITHIN) == Exit.OK
    assert not any(map(alive, pids.values()))


def test_one_runs_behind_a_second_one_joins_and_down_ends_both(data: Path) -> None:
    try:
        ready = _behind(data)[-1]
        assert ready.startswith("ready http://127.0.0.1:")
        with _up(data) as second:
            assert _ready_line(second) == ready
            again = _behind(data)
            assert again[-1] == ready
            assert "nothing was started" in again[0]
            assert run(["status", "--data", str(data)]) == Exit.OK
            assert run(["doctor", "--data", str(data)]) == Exit.OK
            assert run(["down", "--data", str(data)]) == Exit.OK
            assert second.wait(LEAVES_WITHIN) == Exit.OK
    finally:
        run(["down", "--data", str(data)])


def test_after_everything_was_killed_the_next_one_continues(data: Path) -> None:
    with _up(data) as process:
        _ready_line(process)
        pids = _pids(data)
        for pid in (process.pid, *pids.values()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert all(wait_gone(pid, seconds=LEAVES_WITHIN) for pid in pids.values())
    with _up(data) as process:
        _ready_line(process)
        process.send_signal(signal.SIGINT)
        assert process.wait(LEAVES_WITHIN) == Exit.INTERRUPTED
