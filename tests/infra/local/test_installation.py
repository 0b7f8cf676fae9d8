"""Everything on one machine: what dies is started again, what was killed goes on, nothing stays."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest

from infra.local import LocalFaultError
from infra.local.children import alive, wait_gone
from infra.local.folder import DataFolder
from infra.local.installation import Installation
from infra.local.ports import is_anothers

WEB = """
import http.server, os
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(os.environ["ANJUAN_API_PORT"])), Ready).serve_forever()
"""
LATE = """
import os, pathlib, socket
taken = pathlib.Path("taken")
while not taken.exists():  # the first time another program gets the port before us
    with socket.socket() as line:
        line.bind(("127.0.0.2", 0))  # from the port's own address it could meet itself
        if line.connect_ex(("127.0.0.1", int(os.environ["ANJUAN_API_PORT"]))) == 0:
            taken.touch()
"""
Make = Callable[..., Installation]
PARTS: dict[str, tuple[str, ...]] = {
    "worker": (sys.executable, "-c", "import signal; signal.pause()"),
    "api": (sys.executable, "-c", WEB),
}


def _migrate(url: str) -> None:
    connection = psycopg2.connect(url.replace("+psycopg2", "", 1))
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS runs (n serial)")
        cursor.execute("INSERT INTO runs DEFAULT VALUES")
    connection.close()


@pytest.fixture
def folder(server_folder: Path, request: pytest.FixtureRequest) -> Iterator[DataFolder]:
    folder = DataFolder(server_folder / request.node.name)
    with folder.held():
        yield folder


@pytest.fixture
def make(folder: DataFolder) -> Iterator[Make]:
    made: list[Installation] = []

    def make_one(**parts: tuple[str, ...]) -> Installation:
        installation = Installation(folder, migrate=_migrate, parts=PARTS | parts, api_port=0)
        made.append(installation)
        return installation

    yield make_one
    for installation in made:
        installation.stop()


def _pids(folder: DataFolder) -> dict[str, int]:
    state = folder.state()
    assert state is not None
    return {name: pid for name, (pid, _) in state.children.items()}


def test_it_starts_all_four_and_stops_all_four(folder: DataFolder, make: Make) -> None:
    installation = make()
    installation.start()
    pids = _pids(folder)
    assert list(pids) == ["postgres", "temporal", "worker", "api"]
    assert all(map(alive, pids.values()))
    installation.stop()
    assert not any(map(alive, pids.values()))
    assert folder.state() is None


def test_a_process_that_dies_is_started_again(folder: DataFolder, make: Make) -> None:
    installation = make()
    installation.start()
    before = _pids(folder)["worker"]
    said, ended = [], threading.Event()

    def hear(line: str) -> None:
        said.append(line)

    installation._say = hear  # noqa: SLF001  – the watch speaks to the person at the terminal
    os.kill(before, signal.SIGKILL)
    watching = threading.Thread(target=installation.watch, args=(ended,))
    watching.start()
    while _pids(folder).get("worker", before) == before:
        assert watching.is_alive()
    ended.set()
    watching.join()
    assert any("worker" in line for line in said)


def test_after_everything_was_killed_the_next_start_ends_what_is_left_and_keeps_the_data(
    folder: DataFolder, make: Make
) -> None:
    lost = make()
    lost.start()
    left = _pids(folder)  # as after `kill -9` of `anjuan up` where no death signal exists
    again = make()
    again.start()
    assert all(wait_gone(pid, seconds=30) for pid in left.values())
    state = folder.state()
    assert state is not None
    connection = psycopg2.connect(again.environment["DATABASE_URL"].replace("+psycopg2", "", 1))
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM runs")
        assert cursor.fetchone() == (2,)
    connection.close()


def test_a_port_that_another_program_took_meanwhile_is_changed(
    folder: DataFolder, make: Make
) -> None:
    installation = make(worker=PARTS["api"], api=(sys.executable, "-c", LATE + WEB))
    installation.start()
    state = folder.state()
    assert state is not None
    assert list(state.children) == ["postgres", "temporal", "worker", "api"]
    port, (thief, _) = int(state.url.rpartition(":")[2]), state.children["worker"]
    assert is_anothers(port, thief)
    assert not is_anothers(port, state.children["api"][0])


def test_a_process_that_cannot_start_is_told_with_the_end_of_its_log(make: Make) -> None:
    installation = make(api=(sys.executable, "-c", "raise SystemExit('no port for me')"))
    with pytest.raises(LocalFaultError, match="no port for me") as told:
        installation.start()
    assert told.value.code == "api.not_ready"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none", "postgres.unreachable"),
        ("TEMPORAL_ADDRESS", "127.0.0.1:1", "temporal.unreachable"),
    ],
)
def test_a_server_of_the_environment_that_does_not_answer_is_told(
    name: str, value: str, code: str, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    installation = make()
    with pytest.raises(LocalFaultError) as told:
        installation.start()
    assert told.value.code == code
