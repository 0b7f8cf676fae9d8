"""The application in one process whose store is PostgreSQL; cases are decided at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from fastapi import FastAPI

from activities.advance import Advance
from activities.calls import Calls
from activities.notices import Notices
from api.app import create_app
from api.desk import Desk
from api.main import tell_of_outages
from infra.db import make_engine, of_tenant
from infra.drafts import FolderDrafts
from infra.event_store.audit import AuditLog
from infra.event_store.store import PostgresStore
from infra.law_data import load_calendar
from infra.parts import deployments_on
from infra.views.cases import PostgresCases
from infra.webhooks.endpoints import PostgresEndpoints
from tests.api.memory import TENANT, DirectConductor, memory_house

_ADD = "INSERT INTO tenants (tenant, kind, frozen_at) VALUES (%s, 'sandbox', %s)"


@contextmanager
def postgres_app(url: str, folder: Path, at: datetime) -> Iterator[FastAPI]:
    """Have an application on the database at `url`; the law time of its tenant stands at `at`."""
    engine = make_engine(url)
    with of_tenant(engine, TENANT) as connection:
        connection.exec_driver_sql(_ADD, (TENANT, at))
    services = memory_house(folder, at=at).services
    store = PostgresStore(engine, load_calendar())
    cases = PostgresCases(engine, store.calendars)
    world = services.world(TENANT)
    endpoints = PostgresEndpoints(engine)
    conductor = DirectConductor(
        Advance(store, world),
        Notices(store, cases, services.files, services.press),
        Calls(store, world, endpoints, services.web),
    )
    services = replace(
        services,
        store=store,
        cases=cases,
        deployments=deployments_on(store, services.definitions),
        endpoints=endpoints,
        desk=Desk(store, conductor),
        world=lambda tenant: replace(world, calendar=cases.calendar(tenant)),
        audit=AuditLog(engine),
    )
    app = create_app(services, FolderDrafts(folder / "drafts"))
    tell_of_outages(app)
    yield app
    engine.dispose()
