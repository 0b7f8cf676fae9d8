"""Opening a case: its number, its diagram, its first act."""

from dataclasses import replace

from domain.case import events as e
from domain.case.access import of_applicant
from domain.case.command import Command
from domain.case.decision import FactKey, Facts, FactValue
from domain.case.draft import Draft
from domain.case.moving import Mover, cite_of
from domain.case.numbers import SERIES, case_number, case_series
from domain.case.procedure import CommandSpec, Opened, Procedure, Situation
from domain.case.refusals import OutsideJurisdiction, WrongStage, malformed
from domain.case.state import Party
from domain.kernel.errors import Refusal, UnknownNameError
from domain.kernel.faults import fault
from domain.kernel.times import legal_day
from domain.law import jurisdiction as tree
from domain.ports import World
from domain.procedures.table import procedure
from domain.process import game
from domain.process.model import Definition
from domain.registers import institutions


def wanted(
    world: World, command: Command, spec: CommandSpec, payload: object
) -> tuple[FactKey, ...]:
    """Return the facts an opening needs: the series of case numbers and the procedure's own."""
    if not spec.opens or command.opening is None:
        return ()
    its = procedure(spec.procedure)
    opened = its.opened(payload, command.actor)
    situation = _situation(world, command, opened, {}, _variant(its, command, opened, {}))
    known = institutions.key(opened.applicant.organisation)
    wishes = (_series(its, opened, command), known, *its.wanted(payload, situation))
    return tuple(dict.fromkeys(wishes))


def open_case(
    world: World, command: Command, spec: CommandSpec, payload: object, facts: Facts
) -> Draft | Refusal:
    """Return the events that open the case, or why it is not opened.

    Raises:
        UnknownNameError: the opening names a procedure or variant that is not deployed.
    """
    if not spec.opens or command.opening is None:
        return WrongStage(stage="—", command=command.name)
    its = procedure(spec.procedure)
    opened = its.opened(payload, command.actor)
    variant = _variant(its, command, opened, facts)
    definition = _diagram(world, its, variant, command.opening.definition)
    if not tree.is_code(opened.jurisdiction):
        return malformed((fault("/jurisdiction", "field", "请写明管辖代码", "name the office"),))
    if of_applicant(command.actor) and command.actor.organisation != opened.applicant.organisation:
        return OutsideJurisdiction(jurisdiction=opened.applicant.name)
    situation = _situation(world, command, opened, facts, variant)
    act = its.decide(payload, situation)
    if isinstance(act, Refusal):
        return act
    if refusal := its.misplaced(variant, opened.jurisdiction):
        return refusal
    draft = Draft(None, command, command.actor, command.received_at)
    draft.add(_opened(its, definition, command, situation, opened))
    cite = _start_cite(definition)
    for event, own_cite in act.events:
        draft.add(event, own_cite or cite)
    mover, process = Mover(draft, world, command.name), _process(definition)
    mover.play(lambda its_definition, _, known: game.begin(its_definition, process, known))
    mover.settle()
    return draft


def _diagram(world: World, its: Procedure, variant: str, wanted: str) -> Definition:
    """Return the diagram of a new case: the one the opening was received with, else today's."""
    if wanted:
        return world.definitions.pinned(wanted)
    found = world.definitions.current(its.name, variant)
    if found is None:
        raise UnknownNameError(f"no diagram is deployed for {its.name} {variant}")
    return found


def _variant(its: Procedure, command: Command, opened: Opened, facts: Facts) -> str:
    """Return the variant asked for; unsaid, what office and applicant's type lead to."""
    asked = command.opening.variant if command.opening else ""
    if asked or its.plain is not None or not tree.is_code(opened.jurisdiction):
        return asked or next(iter(its.variants), "")
    return its.variant_for(opened.jurisdiction, _named(opened.applicant, facts).kind)


def _situation(
    world: World, command: Command, opened: Opened, facts: Facts, variant: str
) -> Situation:
    wish = command.opening
    return Situation(
        world=world,
        facts=facts,
        actor=command.actor,
        at=command.received_at,
        command=command.name,
        procedure=wish.procedure if wish else "",
        variant=variant,
        jurisdiction=opened.jurisdiction,
    )


def _series(its: Procedure, opened: Opened, command: Command) -> FactKey:
    year = legal_day(command.received_at).year
    return FactKey(SERIES, case_series(opened.jurisdiction, its.mark, year))


def _opened(
    its: Procedure, definition: Definition, command: Command, situation: Situation, opened: Opened
) -> e.CaseOpened:
    facts = situation.facts
    n = facts.get(_series(its, opened, command), FactValue()).highest + 1
    year, wish = legal_day(command.received_at).year, command.opening
    return e.CaseOpened(
        case=command.case_id,
        number=case_number(opened.jurisdiction, its.mark, year, n),
        procedure=its.name,
        variant=situation.variant,
        jurisdiction=opened.jurisdiction,
        definition=definition.hash,
        applicant=_named(opened.applicant, facts),
        source_system=wish.source_system if wish else "",
        source_id=wish.source_id if wish else "",
    )


def _named(applicant: Party, facts: Facts) -> Party:
    """Return the applicant with the name and kind the register has, where it gave none itself."""
    if applicant.name:
        return applicant
    known = institutions.entries(facts, applicant.organisation)
    if not known:
        return replace(applicant, name=applicant.organisation)
    its = known[-1].institution
    return replace(applicant, name=its.name, kind=its.type)


def _process(definition: Definition) -> str:
    """Return the id of the one process a case runs."""
    found = [one.id for one in definition.processes.values() if one.executable]
    if len(found) != 1:
        raise UnknownNameError(f"{definition.file} has {len(found)} executable processes, not one")
    return found[0]


def _start_cite(definition: Definition) -> str:
    begins = definition.bodies[_process(definition)].begins
    return cite_of(definition, begins[0]) if begins else ""
