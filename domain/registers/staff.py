"""The full-time people (专职人员) of institutions, where these have listed them."""

from dataclasses import dataclass
from typing import Annotated

from domain.case.decision import Claim, FactKey, Facts, FactValue
from domain.kernel.codec import from_json, to_json
from domain.kernel.events import event
from domain.kernel.limits import Word

STAFF = "staff"  # key is the 统一社会信用代码
_NOTHING = FactValue()


@event("staff.registered")
@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRegistered:
    """The full-time people of an institution stand in the register."""

    uscc: Annotated[str, Word()]
    people: tuple[Annotated[str, Word()], ...]


def key(uscc: str) -> FactKey:
    """Return the fact key of an institution's people."""
    return FactKey(STAFF, uscc)


def claim(entry: StaffRegistered) -> Claim:
    """Return the claim by which a list stands; a later list replaces it."""
    return Claim(kind=STAFF, key=entry.uscc, holder=entry.uscc, data=to_json(entry))


def people(facts: Facts, uscc: str) -> frozenset[str] | None:
    """Return an institution's full-time people; None where it has not listed them."""
    items = facts.get(key(uscc), _NOTHING).items
    return frozenset(from_json(StaffRegistered, items[-1]).people) if items else None
