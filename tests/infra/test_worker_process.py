"""The worker as a process: it starts, logs JSON without values, and ends in order by SIGTERM."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest

from infra.local import TemporalServer
from infra.logs import ALLOWED

PATIENCE = 120.0  # seconds before a silent worker is given up


@contextmanager
def worker(environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """Run `anjuan worker`; killed at the end if it still runs."""
    with subprocess.Popen(
        (sys.executable, "-P", "-m", "infra.cli", "worker"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **environment},
    ) as process:
        watchdog = threading.Timer(PATIENCE, process.kill)
        watchdog.start()
        try:
            yield process
        finally:
            watchdog.cancel()
            process.kill()


def lines_until(process: "subprocess.Popen[str]", event: str) -> list[dict[str, object]]:
    """Read log lines up to the one with that event."""
    lines: list[dict[str, object]] = []
    assert process.stdout is not None
    for line in process.stdout:
        assert line.startswith("{"), line + process.stdout.read()  # a trace is told whole
        lines.append(json.loads(line))
        if lines[-1]["event"] == event:
            return lines
    raise AssertionError(f"the worker ended before {event}: {lines}")


@pytest.fixture
def environment(temporal_server: TemporalServer, database: str, tmp_path: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": database,
        "TEMPORAL_ADDRESS": temporal_server.address,
        "ANJUAN_DATA": str(tmp_path),
        "ANJUAN_TASK_QUEUE": f"worker-process-{os.getpid()}",
    }


def test_a_worker_says_when_it_is_ready_and_ends_by_sigterm(environment: dict[str, str]) -> None:
    with worker(environment) as process:
        lines = lines_until(process, "worker.ready")
        assert all(set(line) <= ALLOWED for line in lines)
        process.send_signal(signal.SIGTERM)
        lines_until(process, "worker.ended")
        assert process.wait(PATIENCE) == 0


def test_a_worker_waits_for_temporal_and_can_be_ended_meanwhile(
    environment: dict[str, str],
) -> None:
    with worker({**environment, "TEMPORAL_ADDRESS": "127.0.0.1:1"}) as process:
        lines_until(process, "temporal.away")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def test_a_worker_waits_for_its_database_and_keeps_the_password_to_itself(
    environment: dict[str, str],
) -> None:
    url = "postgresql+psycopg2://nobody:secret-word@127.0.0.1:1/none"
    with worker({**environment, "DATABASE_URL": url}) as process:
        lines = lines_until(process, "database.away")
        process.send_signal(signal.SIGTERM)
        lines += lines_until(process, "worker.ended")
        assert process.wait(PATIENCE) == 0
        assert "secret-word" not in json.dumps(lines)


def test_a_worker_whose_schema_is_behind_says_what_to_run(environment: dict[str, str]) -> None:
    behind = psycopg2.connect(environment["DATABASE_URL"].replace("+psycopg2", "", 1))
    try:
        with behind, behind.cursor() as cursor:
            cursor.execute("DELETE FROM schema_migrations WHERE name NOT LIKE '0001%'")
    finally:
        behind.close()
    with worker(environment) as process:
        assert process.stdout is not None
        told = process.stdout.read()
        assert process.wait(PATIENCE) == 1
    assert "anjuan db upgrade" in told
    assert "0002_definitions.sql" in told
