"""The adapters of one process, put together from its settings."""

from dataclasses import dataclass, replace

from sqlalchemy import Engine

from domain.law.calendar import Calendar
from domain.ports import Definitions as KeptDefinitions
from domain.ports import Deployments, Files, Press, World
from domain.web import Endpoints, Web
from infra.db import UnsafeDatabaseError, make_engine, probe
from infra.definitions import Definitions, load_definitions
from infra.deployments import RegisteredDeployments, Registers
from infra.event_store.store import PostgresStore
from infra.files import FolderFiles
from infra.law_data import load_calendar, load_law_book, load_occupations
from infra.letters.press import LetterPress
from infra.migrate import check
from infra.object_files import object_files
from infra.settings import Settings
from infra.shelf import PostgresShelf
from infra.views.cases import PostgresCases
from infra.webhooks.addresses import networks
from infra.webhooks.calling import HttpWeb
from infra.webhooks.endpoints import PostgresEndpoints

_BEHIND = "数据库结构未更新，请先运行 anjuan db upgrade · run `anjuan db upgrade` first: {} missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What web process, worker and commands stand on."""

    engine: Engine
    store: PostgresStore
    cases: PostgresCases
    files: Files
    definitions: Definitions
    deployments: Deployments
    endpoints: Endpoints
    web: Web
    press: Press
    world: World  # with the calendar of the installation

    def world_with(self, calendar: Calendar) -> World:
        """Return the world with the years a tenant has published."""
        return replace(self.world, calendar=calendar)


def make_parts(settings: Settings) -> Parts:
    """Connect to the database, load law, calendar and diagrams, and keep the diagrams for ever.

    Raises:
        UnsafeDatabaseError: the database is set so that promises would not hold, or its schema
            is behind this release.
        SchemaError: the schema is not one this release may use.
        SQLAlchemyError, psycopg2.Error: the database cannot be reached.
    """
    engine = make_engine(settings.database_url, pool_size=settings.pool_size)
    probe(engine, walled=settings.env == "production")
    if missing := check(settings.database_url):
        engine.dispose()
        raise UnsafeDatabaseError((_BEHIND.format(", ".join(missing)),))
    calendar = load_calendar(settings.data / "calendars")
    definitions = load_definitions().on(_shelf(settings))
    store = PostgresStore(engine, calendar)
    return Parts(
        engine=engine,
        store=store,
        cases=PostgresCases(engine, store.calendars),
        files=_files(settings),
        definitions=definitions,
        deployments=deployments_on(store, definitions),
        endpoints=PostgresEndpoints(engine),
        web=HttpWeb(networks(settings.webhook_allow)),
        press=LetterPress(settings.fonts, settings.public_url),
        world=World(
            definitions=definitions,
            book=load_law_book(),
            calendar=calendar,
            occupations=load_occupations(),
            office_mark=settings.office_mark,
            message_hours=settings.message_hours,
        ),
    )


def deployments_on(registers: Registers, definitions: KeptDefinitions) -> Deployments:
    """Return the deployments whose register lies in a store."""
    return RegisteredDeployments(registers, definitions)


def _files(settings: Settings) -> Files:
    if settings.files:
        return object_files(settings.files)
    return FolderFiles(settings.data / "files")


def _shelf(settings: Settings) -> PostgresShelf:
    """Return the shelf, with the shipped diagrams on it before any case is pinned to one."""
    shelf = PostgresShelf(settings.database_url)
    shelf.keep(load_definitions().sources)
    return shelf
