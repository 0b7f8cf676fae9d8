"""Which of the running deadlines is that of the work a case waits for."""

from datetime import date

from domain.case.serving import SERVICE
from domain.case.state import Case, Deadline, Task
from domain.ports import World
from domain.procedures.table import procedure
from domain.process.model import Definition, Node, NodeKind

_SILENT: frozenset[NodeKind] = frozenset((
    "task", "rule", "exclusive", "parallel", "inclusive", "complex", "event_gateway", "catch",
    "boundary",
))  # where a token passes or rests without anybody's work  # fmt: skip


def deadline_of(world: World, case: Case, task: Task | None) -> Deadline | None:
    """Return the deadline of a task, or of nobody's work: the earliest of whoever's time runs.

    In a plain process the task's time ends with a timer that takes the task away, on its own border
    or on that of something around it. A timer that only reminds is nobody's deadline.
    """
    mine = [
        one
        for one in binding(world, case, task)
        if one.key != SERVICE  # nobody's work waits for it
        and (task is None or one.holder == task.holder)
    ]
    return min(mine, key=lambda one: (one.due or date.max, one.id), default=None)


def binding(world: World, case: Case, task: Task | None = None) -> list[Deadline]:
    """Return the deadlines that run or rest: of a plain process those that end something.

    With a `task` those of a plain process that end it.
    """
    running = [one for one in case.deadlines if one.state in ("open", "suspended")]
    if procedure(case.procedure).plain is None:
        return running
    definition = world.definitions.pinned(case.definition)
    around = _around(definition, task.element) if task is not None else None
    return [one for one in running if _ends(definition, one.element, around)]


def reminds(definition: Definition, timer: str) -> bool:
    """Whether a timer of a plain process only reminds: it ends nothing, nor begins anything.

    It begins something where behind it work may open, a service be called, or an event be thrown.
    """
    ends, _ = _guarded(definition, timer)
    found, left = set[str](), [] if ends else [timer]
    while left:
        at = left.pop()
        if at not in found:
            found.add(at)
            left += definition.following[at]
    return not ends and all(_silent(definition.node(one)) for one in found - {timer})


def _silent(node: Node) -> bool:
    if node.kind in ("end", "throw"):
        return all(part.trigger in ("none", "link") for part in node.event.parts)
    return node.kind in _SILENT


def _ends(definition: Definition, timer: str, around: set[str] | None) -> bool:
    """Whether what a timer guards ends with it; with `around`, whether that is one of these."""
    ends, guarded = _guarded(definition, timer)
    return ends and (around is None or timer in around or guarded in around)


def _guarded(definition: Definition, timer: str) -> tuple[bool, str | None]:
    """Return whether a timer ends what it guards, if it guards anything, and what that is."""
    node = definition.node(timer)
    handled = definition.nodes.get(node.body) if node.kind == "start" else None
    guarded = handled.body if handled is not None else node.attached_to
    return guarded is None or node.interrupting, guarded


def _around(definition: Definition, element: str) -> set[str]:
    """Return an element with everything it lies in, and what calls that."""
    found, left = set[str](), [element]
    while left:
        inner = left.pop()
        if inner in found:
            continue
        found.add(inner)
        node = definition.nodes.get(inner)
        callers = (one.id for one in definition.nodes.values() if one.called == inner)
        left += [node.body] if node is not None else callers
    return found
