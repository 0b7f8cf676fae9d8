"""Temporal's own pages tell the story: type, summary, label, position – and nothing personal."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from infra.local import TemporalServer
from tests.workflows.rig import Rig, fresh_case, running
from tests.workflows.stub import StubAdvance, StubService, sleeps
from workflows.client import PROCEDURE, Conductors

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def rig(tmp_path: Path) -> AsyncIterator[tuple[Rig, StubAdvance]]:
    server = TemporalServer(tmp_path, search_attributes={PROCEDURE.name: "Keyword"})
    server.start()
    stub = StubAdvance()
    async with running(server.address, [stub.advance, StubService(stub).render]) as rig:
        labelled = Conductors(rig.client, rig.conductors.task_queue, labelled=True)
        yield Rig(rig.client, labelled), stub
    server.stop()


async def test_a_case_is_found_by_procedure_and_shows_where_it_stands(
    rig: tuple[Rig, StubAdvance],
) -> None:
    at_work, stub = rig
    case = fresh_case()
    stub.cases[case].commands["submit"] = sleeps(100.0)
    await at_work.take(case, "submit")
    found = await at_work.handle(case).describe()
    assert found.typed_search_attributes[PROCEDURE] == "filing"
    assert found.workflow_type == "FilingReview"
    assert await found.static_summary() == "filing"
    position = await at_work.handle(case).query("position")
    assert position["deadline"] == "filing.acceptance"
