"""Candidates who may not take part (禁考): until when, and on which ground."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.case.decision import Claim, FactKey, Facts, FactValue
from domain.kernel.codec import from_json, to_json
from domain.kernel.events import event
from domain.kernel.limits import Word

BARRED = "barred"  # key is the person
_NOTHING = FactValue()


@event("candidate.registered")
@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRegistered:
    """A candidate stands in the register, with the day until which a bar runs."""

    person: Annotated[str, Word()]
    barred_until: date | None = None
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """A bar: its last day and its clause."""

    until: date
    cite: str = ""


def key(person: str) -> FactKey:
    """Return the fact key of a person's bars."""
    return FactKey(BARRED, person)


def claim(person: str, case: str, bar: Barred) -> Claim:
    """Return the claim by which a bar stands; `case` is the sanction, or "register"."""
    return Claim(kind=BARRED, key=person, holder=case, data=to_json(bar))


def lifted(person: str, case: str) -> Claim:
    """Return the claim by which a bar is lifted."""
    return Claim(kind=BARRED, key=person, holder=case, released=True)


def barred(facts: Facts, person: str, on: date) -> Barred | None:
    """Return the bar that runs longest on that day; None when none does."""
    found = [from_json(Barred, one) for one in facts.get(key(person), _NOTHING).items]
    running = [one for one in found if on <= one.until]
    return max(running, key=lambda one: one.until) if running else None
