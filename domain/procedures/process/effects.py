"""What the commands of a plain process mean: which variables they set, how the tokens move."""

from domain.case.actor import role_matches
from domain.case.procedure import Act, Play, Situation
from domain.case.refusals import RoleRequired, TaskAlreadyDone, WrongStage, malformed
from domain.case.state import Case, Task
from domain.kernel.errors import Refusal, StreamBrokenError, UnknownNameError
from domain.kernel.faults import fault
from domain.procedures.process import commands as c
from domain.procedures.process import events as e
from domain.procedures.process import messages
from domain.procedures.process.calls import record, retry
from domain.procedures.process.facts import of
from domain.procedures.process.facts import variables as of_variables
from domain.procedures.process.forms import entered
from domain.procedures.process.refusals import NobodyCatches, NobodyWaits
from domain.procedures.process.starting import start_fields
from domain.procedures.process.values import unnameable
from domain.process import game
from domain.process.model import Definition

Answer = Act | Refusal
_NOT_BOTH = fault(
    "/escalation", "field", "错误与升级只能选一", "an error or an escalation, not both"
)


def decide(payload: object, situation: Situation) -> Answer:
    """Return what a command of a plain process leads to, or the refusal it meets.

    Raises:
        UnknownNameError: no command of a plain process has such a payload.
    """
    if isinstance(payload, c.StartProcess):
        return _start(payload, situation)
    case = _case(situation)
    match payload:
        case c.CompleteTask():
            return _complete(payload, case, situation)
        case c.SendMessage():
            return messages.send(payload, case, situation.world, situation.at)
        case c.SendSignal():
            return _signal(payload, case, situation)
        case c.CancelProcess(reason=reason):
            cancelled = e.ProcessCancelled(reason=reason)
            return _moving(cancelled, lambda its, marking, _: game.cancel_all(its, marking))
        case c.RetryCall():
            return retry(payload, case)
        case c.RecordCall():
            return record(payload, case)
        case _:
            raise UnknownNameError(f"{type(payload).__name__} is no command of a plain process")


def foreseen(command: str, situation: Situation) -> Refusal | None:
    """Return what stands against a command whatever its payload."""
    case = _case(situation)
    if command == c.COMPLETE:
        return _not_ours(case, situation)
    kinds = {one.kind for one in game.waits_of(case.marking)}
    possible = {
        "process.message": messages.catches(_definition(situation)),
        "process.signal": "signal" in kinds,
        "process.retry_call": any(one.state == "parked" for one in of(case.data).calls),
    }
    return None if possible.get(command, True) else _stage(situation)


def _not_ours(case: Case, situation: Situation) -> Refusal | None:
    """Return what keeps the actor from every task: there is none, or they are of other roles."""
    open_ = [one for one in case.tasks if one.state == "open"]
    if any(_may(situation, one) for one in open_):
        return None
    roles = tuple(dict.fromkeys(one.role for one in open_))
    return RoleRequired(role=situation.actor.role, roles=roles) if roles else _stage(situation)


def _start(payload: c.StartProcess, situation: Situation) -> Answer:
    definition = situation.world.definitions.pinned(situation.definition)
    variables = entered(start_fields(definition), payload.variables, "/variables")
    if isinstance(variables, tuple):
        return malformed(variables)
    started = e.ProcessStarted(variables=variables, key=payload.key)
    return Act(events=((started, ""),))


def _complete(payload: c.CompleteTask, case: Case, situation: Situation) -> Answer:
    task = _task(payload, case, situation)
    if isinstance(task, Refusal):
        return task
    if payload.error and payload.escalation:
        return malformed((_NOT_BOTH,))
    fields = _definition(situation).node(task.element).fields
    data = entered(fields, payload.data, whole=not payload.error)
    if isinstance(data, tuple):
        return malformed(data)
    if payload.error and not _caught(payload.error, task, case, situation):
        return NobodyCatches(name=payload.error)
    entry, raised = e.DataEntered(task=task.id, data=data), _raised(payload, task)
    return Act(events=((entry, ""), *((one, "") for one in raised)), play=_end(payload, task.wait))


def _end(payload: c.CompleteTask, wait: str) -> Play:
    """Return how the tokens move as a task ends: well, by an error, or with an escalation."""
    if payload.error:
        return lambda its, marking, known: game.fail(its, marking, wait, payload.error, known)
    if code := payload.escalation:
        return lambda its, marking, known: game.escalate(its, marking, wait, code, known)
    return lambda its, marking, known: game.complete(its, marking, wait, known)


def _raised(payload: c.CompleteTask, task: Task) -> tuple[object, ...]:
    if payload.error:
        return (e.ExceptionRaised(task=task.id, kind="error", code=payload.error),)
    if payload.escalation:
        return (e.ExceptionRaised(task=task.id, kind="escalation", code=payload.escalation),)
    return ()


def _caught(code: str, task: Task, case: Case, situation: Situation) -> bool:
    """Whether the diagram catches an error of a task: nobody ends a case by a code it lacks."""
    marking, known = game.Marking.from_json(case.marking), of_variables(case.data)
    move = game.fail(_definition(situation), marking, task.wait, code, known)
    return any(step.what == "caught" for step in move.steps)


def _task(payload: c.CompleteTask, case: Case, situation: Situation) -> Task | Refusal:
    """Return the task that is meant, if it is open and the actor's to do."""
    named = [one for one in case.tasks if payload.task in ("", one.id)]
    open_ = [one for one in named if one.state == "open"]
    mine = [one for one in open_ if _may(situation, one)]
    if mine:
        return mine[0]
    if open_:
        return RoleRequired(role=situation.actor.role, roles=(open_[0].role,))
    done = next((one for one in named if payload.task and one.done_by), None)
    return _stage(situation) if done is None else TaskAlreadyDone.of(done)


def _signal(payload: c.SendSignal, case: Case, situation: Situation) -> Answer:
    which = _definition(situation).signal(payload.signal)
    waits = game.waits_of(case.marking)
    if not any(one.kind == "signal" and one.ref == which for one in waits):
        return NobodyWaits(name=payload.signal)
    if faults := unnameable(payload.data, "/data"):
        return malformed(faults)
    ref = which or ""
    return _moving(
        e.SignalReceived(signal=ref, data=payload.data),
        lambda its, marking, known: game.signal(its, marking, ref, known),
    )


def _moving(event: object, play: Play) -> Act:
    return Act(events=((event, ""),), play=play)


def _may(situation: Situation, task: Task) -> bool:
    return role_matches(task.role, situation.actor.role)


def _definition(situation: Situation) -> Definition:
    return situation.world.definitions.pinned(_case(situation).definition)


def _stage(situation: Situation) -> Refusal:
    return WrongStage(stage=_case(situation).stage, command=situation.command)


def _case(situation: Situation) -> Case:
    if situation.case is None:
        raise StreamBrokenError("a process goes on that was never started")
    return situation.case
