"""Moving open cases to another version of their diagram: for who runs the installation."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.concurrency import run_in_threadpool

from api.asked import ToAct
from api.described import BODY, examples, json_body, problems
from api.edge import DryRunAsked, Wait, body_of
from api.examples import PROCEDURE
from api.migrating import foreseen, moved, ordered
from api.paths import LONGEST_ID
from api.schemas.migration import Migration, MigrationOrder

router = APIRouter(tags=["processes"])
BODIES = (MigrationOrder,)
EXAMPLE = {
    "to": "sha256:0000000000000000000000000000000000000000000000000000000000000005",
    "deadlines": "keep",
    "mapping": {"assess": "evaluate"},
    "reason": "受理审查环节改名",
}


@router.post(
    "/processes/{procedure}/migrations",
    operation_id="migrateCases",
    openapi_extra=json_body("MigrationOrder", EXAMPLE),
    responses=problems(
        *BODY,
        "procedure.unknown",
        "process.unknown",
        "process.unknown_diagram",
        "process.unsound",
        "case.role_required",
        "idempotency.body_differs",
    ),
)
async def migrate_cases(
    asked: ToAct,
    procedure: Annotated[str, Path(max_length=LONGEST_ID, openapi_examples=examples(PROCEDURE))],
    order: Annotated[MigrationOrder, Depends(body_of(MigrationOrder))],
    wait: Wait,
    dry_run: DryRunAsked = False,  # noqa: FBT002  – a query parameter
) -> Migration:
    """Move a page of open cases, or with `dry_run` say which can move and which cannot, and why.

    Needs no key: an order to a case that has not changed is the same command.
    """
    move = await run_in_threadpool(ordered, asked, procedure, order)
    if dry_run:
        return await run_in_threadpool(foreseen, asked, move)
    return await moved(asked, move, wait)
