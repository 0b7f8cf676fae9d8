"""Endpoints: the web services that do the work of tasks in plain processes."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from starlette.concurrency import run_in_threadpool

from api.asked import Asked, ToAct, ToRead
from api.described import BODY, examples, json_body, problems
from api.edge import body_of
from api.examples import ENDPOINT
from api.paths import LONGEST_ID
from api.problems import ProblemError
from api.schemas.command import NoPayload
from api.schemas.endpoint import EndpointMade, EndpointPage, EndpointView, EndpointWish
from domain.case.access import may_deploy
from domain.web import Endpoint

router = APIRouter(tags=["processes"])
BODIES = (EndpointWish,)
Name = Annotated[
    str,
    Path(
        max_length=LONGEST_ID,
        description="As diagrams name it.",
        openapi_examples=examples(ENDPOINT),
    ),
]
DENIED = problems("process.deployer_required")


@router.get("/endpoints", operation_id="listEndpoints", responses=DENIED)
def list_endpoints(asked: ToRead) -> EndpointPage:
    """Answer the web services of the tenant, without their secrets."""
    _check_right(asked)
    found = asked.found.endpoints.all(asked.tenant)
    items = [EndpointView(name=one.name, url=one.url) for one in found]
    return EndpointPage(items=items, next_cursor=None)


@router.post(
    "/endpoints",
    operation_id="makeEndpoint",
    status_code=201,
    openapi_extra=json_body("EndpointWish", {"name": ENDPOINT, "url": "https://8.8.8.8/hook"}),
    responses={**DENIED, **problems(*BODY, "endpoint.exists", "endpoint.address")},
)
async def make_endpoint(
    asked: ToAct, wish: Annotated[EndpointWish, Depends(body_of(EndpointWish))]
) -> EndpointMade:
    """Name a web service. Its secret is told here and never again."""
    return await run_in_threadpool(_make, asked, wish)


@router.post(
    "/endpoints/{name}/rotate",
    operation_id="rotateEndpoint",
    openapi_extra=json_body("NoPayload", {}),
    responses={**DENIED, **problems(*BODY, "endpoint.unknown")},
)
async def rotate_endpoint(
    asked: ToAct, name: Name, _: Annotated[NoPayload, Depends(body_of(NoPayload))]
) -> EndpointMade:
    """Give a web service a new secret; the old one signs nothing from here on."""
    return await run_in_threadpool(_rotate, asked, name)


@router.delete(
    "/endpoints/{name}",
    operation_id="dropEndpoint",
    status_code=204,
    response_class=Response,
    responses={**DENIED, **problems("endpoint.unknown")},
)
def drop_endpoint(asked: ToAct, name: Name) -> Response:
    """Forget a web service: calls to it are parked until it is back and they are retried."""
    _check_right(asked)
    if not asked.found.endpoints.drop(asked.tenant, name):
        raise ProblemError("endpoint.unknown")
    return Response(status_code=204)


def _make(asked: Asked, wish: EndpointWish) -> EndpointMade:
    _check_right(asked)
    if refused := asked.found.web.refused(wish.url):
        raise ProblemError("endpoint.address", refused.detail, refused.detail)
    made = Endpoint(name=wish.name, url=wish.url, secret=asked.found.web.new_secret())
    if not asked.found.endpoints.add(asked.tenant, made):
        raise ProblemError("endpoint.exists")
    return _told(made)


def _rotate(asked: Asked, name: str) -> EndpointMade:
    _check_right(asked)
    secret = asked.found.web.new_secret()
    renewed = asked.found.endpoints.renew(asked.tenant, name, secret)
    if renewed is None:
        raise ProblemError("endpoint.unknown")
    return _told(renewed)


def _told(endpoint: Endpoint) -> EndpointMade:
    return EndpointMade(name=endpoint.name, url=endpoint.url, secret=endpoint.secret)


def _check_right(asked: Asked) -> None:
    if not may_deploy(asked.actor):
        raise ProblemError("process.deployer_required")
