"""What was left lying is found; Temporal can be thrown away; a cold worker answers the same."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from structlog.testing import capture_logs
from temporalio.service import RPCError, RPCStatusCode

from domain.kernel.json import Json
from domain.ports import Stored
from infra.db import make_engine
from infra.local import TemporalServer
from infra.reconciler import Backlog, Sweep, rebuild, sweep
from infra.temporal import Waker, is_running
from tests.workflows.filing import (
    ANSWER,
    ASSESSOR,
    CLERK,
    REVIEWER,
    SCHOOL,
    SUPPLEMENT,
    Office,
    office,
    settings_of,
)

pytestmark = pytest.mark.asyncio
ASSESSED: Json = {"passed": True, "opinion": "符合条件", "experts": ["p-e1", "p-e2", "p-e3"]}


@dataclass
class Woken:
    """A waker that writes down whom it woke, and knows who has a conductor."""

    conducted: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)  # Temporal answers an error
    woken: list[str] = field(default_factory=list)

    def wake(self, cases: Iterable[tuple[str, str]]) -> int:
        """Write them down."""
        found = [case for _, case in cases]
        self.woken += found
        return len(found)

    def runs(self, case_id: str) -> bool:
        """Answer as the test said."""
        if case_id in self.unknown:
            raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")
        return case_id in self.conducted


@pytest_asyncio.fixture
async def at_work(
    temporal_server: TemporalServer, database: str, tmp_path: Path
) -> AsyncIterator[Office]:
    settings = settings_of(database, temporal_server.address, tmp_path)
    async with office(settings) as at_work:
        yield at_work


@contextmanager
def backlog_of(at_work: Office) -> Iterator[Backlog]:
    with at_work.parts.engine.connect() as connection:
        yield Backlog(connection.execution_options(isolation_level="AUTOCOMMIT"))


def waker_of(at_work: Office) -> Waker:
    return Waker(asyncio.get_running_loop(), at_work.client, at_work.conductors.wake)


async def left_lying(at_work: Office, case: str) -> Stored:
    """Receive an act and send it to nobody, as a web process that died."""
    return await at_work.received("case.withdraw", {}, SCHOOL, case=case)


async def to_the_end(at_work: Office, case: str) -> None:
    await at_work.do(case, "filing.accept", CLERK)
    await at_work.do(case, "filing.assess", ASSESSOR, ASSESSED)
    await at_work.do(case, "filing.approve", REVIEWER)
    await at_work.ended(case)


async def test_an_act_without_outcome_is_left_alone_once_and_then_woken(at_work: Office) -> None:
    case = await at_work.open()
    await left_lying(at_work, case)
    waker, passes = Woken(conducted={case}), Sweep()
    with backlog_of(at_work) as backlog:
        assert passes.run(backlog, waker) == 0
        assert passes.run(backlog, waker) == 1
    assert waker.woken == [case]


async def test_a_due_deadline_is_woken_at_once(at_work: Office) -> None:
    case = await at_work.open()
    due = at_work.sandbox.next_due(at_work.tenant)
    assert due is not None
    waker = Woken(conducted={case})
    with backlog_of(at_work) as backlog:
        await at_work.move(due - timedelta(seconds=1))
        assert Sweep().run(backlog, waker) == 0
        await at_work.move(due)
        assert Sweep().run(backlog, waker) == 1


async def test_a_case_temporal_cannot_tell_of_keeps_nobody_from_being_woken(
    at_work: Office,
) -> None:
    case = await at_work.open()
    await left_lying(at_work, case)
    waker, passes = Woken(unknown={case}), Sweep()
    with backlog_of(at_work) as backlog, capture_logs() as lines:
        passes.run(backlog, waker)
        passes.run(backlog, waker)
    assert waker.woken == [case]
    assert "conductor.unknown" in {one["event"] for one in lines}


async def test_what_is_still_due_in_the_next_pass_raises_the_alarm(at_work: Office) -> None:
    case = await at_work.open()
    due = at_work.sandbox.next_due(at_work.tenant)
    assert due is not None
    await at_work.move(due)
    passes = Sweep()
    with backlog_of(at_work) as backlog, capture_logs() as lines:
        passes.run(backlog, Woken(conducted={case}))
        assert lines == []
        passes.run(backlog, Woken(conducted={case}))
    assert [(one["event"], one["case"]) for one in lines] == [
        ("deadline.due_but_not_acted_on", case)
    ]


async def test_an_open_case_without_a_conductor_gets_one(at_work: Office) -> None:
    case = await at_work.open()
    await at_work.handle(case).terminate()
    assert not await is_running(at_work.client, case)
    assert await asyncio.to_thread(sweep, at_work.parts.engine, waker_of(at_work)) == 1
    assert await is_running(at_work.client, case)
    await to_the_end(at_work, case)


async def test_only_one_reconciler_leads(database: str) -> None:
    engine = make_engine(database, pool_size=2)
    with engine.connect() as one, engine.connect() as another:
        first, second = Backlog(one), Backlog(another)
        assert first.lead()
        assert not second.lead()
        first.unlead()
        assert second.lead()
        second.unlead()
    engine.dispose()


async def test_a_lost_act_is_decided_within_the_reconciler_s_interval(
    temporal_server: TemporalServer, database: str, tmp_path: Path
) -> None:
    settings = settings_of(database, temporal_server.address, tmp_path, reconciler_interval=0.2)
    async with office(settings) as at_work:
        case = await at_work.open()
        stored = await left_lying(at_work, case)
        await at_work.ended(case)
        assert (await at_work.outcome(stored)).kind == "done"


async def test_a_lost_timer_changes_nothing(
    temporal_server: TemporalServer, database: str, tmp_path: Path
) -> None:
    """The clock stands, so no timer is armed: the reconciler alone lets the law act."""
    settings = settings_of(database, temporal_server.address, tmp_path, reconciler_interval=0.2)
    async with office(settings) as at_work:
        case = await at_work.open()
        await at_work.do(case, "filing.request_supplement", CLERK, SUPPLEMENT)
        due = at_work.sandbox.next_due(at_work.tenant)
        assert due is not None
        await at_work.move(due + timedelta(days=2))
        await at_work.ended(case)
        abandoned = [
            one for one in await at_work.events(case) if one.type == "filing.deemed_abandoned"
        ]
        assert [one.meta.effective_at for one in abandoned] == [due]


async def test_without_temporal_s_database_every_open_case_goes_on(
    database: str, tmp_path: Path
) -> None:
    server = TemporalServer(tmp_path)
    server.start()
    try:
        settings = settings_of(database, server.address, tmp_path)
        async with office(settings) as before:
            cases = [await before.open(f"open-{number}") for number in range(3)]
            await before.do(cases[0], "filing.request_supplement", CLERK, SUPPLEMENT)
            await before.do(cases[1], "case.withdraw", SCHOOL)
            lying = await left_lying(before, cases[2])
            await before.wake(cases[1])
            old = {case: await before.types(case) for case in cases[:2]}
        server.stop()
        for file in (tmp_path / "temporal").glob("temporal.db*"):
            file.unlink()
        server.start()

        async with office(settings) as after:
            assert not await is_running(after.client, cases[0])
            engine = after.parts.engine
            assert await asyncio.to_thread(rebuild, engine, waker_of(after)) >= 2
            await after.ended(cases[2])
            assert (await after.outcome(lying)).kind == "done"
            await after.do(cases[0], "filing.supplement", SCHOOL, ANSWER)
            await to_the_end(after, cases[0])
            for case, events in old.items():
                assert (await after.types(case))[: len(events)] == events
            assert await after.types(cases[1]) == old[cases[1]]
    finally:
        server.stop()


async def test_a_worker_that_keeps_nothing_in_memory_answers_the_same(
    temporal_server: TemporalServer, database: str, tmp_path: Path
) -> None:
    settings = settings_of(database, temporal_server.address, tmp_path, max_cached_workflows=0)
    async with office(settings) as at_work:
        case = await at_work.open()
        await at_work.do(case, "filing.request_supplement", CLERK, SUPPLEMENT)
        await at_work.do(case, "filing.supplement", SCHOOL, ANSWER)
        await to_the_end(at_work, case)
        assert (await at_work.case(case)).status == "closed"
