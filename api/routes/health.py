"""Whether the process lives and whether it can receive; beside the API, for machines."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.services import TheServices

router = APIRouter(include_in_schema=False)


@router.get("/livez")
async def live() -> JSONResponse:
    """Answer that the process answers; asks nobody."""
    return JSONResponse({"status": "ok"}, headers={"cache-control": "no-store"})


@router.get("/readyz")
async def ready(found: TheServices) -> JSONResponse:
    """Answer 200 while acts can be received; what merely lags is a warning."""
    faults = await run_in_threadpool(found.health.faults)
    warnings = await found.health.warnings()
    body = {
        "status": "unavailable" if faults else "ok",
        "faults": list(faults),
        "warnings": list(warnings),
    }
    headers = {"cache-control": "no-store"}
    return JSONResponse(body, 503 if faults else 200, headers)
