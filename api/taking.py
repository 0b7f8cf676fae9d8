"""Takes an act in: received, decided, answered. The one way of every act into a case."""

from fastapi import Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.acting import Act
from api.answers import answer, body_differs
from api.asked import Asked
from api.dry_running import dry_run
from api.edge import Patience
from api.problems import ProblemError
from domain.ports import BodyDiffers, Stored


async def take(act: Act, key: str | None, asked: Asked, patience: Patience) -> Response:
    """Store the act, have it decided, and answer what the inbox row says; without a key, a dry run.

    Raises:
        ProblemError: `idempotency.body_differs`, or `source.taken` by a case one may not know of.
    """
    if key is None:
        shown = await run_in_threadpool(dry_run, act, asked)
        return JSONResponse(shown.model_dump(by_alias=True))
    desk = asked.found.desk
    stored = await desk.receive(act.receipt(key))  # from here on nothing is lost
    if isinstance(stored, BodyDiffers):
        raise body_differs(stored)
    if stored.existing:
        await run_in_threadpool(_check_known, stored, asked)
    stored = await desk.submit(stored, act.procedure, patience.seconds)
    return await run_in_threadpool(answer, stored, asked, patience)


def _check_known(stored: Stored, asked: Asked) -> None:
    """Let only those hear of the case behind a `source` who may know of it."""
    if stored.command.actor == asked.actor:
        return
    if asked.found.visible_case(asked.tenant, asked.actor, stored.command.case_id) is None:
        raise ProblemError("source.taken")
