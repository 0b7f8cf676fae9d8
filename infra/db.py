"""Connections to PostgreSQL: who they are, how long they wait, and what is refused at the start.

Processes of the product may be given the owner's URL; every connection acts as `anjuan_app` all the
same, set at its start as the session's own default, so that even `RESET ROLE` leads back to it. In
production the login is a member of `anjuan_app` and owns nothing.
"""

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final, Literal

import psycopg2
from psycopg2.errors import ReadOnlySqlTransaction  # of a server that is a standby by now
from psycopg2.extensions import connection
from sqlalchemy import Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, InterfaceError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

ALL_EYES: Final = "*"  # of processes that follow the law, not of people who look

Role = Literal["anjuan_app", "anjuan_auditor"]

LOCK_TIMEOUT: Final = "1500ms"  # these two together stay under 5 s: a thread cannot be cancelled
STATEMENT_TIMEOUT: Final = "3000ms"
IDLE_IN_TRANSACTION: Final = "4000ms"  # frees what a silent lock holder blocks
MENDED: Final = {15: 14, 16: 10, 17: 6}  # minor releases from which row security hides statistics

UNASKED: Final = 1.0  # seconds of rest after which a connection is asked whether it lives

_RESTS_SINCE: Final = "rests since"
_SETTINGS: Final = {
    "lock_timeout": LOCK_TIMEOUT,
    "statement_timeout": STATEMENT_TIMEOUT,
    "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION,
    "timezone": "UTC",
    "jit": "off",  # policies look dear to the planner; compiling takes longer than any list
    "application_name": "anjuan",
}
_WALLS: Final = "SELECT set_config('anjuan.tenant', %s, true), set_config('anjuan.eyes', %s, true)"
_FACTS: Final = """
SELECT current_setting('server_version_num')::int AS version,
       current_setting('transaction_isolation') AS isolation,
       current_setting('fsync') AS fsync,
       current_setting('synchronous_commit') AS synchronous_commit,
       session_user AS login,
       (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user) AS unwalled,
       EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tablename = 'events'
                  AND pg_has_role(session_user, tableowner, 'MEMBER')) AS owner
"""


def driver_connection(url: str, *, timeout: int) -> connection:
    """Connect with the driver alone, where an engine of `url` would.

    Wait `timeout` seconds, unless `url` says otherwise by `connect_timeout`.

    Raises:
        psycopg2.OperationalError: there is no database, or it lets nobody in by that login.
    """
    place = make_url(url).set(drivername="postgresql+psycopg2")
    words, options = place.get_dialect()().create_connect_args(place)
    return psycopg2.connect(*words, **{"connect_timeout": timeout, **options})


class UnsafeDatabaseError(Exception):
    """The database is set so that the store's promises would not hold; `faults` lists each."""

    code = "database.unsafe"

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(
            "数据库设置不安全，拒绝启动 · unsafe database settings, not starting:\n  "
            + "\n  ".join(faults)
        )
        self.faults = faults


def make_engine(
    url: str,
    *,
    pool_size: int = 8,
    role: Role = "anjuan_app",
    isolation: str = "READ COMMITTED",
    patient: bool = False,
) -> Engine:
    """Return an engine whose connections act as `role`; at most `pool_size`, never more.

    `patient` lifts the time limits: for `anjuan verify`, not for work on cases.
    """
    settings = {**_SETTINGS, "role": role, "default_transaction_isolation": isolation}
    if patient:
        settings |= {"statement_timeout": "0", "idle_in_transaction_session_timeout": "0"}
    options = " ".join(f"-c {name}={_escaped(value)}" for name, value in settings.items())
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=4,
        use_native_hstore=False,
        hide_parameters=True,  # errors are logged, payloads are not
        connect_args={
            "options": options,
            "connect_timeout": 4,
            "keepalives": 1,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 15_000,
        },
    )
    event.listen(engine, "checkin", _note_rest)
    event.listen(engine, "checkout", partial(_greet, engine.dialect))
    return engine


def probe(engine: Engine, *, walled: bool = False) -> None:
    """Check what the store's promises stand on.

    `walled` – in production – also wants a login that could not step around grants and row
    security by leaving its role: neither superuser nor owner of the tables.

    Raises:
        UnsafeDatabaseError: naming every setting that is wrong.
    """
    with engine.connect() as connection:
        facts = connection.exec_driver_sql(_FACTS).mappings().one()
    checks = {
        "PostgreSQL < 15.14, 16.10 or 17.6": too_old(facts["version"]),
        f"isolation {facts['isolation']}: read committed": facts["isolation"] != "read committed",
        "fsync = off": facts["fsync"] != "on",
        "synchronous_commit = off": facts["synchronous_commit"] == "off",
        f"{facts['login']}: superuser or BYPASSRLS": walled and bool(facts["unwalled"]),
        f"{facts['login']}: owner of the tables": walled and bool(facts["owner"]),
    }
    if faults := tuple(fault for fault, holds in checks.items() if holds):
        raise UnsafeDatabaseError(faults)


def too_old(version: int) -> bool:
    """Whether `server_version_num` is of a release whose statistics leak rows past the policies."""
    major, minor = divmod(version, 10_000)
    return major < min(MENDED) or minor < MENDED.get(major, 0)


def is_outage(error: Exception) -> bool:
    """Whether the database could not be asked now; anything else it said is a fault of ours."""
    if isinstance(error, OperationalError | InterfaceError | PoolTimeoutError):
        return True
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return lost or isinstance(getattr(error, "orig", None), ReadOnlySqlTransaction)


@contextmanager
def of_tenant(engine: Engine, tenant: str, eyes: str = "") -> Iterator[Connection]:
    """One transaction that sees and writes rows of `tenant` only; the settings end with it.

    Of its cases it sees what `eyes` find: keys of `sights`, `ALL_EYES` for every one, "" for none.
    """
    with engine.begin() as connection:
        connection.exec_driver_sql(_WALLS, (tenant, eyes))
        yield connection


def _note_rest(_connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    entry.info[_RESTS_SINCE] = time.monotonic()


def _greet(
    dialect: Dialect, held: DBAPIConnection, entry: ConnectionPoolEntry, _: PoolProxiedConnection
) -> None:
    """Ask a connection whether it lives, before it is used, where that is not plain to see.

    A question is a round trip. A server that ends or dies closes its connections, which is seen
    without asking; one that has fallen silent is found out by the question.

    Raises:
        InvalidatePoolError: it is dead; the pool makes new ones.
    """
    rests_since = entry.info.get(_RESTS_SINCE)  # a new one has not rested yet
    if rests_since is None:
        return
    if time.monotonic() - rests_since < UNASKED and not _has_news(held):
        return
    try:
        dialect.do_ping(held)
    except psycopg2.Error as gone:
        raise InvalidatePoolError from gone


def _has_news(held: Any) -> bool:  # noqa: ANN401  – a connection of the driver
    """Whether the server has sent what nobody asked for: above all, that it has gone."""
    if held.closed:
        return True
    socket = select.poll()
    socket.register(held.fileno(), select.POLLIN)
    return bool(socket.poll(0))


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(" ", "\\ ")
