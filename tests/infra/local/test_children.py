"""Children die with their parent, never with a thread of it, and always as they are asked to."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from infra.local import LocalFaultError
from infra.local.children import Child, Program, alive, identity, wait_gone
from infra.local.ports import answers, free_port, is_anothers

STUBBORN = "import signal, sys; signal.signal(15, signal.SIG_IGN); print('up', flush=True)\n"
STUBBORN += "while True: signal.pause()"
PATIENCE = 30.0  # seconds for what must happen soon, on a busy machine too
PARENT = """
import os, sys
from pathlib import Path
from infra.local.children import Child, Program
child = Child(Program(name="sleeper", command=("sleep", "600"), log=Path(sys.argv[1]),
                      environment=dict(os.environ)))
print(child.pid, flush=True)
sys.stdin.read()
"""


def _program(tmp_path: Path, *command: str, patience: float = 10.0) -> Program:
    return Program(
        name="sleeper",
        command=command or ("sleep", "600"),
        log=tmp_path / "log",
        environment=dict(os.environ),
        patience=patience,
    )


def test_a_child_outlives_the_thread_that_asked_for_it(tmp_path: Path) -> None:
    started: list[Child] = []
    thread = threading.Thread(target=lambda: started.append(Child(_program(tmp_path))))
    thread.start()
    thread.join()
    (child,) = started
    assert not wait_gone(child.pid, seconds=0.3)
    child.stop()
    assert child.exit_code == -signal.SIGTERM
    assert not alive(child.pid)


def test_a_port_of_a_process_that_the_child_started_is_the_child_s_own(tmp_path: Path) -> None:
    script = tmp_path / "server"
    script.write_text('#!/bin/sh\n"$@" &\nwait\n')
    script.chmod(0o755)
    port = free_port()
    serving = (sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port))
    child = Child(_program(tmp_path, str(script), *serving))
    try:
        child.wait_until(lambda: answers(port), seconds=PATIENCE)
        assert not is_anothers(port, child.pid)
    finally:
        child.kill()


def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    assert wait_gone(_child_of_a_killed_parent(tmp_path, dict(os.environ)), seconds=PATIENCE)


def test_a_child_whose_parent_died_before_it_could_be_tied_does_not_start(tmp_path: Path) -> None:
    late = tmp_path / "bin" / "setpriv"
    late.parent.mkdir()
    late.write_text(f'#!/bin/sh\nsleep 0.3\nexec {shutil.which("setpriv")} "$@"\n')
    late.chmod(0o755)
    path = f"{late.parent}{os.pathsep}{os.environ['PATH']}"
    killed = _child_of_a_killed_parent(tmp_path, {**os.environ, "PATH": path})
    assert wait_gone(killed, seconds=PATIENCE)


def _child_of_a_killed_parent(tmp_path: Path, environment: dict[str, str]) -> int:
    with subprocess.Popen(  # noqa: S603  – our own interpreter
        [sys.executable, "-c", PARENT, str(tmp_path / "log")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert alive(pid)
        parent.kill()
    return pid


def test_a_stubborn_child_is_killed_when_its_patience_is_over(tmp_path: Path) -> None:
    child = Child(_program(tmp_path, sys.executable, "-c", STUBBORN, patience=0.1))
    child.wait_until(lambda: "up" in child.tail(), seconds=PATIENCE)
    child.stop()
    assert child.exit_code == -signal.SIGKILL


def test_waiting_for_a_child_that_ends_tells_its_last_words(tmp_path: Path) -> None:
    child = Child(_program(tmp_path, "sh", "-c", "echo no disk left; exit 4"))
    with pytest.raises(LocalFaultError, match="no disk left") as told:
        child.wait_until(lambda: False, seconds=PATIENCE)
    assert told.value.code == "sleeper.not_ready"
    assert child.exit_code == 4


@pytest.mark.parametrize(
    "words",
    [
        "FATAL: could not bind: Address already in use",
        '{"event": "[Errno 98] error while binding"}',
    ],
)
def test_a_child_that_found_its_port_taken_is_told_from_one_that_failed_otherwise(
    tmp_path: Path, words: str
) -> None:
    for said, taken in (("no disk left", False), (words, True), ("no disk left", False)):
        child = Child(_program(tmp_path, "sh", "-c", f"echo '{said}'; exit 1"))
        with pytest.raises(LocalFaultError):
            child.wait_until(lambda: False, seconds=30)
        assert child.found_port_taken() is taken


def test_what_a_child_started_itself_does_not_stay_behind(tmp_path: Path) -> None:
    child = Child(_program(tmp_path, "sh", "-c", "sleep 600 & echo $!; wait"))
    child.wait_until(lambda: child.tail().isdigit(), seconds=PATIENCE)
    grandchild = int(child.tail())
    child.stop()
    assert wait_gone(grandchild, seconds=PATIENCE)


def test_a_process_is_told_from_a_later_one_with_the_same_number() -> None:
    assert identity(os.getpid()) == identity(os.getpid()) != ""
    assert identity(os.getpid()) != identity(1)
    assert identity(2**22 + 1) == ""
