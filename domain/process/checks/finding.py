"""What a rule finds."""

from dataclasses import dataclass

from domain.process.drawing import Element


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule at an element, with a detail that helps to mend it."""

    rule: str
    element: Element
    detail: str = ""
