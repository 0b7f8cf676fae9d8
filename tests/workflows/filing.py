"""A Hunan filing on the real servers: worker, store and conductor as they are wired for service."""

import asyncio
import itertools
import json
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.case.actor import Actor
from domain.case.command import Opening
from domain.case.decision import Outcome
from domain.case.envelope import Recorded
from domain.case.state import Case
from domain.kernel.json import Json
from domain.kernel.times import parse_instant
from domain.ports import BodyDiffers, Receipt, Stored
from infra.db import make_engine
from infra.parts import Parts, make_parts
from infra.reconciler import Backlog
from infra.sandbox import PostgresSandbox
from infra.settings import Settings, load_settings
from infra.temporal import connect
from infra.worker import working
from tests.workflows.rig import Rig
from tests.workflows.stub import PATIENCE
from workflows.client import Conductors

FRIDAY = parse_instant("2024-04-26T17:00:00+08:00")
EXAMPLE = Path(__file__).parents[2] / "examples" / "hunan-filing.json"
FILING = Opening(procedure="filing", variant="hunan")
NEVER = 3600.0  # seconds: the worker's own reconciler does nothing
_numbers = itertools.count()


def _official(person: str, role: str) -> Actor:
    name, organisation = "长沙市鉴定中心", "center-430100"
    return Actor(
        person=person, role=role, organisation=organisation, jurisdiction="430100", name=name
    )


SCHOOL = Actor(
    person="p-school",
    role="institution.operator",
    organisation="524300007QN1NLFJTT",
    jurisdiction="430100",
    name="长沙甲培训学校",
)
CLERK = _official("p-clerk", "center.clerk")
ASSESSOR = _official("p-assessor", "center.reviewer")
REVIEWER = _official("p-reviewer", "center.reviewer")
SUPPLEMENT: Json = {
    "missing": [{"material": "premises", "reason": "缺少消防证明"}],
    "working_days": 5,
}
ANSWER: Json = {
    "materials": [{"code": "premises", "name": "消防证明", "digest": f"sha256:{'ab' * 32}"}]
}


@dataclass
class Office(Rig):
    """What a test drives: commands as the API sends them, the clock, and what happened."""

    parts: Parts
    settings: Settings
    tenant: str
    sandbox: PostgresSandbox = field(init=False)

    def __post_init__(self) -> None:
        """Stand on the same database."""
        self.sandbox = PostgresSandbox(self.parts.engine)

    async def open(self, key: str = "open") -> str:
        """Send the example's application; return the id of its case."""
        payload = json.loads(await asyncio.to_thread(EXAMPLE.read_text, encoding="utf-8"))["with"]
        stored = await self.received("filing.submit", payload, SCHOOL, key=key, opening=FILING)
        return await self.decided(stored)

    async def do(self, case: str, name: str, actor: Actor, payload: Json | None = None) -> Outcome:
        """Send a command of a case and return its outcome."""
        stored = await self.received(name, payload or {}, actor, case=case)
        await self.decided(stored)
        return await self.outcome(stored)

    async def received(
        self,
        name: str,
        payload: Json,
        actor: Actor,
        *,
        case: str | None = None,
        **more: Any,  # noqa: ANN401  – key, opening
    ) -> Stored:
        """Store an act, as the API does before it calls Temporal."""
        key = more.pop("key", f"key-{next(_numbers)}")
        receipt = Receipt(
            tenant=self.tenant,
            client="school",
            key=key,
            fingerprint=key,
            case_id=case,
            name=name,
            payload=payload,
            actor=actor,
            channel="api:test",
            **more,
        )
        stored = await asyncio.to_thread(self.parts.store.receive, receipt)
        assert not isinstance(stored, BodyDiffers)
        return stored

    async def decided(self, stored: Stored) -> str:
        """Have a stored act decided."""
        await self.take(stored.command.case_id, stored.command.id)
        return stored.command.case_id

    async def outcome(self, stored: Stored) -> Outcome:
        """Return the outcome in the inbox row."""
        row = await asyncio.to_thread(self.parts.store.stored, self.tenant, stored.command.id)
        assert row is not None
        assert row.outcome is not None
        return row.outcome

    async def case(self, case: str) -> Case:
        """Return the case as the store has it."""
        found = await asyncio.to_thread(self.parts.cases.any_case, self.tenant, case)
        assert found is not None
        return found

    async def events(self, case: str) -> list[Recorded]:
        """Return what happened in the case."""
        return await asyncio.to_thread(self.parts.cases.any_timeline, self.tenant, case)

    async def types(self, case: str) -> list[str]:
        """Return the names of what happened, tokens left out."""
        return [one.type for one in await self.events(case) if one.type != "process.moved"]

    async def move(self, to: datetime, *, frozen: bool = True) -> None:
        """Put the law time forward; nobody is woken."""
        await asyncio.to_thread(self.sandbox.set_clock, self.tenant, to, frozen=frozen)


def settings_of(database: str, address: str, folder: Path, **given: Any) -> Settings:  # noqa: ANN401
    """Return the settings of a worker of this test alone, with the sandbox on."""
    queue = f"office-{os.getpid()}-{next(_numbers)}"
    usual: Mapping[str, Any] = {
        "database_url": database,
        "temporal_address": address,
        "data": folder,
        "task_queue": queue,
        "workflow_sandbox": True,
        "pool_size": 6,
        "reconciler_interval": NEVER,  # unless a test is about it
    }
    return load_settings(**{**usual, **given})


@asynccontextmanager
async def office(settings: Settings, *, tenant: str = "changsha") -> AsyncIterator[Office]:
    """Run the worker as it is wired, until the block ends; law time stands at FRIDAY."""
    parts = await asyncio.to_thread(make_parts, settings)
    client = await connect(settings, within=PATIENCE)
    with _led_elsewhere(settings):
        async with working(settings, parts, client) as conductors:
            yield await _open(settings, parts, conductors, tenant)
    parts.engine.dispose()


@contextmanager
def _led_elsewhere(settings: Settings) -> Iterator[None]:
    """Lead in the reconciler's place, so that it wakes nobody; not where a test is about it."""
    engine = make_engine(settings.database_url, pool_size=1)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if settings.reconciler_interval >= NEVER:
            assert Backlog(connection).lead()
        yield
    engine.dispose()


async def _open(settings: Settings, parts: Parts, conductors: Conductors, tenant: str) -> Office:
    at_work = Office(conductors.client, conductors, parts, settings, tenant)
    await asyncio.to_thread(at_work.sandbox.create, at=FRIDAY, tenant=tenant)
    return at_work
