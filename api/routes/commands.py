"""Acting in cases. Whatever is stored here has a time of receipt and, in the end, an outcome."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Response
from starlette.concurrency import run_in_threadpool

from api.acting import act_in_case, known_command, opening_act, seen_version
from api.answers import operation
from api.asked import Asked, ToAct, ToRead, ToStart
from api.command_schema import command_schema
from api.described import ACT, json_body, object_body, problems
from api.edge import IfMatch, KeyUnlessDry, Raw, Wait, as_object, body_of
from api.examples import COMMAND, OPENINGS, PAYLOADS
from api.paths import LONGEST_ID, CaseId, CommandName
from api.problem_texts import REFUSALS
from api.problems import ProblemError
from api.schemas.command import Answer, CaseStart, DryRun, Operation
from api.schemas.shape import AnyJson
from api.taking import take
from domain.case.procedure import CommandSpec
from domain.case.seen import act_seen
from domain.case.state import Case
from domain.ports import Stored

router = APIRouter(tags=["commands"])
BODIES = (CaseStart,)
PAYLOAD = "The command's payload: see `/schemas/commands/{name}`."
ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {
        "model": Operation,
        "description": "Received, not yet decided: ask the operation named by `Location`.",
    }
}


@router.post(
    "/cases",
    operation_id="startCase",
    status_code=201,
    response_model=Answer | DryRun,
    openapi_extra=json_body("CaseStart", *OPENINGS),
    responses={
        200: {"model": Answer | DryRun, "description": "A dry run, or `source` has its case."},
        **ACCEPTED,
        **problems(*ACT, *REFUSALS, "procedure.unknown", "source.taken"),
    },
)
async def start_case(
    asked: ToStart,
    key: KeyUnlessDry,
    start: Annotated[CaseStart, Depends(body_of(CaseStart))],
    wait: Wait,
) -> Response:
    """Open a case by its procedure's opening command."""
    act = await run_in_threadpool(opening_act, asked, start)
    return await take(act, key, asked, wait)


@router.post(
    "/cases/{case_id}/commands/{name}",
    operation_id="actInCase",
    response_model=Answer | DryRun,
    openapi_extra=object_body(PAYLOAD, PAYLOADS[COMMAND]),
    responses={
        **ACCEPTED,
        **problems(*ACT, *REFUSALS, "case.not_found", "command.unknown", "request.version_missing"),
    },
)
async def act_in_a_case(  # noqa: PLR0913, PLR0917  – one argument per part of the request
    asked: ToAct,
    case_id: CaseId,
    name: CommandName,
    raw: Raw,
    key: KeyUnlessDry,
    version: IfMatch,
    wait: Wait,
) -> Response:
    """Take one act in a case; what `name` means and who may do it is in the vocabulary."""

    def seen(spec: CommandSpec, case: Case) -> int | None:
        lenient = key is None and version is None  # a dry run need not name a version
        return None if lenient else seen_version(spec, case, version)

    payload = as_object(raw)
    act = await run_in_threadpool(act_in_case, asked, case_id, name, payload, seen, key)
    return await take(act, key, asked, wait)


@router.get(
    "/operations/{operation_id}",
    operation_id="readOperation",
    responses=problems("operation.not_found"),
)
def read_operation(
    asked: ToRead, operation_id: Annotated[str, Path(max_length=LONGEST_ID)]
) -> Operation:
    """Answer how far an act has come: queued, succeeded or refused."""
    stored = asked.found.store.stored(asked.tenant, operation_id)
    if stored is None or not _may_ask(asked, stored):
        raise ProblemError("operation.not_found")
    return operation(stored, asked)


@router.get(
    "/schemas/commands/{name}",
    operation_id="readCommandSchema",
    responses=problems("command.unknown"),
)
async def read_command_schema(name: CommandName) -> AnyJson:
    """Answer the JSON Schema (2020-12) of a command's payload. Public."""
    return command_schema(known_command(name))


def _may_ask(asked: Asked, stored: Stored) -> bool:
    """Whoever sent an act may ask after it, their own side, and the case's office."""
    if stored.command.actor == asked.actor:
        return True
    found = asked.found.visible_case(asked.tenant, asked.actor, stored.command.case_id)
    return found is not None and act_seen(stored.command.actor, asked.actor, found)
