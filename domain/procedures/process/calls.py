"""Web services that do the work of tasks: asked for, answered, given up, called again."""

from domain.case.procedure import Act, Play
from domain.case.refusals import WrongStage
from domain.case.state import Case
from domain.kernel.errors import Refusal
from domain.procedures.process import commands as c
from domain.procedures.process import events as e
from domain.procedures.process.facts import of
from domain.process import game
from domain.process.marking import Wait
from domain.process.model import Node

ROUNDS = 5  # reports of failure in a row, each after several attempts, before it is given up
_LOOK: Play = game.look


def outside(node: Node) -> bool:
    """Whether the work of a node is done by a web service.

    A send task with a message and nothing of ours in it sends that message inside its own case.
    """
    return node.kind == "service" or (
        node.kind == "send" and (node.call is not None or node.event.ref is None)
    )


def requested(case: Case, wait: Wait) -> object:
    """Return that a web service is asked to do the work at a wait."""
    number = len(of(case.data).calls) + 1
    return e.CallRequested(call=f"c-{number}", element=wait.element, wait=wait.id)


def closed(case: Case, wait: Wait) -> object | None:
    """Return that a call is waited for no more, if its wait ends without its answer."""
    found = (one for one in of(case.data).calls if one.wait == wait.id and one.outstanding)
    call = next(found, None)
    return None if call is None else e.CallDropped(call=call.id)


def record(payload: c.RecordCall, case: Case) -> Act | Refusal:
    """Return what the report of a call leads to."""
    call = of(case.data).call(payload.call)
    if call is None or not call.outstanding:
        return WrongStage(stage=case.stage, command=c.RECORD)
    if payload.failure:
        failed = e.CallFailed(
            call=call.id,
            failure=payload.failure,
            detail=payload.detail,
            parked=payload.final or call.failures + 1 >= ROUNDS,
        )
        return Act(events=((failed, ""),), play=_LOOK)
    answered = e.CallAnswered(call=call.id, data=payload.data, error=payload.error)
    wait, error = call.wait, payload.error

    def play(
        its: game.Definition, marking: game.Marking, known: game.Variables
    ) -> game.Move | None:
        if error:
            return game.fail(its, marking, wait, error, known)
        return game.complete(its, marking, wait, known)

    return Act(events=((answered, ""),), play=play)


def retry(payload: c.RetryCall, case: Case) -> Act | Refusal:
    """Return that calls which were given up are made again."""
    parked = [
        one for one in of(case.data).calls if one.state == "parked" and payload.call in ("", one.id)
    ]
    if not parked:
        return WrongStage(stage=case.stage, command="process.retry_call")
    again = tuple((e.CallRetried(call=one.id), "") for one in parked)
    return Act(events=again, play=_LOOK)
