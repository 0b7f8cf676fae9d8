"""Real PostgreSQL and Temporal servers on one machine, without Docker.

`LocalServers` is what tests, benches and `anjuan up` start; every server is an own child process
with a known PID, bound to the loopback address, and none outlives the process that started it.
"""

from infra.local.faults import LocalFaultError
from infra.local.postgres_server import PostgresServer
from infra.local.servers import LocalServers
from infra.local.temporal_server import TemporalServer

__all__ = ["LocalFaultError", "LocalServers", "PostgresServer", "TemporalServer"]
