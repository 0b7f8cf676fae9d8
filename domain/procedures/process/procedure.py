"""Plain processes, as the generic case uses them: any deployed diagram, no code of its own."""

from collections.abc import Mapping

from domain.case.actor import Actor
from domain.case.decision import Claim
from domain.case.events import CaseEnded
from domain.case.procedure import Opened, Plain, Procedure
from domain.case.state import Case, Party
from domain.kernel.errors import Language
from domain.kernel.json import Json
from domain.procedures.process import calls, effects, facts, messages
from domain.procedures.process.commands import COMMANDS, COMPLETE, NAME, StartProcess
from domain.procedures.process.events import (
    ProcessFailed,
    ProcessFinished,
    ProcessStarted,
    VariablesAssigned,
)
from domain.procedures.process.examples import EXAMPLES
from domain.procedures.process.facts import ProcessData
from domain.procedures.process.refusals import REFUSALS
from domain.procedures.process.values import kept
from domain.procedures.process.words import FAILURES, WORDS
from domain.process.feel import Value

KEY = "process.key"  # claims: which case has a sender's key


def _opened(payload: object, actor: Actor) -> Opened:
    if not isinstance(payload, StartProcess):
        raise TypeError(f"{type(payload).__name__} starts no process")
    return Opened(
        jurisdiction=payload.jurisdiction or actor.jurisdiction,
        applicant=Party(organisation=actor.organisation, name=actor.name),
    )


def _claims(event: object, case: Case) -> tuple[Claim, ...]:
    key = facts.of(case.data).key
    if not key or not isinstance(event, ProcessStarted | CaseEnded):
        return ()
    released = isinstance(event, CaseEnded)
    return (Claim(kind=KEY, key=key, holder=case.id, data={"case": case.id}, released=released),)


def _assigned(changes: Mapping[str, Value]) -> object:
    return VariablesAssigned(variables={name: kept(one) for name, one in changes.items()})


def _failure(data: Json, language: Language) -> str:
    code = str(data.get("error", ""))
    zh, en = FAILURES.get(code, (code, code))
    return zh if language == "zh" else en


PROCESS = Procedure(
    name=NAME,
    workflow="ProcessCase",
    mark="LC",
    diagrams={},
    data=ProcessData,
    blank=ProcessData(),
    commands=COMMANDS,
    events=facts.OWN_EVENTS,
    refusals=REFUSALS,
    opened=_opened,
    decide=effects.decide,
    fold=facts.fold,
    standing=facts.standing,
    variables=facts.variables,
    stages={},
    considered=lambda _case, _command: True,
    foreseen=effects.foreseen,
    claims=_claims,
    details={
        "process.message_kept": lambda data, _: str(data.get("message", "")),
        "process.failed": _failure,
        "process.cancelled": lambda data, _: str(data.get("reason", "")),
    },
    internal=frozenset(("process.call_failed", "process.call_retried")),
    examples=EXAMPLES,
    words=WORDS,
    plain=Plain(
        complete=COMPLETE,
        outside=calls.outside,
        requested=calls.requested,
        closed=calls.closed,
        assigned=_assigned,
        finished=ProcessFinished,
        failed=lambda code: ProcessFailed(error=code),
        jobs=facts.jobs,
        taken=messages.taken,
    ),
)
