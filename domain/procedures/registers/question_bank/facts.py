"""The fold of a question bank: for what it was reported."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args

from domain.case.envelope import Meta
from domain.case.state import Status
from domain.kernel.errors import UnknownNameError
from domain.procedures.registers.question_bank import events as e
from domain.process.feel import Value

OWN_EVENTS: frozenset[type[object]] = frozenset(get_args(e.BankEvent))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """A folded question bank."""

    occupation_code: str = ""
    level: int = 0


def fold(data: object, event: object, _meta: Meta) -> Bank:
    """Return the bank after one of its events.

    Raises:
        UnknownNameError: the event is not of a question bank.
    """
    if not isinstance(data, Bank) or not isinstance(event, e.BankEvent):
        raise UnknownNameError(f"{type(event).__name__} is no event of a question bank")
    return replace(data, occupation_code=event.occupation_code, level=event.level)


_STANDING: Mapping[type[object], tuple[Status, str]] = {
    e.BankReported: ("received", "bank_reported"),
    e.BankRecorded: ("closed", "bank_recorded"),
}


def standing(event: object, _data: object) -> tuple[Status, str] | None:
    """Return status and stage after an event."""
    return _STANDING.get(type(event))


def variables(_data: object) -> Mapping[str, Value]:
    """Return what the gateways of the diagram read: it has none."""
    return {}
