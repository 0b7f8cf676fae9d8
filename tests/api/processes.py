"""The product's own processes on real servers: `anjuan api` and `anjuan worker`."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic

import httpx2

from infra.local.installation import anjuan
from infra.local.ports import LOOPBACK, free_port

READY_WITHIN = 60.0  # seconds


@contextmanager
def process(
    name: str, folder: Path, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run `anjuan <name>` until the block ends."""
    with (folder / f"{name}.log").open("ab") as log:
        running = subprocess.Popen(  # noqa: S603  – ourselves
            anjuan(name), cwd=folder, env=environment, stdout=log, stderr=log
        )
        try:
            yield running
        finally:
            running.terminate()
            running.wait(timeout=60)


def environment(folder: Path, database: str, temporal: str, port: int) -> dict[str, str]:
    """Return the settings of both processes; the task queue is this folder's own."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "ANJUAN_DATA": str(folder),
        "ANJUAN_API_HOST": LOOPBACK,
        "ANJUAN_API_PORT": str(port),
        "ANJUAN_TASK_QUEUE": folder.name,
        "ANJUAN_WORKFLOW_TASK_TIMEOUT": "2",
        "ANJUAN_RECONCILER_INTERVAL": "1",
        "DATABASE_URL": database,
        "TEMPORAL_ADDRESS": temporal,
    }


def ready(url: str, running: subprocess.Popen[bytes]) -> None:
    """Wait until the web process can receive acts."""
    until = monotonic() + READY_WITHIN
    with httpx2.Client(base_url=url, timeout=5) as http:
        while monotonic() < until and running.poll() is None:
            with suppress(httpx2.TransportError):
                if http.get("/readyz").is_success:
                    return
    raise AssertionError(f"the web process is not ready, exit {running.poll()}")


def any_port() -> int:
    """Return a port nobody listens on."""
    return free_port()
