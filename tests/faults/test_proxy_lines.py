"""The proxy itself: each fault does what its name says."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from infra.local.ports import LOOPBACK
from tests.faults.rig.commits import Frontend
from tests.faults.rig.proxy import Fate, Proxy

STARTUP = (8).to_bytes(4) + (196608).to_bytes(4)
TLS = (8).to_bytes(4) + (80877103).to_bytes(4)


def query(text: bytes) -> bytes:
    return b"Q" + (len(text) + 5).to_bytes(4) + text + b"\0"


class Echo:
    """Answers every chunk with itself and remembers all it heard."""

    def __init__(self) -> None:
        self.heard = b""
        self._listener = socket.create_server((LOOPBACK, 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line:
            try:
                while data := line.recv(65_536):
                    self.heard += data
                    line.sendall(data)
            except OSError:
                return

    def close(self) -> None:
        """Listen no more."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()


@pytest.fixture
def echo() -> Iterator[Echo]:
    server = Echo()
    yield server
    server.close()


@pytest.fixture
def proxy(echo: Echo) -> Iterator[Proxy]:
    with Proxy(echo.port) as line:
        yield line


@contextmanager
def connected(proxy: Proxy) -> Iterator[socket.socket]:
    with socket.create_connection((LOOPBACK, proxy.port), timeout=5) as client:
        yield client


def received(client: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        try:
            chunk = client.recv(count - len(data))
        except ConnectionError:
            break
        if not chunk:
            break
        data += chunk
    return data


def test_a_whole_line_passes_everything_on(proxy: Proxy) -> None:
    with connected(proxy) as client:
        client.sendall(b"x" * 200_000)
        assert received(client, 200_000) == b"x" * 200_000


def test_a_cut_line_is_reset_and_takes_no_more_until_it_is_mended(proxy: Proxy) -> None:
    with connected(proxy) as client:
        client.sendall(b"hello")
        assert received(client, 5) == b"hello"
        proxy.cut()
        assert received(client, 1) == b""
    with connected(proxy) as client:
        assert received(client, 1) == b""
    proxy.mend()
    with connected(proxy) as client:
        client.sendall(b"again")
        assert received(client, 5) == b"again"


def test_a_black_hole_answers_nothing_and_closes_nothing(proxy: Proxy, echo: Echo) -> None:
    with connected(proxy) as client:
        client.sendall(b"hello")
        assert received(client, 5) == b"hello"
        proxy.black_hole()
        client.settimeout(0.2)
        client.sendall(b"anybody?")
        with pytest.raises(TimeoutError):
            client.recv(1)
        assert b"anybody?" not in echo.heard


def test_a_delayed_line_holds_every_chunk_back(proxy: Proxy) -> None:
    proxy.delay(0.1)
    with connected(proxy) as client:
        started = time.monotonic()
        client.sendall(b"slow")
        assert received(client, 4) == b"slow"
        assert time.monotonic() - started >= 0.2


def test_a_line_is_reset_after_some_bytes_once(proxy: Proxy) -> None:
    proxy.reset_after(3)
    with connected(proxy) as client:
        client.sendall(b"hello")
        assert received(client, 5) == b"hel"
    with connected(proxy) as client:
        client.sendall(b"hello")
        assert received(client, 5) == b"hello"


@pytest.mark.parametrize("fate", [Fate.REPLY_LOST, Fate.REQUEST_LOST])
def test_a_commit_is_robbed_of_its_reply_or_never_sent(
    proxy: Proxy, echo: Echo, fate: Fate
) -> None:
    commit, insert = query(b"COMMIT"), query(b"INSERT INTO inbox VALUES (1)")
    proxy.rob_commit(fate)
    with connected(proxy) as client:
        for message in (STARTUP, query(b"BEGIN"), query(b"SELECT 1"), commit, insert):
            client.sendall(message)
            assert received(client, len(message)) == message  # nothing written yet: passes
        client.sendall(commit)
        assert received(client, 1) == b""
    assert echo.heard.endswith(commit if fate is Fate.REPLY_LOST else insert)
    assert proxy.robbed == [fate]


def test_a_held_commit_goes_on_when_it_is_released(proxy: Proxy) -> None:
    work = STARTUP + query(b"INSERT INTO inbox VALUES (1)")
    proxy.rob_commit(Fate.HELD)
    with connected(proxy) as client:
        client.sendall(work)
        assert received(client, len(work)) == work
        client.sendall(query(b"COMMIT"))
        client.settimeout(0.2)
        with pytest.raises(TimeoutError):
            client.recv(1)
        client.settimeout(5)
        proxy.release()
        assert received(client, 12) == query(b"COMMIT")


def test_messages_are_found_however_they_are_cut_into_chunks() -> None:
    stream = TLS + STARTUP + query(b"insert into x values (1)") + query(b"COMMIT") + query(b"BEGIN")
    frontend = Frontend()
    assert [frontend.feed(stream[i : i + 1]) for i in range(len(stream))].count(True) == 1


def test_a_commit_after_a_rollback_is_not_taken_for_a_write() -> None:
    frontend = Frontend()
    frontend.feed(STARTUP + query(b"UPDATE x SET y = 1") + query(b"ROLLBACK") + query(b"BEGIN"))
    assert not frontend.feed(query(b"COMMIT"))
