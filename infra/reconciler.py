"""Finds what was left lying – whatever Temporal says – and wakes the cases it belongs to.

A thread of each worker; one of them is active, by an advisory lock. It stands on Postgres alone and
knows no workflow: acts without outcome, deadlines that are due, open cases without a conductor.
"""

import random
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import structlog
from sqlalchemy import Connection, Engine, Row
from sqlalchemy.exc import SQLAlchemyError
from temporalio.service import RPCError

log = structlog.get_logger("anjuan.reconciler")
BATCH = 200  # cases of each kind woken in one pass
LISTED = 10_000  # cases of each kind looked at, so that stuck ones do not hide those behind them
PASSES = 2  # in one interval: the first sees what lies there, the second wakes it
CROWDED = 2.0  # seconds until the next pass when a batch was full
LOOKED_AT = 50  # open cases asked for their conductor in one pass
_LEAD = "SELECT pg_try_advisory_lock(2, 0)"
_UNLEAD = "SELECT pg_advisory_unlock(2, 0)"
_DUE = "SELECT * FROM due_cases(%s)"
_UNDECIDED = "SELECT * FROM undecided(%s)"
_OPEN = "SELECT * FROM open_cases(%s, %s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A case in which something waits."""

    tenant: str
    case_id: str
    procedure: str
    since: datetime  # law time
    command: str = ""  # of an act without outcome


class Waker(Protocol):
    """Who speaks to the conductors."""

    def wake(self, cases: Iterable[tuple[str, str]]) -> int:
        """Wake cases given as (procedure, case id); return how many Temporal took."""

    def runs(self, case_id: str) -> bool:
        """Say whether the case has a conductor.

        Raises:
            RPCError: not known.
        """


class Backlog:
    """The reconciler's lists, over every tenant: ids and names only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lead(self) -> bool:
        """Take the lock of the one active reconciler, kept as long as the connection."""
        return bool(self._connection.exec_driver_sql(_LEAD).scalar_one())

    def unlead(self) -> None:
        """Give the lock back."""
        self._connection.exec_driver_sql(_UNLEAD)

    def due(self) -> list[Waiting]:
        """Return cases with a deadline that is due, the oldest first."""
        return [_waiting(row) for row in self._connection.exec_driver_sql(_DUE, (LISTED,))]

    def undecided(self) -> list[Waiting]:
        """Return acts without outcome, in order of receipt."""
        return [_waiting(row) for row in self._connection.exec_driver_sql(_UNDECIDED, (LISTED,))]

    def open_cases(self, after: str | None, limit: int = BATCH) -> list[Waiting]:
        """Return open cases with an id above `after`, in order of id."""
        rows = self._connection.exec_driver_sql(_OPEN, (after, limit))
        return [_waiting(row) for row in rows]


@dataclass(slots=True)
class Sweep:
    """What passes leave for the next one."""

    due: set[str] = field(default_factory=set)  # cases that were due in the last pass
    undecided: set[str] = field(default_factory=set)  # commands that waited in the last pass
    after: str | None = None  # the last open case looked at

    def run(self, backlog: Backlog, waker: Waker) -> int:
        """Go over what was left lying once; return how many cases were woken.

        An act seen for the first time is left alone: whoever received it is just having it decided.
        What is still there in the next pass is woken with an alarm.
        """
        due, undecided = backlog.due(), backlog.undecided()
        falling = _some(due)
        late = [one for one in falling if one.case_id in self.due]
        lying = _some([one for one in undecided if one.command in self.undecided])
        for kind, cases in (("deadline.due_but_not_acted_on", late), ("command.undecided", lying)):
            for one in cases:
                log.warning(kind, tenant=one.tenant, case=one.case_id, command=one.command)
        self.due = {one.case_id for one in due}
        self.undecided = {one.command for one in undecided}
        woken = _wake(waker, [*falling, *lying])  # before anybody is asked: asking may be slow
        return woken + _wake(waker, self._unconducted(backlog, waker))

    def _unconducted(self, backlog: Backlog, waker: Waker) -> list[Waiting]:
        cases = backlog.open_cases(self.after, LOOKED_AT)
        self.after = cases[-1].case_id if len(cases) == LOOKED_AT else None
        return [one for one in cases if _lacks_conductor(waker, one)]


def sweep(engine: Engine, waker: Waker) -> int:
    """Wake every case in which something lies, at once; return how many were woken.

    Raises:
        SQLAlchemyError: the database is away.
    """
    with engine.connect() as connection:
        backlog = Backlog(connection.execution_options(isolation_level="AUTOCOMMIT"))
        pass_ = Sweep(undecided={one.command for one in backlog.undecided()})
        return pass_.run(backlog, waker)


def rebuild(engine: Engine, waker: Waker) -> int:
    """Give every open case a conductor that starts from its events; return how many Temporal took.

    Raises:
        SQLAlchemyError: the database is away.
    """
    woken, after = 0, None
    with engine.connect() as connection:
        backlog = Backlog(connection.execution_options(isolation_level="AUTOCOMMIT"))
        while cases := backlog.open_cases(after):
            woken += _wake(waker, cases)
            after = cases[-1].case_id
        return woken + _wake(waker, backlog.undecided())


class Reconciler:
    """Sweeps at intervals, in a thread of its own, as long as it leads."""

    def __init__(self, engine: Engine, waker: Waker, interval: float) -> None:
        """Prepare it; `engine` gives one connection to it alone.

        What lies there is woken within `interval` seconds of being left.
        """
        self._engine, self._waker, self._interval = engine, waker, interval
        self._ended = threading.Event()
        self._sweep = Sweep()  # outlives a failed pass: what was seen once is woken in the next
        self._thread = threading.Thread(target=self._run, name="reconciler", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end; `join` waits for it."""
        self._ended.set()

    def join(self, seconds: float) -> None:
        """Wait for its end, at most `seconds`."""
        self._thread.join(seconds)

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._lead()
            except (SQLAlchemyError, RPCError) as fault:
                log.warning("reconciler.away", fault=type(fault).__name__)
            except Exception:
                log.exception("reconciler.failed")
            self._pause(self._interval)

    def _lead(self) -> None:
        with self._engine.connect() as connection:
            backlog = Backlog(connection.execution_options(isolation_level="AUTOCOMMIT"))
            if not backlog.lead():
                return
            try:
                while not self._ended.is_set():
                    if woken := self._sweep.run(backlog, self._waker):
                        log.info("reconciler.woke", count=woken)
                    usual = self._interval / PASSES
                    self._pause(min(usual, CROWDED) if woken >= BATCH else usual)
            finally:
                _quietly(backlog.unlead)

    def _pause(self, seconds: float) -> None:
        self._ended.wait(seconds * random.uniform(0.8, 1.0))  # noqa: S311  – not a secret


def _lacks_conductor(waker: Waker, case: Waiting) -> bool:
    """Whether Temporal says that nobody conducts the case; one it cannot tell of is passed over."""
    try:
        return not waker.runs(case.case_id)
    except RPCError as fault:
        log.warning("conductor.unknown", case=case.case_id, fault=fault.status.name)
        return False


def _some(cases: list[Waiting]) -> list[Waiting]:
    """Return all, or a batch drawn by lot: what is stuck then takes nobody's place for long."""
    return cases if len(cases) <= BATCH else random.sample(cases, BATCH)


def _wake(waker: Waker, cases: Sequence[Waiting]) -> int:
    named = {one.case_id: one.procedure for one in cases if one.procedure}
    return waker.wake([(procedure, case_id) for case_id, procedure in named.items()])


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(
        tenant=row.tenant,
        case_id=str(row.case_id),
        procedure=row.procedure,
        since=row.since,
        command=str(getattr(row, "command_id", "")),
    )


def _quietly(act: Callable[[], None]) -> None:
    try:
        act()
    except SQLAlchemyError as fault:  # the connection is gone, and the lock with it
        log.warning("reconciler.away", fault=type(fault).__name__)
