"""What the registers' own events – of streams `register:<name>` – claim."""

from domain.case.decision import Claim
from domain.registers import candidates, institutions, occupations, staff, years
from domain.registers.candidates import Barred, CandidateRegistered
from domain.registers.codes import taken_code
from domain.registers.institutions import Entry, InstitutionRegistered
from domain.registers.occupations import OccupationRegistered
from domain.registers.places import held_places
from domain.registers.staff import StaffRegistered
from domain.registers.years import CalendarPublished

REGISTER = "register"  # holder of what no case stands behind
_SOCIAL = ("social_organisation", "association")


def entered(event: object) -> tuple[Claim, ...]:
    """Return the claims of a register's event; none of any other."""
    match event:
        case InstitutionRegistered():
            return _institution(event)
        case OccupationRegistered():
            return (occupations.claim(event),)
        case StaffRegistered():
            return (staff.claim(event),)
        case CandidateRegistered(person=person, barred_until=until, cite=cite):
            bar = None if until is None else Barred(until=until, cite=cite)
            return () if bar is None else (candidates.claim(person, REGISTER, bar),)
        case CalendarPublished():
            return (years.claim(event),)
        case _:
            return ()


def _institution(event: InstitutionRegistered) -> tuple[Claim, ...]:
    its = event.institution
    entry = institutions.claim(
        Entry(
            institution=its,
            jurisdiction=event.jurisdiction,
            scope=event.scope,
            institution_code=event.institution_code,
            bars=event.bars,
        )
    )
    if not event.institution_code:
        return (entry,)
    social = its.type in _SOCIAL or its.serves_public
    places = held_places(event.jurisdiction, its, event.scope) if social else ()
    return (entry, *taken_code(event.institution_code), *places)
