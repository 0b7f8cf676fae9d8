"""The diagrams in the database: every one that was ever deployed, by the hash of its bytes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy import Connection
from typing_extensions import override

from infra.db import make_engine

# A diagram, kept once.
KEEP = "INSERT INTO definitions (hash, source) VALUES (%s, %s) ON CONFLICT DO NOTHING"
# The bytes of a diagram.
FETCH = "SELECT source FROM definitions WHERE hash = %s"


class Shelf(Protocol):
    """Where diagrams are kept for ever."""

    def fetch(self, definition_hash: str) -> bytes | None:
        """Return the bytes of the BPMN file with that hash, or None."""

    def keep(self, sources: Mapping[str, bytes]) -> None:
        """Keep diagrams by hash; one that is there already stays."""


class EmptyShelf(Shelf):
    """Keeps nothing: for what runs in memory, on the diagrams shipped."""

    @override
    def fetch(self, definition_hash: str) -> bytes | None:
        return None

    @override
    def keep(self, sources: Mapping[str, bytes]) -> None:
        """Keep nothing: whoever runs in memory has the bytes already."""


class PostgresShelf(Shelf):
    """The table `definitions`. Thread-safe.

    Uses a connection of its own and lets it go: who meets a diagram in the middle of a decision
    holds one of the pool already.
    """

    def __init__(self, url: str) -> None:
        """Keep the way to the database."""
        self._url = url

    @override
    def keep(self, sources: Mapping[str, bytes]) -> None:
        with self._transaction() as connection:
            for definition_hash, source in sorted(sources.items()):
                connection.exec_driver_sql(KEEP, (definition_hash, source))

    @override
    def fetch(self, definition_hash: str) -> bytes | None:
        with self._transaction() as connection:
            found = connection.exec_driver_sql(FETCH, (definition_hash,)).scalar_one_or_none()
        return None if found is None else bytes(found)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        engine = make_engine(self._url, pool_size=1)
        try:
            with engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()
