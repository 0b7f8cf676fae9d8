"""What routes and pages stand on. Wired once per process by `api.main`; handlers get it whole."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Protocol

from fastapi import Depends, Request

from api.desk import Desk
from api.people import People
from api.sandbox import Sandbox
from domain.case.access import may_know, viewer
from domain.case.actor import Actor
from domain.case.state import Case
from domain.kernel.json import JsonValue
from domain.ports import Cases, Definitions, Deployments, EventStore, Files, Press, World
from domain.registers.listing import Directory, EmptyDirectory
from domain.web import Endpoints, Web


class Health(Protocol):
    """What the readiness page asks. Each answer comes soon and none raises; `faults` blocks."""

    def faults(self) -> tuple[str, ...]:
        """Return why commands cannot be received now: database away, migrations behind."""

    async def warnings(self) -> tuple[str, ...]:
        """Return what lags while commands are still received: Temporal away, no worker."""


class Audit(Protocol):
    """Where attempts leave a trace that were turned away before anything was stored."""

    def write(self, code: str, *, tenant: str = "", client: str = "", **detail: JsonValue) -> None:
        """Note one: ids and codes only. Blocks, and never raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What kind of installation this is."""

    sandbox: bool
    secret_key: str  # signs sessions, forms and cursors
    public_tenant: str = "demo"  # whose directory anybody reads
    public_url: str = ""  # "https://host", without a path; "": relative
    version: str = "0.1.0"  # of the product
    epoch: int = 1  # of the event store
    max_body: int = 1_048_576  # bytes of a JSON body: the scores of a large batch in one act
    max_upload: int = 20_971_520  # bytes of one file
    patience: float = 10.0  # seconds an answer waits for the case's decision
    rate: int = 600  # requests a minute and caller
    lookups: int = 30  # papers a minute that one source may check
    lookup_pace: float = 0.4  # seconds; how long a check takes, or a multiple of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a route or page may use. What blocks runs in a thread: `def`, or `Desk`."""

    site: Site
    store: EventStore
    cases: Cases
    files: Files
    press: Press
    definitions: Definitions
    deployments: Deployments
    endpoints: Endpoints
    web: Web
    desk: Desk
    people: People
    world: Callable[[str], World]  # of a tenant, with the calendar it has published
    health: Health
    audit: Audit
    directory: Directory = field(default_factory=EmptyDirectory)
    sandbox: Sandbox | None = None  # None in production: its paths do not exist

    def now(self, tenant: str) -> datetime:
        """Return the tenant's law time: the only clock a handler may read."""
        return self.cases.now(tenant)

    def visible_case(self, tenant: str, actor: Actor, id_or_number: str) -> Case | None:
        """Return the case if there is one that `actor` may know of; else None."""
        case = self.cases.case(tenant, id_or_number, viewer(actor))
        return case if case is not None and may_know(actor, case) else None


async def services(request: Request) -> Services:
    """Return the services of this process; `async`, since what cannot block needs no thread."""
    found: Services = request.app.state.services
    return found


TheServices = Annotated[Services, Depends(services)]
