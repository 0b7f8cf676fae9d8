"""What events take from, or give back to, what all cases share: numbers, places, entries."""

from domain.case.decision import Claim
from domain.case.events import CaseEnded, CaseOpened, CaseTransferred, NoticeIssued
from domain.case.numbers import SERIES, case_series_of, letter_series_of
from domain.case.state import Case
from domain.procedures.table import procedure
from domain.registers.loading import entered


def claims(event: object, case: Case | None) -> tuple[Claim, ...]:
    """Return the claims of an event; `case` is the case after it, None for a register's event."""
    match event:
        case CaseOpened(number=number):
            series, n = case_series_of(number)
            return (Claim(kind=SERIES, key=series, holder=number, ordinal=n),)
        case NoticeIssued(number=number):
            series, n = letter_series_of(number)
            return (Claim(kind=SERIES, key=series, holder=number, ordinal=n),)
        case CaseTransferred() | CaseEnded() if case is not None:
            return procedure(case.procedure).claims(event, case)
        case _ if case is not None and type(event) in procedure(case.procedure).events:
            return procedure(case.procedure).claims(event, case)
        case _:
            return entered(event)
