"""What lies in the database, read past the product: as the owner, over a line of its own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import psycopg2

from infra.event_store.rows import case_lock
from tests.faults.rig.checker import Entry, Final, Row
from tests.faults.rig.history import Act

EVENTS = """
SELECT position, tenant, stream, version, event_id::text, type,
       coalesce(meta ->> 'command', lead ->> 'command')
  FROM recorded WHERE tenant = ANY(%s) ORDER BY epoch, position
"""
INBOX = """
SELECT tenant, client, key, command_id::text, case_id::text,
       coalesce(outcome ->> 'kind', ''), coalesce(outcome ->> 'code', '')
  FROM inbox WHERE tenant = ANY(%s) ORDER BY seq
"""
UNSETTLED = """
SELECT 'undecided ' || tenant || ' ' || name || ' ' || command_id FROM inbox WHERE outcome IS NULL
UNION ALL
SELECT 'job of ' || tenant || ' ' || case_id FROM cases WHERE jobs > 0
LIMIT 20
"""
EFFECTIVE = """
SELECT coalesce(m.eta ->> 'effective_at', m.eta ->> 'received_at', to_json(recorded_at) #>> '{}')
  FROM recorded, LATERAL (SELECT coalesce(lead::jsonb, '{}') || meta::jsonb AS eta) m
 WHERE stream = %s AND type = %s ORDER BY version
"""
RECEIVED = "SELECT received_at FROM inbox WHERE tenant = %s AND client = %s AND key = %s"
LOCKS = """
SELECT a.pid, a.state, a.wait_event_type, l.locktype, l.mode, l.granted,
       extract(epoch FROM clock_timestamp() - a.xact_start)::numeric(8,1), left(a.query, 80)
  FROM pg_stat_activity a LEFT JOIN pg_locks l ON l.pid = a.pid AND l.locktype = 'advisory'
 WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
"""


HELD = """
SELECT bool_or(l.granted AND l.mode = 'ExclusiveLock' AND a.state = 'idle in transaction'),
       bool_or(NOT l.granted)
  FROM pg_locks l JOIN pg_stat_activity a USING (pid)
 WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND a.datname = current_database()
   AND l.classid::bigint << 32 | l.objid::bigint = %s
"""


class Store:
    """A connection of the owner, made anew when the server was killed in between."""

    def __init__(self, url: str) -> None:
        """Take the owner's SQLAlchemy URL."""
        self._dsn = url.replace("+psycopg2", "", 1)
        self._connection: Any = None

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run one statement in a transaction of its own and return its rows."""
        try:
            return self._run(statement, values)
        except (psycopg2.OperationalError, psycopg2.InterfaceError):
            self.close()
            return self._run(statement, values)

    def final(self, tenants: Sequence[str]) -> Final:
        """Return all events and inbox rows of `tenants`."""
        names = list(tenants)
        return Final(
            [
                Entry(
                    position=position,
                    tenant=tenant,
                    stream=stream,
                    version=version,
                    event_id=event,
                    type=kind,
                    command=command,
                )
                for position, tenant, stream, version, event, kind, command in self.rows(
                    EVENTS, names
                )
            ],
            [
                Row(
                    tenant=tenant,
                    client=client,
                    key=key,
                    command=command,
                    case=case,
                    kind=kind,
                    code=code,
                )
                for tenant, client, key, command, case, kind, code in self.rows(INBOX, names)
            ],
        )

    def types(self, case: str) -> list[str]:
        """Return the types of a case's events, in order."""
        found = self.rows("SELECT type FROM events WHERE stream = %s ORDER BY version", case)
        return [kind for (kind,) in found]

    def effective(self, case: str, kind: str) -> list[datetime]:
        """Return the effective instants of a case's events of one type."""
        found = self.rows(EFFECTIVE, case, kind)
        return [datetime.fromisoformat(at) for (at,) in found]

    def set_clock(self, tenant: str, at: str) -> None:
        """Freeze a tenant's law time at `at` and tell nobody."""
        self.rows("UPDATE tenants SET frozen_at = %s WHERE tenant = %s", at, tenant)

    def run_clock(self, tenant: str, at: str) -> None:
        """Let a tenant's law time run on from `at` and tell nobody."""
        self.rows(
            "UPDATE tenants SET frozen_at = NULL, clock_offset = %s::timestamptz - wall_clock()"
            " WHERE tenant = %s",
            at,
            tenant,
        )

    def law_now(self, tenant: str) -> datetime:
        """Return a tenant's law time."""
        return self.rows("SELECT law_now(%s)", tenant)[0][0]  # type: ignore[no-any-return]

    def received(self, act: Act) -> datetime:
        """Return the time of receipt of an act, in law time."""
        found = self.rows(RECEIVED, act.tenant, act.client, act.key)
        return found[0][0]  # type: ignore[no-any-return]

    def unsettled(self) -> list[str]:
        """Return what is received and undecided, and the service work not yet reported."""
        return [what for (what,) in self.rows(UNSETTLED)]

    def locks(self) -> list[tuple[Any, ...]]:
        """Return sessions with their advisory locks."""
        return self.rows(LOCKS)

    def held(self, case: str) -> bool:
        """Whether a transaction that does nothing right now keeps the case for itself."""
        return bool(self.rows(HELD, case_lock(case))[0][0])

    def wanted(self, case: str) -> bool:
        """Whether a transaction waits for the case."""
        return bool(self.rows(HELD, case_lock(case))[0][1])

    def close(self) -> None:
        """Give the connection up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _run(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        if self._connection is None:
            self._connection = psycopg2.connect(self._dsn, connect_timeout=5)
            self._connection.autocommit = True
        with self._connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return list(cursor.fetchall()) if cursor.description else []
