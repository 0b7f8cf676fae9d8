"""Deployed processes as shapes."""

from collections.abc import Sequence

from api.asked import Asked
from api.problems import ProblemError
from api.schemas.case import KeptMessage, PlainState, WaitingCall
from api.schemas.process import DeployedProcess, FormField, ProcessTask, ProcessView
from domain.case.seen import variables_seen
from domain.case.state import Case
from domain.kernel.times import in_china
from domain.procedures.process.calls import outside
from domain.procedures.process.facts import ProcessData
from domain.procedures.process.messages import lost
from domain.procedures.process.replies import variables_told
from domain.process.model import Call, Definition, Node
from domain.registers.processes import Deployed, version_of


def deployed_view(one: Deployed, all_: Sequence[Deployed]) -> DeployedProcess:
    """Return a version among all there are."""
    return DeployedProcess(
        process=one.process,
        version=one.version,
        current=version_of(all_, one.process, None) == one,
        name=one.name,
        definition=one.definition,
        file=one.file,
        deployed_at=in_china(one.at),
        deployed_by=one.by,
    )


def found_version(asked: Asked, process: str, version: int | None) -> Deployed:
    """Return a version of a process, the newest where none is named; blocks.

    Raises:
        ProblemError: `process.unknown`.
    """
    found = version_of(asked.found.deployments.all(asked.tenant), process, version)
    if found is None:
        raise ProblemError("process.unknown")
    return found


def process_view(one: Deployed, asked: Asked) -> ProcessView:
    """Return a version with its tasks, messages, signals and the services it calls."""
    definition = asked.found.definitions.pinned(one.definition)
    nodes = definition.nodes.values()
    return ProcessView(
        deployed=deployed_view(one, asked.found.deployments.all(asked.tenant)),
        tasks=[_task(node) for node in nodes if node.kind in ("user", "manual")],
        messages=heard(definition, "message"),
        signals=heard(definition, "signal"),
        endpoints=sorted({(node.call or Call()).endpoint for node in nodes if outside(node)}),
    )


def fields_view(node: Node) -> list[FormField]:
    """Return the form of a task."""
    return [
        FormField(
            name=one.name,
            type=one.kind,
            label=one.label,
            required=one.required,
            options=list(one.options),
        )
        for one in node.fields
    ]


def _task(node: Node) -> ProcessTask:
    return ProcessTask(
        element=node.id, name=node.name, role=node.task.role or "", fields=fields_view(node)
    )


def heard(definition: Definition, trigger: str) -> list[str]:
    """Return the names of the messages or signals that something in the diagram waits for."""
    named = definition.messages if trigger == "message" else definition.signals
    waiting = {
        part.ref
        for node in definition.nodes.values()
        if node.kind in ("catch", "boundary", "start", "receive")
        for part in node.event.parts
        if part.trigger == trigger
    }
    return sorted(one.name for one in named.values() if one.id in waiting)


def plain_state(case: Case, asked: Asked) -> PlainState | None:
    """Return variables and waiting calls of a plain process; None of any other case."""
    if not isinstance(case.data, ProcessData):
        return None
    definition = asked.found.definitions.pinned(case.definition)
    return PlainState(
        variables=dict(variables_seen(variables_told(case.data.variables), asked.actor, case)),
        key=case.data.key,
        calls=[
            WaitingCall(
                call=one.id,
                element=one.element,
                name=definition.node(one.element).name,
                state="parked" if one.state == "parked" else "open",
                failures=one.failures,
                failure=one.failure or None,
                detail=one.detail,
                failed_at=None if one.failed_at is None else in_china(one.failed_at),
            )
            for one in case.data.calls
            if one.outstanding
        ],
        messages=[
            KeptMessage(
                message=one.message,
                received_at=in_china(one.received_at),
                until=in_china(one.until),
                state="expired" if lost(one, case, asked.now) else "kept",
            )
            for one in case.data.undelivered
        ],
    )
