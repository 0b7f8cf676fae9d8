"""Endpoints of tenants: in PostgreSQL, walled off by row security, and in memory."""

from dataclasses import asdict, replace

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
# A new endpoint, unless the name is taken.
ADD = """
INSERT INTO endpoints (tenant, name, url, secret)
VALUES (%(tenant)s, %(name)s, %(url)s, %(secret)s)
ON CONFLICT (tenant, name) DO NOTHING
"""
# A new secret of an endpoint that is there.
RENEW = """
UPDATE endpoints SET secret = %(secret)s WHERE tenant = %(tenant)s AND name = %(name)s
RETURNING name, url, secret
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
    def add(self, tenant: str, endpoint: Endpoint) -> bool:
        return self._changed(ADD, tenant, asdict(endpoint))

    @override
    def renew(self, tenant: str, name: str, secret: str) -> Endpoint | None:
        with of_tenant(self._engine, tenant) as connection:
            given = {"tenant": tenant, "name": name, "secret": secret}
            row = connection.exec_driver_sql(RENEW, given).mappings().one_or_none()
        return None if row is None else _endpoint(row)

    @override
    def drop(self, tenant: str, name: str) -> bool:
        return self._changed(DROP, tenant, {"name": name})

    def _changed(self, statement: str, tenant: str, given: dict[str, str]) -> bool:
        with of_tenant(self._engine, tenant) as connection:
            done = connection.exec_driver_sql(statement, {"tenant": tenant, **given})
            return done.rowcount == 1


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
    def add(self, tenant: str, endpoint: Endpoint) -> bool:
        if (tenant, endpoint.name) in self._kept:
            return False
        self._kept[tenant, endpoint.name] = endpoint
        return True

    @override
    def renew(self, tenant: str, name: str, secret: str) -> Endpoint | None:
        if (old := self._kept.get((tenant, name))) is None:
            return None
        self._kept[tenant, name] = renewed = replace(old, secret=secret)
        return renewed

    @override
    def drop(self, tenant: str, name: str) -> bool:
        return self._kept.pop((tenant, name), None) is not None


def _endpoint(row: Row) -> Endpoint:
    return Endpoint(name=row["name"], url=row["url"], secret=row["secret"])
