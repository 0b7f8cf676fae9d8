"""The sandbox: tenants on request, and a law clock that answers when all that fell due is done."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool

from api.auth import Keeper, Reader
from api.clock_moving import LATEST, Mover, TooFarError, working_days_on
from api.described import BODY, json_body, problems
from api.edge import body_of
from api.problems import ProblemError, fault, malformed
from api.rates import count
from api.sandbox import Clock, Sandbox
from api.schemas.sandbox import (
    ClockEvent,
    ClockMove,
    ClockMoved,
    SandboxClock,
    SandboxTenant,
    SandboxTenantWish,
)
from api.services import Services, TheServices
from domain.case.actor import Actor
from domain.kernel.faults import MalformedError
from domain.kernel.times import in_china

router = APIRouter(tags=["sandbox"])
BODIES = (SandboxTenantWish, ClockMove)
_TENANT = {
    "at": "2024-04-26T17:00:00+08:00",
    "actors": {
        "clerk": {
            "role": "center.clerk",
            "person": "p-clerk",
            "organisation": "center-430100",
            "name": "长沙市鉴定中心",
            "jurisdiction": "430100",
        }
    },
}


async def the_sandbox(found: TheServices) -> Sandbox:
    """Return the sandbox; in production there is no such path.

    Raises:
        ProblemError: `request.not_found`.
    """
    if found.sandbox is None:
        raise ProblemError("request.not_found")
    return found.sandbox


TheSandbox = Annotated[Sandbox, Depends(the_sandbox)]


@router.post(
    "/sandbox/tenants",
    operation_id="makeTenant",
    status_code=201,
    openapi_extra=json_body("SandboxTenantWish", _TENANT, {}),
    responses=problems(*BODY),
)
async def make_tenant(
    request: Request,
    sandbox: TheSandbox,
    wish: Annotated[SandboxTenantWish, Depends(body_of(SandboxTenantWish))],
) -> SandboxTenant:
    """Make a tenant of its own with clock, actors and fixtures; answer a key per actor."""
    count(request, f"address:{request.client.host if request.client else ''}")
    return await run_in_threadpool(_make, sandbox, wish)


@router.get("/sandbox/clock", operation_id="readClock")
def read_clock(sandbox: TheSandbox, caller: Reader) -> SandboxClock:
    """Answer the tenant's law time and when the law acts next."""
    return _clock(sandbox, caller.tenant, sandbox.clock(caller.tenant))


@router.post(
    "/sandbox/clock",
    operation_id="moveClock",
    openapi_extra=json_body(
        "ClockMove", {"advance_working_days": 10}, {"advance_to": "2034-05-10T08:00:00+08:00"}
    ),
    responses=problems(*BODY, "clock.moves_back"),
)
async def move_clock(
    sandbox: TheSandbox,
    caller: Keeper,
    move: Annotated[ClockMove, Depends(body_of(ClockMove))],
    found: TheServices,
) -> ClockMoved:
    """Move the law time; answer when all that fell due on the way has been acted on."""
    if move.freeze is not None:
        clock = await run_in_threadpool(_freeze, sandbox, caller.tenant, move.freeze)
        return ClockMoved(clock=clock, happened=[], settled=True)
    to = await run_in_threadpool(_target, move, sandbox, caller.tenant, found)
    mover = Mover(caller.tenant, sandbox, found.cases, found.desk.conductor)
    try:
        moved = await mover.advance(to)
    except TooFarError:
        raise _too_far("") from None
    shown = await run_in_threadpool(_clock, sandbox, caller.tenant, moved.clock)
    happened = [
        ClockEvent(
            case=one.stream,
            type=one.type,
            effective=in_china(one.meta.effective_at),
            actor=one.meta.actor.role,
        )
        for one in moved.happened
        if one.type != "process.moved"
    ]
    return ClockMoved(clock=shown, happened=happened, settled=moved.settled)


def _make(sandbox: Sandbox, wish: SandboxTenantWish) -> SandboxTenant:
    if wish.at is not None and wish.at > LATEST:
        raise _too_far("/at")
    actors = {login: Actor(**one.model_dump()) for login, one in wish.actors.items()}
    try:
        made = sandbox.create(at=wish.at, actors=actors or None, fixtures=wish.fixtures)
    except MalformedError as wrong:
        raise malformed(wrong.faults) from None
    clock = _clock(sandbox, made.tenant, made.clock)
    return SandboxTenant(tenant=made.tenant, keys=dict(made.keys), clock=clock)


def _target(move: ClockMove, sandbox: Sandbox, tenant: str, found: Services) -> datetime:
    now = sandbox.clock(tenant).now
    to = move.advance_to
    if move.advance_working_days is not None:
        to = working_days_on(found.world(tenant).calendar, now, move.advance_working_days)
    elif move.advance_to_next_deadline:
        to = sandbox.next_due(tenant) or now
    if to is None or to < now:
        raise ProblemError(
            "clock.moves_back", f"现在是 {in_china(now)}", f"it is {in_china(now)} there"
        )
    return to


def _too_far(pointer: str) -> ProblemError:
    last = LATEST.date().isoformat()
    return fault(pointer, "date", f"沙箱时钟最晚到 {last}", f"the clock goes to {last} at most")


def _freeze(sandbox: Sandbox, tenant: str, freeze: bool) -> SandboxClock:  # noqa: FBT001  – as sent
    now = sandbox.clock(tenant).now
    return _clock(sandbox, tenant, sandbox.set_clock(tenant, now, frozen=freeze))


def _clock(sandbox: Sandbox, tenant: str, clock: Clock) -> SandboxClock:
    due = sandbox.next_due(tenant)
    return SandboxClock(
        now=in_china(clock.now),
        frozen=clock.frozen,
        next_deadline=None if due is None else in_china(due),
    )
