"""Judging a drawing at one of three levels: played, deployed, own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from domain.process.assemble import assemble
from domain.process.checks import broken_rules
from domain.process.dmn.judging import judge_table
from domain.process.dmn.model import Decision
from domain.process.dmn.reading import Tables, embedded, read_tables
from domain.process.drawing import Drawing, Element
from domain.process.faults import Fault, fault_at
from domain.process.model import Definition
from domain.process.rules import Level
from domain.process.soundness import unsound

_LEVELS: dict[Level, int] = {"played": 0, "deployed": 1, "own": 2}
HasTerm = Callable[[str], bool]  # whether the law book knows a key


@dataclass(frozen=True)
class Verdict:
    """What was found; a definition, and the tables of the file by id, only without a fault."""

    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    definition: Definition | None = None
    decisions: Mapping[str, Decision] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether there is no fault."""
        return not self.faults


def check(
    drawing: Drawing,
    level: Level = "played",
    *,
    schema: Callable[[], tuple[Fault, ...]] = tuple,
    has_term: HasTerm | None = None,
) -> Verdict:
    """Return the verdict on a drawing; `schema` says what the schema check finds, if asked.

    Rules marked ° in a process that is not executable, and rules above `level`, are warnings.
    `drawing.decisions` are the tables of other files that its tasks may ask beside its own.
    """
    tables = _tables(embedded(drawing.root.walk()))
    drawing = replace(drawing, decisions={**drawing.decisions, **tables.decisions})
    broken = broken_rules(drawing)
    wrong = list(_wrong(tables))
    faults = [*wrong, *(one.fault for one in broken if not one.lenient)]
    found = [one.fault for one in broken if one.lenient]
    definition = None
    if not any(_LEVELS[one.level] == 0 for one in faults):
        definition = assemble(drawing)
        found += [*schema(), *unsound(definition, has_term), *_outside(definition, tables)]
    verdict = _levelled(faults, found, level)
    return replace(
        verdict,
        definition=definition if verdict.ok else None,
        decisions=tables.decisions if verdict.ok else {},
    )


def check_tables(root: Element, level: Level = "played") -> Verdict:
    """Return the verdict on a file of decision tables alone: its DMN `definitions` element."""
    tables = _tables((root,))
    verdict = _levelled(list(_wrong(tables)), [], level)
    return replace(verdict, decisions=tables.decisions if verdict.ok else {})


def _levelled(faults: Iterable[Fault], lenient: Iterable[Fault], level: Level) -> Verdict:
    """Return a verdict: what the level asks for is a fault, all else a warning.

    What is `lenient` is a fault only at a level above `played` that asks for it.
    """
    reached, strict = _LEVELS[level], level == "own"
    wrong: list[Fault] = []
    warned: list[Fault] = []
    for one in faults:
        (wrong if _LEVELS[one.level] <= reached else warned).append(one)
    for one in lenient:
        (wrong if strict or 0 < _LEVELS[one.level] <= reached else warned).append(one)
    return Verdict(tuple(wrong), tuple(warned))


def _tables(roots: Iterable[Element]) -> Tables:
    """Return the tables of several `definitions` as one; an id that stands twice is a fault."""
    all_tables = Tables()
    for root in roots:
        tables = read_tables(root)
        for twice in tables.decisions.keys() & all_tables.decisions.keys():
            tables.faults.append(fault_at("id.duplicate", twice, root.line))
        all_tables.decisions.update(tables.decisions)
        all_tables.faults += tables.faults
    return all_tables


def _wrong(tables: Tables) -> Iterable[Fault]:
    yield from tables.faults
    for one in tables.decisions.values():
        yield from judge_table(one)


def _outside(definition: Definition, tables: Tables) -> Iterable[Fault]:
    """Yield the tasks whose table is in another file: the hash of this one would not pin it."""
    for node in definition.nodes.values():
        if node.decision is not None and node.decision.ref not in tables.decisions:
            yield fault_at("decision.outside", node.id, node.line, node.decision.ref)
