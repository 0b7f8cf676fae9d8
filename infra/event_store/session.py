"""One transaction on one case in PostgreSQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from typing_extensions import override

from domain.case.claims import claims
from domain.case.command import Command, Work
from domain.case.decision import Decision, FactKey, Facts
from domain.case.evolve import FOLD, case_from_json, fold
from domain.case.queue import next_work
from domain.case.state import Case
from domain.case.turn import Turn
from domain.kernel.codec import to_json
from domain.kernel.errors import StreamBrokenError
from domain.kernel.ids import event_id
from domain.ports import CaseSession
from infra.event_store import queries
from infra.event_store.calendars import CALENDAR, TenantCalendars
from infra.event_store.recording import (
    Head,
    Place,
    folded,
    is_case,
    origin_of,
    recorded_events,
    turn_of,
)
from infra.event_store.registers import RegisterEntries
from infra.event_store.rows import (
    Row,
    case_lock,
    case_row,
    changed_rows,
    claim_row,
    command_of,
    event_of,
    event_rows,
    fact_lock,
    facts_of,
    outcome_of,
    rows_text,
    text,
)
from infra.event_store.sights import changed_sights
from infra.failpoints import reach

_NO_CASE: dict[str, Any] = {
    "cases": "[]",
    "sights": "[]",
    "tasks": "[]",
    "deadlines": "[]",
    "command": None,
    "outcome": None,
    "refused": False,
}


class PostgresSession(CaseSession):
    """A case under its exclusive lock, as `open_case` saw it."""

    def __init__(
        self,
        connection: Connection,
        case_id: str,
        seen: Row,
        calendars: TenantCalendars,
        asked: str | None,
    ) -> None:
        """Take the row that the look under the lock answered, with the outcome of `asked`."""
        self._connection = connection
        self._case_id = case_id
        self._wall = seen["wall"]
        self._waiting = tuple(command_of(row) for row in seen["waiting"] or ())
        self._frozen, self._asked = seen["frozen"], asked
        self._outcome = outcome_of(seen["outcome"])
        self.tenant = seen["tenant"]
        self.now = seen["now"]
        self.calendar = calendars.at(
            self.tenant, seen["calendar"], lambda: read_stream(connection, self.tenant, CALENDAR)
        )
        self.case = case_of(connection, case_id, seen)
        self._rows_of = self.case if seen["fold"] == FOLD else None  # what tasks and deadlines say
        self.recorded = False  # whether this transaction has written anything

    @override
    def next_work(self, until: str | None) -> Work | None:
        return next_work(self.case, self._waiting, self.now, until)

    @override
    def facts(self, wanted: Sequence[FactKey]) -> Facts:
        lock_facts(self._connection, self.tenant, wanted)
        return read_facts(self._connection, wanted)

    @override
    def record(self, work: Work, decision: Decision) -> None:
        reach("advance.before_append")
        head = append_head(self._connection, work.id if decision.facts else None)
        if head is None:
            _once(work, settled=0)
            return
        origin = origin_of(work)
        own = decision.stream == self._case_id
        place = Place(
            tenant=self.tenant,
            stream=decision.stream,
            version=self.case.version if own and self.case else 0,
            now=self.now,
            wall=self._wall,
        )
        events = recorded_events(decision.facts, place, origin, head)
        case, made = folded(self.case, decision.facts, events)
        changes: dict[str, Any] = {
            **_NO_CASE,
            "events": rows_text(event_rows(events)),
            "claims": text(tuple(claim_row(self.tenant, one, at) for one, at in made)),
            "command": work.id if isinstance(work, Command) else None,
            "outcome": text(to_json(decision.outcome)),
            "refused": decision.outcome.kind == "refused",
        }
        if case is not None and events and is_case(decision.stream):
            tasks, deadlines = changed_rows(self.tenant, self._rows_of, case)
            changes |= {
                "cases": text([case_row(self.tenant, case)]),
                "sights": rows_text(changed_sights(self.tenant, self._rows_of, case)),
                "tasks": rows_text(tasks),
                "deadlines": rows_text(deadlines),
            }
            self._rows_of = case
        _once(work, self._connection.exec_driver_sql(queries.RECORD, changes).rowcount)
        self.case, self.recorded = case, True
        self._waiting = tuple(one for one in self._waiting if one.id != work.id)
        if work.id == self._asked:
            self._outcome = decision.outcome

    @override
    def turn(self) -> Turn:
        return turn_of(
            self.case,
            self.now,
            frozen=self._frozen,
            waiting=bool(self._waiting),
            outcome=self._outcome,
        )


def _once(work: Work, settled: int) -> None:
    """See to it that a command settles its act: a decided one never gets a second outcome."""
    if isinstance(work, Command) and settled != 1:
        raise StreamBrokenError(f"{work.id} is not waiting: {settled} acts settled")


def append_entries(connection: Connection, tenant: str, entries: RegisterEntries) -> None:
    """Append entries to a register, under its lock and those of the facts they change."""
    register = {"tenant": tenant, "stream": entries.stream, "lock": case_lock(entries.stream)}
    connection.exec_driver_sql(queries.LOCK_STREAM, register)
    if entries.stream == CALENDAR:
        connection.exec_driver_sql(queries.LOCK_CALENDAR, register)
    seen = connection.exec_driver_sql(queries.REGISTER, register).mappings().one()
    place = Place(
        tenant=tenant,
        stream=entries.stream,
        version=seen["version"],
        now=seen["now"],
        wall=seen["wall"],
    )
    origin, facts = entries.origin(place), entries.facts(place)
    keys = {FactKey(one.kind, one.key) for fact in facts for one in claims(fact.event, None)}
    lock_facts(connection, tenant, sorted(keys))
    head = append_head(connection, origin.command)
    if head is None or not facts:
        return
    events = recorded_events(facts, place, origin, head)
    _, made = folded(None, facts, events)
    connection.exec_driver_sql(
        queries.RECORD,
        {
            "events": rows_text(event_rows(events)),
            "claims": text(tuple(claim_row(tenant, one, at) for one, at in made)),
            **_NO_CASE,
        },
    )


def case_of(connection: Connection, case_id: str, seen: Row) -> Case | None:
    """Return the case of a look; folded from its events when the code folds anew."""
    if seen["state"] is None:
        return None
    if seen["fold"] != FOLD:
        return fold(read_stream(connection, seen["tenant"], case_id))
    return case_from_json(seen["state"])


def append_head(connection: Connection, work_id: str | None) -> Head | None:
    """Take the append lock and return where to go on; None when `work_id` has its events already.

    Without `work_id` nothing will be appended, and no lock is taken.
    """
    if work_id is None:
        return Head(epoch=0, position=0, hash="")
    first = {"first": event_id(work_id, 0)}
    row = connection.exec_driver_sql(queries.APPEND_HEAD, first).mappings().one()
    if row["known"] is not None:
        return None
    return Head(epoch=row["epoch"], position=row["position"], hash=row["hash"].hex())


def lock_facts(connection: Connection, tenant: str, wanted: Sequence[FactKey]) -> None:
    """Take the locks of `wanted`, in the one order everybody keeps to."""
    if wanted:
        locks = sorted({fact_lock(tenant, one) for one in wanted})
        connection.exec_driver_sql(queries.LOCK_FACTS, {"locks": locks})


def read_facts(connection: Connection, wanted: Sequence[FactKey]) -> Facts:
    """Return what stands under each key, for the tenant of this transaction."""
    if not wanted:
        return {}
    keys = {"kinds": [one.kind for one in wanted], "keys": [one.key for one in wanted]}
    rows = connection.exec_driver_sql(queries.READ_FACTS, keys).mappings().all()
    return facts_of(wanted, rows)


def read_stream(connection: Connection, tenant: str, stream: str) -> list[Any]:
    """Return the events of a stream, in order."""
    rows = connection.exec_driver_sql(queries.STREAM, {"tenant": tenant, "stream": stream})
    return [event_of(row) for row in rows.mappings()]
