"""What somebody may start: the opening commands of every procedure, by role."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.console.forms.shapes import shapes_of
from domain.case.actor import Actor, role_matches
from domain.case.commands import procedures
from domain.case.procedure import CommandSpec, Procedure
from domain.law import jurisdiction as tree
from domain.procedures.process.commands import PEOPLE
from domain.registers.processes import Deployed, version_of

OWN_PAGES: Final = {("filing", "hunan"): "/apply/filing"}  # made by hand: guide, drafts, sections


@dataclass(frozen=True, slots=True, kw_only=True)
class Startable:
    """A variant of a procedure with the command that opens a case of it."""

    procedure: Procedure
    variant: str
    spec: CommandSpec

    @property
    def path(self) -> str:
        """Where it is started."""
        usual = f"/start/{self.procedure.name}/{self.variant}"
        if sum(one.opens for one in self.procedure.commands) > 1:
            usual += f"?do={self.spec.name}"
        return OWN_PAGES.get((self.procedure.name, self.variant), usual)


def startable(actor: Actor) -> tuple[Startable, ...]:
    """Return what this role may start, procedure by procedure."""
    return tuple(
        Startable(procedure=its, variant=variant, spec=spec)
        for its in procedures()
        for variant in its.variants
        for spec in its.commands
        if spec.opens and any(role_matches(one, actor.role) for one in spec.roles)
        if _here(its, variant, spec, actor)
    )


def startable_processes(actor: Actor, all_: Sequence[Deployed]) -> tuple[Deployed, ...]:
    """Return the newest version of each deployed process, for whoever may start one."""
    if not any(role_matches(one, actor.role) for one in PEOPLE):
        return ()
    return tuple(one for one in all_ if version_of(all_, one.process, None) == one)


def _here(its: Procedure, variant: str, spec: CommandSpec, actor: Actor) -> bool:
    """Whether the variant is for the actor's own place, or for one above that it may name."""
    home = actor.jurisdiction
    if not tree.is_code(home):
        return True
    named = any(one.name == "jurisdiction" for one in shapes_of(spec.payload))
    offices = tree.ancestors(home) if named else (home,)
    return any(its.misplaced(variant, one) is None for one in offices)
