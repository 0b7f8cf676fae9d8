"""`make counters`: exact counts against `budgets.toml`; exit 1 when one is exceeded."""

import asyncio
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, create_engine
from temporalio.client import WorkflowExecutionDescription

from bench.direct import ACTS, Direct, one, statements
from bench.ground import Ground, at_work, ground
from infra.parts import make_parts
from infra.sandbox import PostgresSandbox
from tests.workflows.filing import ANSWER, CLERK, FRIDAY, SCHOOL, SUPPLEMENT, Office

BUDGETS = tomllib.loads((Path(__file__).parent / "budgets.toml").read_text(encoding="utf-8"))
CASES = 300  # for the bytes at rest
NOTES = 12  # make a case hand over to fresh runs
EVENTS = 14


@dataclass(frozen=True, slots=True)
class Count:
    """One figure with its budget."""

    what: str
    value: float
    budget: float

    @property
    def kept(self) -> bool:
        """Whether the figure is within its budget."""
        return self.value <= self.budget


def main() -> int:
    """Count, print, judge."""
    with ground() as found:
        counts = [*_database(found), *asyncio.run(_histories(found))]
    for count in counts:
        mark = "✓" if count.kept else "✗"
        sys.stdout.write(f"{mark} {count.what:<58}{count.value:>10,.10g} ≤ {count.budget:,.10g}\n")
    return 0 if all(count.kept for count in counts) else 1


def _database(found: Ground) -> Iterator[Count]:
    parts = make_parts(found.settings())
    owner = create_engine(found.servers.database_url)
    PostgresSandbox(parts.engine).create(at=FRIDAY, tenant="counters")
    direct = Direct(parts, "counters")
    yield from _statements(direct, parts.engine)
    yield _transactions(direct, owner)
    yield _bytes(direct, owner)
    parts.engine.dispose()
    owner.dispose()


def _statements(direct: Direct, engine: Engine) -> Iterator[Count]:
    budget = BUDGETS["command"]
    most_receipt, most_advance, facts = 0, 0, 0
    case: str | None = None
    for name, actor, payload in (("filing.submit", SCHOOL, direct.application), *ACTS):
        with statements(engine) as received:
            case, command = direct.receive(name, actor, payload, case)
        with statements(engine) as advanced:
            direct.advance.advance(case, command)
        most_receipt = max(most_receipt, len(received))
        if len(advanced) > most_advance:
            most_advance = len(advanced)
            facts = sum("claims" in each and "json_agg" in each for each in advanced)
    allowed = budget["statements_per_advance"] + facts * budget["statements_per_fact"]
    yield Count("statements per receipt", most_receipt, budget["statements_per_receipt"])
    yield Count("statements per advance, at most", most_advance, allowed)


def _transactions(direct: Direct, owner: Engine) -> Count:
    """Count transaction ids used up by four commands, on an instance that serves nothing else."""
    query = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
    before = one(owner, query)
    direct.filing()
    used = (one(owner, query) - before) / (1 + len(ACTS))
    return Count(
        "writing transactions per command", used, BUDGETS["command"]["writing_transactions"]
    )


def _bytes(direct: Direct, owner: Engine) -> Count:
    for _ in range(CASES):
        direct.filing()
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM events")
    size, events = (
        one(owner, "SELECT pg_total_relation_size('events')"),
        one(owner, "SELECT count(*) FROM events"),
    )
    what = f"bytes of event store per {EVENTS} events ({events} events)"
    return Count(what, round(size / events * EVENTS), BUDGETS["store"]["bytes_per_14_events"])


async def _histories(found: Ground) -> list[Count]:
    budget = BUDGETS["filing"]
    async with at_work(found, "histories") as office:
        events, longest, jobs = await _common_filing(office)
        longest = max(longest, await _long_case(office))
    allowed = budget["history_events"] + jobs * budget["history_events_per_job"]
    what = f"history events of submit, accept, assess, approve ({jobs} jobs)"
    return [
        Count(what, events, allowed),
        Count("events of the longest run", longest, budget["longest_run"]),
    ]


async def _common_filing(office: Office) -> tuple[int, int, int]:
    case = await office.open("common")
    for name, actor, payload in ACTS:
        await office.do(case, name, actor, payload)
    await office.ended(case)
    runs = await _runs(office, case)
    return sum(runs), max(runs), len((await office.case(case)).notices)


async def _long_case(office: Office) -> int:
    case = await office.open("long")
    await office.do(case, "filing.request_supplement", CLERK, SUPPLEMENT)
    await office.do(case, "filing.supplement", SCHOOL, ANSWER)
    for number in range(NOTES):
        await office.do(case, "case.note", CLERK, {"text": f"备注 {number}"})
    for name, actor, payload in ACTS:
        await office.do(case, name, actor, payload)
    await office.ended(case)
    return max(await _runs(office, case))


async def _runs(office: Office, case: str) -> list[int]:
    """Return how many events each run of the case's workflow has."""
    lengths = []
    run: str | None = await office.run_id(case)
    while run:
        described: WorkflowExecutionDescription = await office.handle(case, run).describe()
        lengths.append(described.history_length)
        first = (await office.history(case, run))[0].workflow_execution_started_event_attributes
        run = first.continued_execution_run_id
    return lengths


if __name__ == "__main__":
    from infra.cli.exits import leave

    leave(main())
