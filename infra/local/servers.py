"""PostgreSQL and Temporal together, as tests, benches and `anjuan up` want them."""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from infra.local.faults import Say, quiet
from infra.local.postgres_server import PostgresServer
from infra.local.temporal_server import TemporalServer


class LocalServers:
    """Real servers in `folder`, running inside the `with` block; nothing is left running after.

    `with LocalServers(folder) as servers:` … `servers.postgres.kill()`, `servers.postgres.start()`.
    """

    def __init__(
        self,
        folder: Path,
        *,
        postgres_options: Mapping[str, str] | None = None,
        search_attributes: Mapping[str, str] | None = None,
        say: Say = quiet,
    ) -> None:
        """Prepare both servers on free ports; options as in the servers' own classes."""
        self.postgres = PostgresServer(folder, options=postgres_options, say=say)
        self.temporal = TemporalServer(folder, search_attributes=search_attributes, say=say)

    @property
    def database_url(self) -> str:
        """The owner's SQLAlchemy URL of the database `anjuan`."""
        return self.postgres.url()

    @property
    def temporal_address(self) -> str:
        """host:port of the Temporal frontend."""
        return self.temporal.address

    @property
    def postgres_pid(self) -> int:
        """The PID of the PostgreSQL postmaster."""
        return self.postgres.pid

    @property
    def temporal_pid(self) -> int:
        """The PID of the Temporal server."""
        return self.temporal.pid

    def start(self) -> None:
        """Start both; when one cannot start, neither is left running.

        Raises:
            LocalFaultError: saying which and why.
        """
        try:
            self.postgres.start()
            self.temporal.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop both, in the order that loses nothing."""
        self.temporal.stop()
        self.postgres.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
