"""The ground of a run: one PostgreSQL, one Temporal, and the product's processes on them."""

import asyncio
import os
import subprocess
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from temporalio.client import Client

from infra.db import make_engine
from infra.law_data import load_calendar
from infra.local import LocalServers
from infra.local.installation import anjuan
from infra.migrate import upgrade
from infra.verify import verify
from tests.faults.rig.parts import Part
from tests.faults.rig.proxy import Proxy
from tests.faults.rig.store import Store
from tests.faults.rig.waiting import until

SETTINGS = {  # short, so that what was lost is found soon
    "ANJUAN_WORKFLOW_TASK_TIMEOUT": "2",
    "ANJUAN_RECONCILER_INTERVAL": "1",
    "ANJUAN_TASK_QUEUE": "faults",
    "ANJUAN_LOG_LEVEL": "info",
    "PYTHONFAULTHANDLER": "1",  # SIGABRT writes the stacks of all threads
    "PYTHONUNBUFFERED": "1",
}

Answer = TypeVar("Answer")
INHERITED = ("PATH", "PYTHONPATH")
COLD = {"max_cached_workflows": "0"}


class Running(Protocol):
    """A process by name, and whether it lives."""

    name: str

    @property
    def running(self) -> bool:
        """Whether it lives."""
        ...


class Ground:
    """Servers that any test may kill; every test finds them running again."""

    def __init__(self, folder: Path, servers: LocalServers) -> None:
        """Take running servers and bring the schema up to date."""
        self.folder, self.servers = folder, servers
        upgrade(servers.database_url)
        self.store = Store(servers.database_url)
        self.parts: list[Part] = []  # every process prepared so far
        self.api = self.part("api")
        self.worker = self.part("worker")
        self._server_kills = 0

    def part(self, name: str, *, postgres: Proxy | None = None) -> Part:
        """Prepare a process of its own, its line to PostgreSQL perhaps through a proxy."""
        url = self.servers.database_url
        if postgres is not None:
            url = url.replace(f":{self.servers.postgres.port}/", f":{postgres.port}/")
        part = Part(name, self.folder, self.environment(url))
        self.parts.append(part)
        return part

    def environment(self, database_url: str) -> dict[str, str]:
        """Return the environment of the product's processes."""
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        return {
            **inherited,
            "ANJUAN_DATA": str(self.folder),
            "DATABASE_URL": database_url,
            "TEMPORAL_ADDRESS": self.servers.temporal_address,
            **SETTINGS,
        }

    def run(self, *words: str, seconds: float = 120.0) -> str:
        """Run `anjuan` with these words to its good end and return what it printed."""
        ended = subprocess.run(  # noqa: S603  – ourselves
            anjuan(*words),
            cwd=self.folder,
            env=self.environment(self.servers.database_url),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert ended.returncode == 0, f"anjuan {words}: {ended.stdout}{ended.stderr}"
        return ended.stdout

    def temporal(self, ask: Callable[[Client], Awaitable[Answer]]) -> Answer:
        """Ask Temporal something, over a connection of its own."""

        async def run() -> Answer:
            return await ask(await Client.connect(self.servers.temporal_address))

        return asyncio.run(run())

    def conducted(self) -> set[str]:
        """Return the ids of the cases that have a running workflow."""

        async def running(client: Client) -> set[str]:
            found = client.list_workflows("ExecutionStatus = 'Running'")
            return {one.id async for one in found}

        return self.temporal(running)

    @property
    def kills(self) -> int:
        """How many processes died by SIGKILL so far."""
        return self._server_kills + sum(part.kills for part in self.parts)

    def kill_postgres(self) -> None:
        """End PostgreSQL by SIGKILL and bring it back."""
        self.servers.postgres.kill()
        self._server_kills += 1
        self.servers.postgres.start()

    def kill_temporal(self) -> None:
        """End Temporal by SIGKILL; it stays away until `stand` or its own `start`."""
        self.servers.temporal.kill()
        self._server_kills += 1

    def stand(self, *, api: bool = True, worker: bool = True, cold: bool = False) -> None:
        """Have the servers run, and of the product's processes exactly these.

        A `cold` worker keeps no workflow in memory, so nobody waits for what a dead one kept.
        """
        for server in (self.servers.postgres, self.servers.temporal):
            if not server.running:
                server.start()
        for part in self.parts:
            if part not in (self.api, self.worker):
                part.stop()
        _have(self.api, {} if api else None)
        _have(self.worker, (COLD if cold else {}) if worker else None)
        if api:
            self.api.ready()

    def settle(self, *, seconds: float = 60.0) -> None:
        """Wait until nothing received is undecided and no service work is open."""
        until(lambda: not self.store.unsettled(), "everything received is decided", seconds=seconds)

    def verify(self) -> None:
        """Fold everything anew and check the invariants I2–I7 and I10."""
        engine = make_engine(
            self.servers.database_url, pool_size=1, role="anjuan_auditor", patient=True
        )
        try:
            report = verify(engine, load_calendar(self.folder / "calendars"))
        finally:
            engine.dispose()
        assert report.holds, report.violations
        assert not report.waiting

    def close(self) -> None:
        """End what still runs."""
        for part in self.parts:
            part.kill()
        self.store.close()


def _have(part: Part, settings: Mapping[str, str] | None) -> None:
    """Have a process run with exactly these settings; None: not at all."""
    if part.running and part.settings != settings:
        part.stop()
    if settings is not None:
        part.start(**settings)


@contextmanager
def ground_in(folder: Path) -> Iterator[Ground]:
    """Run the servers in `folder` while the block lasts."""
    with LocalServers(folder) as servers:
        ground = Ground(folder, servers)
        try:
            yield ground
        finally:
            ground.close()
