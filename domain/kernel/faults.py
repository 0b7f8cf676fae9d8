"""Faults of form: what is wrong in a payload, and where; answered as `command.malformed`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

FaultCode = Literal["json", "field", "type", "duplicate", "depth", "date"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: a JSON pointer, a code, and what to do in Chinese and English."""

    pointer: str  # RFC 6901; "" is the whole
    code: FaultCode
    zh: str
    en: str


class MalformedError(ValueError):
    """JSON that does not have the form asked for; `faults` names every place."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{one.pointer or '/'}: {one.en}" for one in faults))
        self.faults = tuple(faults)


def fault(pointer: str, code: FaultCode, zh: str, en: str) -> Fault:
    """Return the fault `code` at `pointer`."""
    return Fault(pointer, code, zh, en)
