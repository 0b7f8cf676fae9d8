"""Deciding: a command or a lapse, a folded case and facts in; events or a refusal out. Pure.

The first refusal that holds, as in VOCABULARY §1: closed, role, jurisdiction, stage, version, same
person, then the named ones of the procedure.
"""

from collections.abc import Mapping

from domain.case import opening, steps
from domain.case.actor import LAW
from domain.case.acts import Void
from domain.case.command import Command, Lapse, Work
from domain.case.commands import command_spec, parse
from domain.case.decision import Decision, FactKey, Facts, Outcome
from domain.case.draft import Draft
from domain.case.envelope import Fact
from domain.case.events import CommandRefused
from domain.case.generic import GENERIC
from domain.case.judging import overtaken, right_of, standing
from domain.case.moving import Mover
from domain.case.procedure import CommandSpec
from domain.case.refusals import VersionConflict, WrongStage, malformed
from domain.case.state import Case
from domain.case.voiding import void
from domain.kernel.codec import instant_text
from domain.kernel.errors import LawGapError, Refusal, UnknownNameError
from domain.kernel.events import event_type
from domain.kernel.json import Json, JsonValue
from domain.ports import World
from domain.procedures.table import procedure
from domain.process import game


def decide(world: World, tenant: str, case: Case | None, work: Work, facts: Facts) -> Decision:  # noqa: ARG001  – decisions are the same in every tenant
    """Return the events `work` leads to, or the refusal it meets.

    Raises:
        Defect: we are wrong: an unknown name, a gap in the law book, a diagram without a way on.
    """
    match work:
        case Lapse():
            return _lapse(world, _known(case, work), work)
        case Command():
            return _command(world, case, work, facts)


def facts_wanted(world: World, tenant: str, case: Case | None, work: Work) -> tuple[FactKey, ...]:  # noqa: ARG001  – as above
    """Return what outside the case the decision on `work` needs, to be read under locks."""
    if isinstance(work, Lapse):
        return ()
    spec, payload = _spec(work), parse(work.name, work.payload)
    if isinstance(payload, tuple):
        return ()
    if case is None:
        return opening.wanted(world, work, spec, payload)
    return steps.wanted(world, case, work, payload)


def _command(world: World, case: Case | None, command: Command, facts: Facts) -> Decision:
    spec = _spec(command)
    if refusal := right_of(case, command.actor, spec):
        return _refused(refusal, command, case)
    payload = parse(command.name, command.payload)
    if isinstance(payload, tuple):
        return _refused(malformed(payload), command, case)
    try:
        if case is None:
            answer = opening.open_case(world, command, spec, payload, facts)
        else:
            answer = _step(world, case, command, payload, facts)
    except LawGapError as gap:
        answer = _unanswered(gap, case, command)
    if isinstance(answer, Refusal):
        return _refused(answer, command, case)
    return _done(answer, command.case_id)


def _unanswered(gap: LawGapError, case: Case | None, command: Command) -> Refusal:
    """Return what a person is told whose deployed diagram asks for a term no text gives there.

    A diagram of ours that asks in vain is our own fault, and goes on to be one.

    Raises:
        LawGapError: it is.
    """
    of = case.procedure if case is not None else command.opening and command.opening.procedure
    if gap.refusal is None or not of or procedure(of).plain is None:
        raise gap
    return gap.refusal


def _step(
    world: World, case: Case, command: Command, payload: object, facts: Facts
) -> Draft | Refusal:
    spec = _spec(command)
    refusal = standing(world, case, command.actor, spec, command.if_match)
    if isinstance(refusal, WrongStage | VersionConflict):
        return overtaken(case, command, payload) or refusal
    return refusal or _act(world, case, command, payload, facts)


def _act(
    world: World, case: Case, command: Command, payload: object, facts: Facts
) -> Draft | Refusal:
    generic = GENERIC.get(command.name)
    if generic is not None:
        return generic(world, case, command, payload)
    if isinstance(payload, Void):
        return void(world, case, command, payload, facts)
    return steps.act(world, case, command, payload, facts)


def _lapse(world: World, case: Case, lapse: Lapse) -> Decision:
    """Let the law do what it says when the last day has ended."""
    deadline = next((one for one in case.deadlines if one.id == lapse.deadline), None)
    if deadline is None or deadline.state != "open" or not deadline.wait:
        raise UnknownNameError(f"{case.id}: no open deadline {lapse.deadline} that lapses")
    draft = Draft(case, lapse, LAW, lapse.effective)
    mover = Mover(draft, world, "")
    wait = deadline.wait
    mover.play(lambda definition, marking, known: game.fire(definition, marking, wait, known))
    mover.settle()
    return _done(draft, case.id)


def _done(draft: Draft, stream: str) -> Decision:
    first = draft.case.version - len(draft.facts) + 1
    events = tuple(_summary(fact, first + n) for n, fact in enumerate(draft.facts))
    outcome = Outcome(kind="done", version=draft.case.own_version, events=events)
    return Decision(facts=tuple(draft.facts), outcome=outcome, stream=stream)


def _summary(fact: Fact, version: int) -> Json:
    effective = instant_text(fact.effective_at)
    return {"type": event_type(fact.event), "version": version, "effective": effective}


def _refused(refusal: Refusal, command: Command, case: Case | None) -> Decision:
    zh, en, cite = refusal.text("zh"), refusal.text("en"), refusal.citation or ""
    outcome = Outcome(
        kind="refused",
        code=refusal.code,
        evidence=_evidence(refusal),
        zh=zh,
        en=en,
        cite=cite,
        version=case.own_version if case is not None else 0,
    )
    stream = command.case_id if case is not None else f"intake:{command.id}"
    if not refusal.recorded:
        return Decision(facts=(), outcome=outcome, stream=stream)
    event = CommandRefused(command=command.name, code=refusal.code, cite=cite, zh=zh, en=en)
    fact = Fact(event=event, actor=command.actor, effective_at=command.received_at, cite=cite)
    return Decision(facts=(fact,), outcome=outcome, stream=stream)


def _evidence(refusal: Refusal) -> Mapping[str, JsonValue]:
    return {
        name: _plain(value)
        for name, value in refusal.evidence().items()
        if name != "citation" and value is not None
    }


def _plain(value: object) -> JsonValue:
    """Return evidence as JSON: plain values as they are, anything else as its text."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return str(value)


def _spec(command: Command) -> CommandSpec:
    spec = command_spec(command.name)
    if spec is None:
        raise UnknownNameError(f"there is no command {command.name}")
    return spec


def _known(case: Case | None, lapse: Lapse) -> Case:
    if case is None:
        raise UnknownNameError(f"a lapse for {lapse.case_id}, which is no case")
    return case


__all__ = ["decide", "facts_wanted"]
