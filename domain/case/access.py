"""Who may know of a case, read it and act on it.

What `viewer` says stands again as row security: whoever looks, PostgreSQL finds no other cases with
their tasks, deadlines and events. Who may act, and what of a case one reads, stands in code.
"""

from domain.case.actor import OPERATOR, Actor, role_matches
from domain.case.commands import command_spec
from domain.case.procedure import CommandSpec
from domain.case.state import Case
from domain.law import jurisdiction as tree
from domain.ports import Viewer

_OF_THE_APPLICANT = (
    "institution.*", "exam.*", "assessor", "supervisor.internal",
)  # roles that stand where their organisation stands  # fmt: skip
_NOWHERE = ("law", "system")


def acts_for(actor: Actor, case: Case, spec: CommandSpec) -> bool:
    """Whether the actor stands where this is done: applicant, its office, the public, the operator.

    Another office that the case concerns stands there for the commands meant for it as well, or
    for it alone. A parent jurisdiction may read, not act; so the ministry's center acts on national
    cases only.
    """
    if of_applicant(actor):
        return actor.organisation == case.applicant.organisation
    if actor.role in ("public", OPERATOR, *_NOWHERE):
        return True
    place = office_of(actor)
    own = (case.jurisdiction,)
    match spec.offices:
        case "own":
            return place in own
        case "concerned":
            return place in (*own, *case.offices)
        case "others":
            return place in (case.offices or own)


def of_applicant(actor: Actor) -> bool:
    """Whether the actor's role stands for an organisation, not for an office."""
    return any(role_matches(one, actor.role) for one in _OF_THE_APPLICANT)


def may_know(actor: Actor, case: Case) -> bool:
    """Whether the actor may know of the case: its applicant, its offices, those above them.

    An applicant asks at any time how far its case has come.

    Cite: RS-2021-57A 一(十九), 二(十一).
    """
    if actor.role in _NOWHERE:
        return True
    if actor.role in ("public", OPERATOR):
        return False
    if of_applicant(actor):
        return actor.organisation == case.applicant.organisation
    place = _reads_from(actor)
    concerned = (case.jurisdiction, *case.offices)
    return tree.is_code(place) and any(tree.contains(place, one) for one in concerned)


def may_send(actor: Actor, case: Case, command_name: str) -> bool:
    """Whether the actor may address the case: who may know of it, and anyone it was shown to.

    The public sees only what the notice (公示) shows, and may answer it by its own commands; once
    the notice or the case is over, the answer says so.
    """
    spec = command_spec(command_name)
    shown = any(one.holder == "public" for one in case.deadlines)
    meant = spec is not None and "public" in spec.roles and spec.procedure == case.procedure
    return may_know(actor, case) or (actor.role == "public" and meant and shown)


def may_deploy(actor: Actor) -> bool:
    """Whether the actor may deploy processes and name the web services they call."""
    return actor.role == OPERATOR


def viewer(actor: Actor) -> Viewer:
    """Return what a list for this actor may hold: the same cases as `may_know`."""
    if of_applicant(actor):
        return Viewer(organisation=actor.organisation)
    if actor.role in _NOWHERE:
        return Viewer(jurisdiction=tree.COUNTRY)
    if actor.role in ("public", OPERATOR):
        return Viewer()
    return Viewer(jurisdiction=_reads_from(actor))  # without a place no cases: a portal for nobody


def code_if_hidden(actor: Actor, command_name: str) -> str:
    """Return the refusal the same step gets from who may know: by role first, else by place."""
    spec = command_spec(command_name)
    right = spec is not None and any(role_matches(one, actor.role) for one in spec.roles)
    return "case.outside_jurisdiction" if right else "case.role_required"


def may_see_person(actor: Actor, case: Case) -> bool:
    """Whether the actor may read who acted: the office and those above; applicants see roles."""
    return not of_applicant(actor) and may_know(actor, case)


def office_of(actor: Actor) -> str:
    """Return the node where an official stands; the ministry's center stands for the country."""
    return tree.COUNTRY if actor.role == "ministry.center" else actor.jurisdiction


def _reads_from(actor: Actor) -> str:
    """Return the node whose cases an official reads; the ministry's center needs none named."""
    return actor.jurisdiction or office_of(actor)
