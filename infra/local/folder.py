"""The data folder of one machine: who holds it, and what runs in it."""

import contextlib
import dataclasses
import fcntl
import json
import os
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from infra.local.accounts import SHARED, make_passable
from infra.local.children import alive, identity, wait_gone
from infra.local.faults import LocalFaultError
from infra.local.postgres_server import data_elsewhere

MARK = ".anjuan-data"  # nothing is ever removed from a folder without it
LEAVE_WITHIN = 20.0  # seconds
A_LOOK = 0.5  # seconds; who only asks whether the folder is held locks it for less
TICK = 0.02  # seconds between two tries


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What `anjuan up` says about itself, kept in `state.json` of the data folder."""

    pid: int  # of `anjuan up`
    project: str  # the folder its code lies in
    since: str  # ISO 8601, the machine's clock
    born: str = ""  # its identity, as a later one may have its PID; "" where none was noted
    ready: bool = False
    url: str = ""  # of the console
    temporal_ui: str = ""
    children: dict[str, tuple[int, str]] = field(default_factory=dict)  # PID and identity

    @property
    def lives(self) -> bool:
        """Whether that very `anjuan up` still runs."""
        return alive(self.pid) and self.born in {"", identity(self.pid)}


class DataFolder:
    """One data folder. At most one `anjuan up` holds it; the kernel frees it when that one dies."""

    def __init__(self, path: Path) -> None:
        """Name the folder; nothing is made or read yet."""
        self.path = path.absolute()
        self._state = self.path / "state.json"
        self._servers = self.path / "servers.json"

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder inside the block, made if need be.

        Raises:
            LocalFaultError: `folder.held` when another process holds it, `folder.foreign` when
                it holds files that are not ours, `data.unusable` when it cannot be made or written.
        """
        try:
            self._make()
            lock = (self.path / "lock").open("a")
        except OSError as fault:
            raise self._unusable(fault) from None
        with lock:
            if not _taken(lock):
                raise self._held_by_another()
            yield

    @property
    def is_ours(self) -> bool:
        """Whether there is such a folder and Anjuan made it its own."""
        return (self.path / MARK).exists()

    def is_held(self) -> bool:
        """Say whether a living process holds the folder.

        Raises:
            LocalFaultError: `data.unusable` when we may not look.
        """
        try:
            with (self.path / "lock").open() as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)  # others may look as well
        except BlockingIOError:
            return True
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as fault:
            raise self._unusable(fault) from None
        return False

    def state(self) -> State | None:
        """Return what the last `anjuan up` noted, None if nothing (readable)."""
        try:
            noted: dict[str, Any] = json.loads(self._state.read_text())
            noted["children"] = {name: tuple(one) for name, one in noted["children"].items()}
            return State(**noted)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def holder(self) -> State | None:
        """Return what the `anjuan up` that holds the folder says; None until it says anything.

        Raises:
            LocalFaultError: `data.unusable` when we may not look.
        """
        state = self.state() if self.is_held() else None
        return state if state is not None and state.lives else None

    def note(self, state: State) -> None:
        """Replace the note in one step."""
        unfinished = self._state.with_suffix(".new")
        unfinished.write_text(json.dumps(dataclasses.asdict(state), indent=2))
        unfinished.replace(self._state)

    def note_servers(self, servers: Mapping[str, str]) -> None:
        """Keep how commands on this machine reach the servers. Readable by us only: a password."""
        self._servers.unlink(missing_ok=True)
        with os.fdopen(os.open(self._servers, os.O_WRONLY | os.O_CREAT, 0o600), "w") as new:
            json.dump(dict(servers), new)

    def servers(self) -> Mapping[str, str]:
        """Return how to reach the servers that run here; empty when none do, or not for us."""
        try:
            if not self.is_held():
                return {}
            found: dict[str, str] = json.loads(self._servers.read_text(encoding="utf-8"))
        except (LocalFaultError, OSError, ValueError):
            return {}
        return found

    def url(self) -> str:
        """Return where the web process answers; "" when none runs here, or not for us."""
        with contextlib.suppress(LocalFaultError):
            state = self.holder()
            return state.url if state else ""
        return ""

    def forget(self) -> None:
        """Remove the notes: nothing runs here any more."""
        self._state.unlink(missing_ok=True)
        self._servers.unlink(missing_ok=True)

    def end_leftovers(self) -> list[str]:
        """End what a killed `anjuan up` left running here; return the names. Hold the folder."""
        state = self.state()
        ended = []
        for name, (pid, was) in (state.children if state else {}).items():
            if alive(pid) and identity(pid) == was:
                ended.append(name)
                by = signal.SIGINT if name == "postgres" else signal.SIGTERM
                os.kill(pid, by)
                if not wait_gone(pid, seconds=LEAVE_WITHIN):
                    os.kill(pid, signal.SIGKILL)
                    wait_gone(pid, seconds=LEAVE_WITHIN)
        self.forget()
        return ended

    def wipe(self) -> None:
        """Remove everything in the folder and its database elsewhere. Hold the folder.

        Raises:
            LocalFaultError: the folder is not ours.
        """
        if not (self.path / MARK).exists():
            raise self._foreign()
        shutil.rmtree(data_elsewhere(self.path), ignore_errors=True)
        for entry in self.path.iterdir():
            if entry == SHARED or entry.name in {MARK, "lock"}:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()

    def secret(self, name: str, made: str) -> str:
        """Return the secret kept under `name`; the first time, keep `made`. Readable by us only."""
        kept = self.path / name
        with (
            contextlib.suppress(FileExistsError),
            os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new,
        ):
            new.write(made)
        return kept.read_text().strip()

    def _make(self) -> None:
        make_passable(self.path)
        if (self.path / MARK).exists():
            return
        if any(entry != SHARED for entry in self.path.iterdir()):
            raise self._foreign()
        (self.path / MARK).touch()

    def _unusable(self, fault: OSError) -> LocalFaultError:
        return LocalFaultError(
            "data.unusable",
            f"{self.path} 不能用作数据文件夹。",
            f"{self.path} cannot be used as data folder.",
            tried=[str(fault)],
            remedy="检查路径与权限，或用 --data 另选 · check path and rights, or another by --data",
        )

    def _foreign(self) -> LocalFaultError:
        return LocalFaultError(
            "folder.foreign",
            f"{self.path} 里有不属于案卷的文件，未作任何改动。",
            f"{self.path} holds files that are not Anjuan's; nothing was touched.",
            remedy="用 --data 指定空文件夹 · name an empty folder by --data",
        )

    def _held_by_another(self) -> LocalFaultError:
        state = self.holder()
        who = f"PID {state.pid}, {state.project}, {state.since}" if state else "?"
        return LocalFaultError(
            "folder.held",
            f"{self.path} 正由另一进程使用（{who}）。",
            f"{self.path} is held by another process ({who}).",
            remedy="anjuan down；或用 --data 另选文件夹 · anjuan down, or another folder by --data",
        )


def _taken(lock: IO[str]) -> bool:
    """Take the lock, waiting for those who only look; say whether nobody else holds it."""
    deadline = time.monotonic() + A_LOOK
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(TICK)
        else:
            return True
