"""The fold of a request for change: what was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from domain.case.envelope import Meta
from domain.case.state import Status
from domain.kernel.errors import UnknownNameError
from domain.procedures.filing_change import events as e
from domain.process.feel import Value

OWN_EVENTS: frozenset[type[object]] = frozenset(get_args(e.ChangeEvent))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A folded request for change."""

    request: e.ChangeRequested | None = None


def fold(data: object, event: object, _meta: Meta) -> Change:
    """Return the request after one of its events.

    Raises:
        UnknownNameError: the event is not of a change.
    """
    if not isinstance(data, Change) or not isinstance(event, e.ChangeEvent):
        raise UnknownNameError(f"{type(event).__name__} is no event of a change")
    return Change(request=event) if isinstance(event, e.ChangeRequested) else data


_STANDING: Mapping[type[object], tuple[Status, str]] = {
    e.ChangeRequested: ("received", "change_acceptance"),
    e.ChangeAccepted: ("accepted", "change_decision"),
    e.ChangeApproved: ("closed", "change_made"),
    e.ChangeDeclined: ("refused", "change_declined"),
}


def standing(event: object, _data: object) -> tuple[Status, str] | None:
    """Return status and stage after an event; None where they stay."""
    return _STANDING.get(type(event))


def variables(_data: object) -> Mapping[str, Value]:
    """Return what the gateways of the diagram read: the command alone, which the case knows."""
    return {}
