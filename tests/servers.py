"""Which PostgreSQL the tests use: a given one, a container, or one of our own."""

import contextlib
import importlib
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

from infra.local import PostgresServer

DOCKER_SOCKET = Path("/var/run/docker.sock")
IMAGE = "postgres:18.4-bookworm"


class Postgres(Protocol):
    """A PostgreSQL server in which databases can be made."""

    def url(self, database: str) -> str:
        """Return the owner's SQLAlchemy URL of `database`."""
        ...


class GivenPostgres:
    """The server that somebody else runs and an URL names."""

    def __init__(self, url: str) -> None:
        """Take the URL of any database of a user who may create databases."""
        self._parts = urlsplit(url)

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of `database`."""
        return urlunsplit(self._parts._replace(scheme="postgresql+psycopg2", path=f"/{database}"))


@contextmanager
def any_postgres(folder: Path) -> Iterator[Postgres]:
    """Run or find a server, in the order: `DATABASE_URL`, Docker, own server in `folder`."""
    if given := os.environ.get("DATABASE_URL"):
        yield GivenPostgres(given)
    elif docker_answers():
        with _container() as url:
            yield GivenPostgres(url)
    else:
        server = PostgresServer(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def docker_answers() -> bool:
    """Say whether a Docker engine answers on its usual socket."""
    with socket.socket(socket.AF_UNIX) as engine, contextlib.suppress(OSError):
        engine.settimeout(1.0)
        engine.connect(str(DOCKER_SOCKET))
        engine.sendall(b"GET /_ping HTTP/1.0\r\n\r\n")
        return b" 200 " in engine.recv(64)
    return False


@contextmanager
def _container() -> Iterator[str]:
    module = importlib.import_module("testcontainers.community.postgres")  # slow, so late
    with module.PostgresContainer(IMAGE, username="anjuan", dbname="anjuan") as container:
        yield container.get_connection_url()
