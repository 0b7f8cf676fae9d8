"""`anjuan verify`: does everything still hold together? Reads every tenant, changes nothing.

I2 no effect twice · I3 versions contiguous · I4 rows equal a fold, byte for byte · I5 the chain ·
I6 every act has one outcome, or waits · I7 every open case is listed for its conductor · I10 every
date is the one that the frozen terms and the calendar give.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from sqlalchemy import Connection, Engine

from domain.case.decision import Outcome
from domain.case.evolve import FOLD
from domain.kernel.errors import Defect, recorded_codes
from domain.kernel.json import Json
from domain.kernel.times import parse_instant
from domain.law.calendar import Calendar
from infra.event_store.recording import LAPSE, is_case
from infra.event_store.rows import (
    Row,
    case_row,
    claim_row,
    deadline_row,
    event_of,
    outcome_of,
    task_row,
    text,
)
from infra.event_store.sights import sight_rows
from infra.verify_walk import Line, Violation, Walk

MOST: Final = 100  # violations told; the first is the one that matters
_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
_EVENTS = "SELECT * FROM recorded ORDER BY epoch, position"
_INBOX = """
SELECT tenant, command_id::text AS command, case_id::text AS case_id, outcome
  FROM inbox ORDER BY seq
"""
_OPEN = "SELECT case_id::text AS case_id FROM open_cases(NULL, NULL)"
_CASES = "SELECT row_to_json(c) AS row, state::text AS json FROM cases c"
_SIGHTS = "SELECT row_to_json(s) AS row, '' AS json FROM sights s"
_TASKS = "SELECT row_to_json(t) AS row, '' AS json FROM tasks t"
_DEADLINES = "SELECT row_to_json(d) AS row, '' AS json FROM deadlines d"
_CLAIMS = "SELECT row_to_json(c) AS row, data::text AS json FROM claims c"
_INSTANTS = frozenset(("opened_at", "ended_at", "lapses_at", "done_at", "starts", "effective"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was looked at, and what does not hold; in the order of the store."""

    events: int
    cases: int
    commands: int
    waiting: int  # acts received and not yet decided
    older_folds: int  # cases not touched since the fold changed: folded anew when next touched
    unknown_calendars: int  # dates counted by a calendar that nobody has any more
    head: str  # hash of the last event: what an outside holder keeps
    violations: tuple[Violation, ...]

    @property
    def holds(self) -> bool:
        """Whether everything holds."""
        return not self.violations


def verify(engine: Engine, calendar: Calendar) -> Report:
    """Go over the whole store in one snapshot; `calendar` is what the installation ships.

    `engine` must read every tenant: role `anjuan_auditor`.
    """
    with engine.connect() as connection:
        connection.exec_driver_sql(_SNAPSHOT)
        walk = Walk(calendar)
        found = list(islice(_violations(connection, walk), MOST))
        inbox = connection.exec_driver_sql("SELECT count(*), count(outcome) FROM inbox").one()
        older = connection.exec_driver_sql("SELECT count(*) FROM cases WHERE fold <> %s", (FOLD,))
        return Report(
            events=walk.events,
            cases=len(walk.cases),
            commands=inbox[0],
            waiting=inbox[0] - inbox[1],
            older_folds=older.scalar_one(),
            unknown_calendars=walk.unknown_calendars,
            head=walk.head,
            violations=tuple(found),
        )


def _violations(connection: Connection, walk: Walk) -> Iterator[Violation]:
    streaming = connection.execution_options(stream_results=True, max_row_buffer=1000)
    for row in streaming.exec_driver_sql(_EVENTS).mappings():
        try:
            yield from walk.take(event_of(row))
        except (Defect, ValueError, KeyError, TypeError) as broken:
            where = f"epoch {row['epoch']} position {row['position']}"
            yield Violation("I5", where, f"{row['type']} cannot be read: {broken}")
    yield from _projections(connection, walk)
    yield from _inbox(connection, walk)
    yield from _conducted(connection, walk)


# ── I4 ────────────────────────────────────────────────────────────────────────────────────────────


def _projections(connection: Connection, walk: Walk) -> Iterator[Violation]:
    for table, query, expected, key, inner in (
        ("cases", _CASES, _cases(walk), ("tenant", "case_id"), "state"),
        ("sights", _SIGHTS, _sights(walk), ("tenant", "case_id", "eyes"), ""),
        ("tasks", _TASKS, _tasks(walk), ("tenant", "case_id", "task_id"), ""),
        ("deadlines", _DEADLINES, _deadlines(walk), ("tenant", "case_id", "deadline_id"), ""),
        ("claims", _CLAIMS, _claims(walk), ("tenant", "kind", "key", "holder"), "data"),
    ):
        wanted = {tuple(row[part] for part in key): row for row in expected}
        for found in connection.exec_driver_sql(query).mappings():
            place = tuple(found["row"][part] for part in key)
            where = f"{table} {' '.join(map(str, place))}"
            yield from _compared(where, wanted.pop(place, None), found, inner)
        for place in wanted:
            yield Violation("I4", f"{table} {' '.join(map(str, place))}", "the row is missing")


def _compared(where: str, wanted: Json | None, found: Row, inner: str) -> Iterator[Violation]:
    row: Mapping[str, object] = found["row"]
    if wanted is None:
        yield Violation("I4", where, "no event made this row")
        return
    if row.get("fold", FOLD) != FOLD:
        return
    for column, value in wanted.items():
        same = (
            text(value) == found["json"]
            if column == inner
            else _plain(column, value) == _plain(column, row[column])
        )
        if not same:
            yield Violation("I4", where, f"{column} differs from the fold of the events")


def _plain(column: str, value: object) -> object:
    return parse_instant(value) if column in _INSTANTS and isinstance(value, str) else value


def _cases(walk: Walk) -> Iterator[Json]:
    return (case_row(tenant, case) for (tenant, _), case in walk.cases.items())


def _sights(walk: Walk) -> Iterator[Json]:
    for (tenant, _), case in walk.cases.items():
        yield from sight_rows(tenant, case)


def _tasks(walk: Walk) -> Iterator[Json]:
    for (tenant, _), case in walk.cases.items():
        yield from (task_row(tenant, case.id, one) for one in case.tasks)


def _deadlines(walk: Walk) -> Iterator[Json]:
    for (tenant, _), case in walk.cases.items():
        yield from (deadline_row(tenant, case.id, one) for one in case.deadlines)


def _claims(walk: Walk) -> Iterator[Json]:
    return (claim_row(at[0], claim, position) for at, (claim, position) in walk.claims.items())


# ── I6 and I7 ─────────────────────────────────────────────────────────────────────────────────────


def _inbox(connection: Connection, walk: Walk) -> Iterator[Violation]:
    led_to = dict(walk.commands)
    for row in connection.exec_driver_sql(_INBOX).mappings():
        where = f"command {row['command']}"
        lines = led_to.pop(row["command"], [])
        for what in _outcome_faults(outcome_of(row["outcome"]), lines):
            yield Violation("I6", where, what)
        if any(one.tenant != row["tenant"] or one.case != row["case_id"] for one in lines):
            yield Violation("I6", where, "its events lie in another case")
    for command, lines in led_to.items():
        if lines[0].cause != LAPSE and not lines[0].stream.startswith("register:"):
            what = f"{lines[0].type} at position {lines[0].position} has no act in the inbox"
            yield Violation("I6", f"command {command}", what)


def _outcome_faults(outcome: Outcome | None, lines: list[Line]) -> Iterator[str]:
    if outcome is None:
        if lines:
            yield f"it waits, but led to {lines[0].type} at position {lines[0].position}"
    elif outcome.kind == "refused":
        if any(one.type != "command.refused" for one in lines):
            yield f"refused, but led to {lines[0].type} at position {lines[0].position}"
        if outcome.code in recorded_codes() and not lines:
            yield f"refused with {outcome.code}, and no event says so"
    elif [(one["type"], one["version"]) for one in outcome.events] != [
        (one.type, one.version) for one in lines
    ]:
        yield f"its outcome names other events than the {len(lines)} it led to"


def _conducted(connection: Connection, walk: Walk) -> Iterator[Violation]:
    listed = {row[0] for row in connection.exec_driver_sql(_OPEN)}
    for (_, case_id), case in walk.cases.items():
        if is_case(case_id) and (case.jobs or not case.ended) and case_id not in listed:
            yield Violation("I7", f"case {case_id}", "open, but not listed for a conductor")
