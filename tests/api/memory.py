"""A web application in one process: store in memory, cases decided at once, clock in our hand."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI
from typing_extensions import override

from activities.advance import Advance
from activities.calls import Calls
from activities.notices import Notices
from api.app import create_app
from api.desk import Desk
from api.people import Account, People
from api.services import Audit, Services, Site
from domain.case.actor import Actor
from domain.case.queue import next_due
from domain.kernel.json import Json
from domain.ports import World
from infra.definitions import load_definitions
from infra.drafts import FolderDrafts
from infra.files import FolderFiles
from infra.fixtures import registers
from infra.law_data import load_calendar, load_law_book, load_occupations
from infra.memory_store import MemoryAudit, MemoryStore
from infra.parts import deployments_on
from infra.sandbox import Made
from infra.sandbox_clock import Clock, ClockRow
from infra.sandbox_people import SEEDED, title_of
from infra.shelf import EmptyShelf
from infra.views.directory import MemoryDirectory
from infra.views.memory import MemoryCases
from infra.webhooks.addresses import networks
from infra.webhooks.calling import HttpWeb
from infra.webhooks.endpoints import MemoryEndpoints
from tests.press import FONTS, shared_press

TENANT, OTHER = "demo", "elsewhere"
SECRET = "tests" * 8


class MemoryPeople(People):
    """Accounts by key; the key of a tenant's login is `<tenant>-<login>`."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}

    def add(self, tenant: str, login: str, actor: Actor, **more: object) -> str:
        """Let somebody in; return the key."""
        key = f"{tenant}-{login}"
        account = Account(
            tenant=tenant,
            login=login,
            actor=actor,
            title=title_of(actor),
            portal=actor.role == "portal",
        )
        self.accounts[key] = replace(account, **more)  # type: ignore[arg-type]  # fields of it
        return key

    @override
    def by_key(self, digest: str) -> Account | None:
        """Return whose key has this digest."""
        for key, account in self.accounts.items():
            if hashlib.sha256(key.encode()).hexdigest() == digest:
                return account
        return None

    @override
    def by_login(self, tenant: str, login: str) -> Account | None:
        """Return the account with that login."""
        return self.accounts.get(f"{tenant}-{login}")

    @override
    def logins(self, tenant: str) -> tuple[Account, ...]:
        """Return the accounts of a tenant."""
        return tuple(one for one in self.accounts.values() if one.tenant == tenant)

    @override
    def mandate(self, portal: Account, person: str, role: str, organisation: str) -> Actor | None:
        """Return as whom a portal acts: any person of its tenant."""
        for one in self.logins(portal.tenant):
            actor = one.actor
            named = (actor.person, actor.role, actor.organisation)
            if portal.portal and named == (person, role, organisation):
                return actor
        return None


class MemorySandbox:
    """Tenants and clocks of a `MemoryStore`."""

    def __init__(self, store: MemoryStore, people: MemoryPeople) -> None:
        self._store, self._people = store, people

    def create(
        self,
        *,
        at: datetime | None = None,
        actors: Mapping[str, Actor] | None = None,
        fixtures: Json | None = None,
    ) -> Made:
        """Make a tenant."""
        entries = registers(fixtures or {})
        tenants = self._store.tables.tenants
        tenant = f"sandbox-{len(tenants)}"
        tenants[tenant] = ClockRow(kind="sandbox", frozen_at=at)
        who = SEEDED if actors is None else actors
        keys = {login: self._people.add(tenant, login, one) for login, one in who.items()}
        for one in entries:
            self._store.register(tenant, one)
        return Made(tenant=tenant, keys=keys, clock=self.clock(tenant))

    def clock(self, tenant: str) -> Clock:
        """Return the law time."""
        row = self._store.tables.tenants[tenant]
        return Clock(now=row.law_now(datetime.now(UTC)), frozen=row.frozen_at is not None)  # noqa: TID251  – the machine's clock under the law's

    def set_clock(self, tenant: str, now: datetime, *, frozen: bool) -> Clock:
        """Put the law time forward."""
        row = self._store.tables.tenants[tenant]
        wall = datetime.now(UTC)  # noqa: TID251  – as above
        self._store.tables.tenants[tenant] = row.set_to(now, wall, frozen=frozen)
        return self.clock(tenant)

    def next_due(self, tenant: str) -> datetime | None:
        """Return when the law acts next."""
        tables = self._store.tables
        found = [
            next_due(one) for id_, one in tables.cases.items() if tables.case_ids[id_] == tenant
        ]
        instants = [one.effective for one in found if one is not None and one.effective]
        return min(instants, default=None)

    def unsettled(self, tenant: str) -> tuple[str, ...]:
        """Return the cases with something left to do."""
        tables, now = self._store.tables, self.clock(tenant).now
        acts = (act.stored for act in tables.inbox.values())
        left = {one.command.case_id for one in acts if one.outcome is None}
        for id_, case in tables.cases.items():
            due = next_due(case)
            if case.jobs or (
                due is not None and due.effective is not None and due.effective <= now
            ):
                left.add(id_)
        return tuple(one for one in left if tables.case_ids[one] == tenant)


class DirectConductor:
    """Has cases decided in a thread of this process, service work included."""

    def __init__(self, advance: Advance, notices: Notices, calls: Calls | None = None) -> None:
        self._advance, self._notices, self._calls = advance, notices, calls
        self.away: Exception | None = None  # set: nobody decides anything
        self.asleep = asyncio.Event()  # set: decisions take for ever
        self.taken = 0

    async def submit(self, procedure: str, case_id: str, command_id: str) -> None:  # noqa: ARG002  – the port's
        """Decide, with all service work."""
        await self._conduct(case_id, command_id)

    async def wake(self, procedure: str, case_id: str) -> None:  # noqa: ARG002  – the port's
        """Look at what is due, with all service work."""
        await self._conduct(case_id, None)

    async def _conduct(self, case_id: str, command_id: str | None) -> None:
        self.taken += 1
        if self.away is not None:
            raise self.away
        if self.asleep.is_set():
            await asyncio.Event().wait()
        await asyncio.to_thread(self._turn, case_id, command_id)

    def _turn(self, case_id: str, command_id: str | None) -> None:
        turn = self._advance.advance(case_id, command_id)
        while turn.jobs:
            job = turn.jobs[0]
            serve = self._notices.render
            if job.activity == "process.call" and self._calls is not None:
                serve = self._calls.call
            report = serve(job.key)
            turn = self._advance.advance(case_id, report)


class WellHealth:
    """A process that is well, until told otherwise."""

    def __init__(self) -> None:
        self.told: tuple[str, ...] = ()

    def faults(self) -> tuple[str, ...]:
        """Return what the test told."""
        return self.told

    async def warnings(self) -> tuple[str, ...]:
        """Return a warning."""
        return ("Temporal is away",)


@dataclass
class House:
    """The application with everything behind it in reach."""

    app: FastAPI
    services: Services
    store: MemoryStore
    people: MemoryPeople
    sandbox: MemorySandbox
    conductor: DirectConductor
    health: WellHealth


def memory_house(
    folder: Path,
    *,
    at: datetime,
    sandboxed: bool = True,
    rate: int = 10_000,
    audit: Audit | None = None,
    fonts: Path | None = FONTS,
) -> House:
    """Return an application whose tenants `demo` and `elsewhere` stand at `at`."""
    calendar, definitions = load_calendar(), load_definitions().on(EmptyShelf())
    store, people = MemoryStore(calendar), MemoryPeople()
    cases, files = MemoryCases(store), FolderFiles(folder / "files")
    world = World(
        definitions=definitions,
        book=load_law_book(),
        calendar=calendar,
        occupations=load_occupations(),
    )
    sandbox, health = MemorySandbox(store, people), WellHealth()
    press = shared_press(fonts)
    endpoints, web = MemoryEndpoints(), HttpWeb(networks("127.0.0.0/8"))
    calls = Calls(store, world, endpoints, web)
    conductor = DirectConductor(Advance(store, world), Notices(store, cases, files, press), calls)
    for tenant in (TENANT, OTHER):
        store.tables.tenants[tenant] = ClockRow(kind="sandbox", frozen_at=at)
        for login, actor in SEEDED.items():
            people.add(tenant, login, actor)
    services = Services(
        site=Site(sandbox=sandboxed, secret_key=SECRET, rate=rate, patience=30.0, lookup_pace=0.05),
        store=store,
        cases=cases,
        directory=MemoryDirectory(store),
        files=files,
        press=press,
        definitions=definitions,
        deployments=deployments_on(store, definitions),
        endpoints=endpoints,
        web=web,
        desk=Desk(store, conductor),
        people=people,
        world=lambda tenant: replace(world, calendar=cases.calendar(tenant)),
        health=health,
        audit=audit or MemoryAudit(store.tables),
        sandbox=sandbox if sandboxed else None,
    )
    app = create_app(services, FolderDrafts(folder / "drafts"))
    return House(app, services, store, people, sandbox, conductor, health)
