"""A sleeping case changes diagram on a real Temporal server; its timer wakes it as before."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from domain.case.actor import OPERATOR, Actor
from domain.kernel.json import Json
from infra.db import make_engine
from infra.law_data import load_calendar
from infra.local import TemporalServer
from infra.verify import verify
from tests.examples.versions import definition_of, edited
from tests.workflows.filing import (
    ASSESSOR,
    CLERK,
    REVIEWER,
    SUPPLEMENT,
    Office,
    office,
    settings_of,
)

pytestmark = pytest.mark.asyncio
OPS = Actor(person="p-admin", role=OPERATOR, organisation="anjuan")
ORDER: Json = {
    "to": definition_of(edited()).hash,
    "deadlines": "keep",
    "reason": "环节更名",
    "mapping": [{"old": "assess", "new": "evaluate"}],
}
ASSESSED: Json = {"passed": True, "opinion": "符合条件", "experts": ["p-e1"], "on_site": True}


@pytest_asyncio.fixture
async def at_work(
    temporal_server: TemporalServer, database: str, tmp_path: Path
) -> AsyncIterator[Office]:
    settings = settings_of(database, temporal_server.address, tmp_path)
    async with office(settings) as at_work:
        yield at_work


async def test_a_sleeping_case_is_moved_its_timer_kept_and_others_finish(
    at_work: Office, database: str
) -> None:
    decided, asleep = await at_work.open("decided"), await at_work.open("asleep")
    await at_work.do(asleep, "filing.request_supplement", CLERK, SUPPLEMENT)
    before = await at_work.case(asleep)
    await asyncio.to_thread(at_work.parts.definitions.keep, edited())
    for case in (decided, asleep):
        assert (await at_work.do(case, "process.migrate", OPS, ORDER)).kind == "done"
    moved = await at_work.case(asleep)
    assert (moved.definition, moved.deadlines) == (ORDER["to"], before.deadlines)
    await at_work.do(decided, "filing.accept", CLERK)
    await at_work.do(decided, "filing.accept", REVIEWER)  # the task that the new diagram adds
    await at_work.do(decided, "filing.assess", ASSESSOR, ASSESSED)
    await at_work.do(decided, "filing.approve", REVIEWER)
    await at_work.ended(decided)
    assert (await at_work.case(decided)).status == "closed"
    due = before.deadlines[-1].effective
    assert due is not None
    await at_work.move(due - timedelta(seconds=1), frozen=False)
    await at_work.wake(asleep)  # the clock was moved: the timer is armed anew, for one second
    await at_work.ended(asleep)
    abandoned = [one for one in await at_work.events(asleep) if one.type.endswith("_abandoned")]
    assert [one.meta.effective_at for one in abandoned] == [due]
    auditor = make_engine(database, pool_size=1, role="anjuan_auditor", patient=True)
    report = await asyncio.to_thread(verify, auditor, load_calendar())
    auditor.dispose()
    assert report.violations == ()
