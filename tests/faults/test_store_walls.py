"""Rows 65, 72 and 77: the store keeps its order, refuses to forget, and refuses to be misset."""

import threading
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import DBAPIError

from domain.registers.occupations import OccupationRegistered
from infra.db import UnsafeDatabaseError, make_engine, of_tenant, probe
from infra.event_store.registers import RegisterEntries
from infra.event_store.session import append_entries
from infra.sandbox import PostgresSandbox
from tests.faults.conftest import Begin
from tests.faults.rig.ground import Ground

WRITERS = 32
APPENDS = 8  # of each writer, and round
RARE = 0.05  # of appends are rolled back, as many commit slowly
SLOW = 0.02  # seconds
DATABASE, ISOLATION = "anjuan", "default_transaction_isolation"
AFTER = """
SELECT position, stream, version FROM events
 WHERE tenant = %s AND position > %s ORDER BY epoch, position LIMIT 500
"""


class UndoneError(Exception):
    """Rolls an append back."""


def end_badly_or_slowly(fate: float) -> None:
    """Raise, linger or do nothing before the commit."""
    if fate < RARE:
        raise UndoneError
    if fate < 2 * RARE:
        threading.Event().wait(SLOW)


class Consumer:
    """Reads what is new behind a checkpoint of its own, as projections and the feed do."""

    def __init__(self, url: str, tenant: str) -> None:
        self.seen: list[tuple[int, str, int]] = []
        self._tenant = tenant
        self._ended = threading.Event()
        self._engine = make_engine(url, pool_size=2)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._ended.is_set():
            if not self._look():
                self._ended.wait(0.002)
        while self._look():
            pass

    def _look(self) -> bool:
        checkpoint = self.seen[-1][0] if self.seen else 0
        with of_tenant(self._engine, self._tenant) as connection:
            rows = connection.exec_driver_sql(AFTER, (self._tenant, checkpoint)).all()
        self.seen += [(position, stream, version) for position, stream, version in rows]
        return bool(rows)

    def end(self) -> None:
        """Read the rest and stop."""
        self._ended.set()
        self._thread.join()
        self._engine.dispose()


def write(engine: Engine, tenant: str, writer: int, count: int) -> int:
    """Append to a stream of its own, sometimes undone, sometimes slow; return how many stand."""
    chance = Random(writer)  # noqa: S311  – choices, no secrets
    stood = 0
    for number in range(count):
        event = OccupationRegistered(code=f"{writer}-{number}", name="车工")
        entries = RegisterEntries(name=f"occupations-{writer}", events=(event,))
        fate = chance.random()
        try:
            with of_tenant(engine, tenant) as connection:
                append_entries(connection, tenant, entries)
                end_badly_or_slowly(fate)
        except UndoneError:
            continue
        stood += 1
    return stood


def test_consumers_miss_nothing_and_see_the_order_of_commits(trial: Begin, ground: Ground) -> None:
    with trial(
        "65", f"{WRITERS} writers, 5 % undone, 5 % slow, consumers beside them", bare=True
    ) as case:
        url = ground.servers.database_url
        engine = make_engine(url, pool_size=WRITERS)
        tenant = new_tenant(url)
        consumers = [Consumer(url, tenant) for _ in range(2)]
        try:
            with ThreadPoolExecutor(WRITERS) as threads:
                counts = [
                    threads.submit(write, engine, tenant, writer, APPENDS * case.rounds)
                    for writer in range(WRITERS)
                ]
                stood = sum(one.result() for one in counts)
        finally:
            for one in consumers:
                one.end()
            engine.dispose()
        rows = ground.store.rows(
            "SELECT position, stream, version FROM events WHERE tenant = %s ORDER BY position",
            tenant,
        )
        assert len(rows) == stood
        for one in consumers:
            assert one.seen == rows
        case.more = f"events {stood}, missed 0"


CHANGES = (
    "UPDATE events SET type = 'x'",
    "UPDATE events SET data = '{}' WHERE position = 1",
    "DELETE FROM events",
    "TRUNCATE events",
    "UPDATE audit SET code = 'x'",
    "DELETE FROM audit",
    "DELETE FROM inbox",
    "UPDATE inbox SET received_at = now()",
    "DELETE FROM claims",
    "ALTER TABLE events DISABLE TRIGGER append_only",
    "DROP TABLE events",
)


@pytest.mark.parametrize("owner", [False, True], ids=["application", "owner"])
def test_what_was_recorded_cannot_be_changed(trial: Begin, ground: Ground, *, owner: bool) -> None:
    who = "the owner" if owner else "the app role"
    with trial("72", f"UPDATE, DELETE, TRUNCATE as {who}", bare=True) as case:
        url = ground.servers.database_url
        engine = create_engine(url) if owner else make_engine(url, pool_size=1)
        tenant = new_tenant(url)
        changes = [one for one in CHANGES if not owner or is_a_row_change(one)]
        try:
            for change in changes:
                refused(engine, tenant, change)
        finally:
            engine.dispose()
        case.more = f"statements refused {len(changes)}"


def new_tenant(url: str) -> str:
    """Make a tenant and return its name."""
    engine = make_engine(url, pool_size=1)
    try:
        return PostgresSandbox(engine).create().tenant
    finally:
        engine.dispose()


def is_a_row_change(statement: str) -> bool:
    """Whether the trigger stands against it: whoever owns a table may always drop it."""
    rows = (
        "UPDATE events",
        "DELETE FROM events",
        "TRUNCATE events",
        "UPDATE audit",
        "DELETE FROM a",
    )
    return statement.startswith(rows)


def refused(engine: Engine, tenant: str, statement: str) -> None:
    """The database says no."""
    with (
        pytest.raises(DBAPIError, match=r"append-only|permission denied|must be owner"),
        of_tenant(engine, tenant) as connection,
    ):
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("isolation", ["REPEATABLE READ", "SERIALIZABLE"])
def test_the_start_is_refused_under_another_isolation(
    trial: Begin, ground: Ground, isolation: str
) -> None:
    with trial("77", f"pool set to {isolation}", bare=True):
        wrong = make_engine(ground.servers.database_url, pool_size=1, isolation=isolation)
        try:
            with pytest.raises(UnsafeDatabaseError, match="isolation"):
                probe(wrong)
        finally:
            wrong.dispose()


def test_another_default_isolation_of_the_database_does_not_reach_the_processes(
    trial: Begin, ground: Ground
) -> None:
    with trial("77", "database's own default set to REPEATABLE READ", bare=True):
        engine = make_engine(ground.servers.database_url, pool_size=1)
        ground.store.rows(f"ALTER DATABASE {DATABASE} SET {ISOLATION} = 'repeatable read'")
        try:
            probe(engine)
        finally:
            ground.store.rows(f"ALTER DATABASE {DATABASE} RESET {ISOLATION}")
            engine.dispose()
