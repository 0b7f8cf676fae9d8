"""The event store in PostgreSQL."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg2.errors
import uuid_utils.compat
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from typing_extensions import override

from domain.case.envelope import Recorded
from domain.case.state import Case
from domain.kernel.errors import UnknownNameError
from domain.law.calendar import Calendar
from domain.ports import BodyDiffers, CaseSession, EventStore, Receipt, Stored
from infra.db import of_tenant
from infra.event_store import queries
from infra.event_store.calendars import TenantCalendars
from infra.event_store.registers import RegisterEntries
from infra.event_store.rows import (
    case_lock,
    is_id,
    receipt_row,
    source_lock,
    stored_of,
    text,
)
from infra.event_store.session import PostgresSession, append_entries, case_of, read_stream
from infra.failpoints import reach

NOBODY = (psycopg2.errors.ForeignKeyViolation, psycopg2.errors.NoDataFound)


class PostgresStore(EventStore):
    """The one legal record. Thread-safe; each call is one transaction on a pooled connection."""

    def __init__(self, engine: Engine, calendar: Calendar) -> None:
        """Use an engine of `infra.db.make_engine`; `calendar` is what the installation ships."""
        self.engine = engine
        self.calendars = TenantCalendars(calendar)

    @override
    def receive(self, receipt: Receipt) -> Stored | BodyDiffers:
        case_id = receipt.case_id or str(uuid_utils.compat.uuid7())
        act = {
            "row": text(receipt_row(receipt, case_id)),
            "case_lock": case_lock(case_id),
            "source_lock": source_lock(receipt),
        }
        try:
            with self.engine.begin() as connection:
                answer = connection.exec_driver_sql(queries.RECEIVE, act).mappings().one()
                reach("api.before_inbox")
        except DBAPIError as error:
            if isinstance(error.orig, NOBODY):
                raise UnknownNameError(f"no such case or tenant: {case_id}") from None
            raise
        reach("api.after_inbox")
        return _answer(answer["verdict"], answer["stored"])

    @override
    def open_case(
        self, case_id: str, asked: str | None = None
    ) -> AbstractContextManager[CaseSession]:
        return self._session(case_id, asked)

    @contextmanager
    def _session(self, case_id: str, asked: str | None) -> Iterator[CaseSession]:
        with self.engine.begin() as connection:
            seen = _look(connection, case_id, lock=case_lock(case_id), command=asked)
            session = PostgresSession(connection, case_id, seen, self.calendars, asked)
            yield session
        if session.recorded:
            reach("advance.after_commit")

    @override
    def look(self, case_id: str) -> tuple[str, Case | None]:
        with self.engine.begin() as connection:
            seen = _look(connection, case_id)
            return seen["tenant"], case_of(connection, case_id, seen)

    @override
    def stored(self, tenant: str, command_id: str) -> Stored | None:
        if not is_id(command_id):
            return None
        wanted = {"tenant": tenant, "command": command_id}
        with of_tenant(self.engine, tenant) as connection:
            row = connection.exec_driver_sql(queries.STORED, wanted).mappings().one_or_none()
        return None if row is None else stored_of(row)

    def register(self, tenant: str, entries: RegisterEntries) -> None:
        """Append entries to a register of the tenant, outside any case."""
        with of_tenant(self.engine, tenant) as connection:
            append_entries(connection, tenant, entries)

    def entries(self, tenant: str, name: str) -> list[Recorded]:
        """Return the events of a register of the tenant, in order."""
        with of_tenant(self.engine, tenant) as connection:
            return read_stream(connection, tenant, f"register:{name}")


def _answer(verdict: str, row: Mapping[Any, Any]) -> Stored | BodyDiffers:
    if verdict == "differs":
        return BodyDiffers(str(row["command_id"]))
    return stored_of(row, replayed=verdict == "replayed", existing=verdict == "existing")


def _look(
    connection: Connection, case_id: str, *, lock: int | None = None, command: str | None = None
) -> Mapping[Any, Any]:
    """Return the one row about a case; with `lock`, under it.

    Raises:
        UnknownNameError: nothing was ever received for this case id.
    """
    wanted = {"case": case_id, "lock": lock, "command": command}
    row = connection.exec_driver_sql(queries.OPEN_CASE, wanted).mappings().one_or_none()
    if row is None:
        raise UnknownNameError(f"no act was ever received for a case {case_id}")
    return dict(row)
