"""Whether tokens may go on in another version of their diagram, and where they then stand.

Pure: two definitions, a marking and a mapping of ids that changed. Waits and scopes keep their ids,
so tasks and deadlines that point to them follow. What stands on an element stays on it: nothing is
played, no step is repeated, and a timer that has fired never listens again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from domain.process.listening import Listeners
from domain.process.marking import Completed, Join, Marking, Scope, Wait
from domain.process.model import ACTIVITIES, Definition, Node
from domain.process.net import Net
from domain.process.obstacles import Obstacle, Why
from domain.process.rounds import MARK

Mapped = Mapping[str, str]  # ids of the old diagram → those of the new one; others stay the same
_INSIDE = ("process", "subprocess", "event_subprocess", "call")  # scopes in which a body runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where the tokens stand in the new diagram."""

    marking: Marking
    kept: tuple[tuple[Wait, Wait], ...]  # (before, after)
    armed: tuple[Wait, ...]  # what the new diagram listens for besides
    dropped: tuple[Wait, ...]  # what it no longer listens for


def misnamed(new: Definition, mapped: Mapped) -> tuple[str, ...]:
    """Return the targets of a mapping that the new diagram lacks, or that are named twice.

    What it maps may be missing in the old diagram: one mapping serves cases of several versions.
    """
    known = new.nodes.keys() | new.flows.keys() | new.processes.keys()
    targets = list(mapped.values())
    wrong = (one for one in targets if one not in known or targets.count(one) > 1)
    return tuple(dict.fromkeys(wrong))


def judge(
    old: Definition, new: Definition, marking: Marking, mapped: Mapped
) -> Plan | tuple[Obstacle, ...]:
    """Return how the tokens of `marking` move from `old` to `new`, or every reason why not."""
    judging = _Judging(old, new, marking, mapped)
    found = tuple(dict.fromkeys(judging.obstacles()))
    if found:
        return found
    plan = judging.plan()
    stuck = tuple(_stuck(new, plan.marking))
    return stuck or plan


class _Judging:
    def __init__(self, old: Definition, new: Definition, marking: Marking, mapped: Mapped) -> None:
        self.old, self.new, self.marking, self.mapped = old, new, marking, mapped
        self.listeners = Listeners(old, new, marking, mapped)
        self._scopes = {scope.id: scope for scope in marking.scopes}

    def to(self, element: str) -> str:
        return self.mapped.get(element, element)

    def obstacles(self) -> Iterator[Obstacle]:
        for scope in self.marking.scopes:
            yield from self._scope(scope)
        for wait in self.marking.waits:
            if wait.role == "token":
                yield from self._token(wait)
        for join in self.marking.joins:
            yield from self._join(join)
        for kept in self.marking.kept:
            if self.new.message(kept) is None:
                yield Obstacle("message", kept)
        for element in self.listeners.rearmed():
            yield self._at("timer_fired", element)

    def _at(self, why: Why, element: str) -> Obstacle:
        node = self.old.nodes.get(element)
        return Obstacle(why, element, node.name if node is not None else "")

    def _scope(self, scope: Scope) -> Iterator[Obstacle]:
        if scope.kind == "process":
            if self.to(scope.element) not in self.new.processes:
                yield Obstacle("process", scope.element)
            return
        if scope.kind == "compensation":
            yield self._at("undoing", scope.element)
            return
        yield from self._standing(scope.element)
        before, after = self.old.nodes[scope.element], self.new.nodes.get(self.to(scope.element))
        if after is None:
            return
        if scope.kind == "loop" and before.loop != after.loop:
            yield self._at("loop", scope.element)
        if scope.kind == "subprocess" and self._order(before) != self._order_after(after):
            yield self._at("loop", scope.element)
        if scope.kind == "call" and self.to(before.called or "") != after.called:
            yield self._at("scope", scope.element)

    def _order(self, node: Node) -> object:
        """Return in which order an ad-hoc sub-process runs what, as the new diagram calls it."""
        body = self.old.bodies[node.id]
        return body.ad_hoc and (body.ad_hoc, tuple(map(self.to, body.begins)))

    def _order_after(self, node: Node) -> object:
        body = self.new.bodies.get(node.id)
        return body and body.ad_hoc and (body.ad_hoc, body.begins)

    def _token(self, wait: Wait) -> Iterator[Obstacle]:
        found = tuple(self._standing(wait.element))
        yield from found
        if found or wait.kind == "event_gateway":
            return
        before, after = self.old.nodes[wait.element], self.new.nodes[self.to(wait.element)]
        parts = [[part.trigger for part in one.event.parts] for one in (before, after)]
        if parts[0] != parts[1] or before.event.every != after.event.every:
            yield self._at("retyped", wait.element)
        if (before.loop is None) != (after.loop is None):
            yield self._at("loop", wait.element)

    def _standing(self, element: str) -> Iterator[Obstacle]:
        """Yield why what stands on an element cannot stand on it in the new diagram."""
        before, after = self.old.nodes[element], self.new.nodes.get(self.to(element))
        if after is None:
            yield self._at("gone", element)
        elif (after.kind, after.transaction) != (before.kind, before.transaction):
            yield self._at("retyped", element)
        elif after.body != self.to(before.body):
            yield self._at("scope", element)

    def _join(self, join: Join) -> Iterator[Obstacle]:
        found = tuple(self._standing(join.element))
        yield from found
        if found:
            return
        incoming = {flow.id for flow in self.new.nodes[self.to(join.element)].incoming}
        came = [flow for flow in (*join.arrived, *join.used) if flow]
        here = (join.scope, self.to(join.element))
        places = [(one.scope, self.to(one.element)) for one in self.marking.joins]
        if places.count(here) > 1 or any(self.to(flow) not in incoming for flow in came):
            yield self._at("join", join.element)

    def plan(self) -> Plan:
        """Return the marking in the new diagram; there is no obstacle."""
        heard = self.listeners.moved()
        gone = {wait.id for wait in heard.dropped}
        kept = [
            (wait, heard.kept.get(wait.id) or self._moved(wait))
            for wait in self.marking.waits
            if wait.id not in gone
        ]
        scopes = (replace(one, element=self.to(one.element)) for one in self.marking.scopes)
        joins = (
            Join(one.scope, self.to(one.element), self._all(one.arrived), self._all(one.used))
            for one in self.marking.joins
        )
        completed = (
            Completed(one.id, self.to(one.element), one.scope)
            for one in self.marking.completed
            if self.to(one.element) in self.new.nodes
        )
        after = Marking(
            next=heard.next,
            scopes=tuple(scopes),
            waits=(*(wait for _, wait in kept), *heard.armed),
            joins=tuple(joins),
            kept=tuple(self.new.message(one) or one for one in self.marking.kept),
            completed=tuple(completed),
        )
        return Plan(marking=after, kept=tuple(kept), armed=heard.armed, dropped=heard.dropped)

    def _all(self, elements: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self.to, elements))

    def _moved(self, wait: Wait) -> Wait:
        """Return a token's wait as it is in the new diagram."""
        node = self.new.nodes[self.to(wait.element)]
        return self.listeners.at(node, wait)


def _stuck(new: Definition, marking: Marking) -> Iterator[Obstacle]:
    """Yield the places from which a token could not reach an end in the new diagram."""
    for scope in marking.scopes:
        if scope.kind not in _INSIDE:
            continue
        element = scope.element
        if scope.kind == "call":
            element = new.nodes[element].called or ""
        body = new.bodies[element]
        net = Net(new, body)
        net.explore_from(tuple(sorted(_places(new, marking, scope.id))))
        for place in sorted({*net.stuck, *net.endless}):
            yield Obstacle("stuck", place, new.nodes[place].name)


def _places(new: Definition, marking: Marking, scope: str) -> Iterator[str]:
    """Yield where the tokens of one scope are: nodes, and flows on which one waits to join."""
    at_work = [w.element for w in marking.waits if w.scope == scope and w.role == "token"]
    at_work += [
        one.element
        for one in marking.scopes
        if one.parent == scope and one.kind != "event_subprocess"
    ]
    for element in at_work:  # an activity at work has taken all tokens it waits for
        yield from [element] * new.nodes[element].start_quantity
    for join in marking.joins:
        if join.scope == scope:
            gathers = new.nodes[join.element].kind in ACTIVITIES
            yield from (join.element if gathers else flow for flow in join.arrived)
            yield from (MARK + flow for flow in join.used)
