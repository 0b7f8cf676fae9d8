"""A step of a procedure: the act in law, the task it does, its letters, the tokens it moves."""

from domain.case import events as e
from domain.case.acts import VOID
from domain.case.command import Command
from domain.case.decision import FactKey, Facts, FactValue
from domain.case.draft import Draft
from domain.case.moving import Mover, cite_of
from domain.case.numbers import SERIES, letter_number, letter_series
from domain.case.procedure import Act, Letter, Play, Situation
from domain.case.refusals import WrongStage
from domain.case.serving import issue
from domain.case.state import Case
from domain.case.tasks import task_for
from domain.kernel.errors import Refusal
from domain.kernel.times import legal_day
from domain.ports import World
from domain.procedures.table import procedure
from domain.process import game
from domain.process.marking import Marking, Wait


def possible(world: World, case: Case, command: str) -> bool:
    """Whether the case is where `command` is done, waited for, or has a refusal of its own."""
    its = procedure(case.procedure)
    if all(one.name != command for one in its.commands):
        return False
    waited = task_for(case, command) is not None or _message_for(world, case, command) is not None
    return waited or its.considered(case, command) or its.afterwards(case, command)


def over(case: Case, command: str) -> bool:
    """Whether the case has ended, for this command as for nearly every other."""
    return case.ended and not procedure(case.procedure).afterwards(case, command)


def wanted(world: World, case: Case, command: Command, payload: object) -> tuple[FactKey, ...]:
    """Return the facts a step needs: the series of letters and the procedure's own."""
    its = procedure(case.procedure)
    sends = command.name in its.sends or command.name == VOID.name
    letters = (_letters(world, command),) if sends else ()
    return (*letters, *its.wanted(payload, _situation(world, case, command, {})))


def act(
    world: World, case: Case, command: Command, payload: object, facts: Facts
) -> Draft | Refusal:
    """Return the events of a step that is possible, or the refusal it meets."""
    its, situation = procedure(case.procedure), _situation(world, case, command, facts)
    refusal = its.separated(payload, situation)
    if refusal is not None:
        return refusal
    decided = its.decide(payload, situation)
    if isinstance(decided, Refusal):
        return decided
    if case.ended:
        return _added(case, command, decided, situation)
    element, play = ("", decided.play) if decided.play else _way(world, case, command, payload)
    if play is None:
        return WrongStage(stage=case.stage, command=command.name)
    draft = Draft(case, command, command.actor, command.received_at)
    mover = Mover(draft, world, command.name)
    cite = cite_of(mover.definition, element) if element else ""
    for event, own_cite in decided.events:
        draft.add(event, own_cite or cite)
    if decided.letters:
        for letter, number in zip(decided.letters, situation.letters, strict=True):
            _send(draft, letter, number, cite, world)
    mover.play(play)
    mover.settle()
    return draft


def _added(case: Case, command: Command, decided: Act, situation: Situation) -> Draft:
    """Return what is added to a case that has ended: it stays ended, and no token moves."""
    draft = Draft(case, command, command.actor, command.received_at)
    for event, cite in decided.events:
        draft.add(event, cite)
    for letter, number in zip(decided.letters, situation.letters, strict=False):
        _send(draft, letter, number, decided.events[0][1], situation.world)
    return draft


def _way(world: World, case: Case, command: Command, payload: object) -> tuple[str, Play | None]:
    """Return the element a command is about, and how its task is done or its message comes."""
    task = task_for(case, command.name, payload)
    message = _message_for(world, case, command.name) if task is None else None
    if task is not None:
        wait, step, element = task.wait, game.complete, task.element
    elif message is not None:
        wait, step, element = message.id, game.fire, message.element
    else:
        return "", None
    return element, lambda definition, marking, known: step(definition, marking, wait, known)


def _message_for(world: World, case: Case, command: str) -> Wait | None:
    """Return the event of the diagram that waits for a message with the command's name."""
    definition = world.definitions.pinned(case.definition)
    wanted_ref = definition.message(command)
    if wanted_ref is None or not case.marking:
        return None
    waits = Marking.from_json(case.marking).waits
    return next((one for one in waits if one.kind == "message" and one.ref == wanted_ref), None)


def _situation(world: World, case: Case, command: Command, facts: Facts) -> Situation:
    return Situation(
        world=world,
        facts=facts,
        actor=command.actor,
        at=command.received_at,
        command=command.name,
        procedure=case.procedure,
        variant=case.variant,
        jurisdiction=case.jurisdiction,
        case=case,
        letters=(next_number(world, command, facts),),
    )


def next_number(world: World, command: Command, facts: Facts) -> str:
    """Return the number (文号) of the next letter, after the highest that `facts` hold."""
    year = legal_day(command.received_at).year
    highest = facts.get(_letters(world, command), FactValue()).highest
    return letter_number(world.office_mark, year, highest + 1)


def _letters(world: World, command: Command) -> FactKey:
    year = legal_day(command.received_at).year
    return FactKey(SERIES, letter_series(world.office_mark, year))


def _send(draft: Draft, letter: Letter, number: str, cite: str, world: World) -> None:
    which = f"n-{len(draft.case.notices) + 1}"
    issued = e.NoticeIssued(notice=which, kind=letter.kind, number=number)
    issue(draft, issued, letter.service, cite, world)
