"""Builds the web application from its services; knows no database and no Temporal."""

from functools import cache
from typing import Any

from fastapi import APIRouter, Depends, FastAPI

from api.console.app import console
from api.described import EVERYWHERE, problems
from api.envelope import Envelope
from api.openapi import BASE, describe
from api.papers import Papers
from api.parameters import check_readable
from api.problems import handle_problems
from api.rates import Rates
from api.routes import (
    cases,
    commands,
    deadlines,
    directory,
    endpoints,
    events,
    health,
    law,
    meta,
    migrations,
    notices,
    papers,
    problem_pages,
    procedures,
    processes,
    sandbox,
    tasks,
    uploads,
)
from api.services import Services
from domain.ports import Drafts

ROUTERS: tuple[APIRouter, ...] = tuple(
    one.router
    for one in (
        procedures,
        processes,
        endpoints,
        cases,
        commands,
        tasks,
        deadlines,
        notices,
        papers,
        law,
        directory,
        uploads,
        events,
        meta,
        migrations,
    )
)
BODIES = (
    *commands.BODIES,
    *migrations.BODIES,
    *tasks.BODIES,
    *papers.BODIES,
    *processes.BODIES,
    *endpoints.BODIES,
    *sandbox.BODIES,
)


def create_app(services: Services, drafts: Drafts) -> FastAPI:
    """Return the whole web application: API, health, problem pages, console."""
    app = _bare("Anjuan")
    app.state.services = services
    handle_problems(app)  # for what no mount takes, such as a line break in a path
    api = create_api(movable=services.site.sandbox)
    api.state.services = services
    api.state.rates = Rates(services.site.rate)
    api.state.papers = checked = Papers(services)
    app.state.api = api
    app.include_router(health.router)
    app.include_router(problem_pages.router)
    app.mount(BASE, Envelope(api))
    app.state.console = console(services, drafts, checked)
    app.mount("/", app.state.console)
    return app


def create_api(*, movable: bool) -> FastAPI:
    """Return the API alone, without services; `movable` with the paths only a sandbox has."""
    api = _bare("Anjuan API", openapi_url="/openapi.json")
    handle_problems(api)
    for router in (*ROUTERS, *((sandbox.router,) if movable else ())):
        api.include_router(
            router, responses=problems(*EVERYWHERE), dependencies=[Depends(check_readable)]
        )
    api.openapi = lambda: description(movable=movable)  # type: ignore[method-assign]  # as FastAPI documents
    return api


@cache
def description(*, movable: bool) -> dict[str, Any]:
    """Return the OpenAPI document; the same for every application of this release."""
    return describe(create_api(movable=movable).routes, BODIES)


def _bare(title: str, openapi_url: str | None = None) -> FastAPI:
    """Return an application without the framework's own pages and telemetry."""
    return FastAPI(
        title=title,
        openapi_url=openapi_url,
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        redirect_slashes=False,
    )
