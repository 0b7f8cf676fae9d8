"""The product's own processes, with PIDs to kill, stop and thaw."""

import http.client
import os
import signal
from collections.abc import Mapping
from pathlib import Path

from infra.local.children import Child, Program
from infra.local.installation import anjuan
from infra.local.ports import LOOPBACK, free_port
from tests.faults.rig.waiting import until

READY_WITHIN = 60.0  # seconds
DUMP = 12_000  # characters of a log with stacks
PATIENCE = 15.0  # seconds from SIGTERM to SIGKILL


class Part:
    """One process of the product: `api` or `worker`, started again on the same port."""

    def __init__(self, name: str, folder: Path, environment: Mapping[str, str]) -> None:
        """Prepare it; `name` is the word after `anjuan`."""
        self.name = name
        self.port = free_port() if name == "api" else 0
        self.log = folder / "logs" / f"{name}-{self.port}.log"
        self.kills = 0
        self.settings: Mapping[str, str] = {}  # of the last start
        self._folder = folder
        self._environment = {**environment, "ANJUAN_API_PORT": str(self.port)}
        self._child: Child | None = None

    @property
    def url(self) -> str:
        """Where the web process answers."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def pid(self) -> int:
        """The PID of the last start."""
        assert self._child is not None, f"{self.name} was never started"
        return self._child.pid

    @property
    def running(self) -> bool:
        """Whether its process lives."""
        return self._child is not None and self._child.exit_code is None

    def start(self, failpoints: str = "", **settings: str) -> None:
        """Start it if it does not run; `settings` are `ANJUAN_…` names in small letters."""
        if self.running:
            return
        self.settings = {**settings, **({"failpoints": failpoints} if failpoints else {})}
        more = {f"ANJUAN_{name.upper()}": value for name, value in self.settings.items()}
        self._child = Child(
            Program(
                name=self.name,
                command=anjuan(self.name),
                log=self.log,
                environment={**self._environment, **more},
                folder=self._folder,
                patience=PATIENCE,
            )
        )

    def ready(self) -> None:
        """Wait until the web process answers."""
        assert self._child is not None
        self._child.wait_until(self._answers, seconds=READY_WITHIN)

    def kill(self) -> None:
        """End it by SIGKILL and wait until its PID is gone."""
        if self._child is not None and self.running:
            self._child.kill()
            self.kills += 1

    def stop(self) -> None:
        """End it by SIGTERM."""
        if self._child is not None:
            self.thaw()
            self._child.stop()

    def await_crash(self, *, seconds: float) -> None:
        """Wait until it has died by its failpoint.

        Raises:
            StuckError: it still lives.
        """
        until(lambda: not self.running, f"{self.name} crashes", seconds=seconds)
        assert self._child is not None
        assert self._child.exit_code == -signal.SIGKILL, self._child.tail()
        self.kills += 1

    def freeze(self) -> None:
        """Stop it where it is (SIGSTOP)."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on (SIGCONT)."""
        if self.running:
            os.kill(self.pid, signal.SIGCONT)

    def dump(self) -> str:
        """Make it write the stacks of its threads to its log, ending it; return the log's end."""
        if self.running:
            self.thaw()
            os.kill(self.pid, signal.SIGABRT)
            until(lambda: not self.running, f"{self.name} aborts", seconds=10)
        return self.log.read_text(errors="replace")[-DUMP:]

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=5)
        try:
            connection.request("GET", "/livez")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
