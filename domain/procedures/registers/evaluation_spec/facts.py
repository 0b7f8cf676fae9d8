"""The fold of an evaluation spec: for which occupation, and since when it is on file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import get_args

from domain.case.envelope import Meta
from domain.case.state import Status
from domain.kernel.errors import UnknownNameError
from domain.law import jurisdiction as tree
from domain.procedures.registers.evaluation_spec import events as e
from domain.process.feel import Value

OWN_EVENTS: frozenset[type[object]] = frozenset(get_args(e.SpecEvent))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """A folded evaluation spec."""

    occupation_code: str = ""
    province: str = ""  # that files it; empty where the case has always been with it
    filed_at: datetime | None = None


def fold(data: object, event: object, meta: Meta) -> Spec:
    """Return the spec after one of its events.

    Raises:
        UnknownNameError: the event is not of an evaluation spec.
    """
    if not isinstance(data, Spec) or not isinstance(event, e.SpecEvent):
        raise UnknownNameError(f"{type(event).__name__} is no event of an evaluation spec")
    match event:
        case e.SpecSubmitted(occupation_code=code):
            province = event.province or (tree.province(event.office) if event.office else "")
            return replace(data, occupation_code=code, province=province)
        case e.SpecFiled():
            return replace(data, filed_at=meta.effective_at)
        case e.SpecMaterialsReceived() | e.SpecReviewed() | e.SpecDeclined():
            return data


_STANDING: Mapping[type[object], tuple[Status, str]] = {
    e.SpecSubmitted: ("received", "spec_review"),
    e.SpecReviewed: ("in_review", "spec_decision"),
    e.SpecFiled: ("closed", "spec_filed"),
    e.SpecDeclined: ("refused", "spec_declined"),
}


def standing(event: object, _data: object) -> tuple[Status, str] | None:
    """Return status and stage after an event."""
    return _STANDING.get(type(event))


def variables(_data: object) -> Mapping[str, Value]:
    """Return what the gateways of the diagram read: the command alone, which the case knows."""
    return {}


def offices(data: object) -> tuple[str, ...]:
    """Return the province, which files what the institution's own center may have reviewed.

    Cite: YU-2022-8 三(四).
    """
    return (data.province,) if isinstance(data, Spec) and data.province else ()


def awaited(data: object, form: str) -> tuple[str, ...]:
    """Return whose decision is awaited: the province's."""
    return offices(data) if form == "spec.decide" else ()
