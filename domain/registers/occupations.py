"""The register of occupations (职业): as shipped with the law, and as a tenant entered them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated

from domain.case.decision import Claim, FactKey, Facts, FactValue
from domain.kernel.codec import to_json
from domain.kernel.events import event
from domain.kernel.json import Json
from domain.kernel.limits import Line
from domain.law.occupations import Occupation, OccupationCode, Occupations
from domain.registers import evaluation_specs

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


def wanted(codes: Iterable[str]) -> tuple[FactKey, ...]:
    """Return the fact keys of all that says whether occupations may be evaluated."""
    return tuple(
        one for code in sorted(set(codes)) for one in (key(code), evaluation_specs.key(code))
    )


def claim(entry: OccupationRegistered) -> Claim:
    """Return the claim by which an entry stands."""
    return Claim(kind=OCCUPATION, key=entry.code, holder=entry.code, data=to_json(entry))


def occupation(facts: Facts, shipped: Occupations, code: str) -> Occupation | None:
    """Return the occupation as the tenant's register has it, else as shipped.

    A filed evaluation spec (评价规范) stands where no standard does.

    Cite: RS-2021-57A 二(六).
    """
    known = _registered(facts, code) or shipped.get(code)
    if known is None or known.standard or evaluation_specs.filed(facts, code) is None:
        return known
    return replace(known, standard=True)


def _registered(facts: Facts, code: str) -> Occupation | None:
    items = facts.get(key(code), _NOTHING).items
    if not items:
        return None
    return entered(code, items[-1])


def entered(code: str, newest: Json) -> Occupation:
    """Return the occupation that a claim of a tenant's register describes."""
    return Occupation(
        code=code,
        name=str(newest.get("name", "")),
        standard=newest.get("standard") is not False,
        licence=newest.get("licence") is True,
    )
