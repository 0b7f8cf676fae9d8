"""What somebody may do in a case now, and why not the rest."""

from dataclasses import dataclass
from datetime import datetime

from domain.case.actor import SYSTEM, Actor, role_matches
from domain.case.commands import commands_of
from domain.case.judging import right_of, standing
from domain.case.procedure import CommandSpec, IfMatch, Situation
from domain.case.refusals import WrongStage
from domain.case.state import Case
from domain.kernel.errors import Language, Refusal
from domain.ports import World
from domain.procedures.table import procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A command, and whether this actor could give it now."""

    spec: CommandSpec
    why_not: Refusal | None = None  # of what does not depend on the payload

    @property
    def name(self) -> str:
        """The command's name."""
        return self.spec.name

    @property
    def allowed(self) -> bool:
        """Whether nothing stands against it yet."""
        return self.why_not is None

    @property
    def if_match(self) -> IfMatch:
        """Whether the sender must say which version they saw."""
        return self.spec.if_match

    def label(self, language: Language) -> str:
        """Return the command's name for people."""
        return self.spec.label(language)


def actions(
    world: World,
    tenant: str,  # noqa: ARG001  – alike in every tenant
    case: Case,
    actor: Actor,
    now: datetime,
) -> tuple[Action, ...]:
    """Return the commands of the case's procedure, then the general ones for this role.

    Judged are end, role, place, stage, same person and what else no payload could change.
    """
    found = []
    for spec in commands_of(case.procedure):
        general = not spec.procedure
        mine = any(role_matches(pattern, actor.role) for pattern in spec.roles)
        if spec.opens or SYSTEM.role in spec.roles or (general and not mine):
            continue
        found.append(Action(spec=spec, why_not=_why_not(world, case, actor, spec, now)))
    return tuple(found)


def _why_not(
    world: World, case: Case, actor: Actor, spec: CommandSpec, now: datetime
) -> Refusal | None:
    refusal = right_of(case, actor, spec) or standing(world, case, actor, spec, None)
    if refusal is not None:
        return refusal
    if not spec.procedure:
        possible = _general(case, spec.name, now)
        return None if possible else WrongStage(stage=case.stage, command=spec.name)
    situation = Situation(
        world=world,
        facts={},
        actor=actor,
        at=now,
        command=spec.name,
        procedure=case.procedure,
        variant=case.variant,
        jurisdiction=case.jurisdiction,
        case=case,
    )
    return procedure(case.procedure).foreseen(spec.name, situation)


def _general(case: Case, command: str, now: datetime) -> bool:
    """Whether there is something for a general command to act on."""
    match command:
        case "case.assign":
            return any(one.state == "open" and one.holder == "authority" for one in case.tasks)
        case "deadline.suspend" | "deadline.extend":
            return any(one.state == "open" and one.of_law for one in case.deadlines)
        case "deadline.resume":
            return any(one.state == "suspended" for one in case.deadlines)
        case "case.withdraw":
            return not procedure(case.procedure).decided(case, now)
        case "notice.serve" | "notice.attempt" | "notice.void":
            return any(one.unserved for one in case.notices)
        case _:
            return True
