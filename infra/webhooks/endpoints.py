"""Endpoints of tenants: in PostgreSQL, walled off by row security, and in memory."""

from sqlalchemy import Engine
from typing_extensions import override

from domain.web import Endpoint, Endpoints
from infra.db import of_tenant
from infra.event_store.rows import Row

# One endpoint of the tenant, or all of them.
FIND = """
SELECT name, url, secret FROM endpoints
 WHERE tenant = %(tenant)s AND (%(name)s::text IS NULL OR name = %(name)s) ORDER BY name
"""
# A new endpoint, or a new address or secret of an old one.
PUT = """
INSERT INTO endpoints (tenant, name, url, secret)
VALUES (%(tenant)s, %(name)s, %(url)s, %(secret)s)
ON CONFLICT (tenant, name) DO UPDATE SET url = excluded.url, secret = excluded.secret
"""
# An endpoint is called no more.
DROP = "DELETE FROM endpoints WHERE tenant = %(tenant)s AND name = %(name)s"


class PostgresEndpoints(Endpoints):
    """The table `endpoints`. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        """Read and write through `engine`."""
        self._engine = engine

    @override
    def find(self, tenant: str, name: str) -> Endpoint | None:
        with of_tenant(self._engine, tenant) as connection:
            wanted = {"tenant": tenant, "name": name}
            row = connection.exec_driver_sql(FIND, wanted).mappings().one_or_none()
        return None if row is None else _endpoint(row)

    @override
    def all(self, tenant: str) -> tuple[Endpoint, ...]:
        with of_tenant(self._engine, tenant) as connection:
            wanted = {"tenant": tenant, "name": None}
            rows = connection.exec_driver_sql(FIND, wanted).mappings().all()
        return tuple(map(_endpoint, rows))

    @override
    def put(self, tenant: str, endpoint: Endpoint) -> None:
        row = {
            "tenant": tenant,
            "name": endpoint.name,
            "url": endpoint.url,
            "secret": endpoint.secret,
        }
        with of_tenant(self._engine, tenant) as connection:
            connection.exec_driver_sql(PUT, row)

    @override
    def drop(self, tenant: str, name: str) -> None:
        with of_tenant(self._engine, tenant) as connection:
            connection.exec_driver_sql(DROP, {"tenant": tenant, "name": name})


class MemoryEndpoints(Endpoints):
    """Endpoints of one process, for what runs in memory."""

    def __init__(self) -> None:
        """Start with none."""
        self._kept: dict[tuple[str, str], Endpoint] = {}

    @override
    def find(self, tenant: str, name: str) -> Endpoint | None:
        return self._kept.get((tenant, name))

    @override
    def all(self, tenant: str) -> tuple[Endpoint, ...]:
        return tuple(one for at, one in sorted(self._kept.items()) if at[0] == tenant)

    @override
    def put(self, tenant: str, endpoint: Endpoint) -> None:
        self._kept[tenant, endpoint.name] = endpoint

    @override
    def drop(self, tenant: str, name: str) -> None:
        self._kept.pop((tenant, name), None)


def _endpoint(row: Row) -> Endpoint:
    return Endpoint(name=row["name"], url=row["url"], secret=row["secret"])
