"""Judging a drawing at one of three levels: played, deployed, own."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.process.assemble import assemble
from domain.process.checks import broken_rules
from domain.process.drawing import Drawing
from domain.process.faults import Fault
from domain.process.model import Definition
from domain.process.rules import Level
from domain.process.soundness import unsound

_LEVELS: dict[Level, int] = {"played": 0, "deployed": 1, "own": 2}
HasTerm = Callable[[str], bool]  # whether the law book knows a key


@dataclass(frozen=True)
class Verdict:
    """What was found; a definition only when there is no fault."""

    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    definition: Definition | None = None

    @property
    def ok(self) -> bool:
        """Whether there is no fault."""
        return not self.faults


def check(
    drawing: Drawing,
    level: Level = "played",
    *,
    schema: tuple[Fault, ...] = (),
    has_term: HasTerm | None = None,
) -> Verdict:
    """Return the verdict on a drawing; `schema` is what the schema check found.

    Rules marked ° in a process that is not executable, and rules above `level`, are warnings.
    """
    broken = broken_rules(drawing)
    faults = [one.fault for one in broken if not one.lenient]
    found = [one.fault for one in broken if one.lenient]
    definition = None
    if not faults:
        definition = assemble(drawing)
        found += [*schema, *unsound(definition, has_term)]
    reached = _LEVELS[level]
    strict = level == "own"
    faults += [one for one in found if strict or 0 < _LEVELS[one.level] <= reached]
    warnings = tuple(one for one in found if one not in faults)
    return Verdict(tuple(faults), warnings, None if faults else definition)
