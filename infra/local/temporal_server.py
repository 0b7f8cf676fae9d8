"""One Temporal server as our own child process, always with a database file."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from infra.local.children import Child, Program
from infra.local.faults import LocalFaultError, Say, quiet
from infra.local.ports import LOOPBACK, answers, free_port, is_anothers
from infra.local.temporal import find_temporal

READY_WITHIN = 60.0  # seconds
NAMESPACE = "default"


class TemporalServer:
    """A Temporal server with its state in `folder`, kept with its port over `kill` and `start`."""

    name = "temporal"

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        ui_port: int | None = None,
        search_attributes: Mapping[str, str] | None = None,
        say: Say = quiet,
    ) -> None:
        """Prepare a server; without `ui_port` it has no web page.

        `search_attributes` maps name to type, such as `{"AnjuanProcedure": "Keyword"}`.
        """
        self.folder = folder
        self.port = port or free_port()
        self.ui_port = ui_port
        self._search_attributes = dict(search_attributes or {})
        self._say = say
        self._child: Child | None = None
        self._port_is_known = False  # then it stays: others hold the address

    @property
    def address(self) -> str:
        """host:port of the frontend."""
        return f"{LOOPBACK}:{self.port}"

    @property
    def pid(self) -> int:
        """The PID of the server while it runs."""
        return self._running().pid

    @property
    def running(self) -> bool:
        """Whether the server process lives."""
        return self._child is not None and self._child.exit_code is None

    def start(self) -> None:
        """Start it and wait until its namespace answers.

        Raises:
            LocalFaultError: no program, or it does not become ready.
        """
        program = find_temporal(self._say)
        (self.folder / "temporal").mkdir(parents=True, exist_ok=True)
        for is_last in (False, False, True):
            self._child = Child(self._program(program))
            try:
                self._child.wait_until(self._answers, seconds=READY_WITHIN)
                break
            except LocalFaultError:
                if is_last or self._port_is_known or not self._child.found_port_taken():
                    raise
                self.port = free_port()
                self.ui_port = self.ui_port and free_port()
        self._port_is_known = True

    def stop(self) -> None:
        """Shut it down in order."""
        if self._child is not None:
            self._child.stop()
            self._child = None

    def kill(self) -> None:
        """End it by SIGKILL; its state stays in the file."""
        self._running().kill()

    def restart(self) -> None:
        """Stop it if it runs, and start it again on the same port and state."""
        self.stop()
        self.start()

    def _running(self) -> Child:
        if self._child is None:
            raise LocalFaultError(
                "temporal.not_started",
                "Temporal 尚未启动。",
                "Temporal has not been started.",
                remedy="start()",
            )
        return self._child

    def _program(self, program: Path) -> Program:
        home = self.folder / "temporal"
        page = ("--ui-port", str(self.ui_port)) if self.ui_port else ("--headless",)
        attributes = (
            word
            for name, kind in self._search_attributes.items()
            for word in ("--search-attribute", f"{name}={kind}")
        )
        return Program(
            name="temporal",
            command=(
                *(str(program), "server", "start-dev", "--ip", LOOPBACK, "--port", str(self.port)),
                *("--db-filename", str(home / "temporal.db"), "--namespace", NAMESPACE),
                *("--log-level", "warn", *page, *attributes),
            ),
            log=self.folder / "logs" / "temporal.log",
            environment={"PATH": "/usr/bin:/bin", "HOME": str(home)},  # no settings of the user's
            folder=home,
        )

    def _answers(self) -> bool:
        if not (answers(self.port) and namespace_answers(self.address)):
            return False
        return not is_anothers(self.port, self.pid)  # who started at the same time, as we did


def namespace_answers(address: str, namespace: str = NAMESPACE) -> bool:
    """Say whether the Temporal frontend at `address` knows `namespace`; works in any thread."""
    with ThreadPoolExecutor(max_workers=1) as thread:  # the caller may run an event loop
        return thread.submit(asyncio.run, _describe(address, namespace)).result()


async def _describe(address: str, namespace: str) -> bool:
    from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest  # noqa: PLC0415  – slow
    from temporalio.client import Client  # noqa: PLC0415  – the same
    from temporalio.service import RPCError  # noqa: PLC0415  – the same

    try:
        client = await asyncio.wait_for(Client.connect(address, namespace=namespace), 2)
        await client.workflow_service.describe_namespace(
            DescribeNamespaceRequest(namespace=namespace), timeout=timedelta(seconds=2)
        )
    except (RPCError, RuntimeError, TimeoutError):
        return False
    return True
