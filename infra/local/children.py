"""Child processes that are started, watched and stopped – and never outlive their parent."""

import errno
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from infra.local.accounts import Account
from infra.local.faults import LocalFaultError

TAIL = 2_000  # bytes of a log shown when its process dies
TICK = 0.02  # seconds between two looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What to run, as whom, and how it is asked to stop."""

    name: str
    command: tuple[str, ...]
    log: Path  # its stdout and stderr, appended
    environment: Mapping[str, str]
    account: Account | None = None  # None: as ourselves
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0  # seconds between that signal and SIGKILL
    folder: Path = field(default_factory=lambda: Path("/"))


class Child:
    """One running program, in a process group of its own so that Ctrl-C reaches us alone."""

    def __init__(self, program: Program) -> None:
        """Start `program`; if this process dies, however it dies, the child is told to stop."""
        self.program = program
        self._log_from = _size(program.log)  # what it says begins there
        self._process = _spawner().submit(_start, program).result()
        self._buried = False

    @property
    def pid(self) -> int:
        """The process id, also after its end."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """The exit code once it ended (−N: by signal N), None while it runs."""
        code = self._process.poll()
        if code is not None and not self._buried:
            self._buried = True  # at once: later the group's number may be another's
            _kill_group(self.pid)
        return code

    def stop(self) -> None:
        """Ask it to stop, insist when its patience is over, leave nothing of its group behind."""
        if self.exit_code is None:
            self._process.send_signal(self.program.stop_signal)
            deadline = time.monotonic() + self.program.patience
            while self.exit_code is None and time.monotonic() < deadline:
                time.sleep(TICK)
            self.kill()

    def kill(self) -> None:
        """End it by SIGKILL and wait until its PID is gone."""
        if self.exit_code is None:
            self._buried = True
            _kill_group(self.pid)
            self._process.wait()

    def tail(self) -> str:
        """Return the end of what it said; what others said in that log before is not its own."""
        with self.program.log.open("rb") as log:
            log.seek(max(self._log_from, log.seek(0, os.SEEK_END) - TAIL))
            return log.read().decode(errors="replace").strip()

    def found_port_taken(self) -> bool:
        """Say whether it ended because another program listens on its port."""
        said = self.tail().lower() if self.exit_code is not None else ""
        return "address already in use" in said or f"[errno {errno.EADDRINUSE}]" in said

    def wait_until(self, ready: Callable[[], bool], *, seconds: float, every: float = TICK) -> None:
        """Wait until `ready` says so, asking `every` so many seconds.

        Raises:
            LocalFaultError: the program ended, or is not ready after `seconds`; it is stopped.
        """
        deadline = time.monotonic() + seconds
        while not ready() or self.exit_code is not None:  # another's server may answer for ours
            exit_code = self.exit_code
            if exit_code is not None or time.monotonic() > deadline:
                self.stop()
                raise self._not_ready(seconds, exit_code)
            time.sleep(every)

    def _not_ready(self, seconds: float, exit_code: int | None) -> LocalFaultError:
        name, log = self.program.name, self.program.log
        how = (
            (f"{seconds:.0f} 秒内未就绪", f"was not ready within {seconds:.0f} s")
            if exit_code is None
            else (f"启动时退出，退出码 {exit_code}", f"ended while starting, exit code {exit_code}")
        )
        return LocalFaultError(
            f"{name}.not_ready",
            f"{name} {how[0]}。",
            f"{name} {how[1]}.",
            tried=self.tail().splitlines()[-8:],
            remedy=f"查看日志 · read {log}; anjuan doctor",
        )


def wait_gone(pid: int, *, seconds: float) -> bool:
    """Wait for the end of a process that is not our child; say whether it is gone."""
    deadline = time.monotonic() + seconds
    while alive(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(TICK)
    return True


def alive(pid: int) -> bool:
    """Say whether a process has this PID."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _state(pid) != "Z"  # a zombie holds nothing but its number


def identity(pid: int) -> str:
    """Return what tells this process from a later one with the same PID; "" when none runs."""
    fields = _stat(pid)
    if fields:
        return fields[19]  # start time, in ticks since boot
    shown = shutil.which("ps") and subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)],  # noqa: S607  – PATH's own `ps`
        capture_output=True,
        text=True,
        check=False,
    )
    return shown.stdout.strip() if shown else ""


def _state(pid: int) -> str:
    fields = _stat(pid)
    return fields[0] if fields else ""


def _stat(pid: int) -> list[str]:
    try:
        line = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return line.rpartition(")")[2].split()  # the name before it may hold anything


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _start(program: Program) -> subprocess.Popen[bytes]:
    program.log.parent.mkdir(parents=True, exist_ok=True)
    who = program.account
    with program.log.open("ab") as log:
        return subprocess.Popen(
            [*_dies_with_us(program.stop_signal), *program.command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=program.folder,
            env=dict(program.environment),
            process_group=0,
            user=who.uid if who else None,
            group=who.gid if who else None,
            extra_groups=[] if who else None,
        )


def _dies_with_us(by: signal.Signals) -> list[str]:
    setpriv = shutil.which("setpriv")  # part of every Linux system; elsewhere `up` tidies later
    if setpriv is None:
        return []
    # A parent that died before the kernel was asked sends no signal: then nothing starts at all.
    only_if_ours = ["sh", "-c", '[ "$PPID" = "$0" ] && exec "$@"', str(os.getpid())]
    return [setpriv, "--pdeathsig", by.name.removeprefix("SIG"), *only_if_ours]


@cache
def _spawner() -> ThreadPoolExecutor:
    # The kernel sends the death signal when the *thread* that started a child ends, so all
    # children come from one thread that lives as long as this process.
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="children")
