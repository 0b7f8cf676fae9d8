"""Selection (择优遴选): which open applications compete for the same places, the preferred first.

In principle only: it is shown and recorded, never a ground of refusal.
"""

from collections.abc import Sequence

from domain.case.decision import Claim, FactKey, Facts, FactValue
from domain.case.procedure import Situation
from domain.case.state import Case
from domain.kernel.codec import from_json, to_json
from domain.procedures.filing.checks import counted_per
from domain.procedures.filing.events import Candidate
from domain.procedures.filing.facts import Filing
from domain.procedures.filing.rules import rule
from domain.registers import places
from domain.registers.institutions import ScopeItem
from domain.registers.places import Per

WAITING = "filing.waiting"  # an open application of a social organisation for a place
_NOTHING = FactValue()


def keys(jurisdiction: str, scope: Sequence[ScopeItem]) -> tuple[FactKey, ...]:
    """Return the fact keys of the open applications for the places of a scope at this node."""
    return tuple(dict.fromkeys(_key(jurisdiction, item, per) for item in scope for per in _PERS))


def waits(case: Case, filing: Filing) -> tuple[Claim, ...]:
    """Return the claims by which an open application is known to its rivals' decider."""
    if not filing.social or filing.received_at is None:
        return ()
    candidate = Candidate(
        case=case.id,
        name=case.applicant.name,
        computerised=filing.computerised,
        received=filing.received_at,
    )
    return tuple(
        Claim(kind=WAITING, key=one.key, holder=case.id, data=to_json(candidate))
        for one in keys(case.jurisdiction, filing.scope)
    )


def waits_no_more(case: Case, filing: Filing, jurisdiction: str) -> tuple[Claim, ...]:
    """Return the claims by which an application that ended, or moved on, is forgotten there."""
    if not filing.social:
        return ()
    return tuple(
        Claim(kind=WAITING, key=one.key, holder=case.id, released=True)
        for one in keys(jurisdiction, filing.scope)
    )


def ranked(filing: Filing, situation: Situation) -> tuple[Candidate, ...]:
    """Return the open applications for any place of this one, preferred first, then oldest.

    Cite: HN-2022-1 一(一).
    """
    preferred = rule(situation, "filing.preferred")
    computerised = preferred is not None and "computerised" in preferred.values
    found = _candidates(situation.facts, filing, situation)

    def place(one: Candidate) -> tuple[bool, str, str]:
        return (computerised and not one.computerised, one.received.isoformat(), one.case)

    return tuple(sorted(found, key=place))


def _candidates(facts: Facts, filing: Filing, situation: Situation) -> tuple[Candidate, ...]:
    per, node = counted_per(situation), situation.jurisdiction
    asked = dict.fromkeys(_key(node, item, per) for item in filing.scope)
    read = (from_json(Candidate, one) for key in asked for one in facts.get(key, _NOTHING).items)
    return tuple({one.case: one for one in read}.values())


def _key(jurisdiction: str, item: ScopeItem, per: Per) -> FactKey:
    """Return the key of the waiting beside that of the places: `<kind>/<key>` of the place."""
    place = places.key(jurisdiction, item, per)
    return FactKey(WAITING, f"{place.kind}/{place.key}")


_PERS: tuple[Per, ...] = ("job", "occupation")
