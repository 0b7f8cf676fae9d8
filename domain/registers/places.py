"""Places (名额): how many social organisations hold an occupation and job at one node."""

from domain.case.decision import Claim, FactKey, Facts, FactValue
from domain.registers.institutions import Institution, ScopeItem

PLACE = "filing.place"  # a social organisation's place for an occupation and job at a node
_NOTHING = FactValue()


def place_key(jurisdiction: str, item: ScopeItem) -> FactKey:
    """Return the fact key of the places for an occupation and job at exactly this node."""
    return FactKey(PLACE, f"{jurisdiction}:{item.occupation_code}:{item.job}")


def held_places(
    jurisdiction: str, institution: Institution, scope: tuple[ScopeItem, ...]
) -> tuple[Claim, ...]:
    """Return the places a filed social organisation holds, one for each occupation and job."""
    keys = dict.fromkeys(place_key(jurisdiction, item) for item in scope)
    return tuple(
        Claim(
            kind=key.kind, key=key.key, holder=institution.uscc, data={"holder": institution.uscc}
        )
        for key in keys
    )


def freed_places(
    jurisdiction: str, institution: Institution, scope: tuple[ScopeItem, ...]
) -> tuple[Claim, ...]:
    """Return the claims by which the places are given back."""
    keys = dict.fromkeys(place_key(jurisdiction, item) for item in scope)
    return tuple(
        Claim(kind=key.kind, key=key.key, holder=institution.uscc, released=True) for key in keys
    )


def taken(facts: Facts, jurisdiction: str, item: ScopeItem, uscc: str) -> int:
    """Return how many organisations other than `uscc` hold the occupation and job at this node."""
    value = facts.get(place_key(jurisdiction, item), _NOTHING)
    return value.count - any(one.get("holder") == uscc for one in value.items)
