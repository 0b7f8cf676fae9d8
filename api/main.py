"""Wires the web process: database, Temporal, people, sandbox, and serves API and console."""

import asyncio
import contextlib
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import anyio.to_thread
import structlog
import uvicorn
from fastapi import FastAPI, Request, Response
from sqlalchemy.exc import SQLAlchemyError
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.exceptions import TemporalError
from typing_extensions import override

from api.app import create_app
from api.desk import Desk
from api.people import Account, People
from api.problems import ProblemError, answer_problem
from api.services import Services, Site
from domain.case.actor import Actor
from domain.law.calendar import Calendar
from domain.ports import World
from infra import failpoints
from infra.db import is_outage
from infra.drafts import FolderDrafts
from infra.event_store.audit import AuditLog
from infra.health import DatabaseHealth
from infra.logs import configure
from infra.parts import Parts, make_parts
from infra.sandbox import PostgresSandbox
from infra.sandbox_people import Person, SandboxPeople
from infra.settings import Settings, load_settings
from infra.temporal import connect
from infra.views.directory import PostgresDirectory
from workflows.client import Conductors

log = structlog.get_logger("anjuan.api")
ASK_WITHIN: Final = 1.0  # seconds a warning may take to find out
CALENDAR_WARNS: Final = timedelta(days=45)  # before the last published day
RATE: Final = 600  # requests a minute and caller
SANDBOX_RATE: Final = 60_000  # scenarios and fault tests are callers in a hurry
GRACE: Final = 8  # seconds for answers under way; supervisors kill after 10 s or more


def main() -> int:
    """Run the web process until SIGTERM; return the exit code. The caller leaves by `leave`.

    Raises:
        BadSettingsError: naming every setting that cannot be used.
        UnsafeDatabaseError: the database is set so that promises would not hold.
    """
    settings = load_settings()
    configure(settings.log_level, "api")
    failpoints.arm(settings.failpoints)
    return asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> int:
    parts = make_parts(settings)
    anyio.to_thread.current_default_thread_limiter().total_tokens = settings.pool_size
    conductor = TemporalConductor(settings)
    services = make_services(settings, parts, conductor)
    app = create_app(services, FolderDrafts(settings.data / "drafts"))
    tell_of_outages(app)
    server = _Server(
        uvicorn.Config(
            app,
            host=settings.api_host,
            port=settings.api_port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            timeout_graceful_shutdown=GRACE,
        )
    )
    conductor.start()
    await server.serve()
    await services.desk.close()
    await conductor.close()
    parts.engine.dispose()
    return 0 if server.started else 1


def make_services(
    settings: Settings, parts: Parts, conductor: "TemporalConductor", *, patience: float = 10.0
) -> Services:
    """Return what routes and pages stand on, on real servers.

    Raises:
        SQLAlchemyError: the database is away.
    """
    sandboxed = settings.env == "sandbox"
    sandbox = PostgresSandbox(parts.engine) if sandboxed else None
    if sandbox is not None:
        sandbox.seed_demo()
    database = DatabaseHealth(parts.engine, settings.database_url)

    def world(tenant: str) -> World:
        return parts.world_with(parts.cases.calendar(tenant))

    return Services(
        site=Site(
            sandbox=sandboxed,
            secret_key=settings.secret_key,
            public_tenant=settings.public_tenant,
            public_url=settings.public_url,
            epoch=database.epoch(),
            patience=patience,
            rate=SANDBOX_RATE if sandboxed else RATE,
        ),
        store=parts.store,
        cases=parts.cases,
        directory=PostgresDirectory(parts.engine),
        files=parts.files,
        press=parts.press,
        definitions=parts.definitions,
        deployments=parts.deployments,
        endpoints=parts.endpoints,
        web=parts.web,
        desk=Desk(parts.store, conductor, SQLAlchemyError),
        people=Accounts(SandboxPeople(parts.engine)) if sandboxed else Nobody(),
        world=world,
        health=ProcessHealth(database, conductor, parts.world.calendar),
        audit=AuditLog(parts.engine),
        sandbox=sandbox,
    )


def tell_of_outages(app: FastAPI) -> None:
    """Have `app` answer 503 while the database is away: what was received stays.

    What the database refuses although it is there is a fault of ours, and answered as one.
    """

    async def away(request: Request, error: Exception) -> Response:
        if not is_outage(error):
            raise error
        log.warning("database.away", fault=type(error).__name__)
        return answer_problem(ProblemError("service.unavailable"), request)

    app.state.api.add_exception_handler(SQLAlchemyError, away)
    app.add_exception_handler(SQLAlchemyError, away)
    app.state.console.state.faults = (SQLAlchemyError,)
    app.state.console.state.is_outage = is_outage


class TemporalConductor:
    """Has cases decided by Temporal. While it is away acts are received all the same."""

    def __init__(self, settings: Settings) -> None:
        """Prepare it; `start` begins to connect."""
        self._settings = settings
        self._connecting: asyncio.Task[Client] | None = None

    def start(self) -> None:
        """Connect behind, with patience; call it in the running loop."""
        self._connecting = asyncio.create_task(connect(self._settings))

    async def close(self) -> None:
        """Stop connecting."""
        if self._connecting is not None and not self._connecting.done():
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)

    @property
    def client(self) -> Client:
        """The connection.

        Raises:
            ConnectionError: there is none yet.
        """
        if self._connecting is None or not self._connecting.done():
            raise ConnectionError("Temporal is away")
        return self._connecting.result()

    async def submit(self, procedure: str, case_id: str, command_id: str) -> None:
        """Have a stored command decided; return when it has its outcome."""
        await self._conductors().submit(procedure, case_id, command_id)

    async def wake(self, procedure: str, case_id: str) -> None:
        """Have the case look at what is due; return when it will."""
        await self._conductors().wake(procedure, case_id)

    async def warnings(self) -> tuple[str, ...]:
        """Return what keeps cases from being decided now."""
        try:
            async with asyncio.timeout(ASK_WITHIN):
                polled = await self._polled()
        except (TemporalError, OSError, TimeoutError):
            return ("Temporal 不可用，来件照收 · Temporal is away, acts are received",)
        return () if polled else ("没有工作进程 · no worker polls, acts are received",)

    async def _polled(self) -> bool:
        answer = await self.client.workflow_service.describe_task_queue(
            DescribeTaskQueueRequest(
                namespace=self._settings.temporal_namespace,
                task_queue=TaskQueue(name=self._settings.task_queue),
                task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
            )
        )
        return bool(answer.pollers)

    def _conductors(self) -> Conductors:
        timeout = timedelta(seconds=self._settings.workflow_task_timeout)
        labels = self._settings.temporal_labels
        return Conductors(self.client, self._settings.task_queue, timeout, labels)


class ProcessHealth:
    """Whether this process can receive acts, and what lags."""

    def __init__(
        self, database: DatabaseHealth, conductor: TemporalConductor, calendar: Calendar
    ) -> None:
        """Ask these."""
        self._database, self._conductor, self._calendar = database, conductor, calendar

    def faults(self) -> tuple[str, ...]:
        """Return why acts cannot be received now."""
        return self._database.faults()

    async def warnings(self) -> tuple[str, ...]:
        """Return what lags while acts are received."""
        valid = self._calendar.valid_through
        ends = (f"日历至 {valid} 止 · the calendar ends on {valid}",)
        near = valid - datetime.now(UTC).date() < CALENDAR_WARNS  # noqa: TID251  – the machine's day
        return (*await self._conductor.warnings(), *(ends if near else ()))


class Accounts(People):
    """The sandbox's people as accounts of API and console."""

    def __init__(self, people: SandboxPeople) -> None:
        """Ask `people`."""
        self._people = people

    @override
    def by_key(self, digest: str) -> Account | None:
        return _account(self._people.by_key(digest))

    @override
    def by_login(self, tenant: str, login: str) -> Account | None:
        return _account(self._people.by_login(tenant, login))

    @override
    def logins(self, tenant: str) -> tuple[Account, ...]:
        found = map(_account, self._people.logins(tenant))
        return tuple(one for one in found if one is not None)

    @override
    def mandate(self, portal: Account, person: str, role: str, organisation: str) -> Actor | None:
        if not portal.portal:
            return None
        return self._people.mandate(portal.tenant, person, role, organisation)


class Nobody(People):
    """Production without an identity provider: nobody comes in."""

    @override
    def by_key(self, digest: str) -> Account | None:
        return None

    @override
    def by_login(self, tenant: str, login: str) -> Account | None:
        return None

    @override
    def logins(self, tenant: str) -> tuple[Account, ...]:
        return ()

    @override
    def mandate(self, portal: Account, person: str, role: str, organisation: str) -> Actor | None:
        return None


class _Server(uvicorn.Server):
    """Ends by SIGTERM and SIGINT like the worker: answers under way are finished, exit code 0."""

    @contextlib.contextmanager
    @override
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for one in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(one, self.handle_exit, one, None)
        yield


def _account(person: Person | None) -> Account | None:
    if person is None:
        return None
    return Account(
        tenant=person.tenant,
        login=person.login,
        actor=person.actor,
        title=person.title,
        portal=person.portal,
    )
