"""A TCP line that can be cut, delayed, silenced, reset, or robbed of the reply to a COMMIT."""

import asyncio
import contextlib
import enum
import threading
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self

from infra.local.ports import LOOPBACK
from tests.faults.rig.commits import Frontend

CHUNK = 65_536  # bytes


class Fate(enum.Enum):
    """What becomes of a COMMIT that the line waits for."""

    REPLY_LOST = "the server commits, the client never hears of it"
    REQUEST_LOST = "the server never hears of it and rolls back"
    HELD = "the server hears of it only at `release`"


class Proxy:
    """A line from a port of its own to `target`, in a thread of its own.

    Every method may be called from any thread and has taken effect when it returns.
    """

    def __init__(self, target: int) -> None:
        """Prepare a line to the loopback port `target`."""
        self.port = 0
        self.robbed: list[Fate] = []  # what the commits met so far, in order
        self.holds = False  # whether a commit is held now
        self._target = target
        self._fates: list[Fate] = []
        self._delay = 0.0
        self._silent = False
        self._severed = False
        self._bytes_left: int | None = None
        self._released = asyncio.Event()
        self._lines: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = self._do(asyncio.start_server(self._serve, LOOPBACK, 0))
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def cut(self) -> None:
        """Reset every connection and every new one until `mend`."""
        self._now(lambda: setattr(self, "_severed", True))
        self._now(self._reset_all)

    def black_hole(self) -> None:
        """Keep connections open and let nothing through in either direction until `mend`."""
        self._now(lambda: setattr(self, "_silent", True))

    def delay(self, seconds: float) -> None:
        """Hold every chunk back by `seconds`; 0 ends it."""
        self._now(lambda: setattr(self, "_delay", seconds))

    def reset_after(self, count: int) -> None:
        """Reset every connection once `count` more bytes came from the server; happens once."""
        self._now(lambda: setattr(self, "_bytes_left", count))

    def rob_commit(self, fate: Fate) -> None:
        """Let the next COMMIT of a transaction that wrote meet `fate`; calls add up."""
        self._now(self._released.clear)
        self._now(lambda: self._fates.append(fate))

    def release(self) -> None:
        """Let every COMMIT that is held go on."""
        self._now(self._released.set)

    def mend(self) -> None:
        """Take all faults away. What was swallowed stays lost, so silenced connections end."""
        if self._silent:
            self._now(self._reset_all)
        self._now(self._heal)

    def _heal(self) -> None:
        self._severed = self._silent = False
        self._delay, self._bytes_left = 0.0, None
        self._fates.clear()

    def _now(self, act: Callable[[], object]) -> None:
        async def run() -> None:
            act()

        self._do(run())

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401  – the coroutine's own
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=20)

    async def _end(self) -> None:
        self._server.close()
        self._reset_all()
        tasks = [one for one in asyncio.all_tasks() if one is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _reset_all(self) -> None:
        for line in tuple(self._lines):
            line.transport.abort()
        self._lines.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._severed:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection(LOOPBACK, self._target)
        except OSError:
            writer.transport.abort()
            return
        ends = {writer, back}
        self._lines |= ends
        try:
            await self._join(_Line(reader, back, there, writer))
        finally:
            self._lines -= ends
            for end in ends:
                end.transport.abort()

    async def _join(self, line: "_Line") -> None:
        ways = [
            asyncio.ensure_future(self._to_server(line)),
            asyncio.ensure_future(self._to_client(line)),
        ]
        try:
            # Not gather: the first way to end ends the line, as a socket closed by one side does.
            over = asyncio.Event()
            for way in ways:
                way.add_done_callback(lambda _: over.set())
            await over.wait()
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _to_server(self, line: "_Line") -> None:
        frontend = Frontend()
        while data := await line.client_in.read(CHUNK):
            await self._hold()
            commits = frontend.feed(data)
            if commits and self._fates and await self._robbed(line, data):
                return
            if not self._silent:
                await _send(line.server_out, data)

    async def _robbed(self, line: "_Line", data: bytes) -> bool:
        """Do with a COMMIT what was asked for; say whether that ends the line."""
        fate = self._fates.pop(0)
        self.robbed.append(fate)
        if fate is Fate.REPLY_LOST:
            line.robbed = True
            await _send(line.server_out, data)
            await line.reply_seen.wait()
        if fate is Fate.HELD:
            self.holds = True
            await self._released.wait()
            self.holds = False
        return fate is not Fate.HELD

    async def _to_client(self, line: "_Line") -> None:
        while data := await line.server_in.read(CHUNK):
            if line.robbed:
                line.reply_seen.set()
                continue
            await self._hold()
            if self._silent:
                continue
            if self._bytes_left is not None:
                data, self._bytes_left = data[: self._bytes_left], self._bytes_left - len(data)
            await _send(line.client_out, data)
            if self._bytes_left is not None and self._bytes_left <= 0:
                self._bytes_left = None
                return
        line.reply_seen.set()

    async def _hold(self) -> None:
        if self._delay:
            over = asyncio.Event()
            self._loop.call_later(self._delay, over.set)
            await over.wait()


class _Line:
    """The four ends of one connection through the proxy."""

    def __init__(
        self,
        client_in: asyncio.StreamReader,
        server_out: asyncio.StreamWriter,
        server_in: asyncio.StreamReader,
        client_out: asyncio.StreamWriter,
    ) -> None:
        self.client_in, self.client_out = client_in, client_out
        self.server_in, self.server_out = server_in, server_out
        self.robbed = False
        self.reply_seen = asyncio.Event()


async def _send(end: asyncio.StreamWriter, data: bytes) -> None:
    with contextlib.suppress(ConnectionError):
        end.write(data)
        await end.drain()
