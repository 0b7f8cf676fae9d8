"""Real servers for the benches: a PostgreSQL and a Temporal of their own, gone afterwards."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.local import LocalServers
from infra.migrate import upgrade
from infra.settings import Settings
from tests.workflows.filing import Office, office, settings_of

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a bench stands."""

    servers: LocalServers
    folder: Path

    def settings(self, **given: Any) -> Settings:  # noqa: ANN401  – settings by name
        """Return the settings of a worker without the workflow sandbox, as in production."""
        usual = {"workflow_sandbox": False, **given}
        return settings_of(
            self.servers.database_url, self.servers.temporal_address, self.folder, **usual
        )

    def cpu(self) -> float:
        """Return the CPU seconds used so far by this process and both servers, children too."""
        return cpu_of(self.servers.postgres_pid, self.servers.temporal_pid)


@contextmanager
def ground() -> Iterator[Ground]:
    """Start the servers in a folder of their own, schema in place; stop them afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="anjuan-bench-"))
    folder.chmod(0o711)
    try:
        with LocalServers(folder, postgres_options={"autovacuum": "off"}) as servers:
            upgrade(servers.database_url)
            yield Ground(servers, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def at_work(ground_: Ground, tenant: str, **given: Any) -> AsyncIterator[Office]:  # noqa: ANN401
    """Run a worker in this process on the ground, law time standing still."""
    async with office(ground_.settings(**given), tenant=tenant) as found:
        yield found


def cpu_of(*servers: int) -> float:
    """Return the CPU seconds used so far by this process and servers, children too."""
    return sum(_cpu_of(pid) for pid in _with_children({os.getpid(), *servers}))


def _with_children(roots: set[int]) -> set[int]:
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        if fields := _stat(int(entry.name)):
            parents[int(entry.name)] = int(fields[1])
    found = set(roots)
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _cpu_of(pid: int) -> float:
    fields = _stat(pid)
    return sum(int(one) for one in fields[11:15]) / _TICKS if fields else 0.0


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []
