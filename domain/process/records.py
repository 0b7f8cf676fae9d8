"""What a played run leaves behind: its trace, its log, and what truly ran side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from domain.process.model import ACTIVITIES, Definition
from domain.process.moves import Step, What


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that happened, at a length of time since the start."""

    at: timedelta
    element: str
    what: What


@dataclass(slots=True)
class _Work:
    """One activation of an activity."""

    element: str
    begun: timedelta
    ended: timedelta | None = None

    def until(self, now: timedelta) -> timedelta:
        """Return when it ended; `now` while it is at work."""
        return now if self.ended is None else self.ended


class Records:
    """Collects the steps of a run."""

    def __init__(self, definition: Definition) -> None:
        self._nodes = definition.nodes
        self._around = _around(definition)
        self._work: dict[str, _Work] = {}
        self.trace: list[str] = []
        self.log: list[LogLine] = []

    def add(self, steps: Iterable[Step], at: timedelta) -> None:
        """Note steps that happened at one instant."""
        for step in steps:
            self.log.append(LogLine(at, step.element, step.what))
            node = self._nodes.get(step.element)
            if node is not None and node.kind in ACTIVITIES and step.id is not None:
                self._activity(step, step.id, at)

    def _activity(self, step: Step, which: str, at: timedelta) -> None:
        if step.what == "started":
            self._work[which] = _Work(step.element, at)
        elif step.what in ("completed", "cancelled"):
            if which in self._work:
                self._work[which].ended = at
            if step.what == "completed":
                self.trace.append(step.element)

    def overlaps(self, now: timedelta) -> tuple[tuple[str, str], ...]:
        """Return the pairs of activities that were at work together for more than no time."""
        work = sorted(
            (one for one in self._work.values() if one.until(now) > one.begun),
            key=lambda one: one.begun,
        )
        pairs: set[tuple[str, str]] = set()
        running: list[_Work] = []
        for one in work:
            running = [other for other in running if other.until(now) > one.begun]
            for other in running:
                if not self._inside(one.element, other.element):
                    first, second = sorted((one.element, other.element))
                    pairs.add((first, second))
            running.append(one)
        return tuple(sorted(pairs))

    def _inside(self, one: str, other: str) -> bool:
        """Whether one activity is a part of the other."""
        return other in self._around.get(one, ()) or one in self._around.get(other, ())


def _around(definition: Definition) -> Mapping[str, frozenset[str]]:
    """Return the activities around each node: its sub-processes and who calls its process."""
    callers: dict[str, list[str]] = {}
    for node in definition.nodes.values():
        if node.called is not None:
            callers.setdefault(node.called, []).append(node.id)

    def outwards(body: str) -> frozenset[str]:
        seen: set[str] = set()
        todo = [body]
        while todo:
            at = todo.pop()
            fresh = [at] if at in definition.nodes else callers.get(at, [])
            todo += [definition.nodes[one].body for one in fresh if one not in seen]
            seen.update(fresh)
        return frozenset(seen)

    around = {body: outwards(body) for body in definition.bodies}
    return {node.id: around[node.body] for node in definition.nodes.values()}
