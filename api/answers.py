"""What an inbox row says, as an HTTP answer."""

from typing import Any

from fastapi import Response
from fastapi.responses import JSONResponse

from api.asked import Asked
from api.edge import Patience
from api.openapi import BASE
from api.problems import ProblemError, Trouble, answer_problem, problem_json
from api.schemas.command import Answer, EventBrief, Next, Operation
from api.services import Services
from domain.case import views
from domain.case.decision import Outcome
from domain.case.evolve import fold
from domain.case.state import Case
from domain.kernel.times import in_china, parse_instant
from domain.ports import BodyDiffers, Stored

LOOK_AGAIN = "1"  # seconds


def refusal(stored: Stored, outcome: Outcome) -> ProblemError:
    """Return the problem of a refused act; it carries the receipt."""
    case = None if stored.command.opening is not None else stored.command.case_id
    entry = Trouble("", outcome.code, (outcome.zh, outcome.en), outcome.cite)
    return ProblemError(
        outcome.code,
        outcome.zh,
        outcome.en,
        errors=(entry,),
        more={
            "command": stored.command.id,
            "received_at": in_china(stored.command.received_at),
            "case": case,
        },
        headers=_replay(stored),
    )


def body_differs(other: BodyDiffers) -> ProblemError:
    """Return the problem of a key that was used for another request."""
    return ProblemError("idempotency.body_differs", more={"command": other.command_id})


def done(stored: Stored, outcome: Outcome, asked: Asked) -> Answer:
    """Return the answer to an act that was done: as things stood right after it."""
    tenant, command = stored.tenant, stored.command
    case = _case_after(asked.found, tenant, command.case_id, _version(outcome))
    return Answer(
        outcome="done",
        command=command.id,
        received_at=in_china(command.received_at),
        case=case.id,
        number=case.number,
        version=case.version,
        events=[event_brief(one) for one in outcome.events],
        next=Next(
            sentence=views.next_sentence(case, asked.world, command.received_at, asked.language),
            state=f"{BASE}/cases/{case.id}/state",
        ),
    )


def event_brief(told: Any) -> EventBrief:  # noqa: ANN401  – JSON of an outcome
    """Return an event as an outcome names it."""
    return EventBrief(
        type=told["type"],
        version=told["version"],
        effective=in_china(parse_instant(told["effective"])),
    )


def operation(stored: Stored, asked: Asked) -> Operation:
    """Return how far an act has come."""
    outcome, command = stored.outcome, stored.command
    refused = outcome is not None and outcome.kind == "refused"
    result = done(stored, outcome, asked) if outcome is not None and not refused else None
    problem = (
        problem_json(refusal(stored, outcome), asked.request)
        if outcome is not None and refused
        else None
    )
    opening = command.opening is not None
    return Operation(
        id=command.id,
        status="refused" if refused else "queued" if outcome is None else "succeeded",
        command=command.name,
        received_at=in_china(command.received_at),
        case=None if opening and result is None else command.case_id,
        result=result,
        problem=problem,
    )


def answer(stored: Stored, asked: Asked, patience: Patience) -> Response:
    """Return 200, 201, 202 or the refusal's own status."""
    outcome = stored.outcome
    if outcome is None:
        return _pending(stored, asked, patience)
    if outcome.kind == "refused":
        return answer_problem(refusal(stored, outcome), asked.request)
    body = done(stored, outcome, asked)
    headers = {"etag": f'"{body.version}"', **_replay(stored), **_applied(patience)}
    opened = stored.command.opening is not None
    if opened:
        headers["location"] = f"{BASE}/cases/{body.case}"
    status = 201 if opened and not stored.existing else 200
    return JSONResponse(body.model_dump(by_alias=True), status, headers)


def _pending(stored: Stored, asked: Asked, patience: Patience) -> Response:
    headers = {
        "location": f"{BASE}/operations/{stored.command.id}",
        "retry-after": LOOK_AGAIN,
        **_replay(stored),
        **_applied(patience),
    }
    body = operation(stored, asked)
    return JSONResponse(body.model_dump(by_alias=True), 202, headers)


def _replay(stored: Stored) -> dict[str, str]:
    return {"idempotent-replayed": "true"} if stored.replayed else {}


def _applied(patience: Patience) -> dict[str, str]:
    return {"preference-applied": patience.applied} if patience.applied else {}


def _version(outcome: Outcome) -> int:
    """Return the number of the last event of an act; the outcome's own is the procedure's last."""
    versions = [one["version"] for one in outcome.events]
    return max((one for one in versions if isinstance(one, int)), default=outcome.version)


def _case_after(found: Services, tenant: str, case_id: str, version: int) -> Case:
    """Return the case as it stood at `version`, so that a repeated answer is the same one."""
    case = found.cases.any_case(tenant, case_id)
    if case is None or case.version != version:
        events = found.cases.any_timeline(tenant, case_id, limit=version)
        case = fold(one for one in events if one.version <= version)
    if case is None:
        raise ProblemError("service.unavailable")  # a reader behind the writer: ask again
    return case
