"""Reads what a client says to PostgreSQL, so that a line can be cut exactly at a COMMIT."""

import re

NEGOTIATIONS = frozenset((80877103, 80877104))  # requests for TLS and GSSAPI before the start-up
LENGTH = 4  # bytes
WRITES = re.compile(rb"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|receive\s*\()", re.IGNORECASE)
SIMPLE = b"Q"  # psycopg2 sends every statement as a simple query


class Frontend:
    """The messages of one connection, put together again from chunks."""

    def __init__(self) -> None:
        """Begin before the start-up message."""
        self._buffer = b""
        self._started = False
        self._wrote = False

    def feed(self, data: bytes) -> bool:
        """Take a chunk; say whether it ends a COMMIT of a transaction that wrote something."""
        self._buffer += data
        found = False
        while (message := self._next()) is not None:
            found = self._hear(*message) or found
        return found

    def _hear(self, kind: bytes, body: bytes) -> bool:
        if kind != SIMPLE:
            return False
        if body.rstrip(b"\0; ").strip().upper() == b"COMMIT":
            wrote, self._wrote = self._wrote, False
            return wrote
        if body[:8].upper() == b"ROLLBACK":
            self._wrote = False
        self._wrote = self._wrote or bool(WRITES.search(body))
        return False

    def _next(self) -> tuple[bytes, bytes] | None:
        head = LENGTH if not self._started else LENGTH + 1
        if len(self._buffer) < head:
            return None
        length = int.from_bytes(self._buffer[head - LENGTH : head])
        end = head - LENGTH + length
        if len(self._buffer) < end:
            return None
        message, self._buffer = self._buffer[:end], self._buffer[end:]
        if self._started:
            return message[:1], message[head:]
        self._started = int.from_bytes(message[LENGTH : 2 * LENGTH]) not in NEGOTIATIONS
        return b"", message
