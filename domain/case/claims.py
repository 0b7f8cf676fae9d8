"""What events take from, or give back to, what all cases share: numbers, places, entries."""

from domain.case.decision import Claim
from domain.case.events import CaseOpened, NoticeIssued
from domain.case.numbers import SERIES, case_series_of, letter_series_of
from domain.case.registers import CalendarPublished, InstitutionRegistered, OccupationRegistered
from domain.case.state import Case
from domain.kernel.codec import to_json
from domain.procedures.filing.places import (
    INSTITUTION,
    OCCUPATION,
    held_places,
    taken_code,
)
from domain.procedures.table import procedure

CALENDAR = "calendar"


def claims(event: object, case: Case | None) -> tuple[Claim, ...]:
    """Return the claims of an event; `case` is the case after it, None for a register's event."""
    match event:
        case CaseOpened(number=number):
            series, n = case_series_of(number)
            return (Claim(kind=SERIES, key=series, holder=number, ordinal=n),)
        case NoticeIssued(number=number) if case is not None:
            series, n = letter_series_of(case.jurisdiction, number)
            return (Claim(kind=SERIES, key=series, holder=number, ordinal=n),)
        case InstitutionRegistered():
            return _institution(event)
        case OccupationRegistered(code=code):
            return (Claim(kind=OCCUPATION, key=code, holder=code, data=to_json(event)),)
        case CalendarPublished(year=year, table=table):
            return (Claim(kind=CALENDAR, key="cn", holder=str(year), ordinal=0, data=table),)
        case _ if case is not None and type(event) in procedure(case.procedure).events:
            return procedure(case.procedure).claims(event, case)
        case _:
            return ()


def _institution(event: InstitutionRegistered) -> tuple[Claim, ...]:
    its = event.institution
    entry = Claim(kind=INSTITUTION, key=its.uscc, holder=its.uscc, data=to_json(event))
    if not event.institution_code:
        return (entry,)
    social = its.type in ("social_organisation", "association")
    places = held_places(event.jurisdiction, its, event.scope) if social else ()
    return (entry, *taken_code(event.institution_code), *places)
