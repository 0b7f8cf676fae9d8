"""A whole office in one process: pages on the store in memory, decided by `case.advance` itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from activities.advance import Advance
from activities.notices import Notices
from api.console import console
from api.desk import Desk
from api.papers import Papers
from api.people import Account
from api.sandbox import Made
from api.services import Services, Site
from domain.case.actor import Actor
from domain.case.queue import next_due
from domain.case.state import Case
from domain.kernel.json import Json
from domain.kernel.times import parse_instant
from domain.ports import World
from infra.definitions import load_definitions
from infra.drafts import FolderDrafts
from infra.files import FolderFiles
from infra.law_data import load_calendar, load_law_book, load_occupations
from infra.memory_store import MemoryAudit, MemoryStore
from infra.parts import deployments_on
from infra.sandbox_clock import Clock, ClockRow
from infra.sandbox_people import SEEDED, title_of
from infra.shelf import EmptyShelf
from infra.views.directory import MemoryDirectory
from infra.views.memory import MemoryCases
from infra.webhooks.calling import HttpWeb
from infra.webhooks.endpoints import MemoryEndpoints
from tests.press import FONTS, shared_press

TENANT = "demo"
MONDAY = parse_instant("2026-09-21T09:00:00+08:00")  # a week and a half before the holiday
TOO_OFTEN = 20  # rounds of service work in one turn


class Everybody:
    """The seeded accounts, and whom a test adds."""

    def __init__(self, others: Mapping[str, Actor]) -> None:
        self._all = tuple(
            Account(tenant=TENANT, login=login, actor=actor, title=title_of(actor))
            for login, actor in {**SEEDED, **others}.items()
        )

    def by_key(self, digest: str) -> Account | None:  # noqa: ARG002  – nobody comes with a key
        """Return nobody."""
        return None

    def by_login(self, tenant: str, login: str) -> Account | None:
        """Return the account with that login."""
        return next((one for one in self.logins(tenant) if one.login == login), None)

    def logins(self, tenant: str) -> tuple[Account, ...]:
        """Return all of them in `demo`."""
        return self._all if tenant == TENANT else ()

    def mandate(self, portal: Account, person: str, role: str, organisation: str) -> Actor | None:  # noqa: ARG002  – no portal here
        """Return nobody."""
        return None


class Well:
    """Nothing is wrong, unless told otherwise."""

    def __init__(self) -> None:
        self.wrong: tuple[str, ...] = ()

    def faults(self) -> tuple[str, ...]:
        """Return what was told."""
        return self.wrong

    async def warnings(self) -> tuple[str, ...]:
        """Return nothing."""
        return ()


class InProcess:
    """Decides at once, and does the service work, as the conductor and its worker would."""

    def __init__(self, advance: Advance, notices: Notices) -> None:
        self._advance, self._notices = advance, notices
        self.away = False

    async def submit(self, procedure: str, case_id: str, command_id: str) -> None:  # noqa: ARG002  – one kind of case
        """Have the case decide."""
        if self.away:
            raise OSError("nobody is there")
        await run_in_threadpool(self.look, case_id, command_id)

    async def wake(self, procedure: str, case_id: str) -> None:  # noqa: ARG002  – one kind of case
        """Have the case look."""
        await run_in_threadpool(self.look, case_id)

    def look(self, case_id: str, command_id: str | None = None) -> None:
        """Take the case as far as it goes."""
        turn = self._advance.advance(case_id, command_id)
        for _ in range(TOO_OFTEN):
            if not turn.jobs:
                return
            for job in turn.jobs:
                report = self._notices.render(job.key)
                turn = self._advance.advance(case_id, report)


class MemorySandbox:
    """The clock of the one tenant."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def create(
        self,
        *,
        at: datetime | None = None,
        actors: object = None,
        fixtures: Json | None = None,
    ) -> Made:
        """Make no tenant: there is one.

        Raises:
            LookupError: always.
        """
        raise LookupError(f"{at} {actors} {fixtures}")

    def clock(self, tenant: str) -> Clock:
        """Return the law time."""
        row = self._store.tables.tenants[tenant]
        return Clock(now=row.law_now(MONDAY), frozen=row.frozen_at is not None)

    def set_clock(self, tenant: str, now: datetime, *, frozen: bool) -> Clock:
        """Put it forward."""
        row = self._store.tables.tenants[tenant]
        moved = row.set_to(now, MONDAY, frozen=frozen)
        self._store.tables.tenants[tenant] = moved
        return self.clock(tenant)

    def next_due(self, tenant: str) -> datetime | None:
        """Return when the law acts next."""
        due = [next_due(one) for one in self._cases(tenant)]
        return min((one.effective for one in due if one and one.effective), default=None)

    def unsettled(self, tenant: str) -> tuple[str, ...]:
        """Return the cases in which something waits."""
        now = self.clock(tenant).now
        return tuple(
            one.id
            for one in self._cases(tenant)
            if self._store.tables.waiting(one.id)
            or ((due := next_due(one)) is not None and due.effective and due.effective <= now)
        )

    def _cases(self, tenant: str) -> list[Case]:
        tables = self._store.tables
        return [one for one in tables.cases.values() if tables.case_ids[one.id] == tenant]


@dataclass
class Office:
    """The pages with a hand on everything behind them."""

    app: Starlette
    services: Services
    store: MemoryStore
    conductor: InProcess
    sandbox: MemorySandbox
    health: Well
    drafts: FolderDrafts

    def now(self, text: str) -> None:
        """Put the law clock to an instant and let what is due happen."""
        self.sandbox.set_clock(TENANT, parse_instant(text), frozen=True)
        for case_id in self.sandbox.unsettled(TENANT):
            self.conductor.look(case_id)

    def case(self) -> Case:
        """Return the one case there is."""
        (found,) = self.store.tables.cases.values()
        return found


@cache
def shipped() -> World:
    """Return diagrams, law and calendar as shipped: read once, nothing changes them."""
    return World(
        definitions=load_definitions(),
        book=load_law_book(),
        calendar=load_calendar(),
        occupations=load_occupations(),
    )


def open_office(
    folder: Path,
    at: datetime = MONDAY,
    *,
    sandbox: bool = True,
    others: Mapping[str, Actor] | None = None,
) -> Office:
    """Return an office with no case, its clock frozen."""
    world = replace(shipped(), definitions=load_definitions().on(EmptyShelf()))
    store = MemoryStore(world.calendar)
    store.tables.tenants[TENANT] = ClockRow(kind="sandbox", frozen_at=at)
    cases, files = MemoryCases(store), FolderFiles(folder / "files")
    press = shared_press(FONTS)
    conductor = InProcess(Advance(store, world), Notices(store, cases, files, press))
    health, movable = Well(), MemorySandbox(store)
    services = Services(
        site=Site(sandbox=sandbox, secret_key="k" * 32, patience=30.0, lookup_pace=0.05),
        store=store,
        cases=cases,
        directory=MemoryDirectory(store),
        files=files,
        press=press,
        definitions=world.definitions,
        deployments=deployments_on(store, world.definitions),
        endpoints=MemoryEndpoints(),
        web=HttpWeb(),
        desk=Desk(store, conductor),
        people=Everybody(others or {}),
        world=lambda tenant: replace(world, calendar=store.calendar(tenant)),
        health=health,
        audit=MemoryAudit(store.tables),
        sandbox=movable if sandbox else None,
    )
    drafts = FolderDrafts(folder / "drafts")
    app = console(services, drafts, Papers(services))
    return Office(app, services, store, conductor, movable, health, drafts)
