"""The register of occupations (职业): as shipped with the law, and as a tenant entered them."""

from dataclasses import dataclass
from typing import Annotated

from domain.case.decision import Claim, FactKey, Facts, FactValue
from domain.kernel.codec import to_json
from domain.kernel.events import event
from domain.kernel.limits import Line
from domain.law.occupations import Occupation, OccupationCode, Occupations

OCCUPATION = "occupation"
_NOTHING = FactValue()


@event("occupation.registered")
@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationRegistered:
    """An occupation stands in the register."""

    code: Annotated[str, OccupationCode]
    name: Annotated[str, Line()]
    standard: bool = True
    licence: bool = False


def key(code: str) -> FactKey:
    """Return the fact key of a tenant's own entries for an occupation."""
    return FactKey(OCCUPATION, code)


def claim(entry: OccupationRegistered) -> Claim:
    """Return the claim by which an entry stands."""
    return Claim(kind=OCCUPATION, key=entry.code, holder=entry.code, data=to_json(entry))


def occupation(facts: Facts, shipped: Occupations, code: str) -> Occupation | None:
    """Return the occupation as the tenant's register has it, else as shipped."""
    entry = facts.get(key(code), _NOTHING)
    if not entry.items:
        return shipped.get(code)
    newest = entry.items[-1]
    return Occupation(
        code=code,
        name=str(newest.get("name", "")),
        standard=newest.get("standard") is not False,
        licence=newest.get("licence") is True,
    )
