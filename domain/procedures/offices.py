"""Which office a case is opened with: the own one of who opens it, where its variant applies."""

from collections.abc import Callable, Mapping

from domain.case.actor import Actor
from domain.case.procedure import Opened
from domain.case.refusals import OutsideJurisdiction
from domain.case.state import Party
from domain.kernel.errors import Refusal
from domain.law import jurisdiction as tree


def at_home(_payload: object, actor: Actor) -> Opened:
    """Return a case of the acting institution at its own office; its name is the register's."""
    applicant = Party(organisation=actor.organisation, name="")
    return Opened(jurisdiction=actor.jurisdiction, applicant=applicant)


def only_in(places: Mapping[str, str]) -> Callable[[str, str], Refusal | None]:
    """Return what refuses an office outside the place a variant is for; `places` by variant."""

    def misplaced(variant: str, node: str) -> Refusal | None:
        place = places[variant]
        return None if tree.contains(place, node) else OutsideJurisdiction(jurisdiction=place)

    return misplaced
