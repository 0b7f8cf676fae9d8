"""The rules a diagram must keep to be played, one file per family; each yields what is broken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from domain.process.checks import (
    activities,
    boundary,
    decisions,
    elements,
    events,
    expressions,
    flows,
    gateways,
    messages,
    names,
    references,
    subprocesses,
    timers,
)
from domain.process.checks.finding import Finding
from domain.process.drawing import Drawing
from domain.process.faults import Fault, fault
from domain.process.rules import RULES

Family = Callable[[Drawing], Iterator[Finding]]

FAMILIES: tuple[Family, ...] = (
    references.check,
    elements.check,
    expressions.check,
    flows.check,
    events.check,
    timers.check,
    messages.check,
    names.check,
    boundary.check,
    gateways.check,
    activities.check,
    decisions.check,
    subprocesses.check,
)
MOST = 200  # faults; a file that has more is told the first
LENIENT = frozenset((  # ° in the contract: only a warning in a process that is not executable
    "expression.language", "condition.empty", "timer.one", "timer.value", "message.missing",
    "signal.missing",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Broken:
    """A fault, and whether it is only a warning because nobody runs its process."""

    fault: Fault
    lenient: bool


def broken_rules(drawing: Drawing) -> list[Broken]:
    """Return the broken rules, family by family, in the order of the file, up to `MOST` faults."""
    broken: list[Broken] = []
    faults = 0
    for one in (one for family in FAMILIES for one in family(drawing)):
        lenient = one.rule in LENIENT and not drawing.executable(one.element)
        broken.append(Broken(fault(one.rule, one.element, one.detail), lenient))
        faults += not lenient and RULES[one.rule].level == "played"
        if faults == MOST:
            break
    return broken
