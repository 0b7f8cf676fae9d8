"""Places (名额): how many social organisations hold an occupation, and a job of it, at one node.

The national rules count an occupation as a whole, Hunan's each job of it; so every place is held
under both keys, and the law book says which one is asked.
"""

from typing import Literal

from domain.case.decision import Claim, FactKey, Facts, FactValue
from domain.registers.institutions import Institution, ScopeItem

Per = Literal["occupation", "job"]
PLACE = "filing.place"  # a social organisation's place for an occupation and job at a node
OCCUPATION_PLACE = "filing.occupation_place"  # the same for the occupation, whatever the job
_NOTHING = FactValue()


def key(jurisdiction: str, item: ScopeItem, per: Per) -> FactKey:
    """Return the fact key of the places for an entry of a scope at exactly this node."""
    occupation = f"{jurisdiction}:{item.occupation_code}"
    if per == "occupation":
        return FactKey(OCCUPATION_PLACE, occupation)
    return FactKey(PLACE, f"{occupation}:{item.job}")


def held_places(
    jurisdiction: str, institution: Institution, scope: tuple[ScopeItem, ...]
) -> tuple[Claim, ...]:
    """Return the places a filed social organisation holds."""
    its = institution.uscc
    return tuple(
        Claim(kind=one.kind, key=one.key, holder=its, data={"holder": its})
        for one in _keys(jurisdiction, scope)
    )


def freed_places(
    jurisdiction: str, institution: Institution, scope: tuple[ScopeItem, ...]
) -> tuple[Claim, ...]:
    """Return the claims by which all its places are given back; `scope` is the whole of it."""
    return tuple(
        Claim(kind=one.kind, key=one.key, holder=institution.uscc, released=True)
        for one in _keys(jurisdiction, scope)
    )


def taken(facts: Facts, places: FactKey, uscc: str) -> int:
    """Return how many organisations other than `uscc` hold a place under a key of `key`."""
    value = facts.get(places, _NOTHING)
    return value.count - any(one.get("holder") == uscc for one in value.items)


def _keys(jurisdiction: str, scope: tuple[ScopeItem, ...]) -> tuple[FactKey, ...]:
    pairs: tuple[Per, ...] = ("job", "occupation")
    return tuple(dict.fromkeys(key(jurisdiction, item, per) for item in scope for per in pairs))
