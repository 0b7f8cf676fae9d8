"""Who, where, when, which version: the refusals that come before those of the procedure."""

from domain.case import steps
from domain.case.access import acts_for
from domain.case.actor import LAW, SYSTEM, Actor, role_matches
from domain.case.command import Command
from domain.case.procedure import CommandSpec
from domain.case.refusals import (
    HasEnded,
    OutsideJurisdiction,
    RoleRequired,
    TaskAlreadyDone,
    VersionConflict,
    WrongStage,
)
from domain.case.seen import task_seen
from domain.case.state import Case
from domain.case.tasks import meant
from domain.kernel.errors import Refusal
from domain.kernel.times import in_china
from domain.ports import World


def right_of(case: Case | None, actor: Actor, spec: CommandSpec) -> Refusal | None:
    """Return the refusal of a case that has ended, or of a role that may not do this."""
    if case is not None and actor.role != SYSTEM.role and steps.over(case, spec.name):
        return HasEnded(status=case.status)
    if not any(role_matches(pattern, actor.role) for pattern in spec.roles):
        return RoleRequired(role=actor.role, roles=spec.roles)
    return None


def standing(
    world: World, case: Case, actor: Actor, spec: CommandSpec, if_match: int | None
) -> Refusal | None:
    """Return the refusal of the wrong place, stage or version, in that order."""
    if not acts_for(actor, case, spec):
        return OutsideJurisdiction(jurisdiction=case.jurisdiction)
    if spec.procedure and not steps.possible(world, case, spec.name):
        return WrongStage(stage=case.stage, command=spec.name)
    if if_match is not None and if_match != case.own_version:
        return VersionConflict(seen=if_match, version=case.own_version)
    return None


def overtaken(case: Case, command: Command, payload: object) -> Refusal | None:
    """Return the refusal of an act whose task another person did since the sender saw it open.

    It stands where the stage or the version would be refused, and says more than these: by whom
    and when. What the law did in silence, or the sender in person, is a matter of the stage, as is
    an act of somebody who does not say which version they saw. A task that is open again is the
    version's matter.
    """
    seen = command.if_match
    task = None if seen is None else meant(case, command.name, payload, seen)
    nobody = (LAW.role, SYSTEM.role, command.actor.person)
    if task is None or task.done_at is None or task.done_by in nobody:
        return None
    by = task_seen(task, command.actor, case).done_by
    return TaskAlreadyDone(by=by, at=in_china(task.done_at))
