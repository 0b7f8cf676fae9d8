"""Opening a case: its number, its diagram, its first act."""

from dataclasses import dataclass, replace

from domain.case import events as e
from domain.case.access import of_applicant
from domain.case.command import Command, Opening
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


@dataclass(frozen=True, slots=True)
class _Wish:
    """What an opening asks for, worked out once."""

    its: Procedure
    opening: Opening
    opened: Opened  # its applicant under the name and kind the register has
    situation: Situation

    @property
    def series(self) -> FactKey:
        """The series the case's number comes from: of its office, procedure and year."""
        return FactKey(SERIES, case_series(self.opened.jurisdiction, self.its.mark, self.year))

    @property
    def year(self) -> int:
        """The year in which it was received."""
        return legal_day(self.situation.at).year


def wanted(
    world: World, command: Command, spec: CommandSpec, payload: object
) -> tuple[FactKey, ...]:
    """Return the facts an opening needs: the series of case numbers and the procedure's own."""
    wish = _wish(world, command, spec, payload, {})
    if wish is None:
        return ()
    known = institutions.key(wish.opened.applicant.organisation)
    wishes = (wish.series, known, *wish.its.wanted(payload, wish.situation))
    return tuple(dict.fromkeys(wishes))


def open_case(
    world: World, command: Command, spec: CommandSpec, payload: object, facts: Facts
) -> Draft | Refusal:
    """Return the events that open the case, or why it is not opened.

    Raises:
        UnknownNameError: the opening names a procedure or variant that is not deployed.
    """
    wish = _wish(world, command, spec, payload, facts)
    if wish is None:
        return WrongStage(stage="—", command=command.name)
    its, opened, variant = wish.its, wish.opened, wish.situation.variant
    definition = _diagram(world, its, variant, wish.opening.definition)
    if not tree.is_code(opened.jurisdiction):
        return malformed((fault("/jurisdiction", "field", "请写明管辖代码", "name the office"),))
    if of_applicant(command.actor) and command.actor.organisation != opened.applicant.organisation:
        return OutsideJurisdiction(jurisdiction=opened.applicant.name)
    act = its.decide(payload, wish.situation)
    if isinstance(act, Refusal):
        return act
    if refusal := its.misplaced(variant, opened.jurisdiction):
        return refusal
    draft = Draft(None, command, command.actor, command.received_at)
    draft.add(_opened(wish, command.case_id, definition))
    cite = _start_cite(definition)
    for event, own_cite in act.events:
        draft.add(event, own_cite or cite)
    mover, process = Mover(draft, world, command.name), _process(definition)
    mover.play(lambda its_definition, _, known: game.begin(its_definition, process, known))
    mover.settle()
    return draft


def _wish(
    world: World, command: Command, spec: CommandSpec, payload: object, facts: Facts
) -> _Wish | None:
    """Return what a command asks for that opens a case; None where it opens none."""
    opening = command.opening
    if not spec.opens or opening is None:
        return None
    its = procedure(spec.procedure)
    said = its.opened(payload, command.actor)
    opened = replace(said, applicant=_named(said.applicant, facts))
    situation = Situation(
        world=world,
        facts=facts,
        actor=command.actor,
        at=command.received_at,
        command=command.name,
        procedure=opening.procedure,
        variant=_variant(its, opening.variant, opened),
        jurisdiction=opened.jurisdiction,
        definition=opening.definition,
    )
    return _Wish(its, opening, opened, situation)


def _diagram(world: World, its: Procedure, variant: str, wanted: str) -> Definition:
    """Return the diagram of a new case: the one the opening was received with, else today's."""
    if wanted:
        return world.definitions.pinned(wanted)
    found = world.definitions.current(its.name, variant)
    if found is None:
        raise UnknownNameError(f"no diagram is deployed for {its.name} {variant}")
    return found


def _variant(its: Procedure, asked: str, opened: Opened) -> str:
    """Return the variant asked for; unsaid, what office and applicant's type lead to."""
    if asked or its.plain is not None or not tree.is_code(opened.jurisdiction):
        return asked or next(iter(its.variants), "")
    return its.variant_for(opened.jurisdiction, opened.applicant.kind)


def _opened(wish: _Wish, case: str, definition: Definition) -> e.CaseOpened:
    its, opened = wish.its, wish.opened
    n = wish.situation.facts.get(wish.series, FactValue()).highest + 1
    return e.CaseOpened(
        case=case,
        number=case_number(opened.jurisdiction, its.mark, wish.year, n),
        procedure=its.name,
        variant=wish.situation.variant,
        jurisdiction=opened.jurisdiction,
        definition=definition.hash,
        applicant=opened.applicant,
        source_system=wish.opening.source_system,
        source_id=wish.opening.source_id,
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
