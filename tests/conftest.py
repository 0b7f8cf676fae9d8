"""Real servers for the tests that ask for them; the others never start one.

`postgres_server`, `temporal_server`: one of each per run. `database`: a fresh, migrated database
per test; `module_database`: per module. All are SQLAlchemy URLs of the owner.
"""

import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
import structlog

from infra.cli.exits import leave
from infra.local import TemporalServer
from infra.migrate import upgrade
from tests.machine import find_chromium, under_ci
from tests.servers import Postgres, any_postgres

BROWSER_TESTS = Path(__file__).parent / "browser"
TEMPLATE = "anjuan_template"
structlog.configure(  # what tests log is read by people; local variables of a fault are too many
    processors=[
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        ),
    ]
)
_names = (f"test_{os.getpid()}_{number}" for number in itertools.count())
_left_out: list[str] = []
ROOM = 4 << 30  # bytes the servers of all tests at once may need


def _in_memory() -> Path | None:
    """Return a folder in memory, if there is room: a flush to disk costs time and proves nothing.

    Tests that kill servers keep their data too: the memory is the machine's, not the process's.
    """
    memory = Path("/dev/shm")  # noqa: S108  – a folder of our own is made in it
    roomy = memory.is_dir() and os.access(memory, os.W_OK)
    return memory if roomy and shutil.disk_usage(memory).free > ROOM else None


@pytest.fixture(scope="session")
def server_folder() -> Iterator[Path]:
    """A folder of this run for the servers' data, passable for the account they run as."""
    folder = Path(tempfile.mkdtemp(prefix="anjuan-tests-", dir=_in_memory()))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server(server_folder: Path) -> Iterator[Postgres]:
    """The run's PostgreSQL: `DATABASE_URL`, else a container, else a server of our own."""
    with any_postgres(server_folder) as server:
        yield server


@pytest.fixture(scope="session")
def temporal_server(server_folder: Path) -> Iterator[TemporalServer]:
    """The run's Temporal server; give every test its own task queue and workflow ids."""
    server = TemporalServer(server_folder, search_attributes={"AnjuanProcedure": "Keyword"})
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def template_database(postgres_server: Postgres) -> str:
    """The name of a migrated database that is only copied."""
    _execute(postgres_server, f'DROP DATABASE IF EXISTS "{TEMPLATE}"')
    _execute(postgres_server, f'CREATE DATABASE "{TEMPLATE}"')
    upgrade(postgres_server.url(TEMPLATE))
    return TEMPLATE


@pytest.fixture
def database(postgres_server: Postgres, template_database: str) -> Iterator[str]:
    """The URL of a database of this test alone."""
    with _copy(postgres_server, template_database) as url:
        yield url


@pytest.fixture(scope="module")
def module_database(postgres_server: Postgres, template_database: str) -> Iterator[str]:
    """The URL of a database shared by the tests of one module."""
    with _copy(postgres_server, template_database) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser; tests under `tests/browser` are left out when there is none."""
    found = find_chromium()
    assert found is not None
    return found


@contextmanager
def _copy(server: Postgres, template: str) -> Iterator[str]:
    name = next(_names)
    _execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY wal_log')
    try:
        yield server.url(name)
    finally:
        _execute(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _execute(server: Postgres, statement: str) -> None:
    connection = psycopg2.connect(server.url("postgres").replace("+psycopg2", "", 1))
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the browser tests where there is no browser, and remember their names."""
    if find_chromium():
        return
    browser = [item for item in items if BROWSER_TESTS in item.path.parents]
    _left_out.extend(item.nodeid for item in browser)
    if browser:
        config.hook.pytest_deselected(items=browser)
        items[:] = [item for item in items if item not in browser]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that could not run here."""
    for name in _left_out:
        terminalreporter.write_line(f"NOT RUN (no Chromium): {name}", yellow=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a CI run that left tests out."""
    if _left_out and under_ci() and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave at once after a Temporal client: the interpreter may abort while it ends."""
    session = config.pluginmanager.get_plugin("session")
    if "temporalio.client" in sys.modules and not hasattr(config, "workerinput"):
        leave(getattr(session, "exitstatus", 0))
