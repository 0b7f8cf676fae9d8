"""Plain processes: deploying diagrams, reading them, and messages that find their case by key."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Response
from starlette.concurrency import run_in_threadpool

from api.acting import Act, act_in_case, sent_under
from api.asked import Asked, ToAct, ToRead
from api.described import ACT, BODY, examples, json_body, problems
from api.edge import KeyUnlessDry, Wait, body_of
from api.examples import MESSAGE, PROCESS, PROCESS_FILE
from api.negotiation import accepted
from api.paths import LONGEST_ID
from api.problem_texts import REFUSALS
from api.problems import ProblemError, Trouble
from api.routes.commands import ACCEPTED
from api.schemas.command import Answer, DryRun
from api.schemas.process import (
    DeployedPage,
    DeployedProcess,
    MessageSent,
    ProcessFile,
    ProcessView,
)
from api.showing.diagram import BPMN, SVG, drawn
from api.showing.processes import deployed_view, found_version, process_view
from api.taking import take
from domain.case.access import may_deploy, may_send
from domain.case.decision import FactKey
from domain.case.state import Case
from domain.kernel.json import Json
from domain.procedures.process.facts import ProcessData
from domain.procedures.process.messages import awaits_message
from domain.procedures.process.procedure import KEY
from domain.process.faults import Fault

router = APIRouter(tags=["processes"])
BODIES = (ProcessFile, MessageSent)
ProcessId = Annotated[
    str,
    Path(
        max_length=LONGEST_ID, description="Id in the diagram.", openapi_examples=examples(PROCESS)
    ),
]
Version = Annotated[int | None, Query(ge=1, description="Unsaid: the newest.")]


@router.post(
    "/processes",
    operation_id="deployProcess",
    status_code=201,
    openapi_extra=json_body("ProcessFile", PROCESS_FILE),
    responses=problems(*BODY, "process.deployer_required", "process.unsound"),
)
async def deploy_process(
    asked: ToAct, sent: Annotated[ProcessFile, Depends(body_of(ProcessFile))]
) -> DeployedProcess:
    """Deploy a diagram: sound, it is the newest version of its process; unsound, nothing changes.

    It needs no `Idempotency-Key`: the same bytes again are the same version.
    """
    if not may_deploy(asked.actor):
        raise ProblemError("process.deployer_required")
    return await run_in_threadpool(_deploy, asked, sent)


@router.get("/processes", operation_id="listProcesses")
def list_processes(asked: ToRead) -> DeployedPage:
    """Answer every version of every deployed process, newest first."""
    all_ = asked.found.deployments.all(asked.tenant)
    return DeployedPage(
        items=[deployed_view(one, all_) for one in reversed(all_)], next_cursor=None
    )


@router.get(
    "/processes/{process}", operation_id="readProcess", responses=problems("process.unknown")
)
def read_process(asked: ToRead, process: ProcessId, version: Version = None) -> ProcessView:
    """Answer a version of a process: its tasks with their forms, its messages, its signals."""
    return process_view(found_version(asked, process, version), asked)


@router.get(
    "/processes/{process}/diagram",
    operation_id="readProcessDiagram",
    response_class=Response,
    responses={
        200: {"content": {SVG: {}, BPMN: {}}, "description": "By `Accept`."},
        **problems("process.unknown", "diagram.no_layout", "request.not_acceptable"),
    },
)
def read_process_diagram(
    asked: ToRead,
    process: ProcessId,
    version: Version = None,
    accept: Annotated[str, Header(description=f"`{SVG}` or `{BPMN}`.")] = SVG,
) -> Response:
    """Answer a version's diagram: drawn, or as the file itself."""
    wanted = accepted(accept, (SVG, BPMN, "application/xml"))
    found = found_version(asked, process, version)
    if wanted == SVG:
        picture = drawn(asked.found.definitions.pinned(found.definition))
        return Response(picture, media_type=SVG)
    headers = {"content-disposition": 'attachment; filename="process.bpmn"'}
    source = asked.found.definitions.source(found.definition)
    return Response(source, media_type=BPMN, headers=headers)


@router.post(
    "/messages",
    operation_id="sendMessage",
    response_model=Answer | DryRun,
    openapi_extra=json_body("MessageSent", MESSAGE),
    responses={
        **ACCEPTED,
        **problems(*ACT, *REFUSALS, "message.nobody_waits", "message.several_wait"),
    },
)
async def send_message(
    asked: ToAct,
    key: KeyUnlessDry,
    sent: Annotated[MessageSent, Depends(body_of(MessageSent))],
    wait: Wait,
) -> Response:
    """Send a message to the case that waits for it under a correlation key."""
    act = await run_in_threadpool(_correlated, asked, sent, key)
    return await take(act, key, asked, wait)


def _deploy(asked: Asked, sent: ProcessFile) -> DeployedProcess:
    deployments = asked.found.deployments
    found = deployments.deploy(asked.tenant, sent.file, sent.source.encode(), asked.actor)
    if isinstance(found, tuple):
        raise unsound(found)
    return deployed_view(found, deployments.all(asked.tenant))


def unsound(faults: tuple[Fault, ...]) -> ProblemError:
    """Return the problem that lists rule, line and element of every fault of a diagram."""
    errors = []
    for one in faults:
        zh, _, en = one.message.partition("；")
        where = f"{one.element or '—'}, "
        at = (f"{where}第 {one.line} 行：{zh}", f"{where}line {one.line}: {en}")
        errors.append(Trouble(f"/source#{one.element or ''}:{one.line}", one.rule, at, one.rule))
    return ProblemError("process.unsound", errors=errors)


def _correlated(asked: Asked, sent: MessageSent, key: str | None) -> Act:
    case = _addressed_before(asked, sent, key) or _waiting(asked, sent)
    payload: Json = {"message": sent.message, "data": sent.data, "ttl": sent.ttl}
    return act_in_case(asked, case.id, "process.message", payload, lambda *_: None, key)


def _addressed_before(asked: Asked, sent: MessageSent, key: str | None) -> Case | None:
    """Return the case that had this very message: its outcome stands, whoever waits by now."""
    own = sent_under(asked, key)
    case = asked.found.cases.any_case(asked.tenant, own) if own else None
    same = case is not None and isinstance(case.data, ProcessData) and case.data.key == sent.key
    return case if same else None


def _waiting(asked: Asked, sent: MessageSent) -> Case:
    """Return the one open case with the key; of several, the one that waits for the message.

    Raises:
        ProblemError: there is none that the caller may address, or more than one.
    """
    wanted = FactKey(KEY, sent.key)
    held = asked.found.cases.reading(asked.tenant, [wanted])[wanted].items
    found = (asked.found.cases.case(asked.tenant, str(one["case"]), asked.viewer) for one in held)
    known = [one for one in found if one and may_send(asked.actor, one, "process.message")]
    waiting = [one for one in known if awaits_message(asked.world, one, sent.message)]
    if len(waiting or known) != 1:
        raise ProblemError("message.several_wait" if known else "message.nobody_waits")
    return (waiting or known)[0]
