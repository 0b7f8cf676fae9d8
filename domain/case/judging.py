"""Who, where, when, which version: the refusals that come before those of the procedure."""

from domain.case import steps
from domain.case.access import acts_for
from domain.case.actor import SYSTEM, Actor, role_matches
from domain.case.procedure import CommandSpec
from domain.case.refusals import (
    HasEnded,
    OutsideJurisdiction,
    RoleRequired,
    VersionConflict,
    WrongStage,
)
from domain.case.state import Case
from domain.kernel.errors import Refusal
from domain.ports import World


def right_of(case: Case | None, actor: Actor, spec: CommandSpec) -> Refusal | None:
    """Return the refusal of a case that has ended, or of a role that may not do this."""
    if case is not None and case.ended and actor.role != SYSTEM.role:
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
