"""What is wrong with a diagram: rule, element, line and a sentence in Chinese and English."""

from dataclasses import dataclass

from domain.process.drawing import Element
from domain.process.rules import RULES, Level


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule; `element` is None when the file as a whole is meant."""

    rule: str
    element: str | None
    line: int
    message: str

    @property
    def level(self) -> Level:
        """From which level on the rule must hold."""
        return RULES[self.rule].level

    def to_json(self) -> dict[str, str | int | None]:
        """Return the fault as the command line prints it."""
        return {
            "rule": self.rule,
            "element": self.element,
            "line": self.line,
            "message": self.message,
        }


def fault_at(rule: str, element: str | None, line: int, detail: str = "") -> Fault:
    """Return the fault of a rule, with a detail (an id, a value, a reason) behind its sentence."""
    known = RULES[rule]
    tail = f" ({detail[:160]})" if detail else ""
    return Fault(rule, element, line, f"{known.zh}；{known.en}{tail}")


def fault(rule: str, element: Element, detail: str = "") -> Fault:
    """Return the fault of a rule at an element: at the nearest one around it that has an id."""
    named: Element | None = element
    while named is not None and named.id is None:
        named = named.parent
    return fault_at(rule, named.id if named is not None else None, element.line, detail)
