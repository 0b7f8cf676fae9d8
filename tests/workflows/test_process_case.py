"""A deployed diagram as a case on real Temporal and PostgreSQL, its task done by a web service."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from domain.case.command import Opening
from domain.kernel.json import Json
from domain.registers.processes import Deployed
from domain.web import Endpoint
from infra.local import TemporalServer
from infra.webhooks.signing import new_secret
from tests.receiver import receiving
from tests.workflows.filing import CLERK, FRIDAY, REVIEWER, Office, office, settings_of
from tests.workflows.stub import PATIENCE

pytestmark = pytest.mark.asyncio
EXAMPLES = Path(__file__).parents[2] / "examples" / "processes"


@pytest_asyncio.fixture
async def at_work(
    temporal_server: TemporalServer, database: str, tmp_path: Path
) -> AsyncIterator[Office]:
    address = temporal_server.address
    settings = settings_of(database, address, tmp_path, webhook_allow="127.0.0.0/8")
    async with office(settings) as at_work:
        yield at_work


async def started(at_work: Office, name: str, payload: Json) -> str:
    """Deploy an example, start a case of it and return its id."""
    source = await asyncio.to_thread((EXAMPLES / f"{name}.bpmn").read_bytes)
    deployments = at_work.parts.deployments
    found = await asyncio.to_thread(deployments.deploy, at_work.tenant, name, source, REVIEWER)
    assert isinstance(found, Deployed)
    opening = Opening(procedure="process", variant=found.process, definition=found.definition)
    return await acted(at_work, "process.start", payload, opening=opening)


async def acted(
    at_work: Office,
    name: str,
    payload: Json,
    case: str | None = None,
    opening: Opening | None = None,
) -> str:
    """Send a command to the conductor of plain processes and return the id of its case."""
    stored = await at_work.received(name, payload, CLERK, case=case, opening=opening)
    async with asyncio.timeout(PATIENCE):
        await at_work.conductors.take("process", stored.command.case_id, stored.command.id)
    assert (await at_work.outcome(stored)).kind == "done"
    return stored.command.case_id


async def until(at_work: Office, case: str, type_: str) -> None:
    """Wait until something has happened in the case."""
    async with asyncio.timeout(PATIENCE):
        while type_ not in await at_work.types(case):
            await at_work.handle(case).query("position")


async def test_an_order_is_done_by_people_and_a_web_service_that_fails_at_first(
    at_work: Office,
) -> None:
    with receiving() as stock:
        stock.answers = [(503, b""), (200, b'{"reservation": {"number": "R-7"}}')]
        endpoint = Endpoint(name="stock", url=stock.url, secret=new_secret())
        await asyncio.to_thread(at_work.parts.endpoints.add, at_work.tenant, endpoint)
        wanted: Json = {"variables": {"sku": "A-100", "quantity": 3}}
        case = await started(at_work, "stocked-order", wanted)
        await until(at_work, case, "process.call_answered")
    assert [one[0]["webhook-id"] for one in stock.got] == [f"{case}.c-1"] * 2
    await acted(at_work, "process.complete", {"data": {"correct": True}}, case)
    await acted(at_work, "process.complete", {}, case)
    await at_work.ended(case)
    description = await at_work.handle(case).describe()
    assert description.workflow_type == "ProcessCase"
    history = (await at_work.handle(case).fetch_history()).to_json()
    assert "A-100" not in history
    assert endpoint.secret not in history
    assert (await at_work.case(case)).status == "closed"


async def test_timers_of_the_diagram_fire_by_the_clock(at_work: Office) -> None:
    case = await started(at_work, "leave-request", {})
    for days in (2, 5):
        due = at_work.sandbox.next_due(at_work.tenant)
        assert due == FRIDAY + timedelta(days=days)
        await at_work.move(due)
        await at_work.conductors.wake("process", case)
        async with asyncio.timeout(PATIENCE):
            while at_work.sandbox.next_due(at_work.tenant) == due:
                await at_work.handle(case).query("position")
    types = await at_work.types(case)
    assert types.count("deadline.lapsed") == 2
    assert types.count("task.opened") == 2  # the task itself, and the next level's
