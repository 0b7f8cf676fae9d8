"""A process as a manual tells it: its steps in order, what leads on, and what its clocks do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.process.model import ACTIVITIES, Definition, Flow, Node
from domain.process.timers import TimerSpec


@dataclass(frozen=True, slots=True)
class Way:
    """Where a token may go after a step: on which condition, and to what."""

    said: str  # the names of the flows taken, else their conditions; empty: always
    target: Node


@dataclass(frozen=True, slots=True)
class Clock:
    """A timer that runs while a step is at work, or is the step itself."""

    event: Node
    timer: TimerSpec
    interrupting: bool
    ways: tuple[Way, ...]  # those of the step itself are its own


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is done or waited for."""

    number: str  # "3", inside a sub-process "3.1"
    node: Node
    ways: tuple[Way, ...]
    clocks: tuple[Clock, ...]
    others: tuple[Way, ...]  # what else may end or accompany it: messages, errors …, by their event

    @property
    def depth(self) -> int:
        """In how many sub-processes the step lies."""
        return self.number.count(".")


def steps(definition: Definition, body: str, prefix: str = "") -> Iterator[Step]:
    """Yield the steps of a process or sub-process in the order in which a token meets them."""
    told = (one for one in _in_order(definition, body) if _is_step(one))
    for number, node in enumerate(told, 1):
        name = f"{prefix}{number}"
        yield Step(
            name, node, _ways(definition, node), _clocks(definition, node),
            _others(definition, node),
        )  # fmt: skip
        if node.id in definition.bodies:
            yield from steps(definition, node.id, f"{name}.")


def _is_step(node: Node) -> bool:
    waits = node.kind == "catch" and node.event.trigger not in ("none", "link")
    return node.kind in ACTIVITIES or waits


def _in_order(definition: Definition, body: str) -> Iterator[Node]:
    """Yield the nodes of a body, each after what leads to it; a cycle begins where it is entered.

    Where ways part, the first way and all it leads to come before the next.
    """
    found = definition.bodies[body]
    seen: set[str] = set()
    for firsts in ((*found.triggered, *found.begins), found.nodes):
        for element in reversed(_left(definition, firsts, seen)):
            yield definition.nodes[element]


def _left(definition: Definition, firsts: Iterable[str], seen: set[str]) -> list[str]:
    """Return what `firsts` lead to and was not `seen`, each behind all that it leads to."""
    left: list[str] = []
    todo = [(one, False) for one in firsts]
    while todo:
        element, known = todo.pop()
        if known:
            left.append(element)
        elif element not in seen:
            seen.add(element)
            todo.append((element, True))
            todo += [(one, False) for one in definition.following[element]]
    return left


def _ways(definition: Definition, node: Node) -> tuple[Way, ...]:
    return tuple(
        way for flow in node.outgoing for way in _onward(definition, flow, (), frozenset())
    )


def _onward(
    definition: Definition, flow: Flow, said: tuple[str, ...], seen: frozenset[str]
) -> Iterator[Way]:
    """Yield where a flow leads, through gateways, with what is said on the way."""
    target = definition.nodes[flow.target]
    condition = flow.condition.text if flow.condition is not None else ""
    said = (*said, flow.name or condition) if flow.name or condition else said
    passed = target.kind in ("exclusive", "inclusive") or (
        target.kind == "parallel" and len(target.outgoing) == 1
    )
    if not passed or target.id in seen:
        yield Way("，".join(said), target)
        return
    for one in target.outgoing:
        yield from _onward(definition, one, said, seen | {target.id})


def _clocks(definition: Definition, node: Node) -> tuple[Clock, ...]:
    own = [(node, node.interrupting)] if node.kind == "catch" else []
    guards = [(one, one.interrupting) for one in definition.boundaries.get(node.id, ())]
    return tuple(
        Clock(event, part.timer, interrupting, _ways(definition, event) if event != node else ())
        for event, interrupting in (*own, *guards)
        for part in event.event.parts
        if part.timer is not None
    )


def _others(definition: Definition, node: Node) -> tuple[Way, ...]:
    guards = definition.boundaries.get(node.id, ())
    return tuple(
        Way(one.name or one.event.trigger, way.target)
        for one in guards
        if not one.event.has("timer")
        for way in _ways(definition, one)
    )
