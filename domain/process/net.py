"""The markings a body can reach when every choice is open and activities end in every way."""

from collections import deque
from collections.abc import Iterator
from itertools import combinations, pairwise

from domain.process.model import ACTIVITIES, Body, Definition, Flow, Node

MAX_STATES = 10_000
MAX_WAYS = 6  # conditional ways of one node of which all subsets are tried
State = tuple[
    str, ...
]  # sorted: ids of nodes where a token is, or of flows on which one waits to join


class Net:
    """Explores one body; then `stuck`, `doubled`, `endless`, `visited` say what was found."""

    def __init__(self, definition: Definition, body: Body) -> None:
        self._definition, self._body = definition, body
        self._nodes = {one: definition.nodes[one] for one in body.nodes}
        self._joins = [
            node
            for node in self._nodes.values()
            if node.kind in ("parallel", "inclusive") and len(node.incoming) > 1
        ]
        self._waiting_flows = {flow.id: node.id for node in self._joins for flow in node.incoming}
        self._ends = {
            node.id
            for node in self._nodes.values()
            if node.kind == "end" and node.event.trigger not in ("terminate", "error")
        }
        self._lines: dict[str, Flow] = {}  # flow → last flow of the straight line it begins
        self.stuck: set[str] = set()
        self.doubled: set[str] = set()
        self.endless: set[str] = set()
        self.visited: set[str] = set()
        self.too_large = False

    def explore(self) -> None:
        """Visit every state once."""
        following: dict[State, list[State]] = {}
        todo = deque(self._first())
        while todo:
            state = todo.popleft()
            if state in following:
                continue
            if len(following) == MAX_STATES:
                self.too_large = True
                return
            following[state] = self._next(state) if self._sound(state) else []
            todo.extend(following[state])
        self._find_endless(following)

    def _find_endless(self, following: dict[State, list[State]]) -> None:
        """Note where tokens stand that can move for ever but never all end."""
        back: dict[State, list[State]] = {state: [] for state in following}
        for state, nexts in following.items():
            for one in nexts:
                back[one].append(state)
        ending = [state for state, nexts in following.items() if not nexts]  # also stuck, doubled
        well = set(ending)
        while ending:
            fresh = [one for one in back[ending.pop()] if one not in well]
            well.update(fresh)
            ending += fresh
        for state in following.keys() - well:
            self.endless.update(self._waiting_flows.get(place, place) for place in state)

    def _first(self) -> Iterator[State]:
        """Yield one state for the plain beginning and one for each trigger that starts the body."""
        if self._body.begins:
            yield tuple(sorted(self._body.begins))
        for element in self._body.triggered:
            yield (element,)

    def _sound(self, state: State) -> bool:
        """Note the places of a state; one with a doubled token is not followed further."""
        self.visited.update(self._waiting_flows.get(place, place) for place in state)
        twice = {place for place, other in pairwise(state) if place == other}
        self.doubled.update(self._waiting_flows.get(place, place) for place in twice)
        return not twice

    def _next(self, state: State) -> list[State]:
        following: list[State] = []
        for place in state:
            if place in self._nodes:
                following += self._fire(state, self._nodes[place])
        for node in self._joins:
            following += self._join(state, node)
        if state and not following:
            self.stuck.update(self._waiting_flows.get(place, place) for place in state)
        return following

    def _fire(self, state: State, node: Node) -> list[State]:
        rest = list(state)
        rest.remove(node.id)
        if node.kind == "end" and node.event.trigger in ("terminate", "error"):
            return [()]
        following = [self._after(rest, ways) for ways in self._ways(node)]
        if node.kind in ACTIVITIES:
            for guard in self._definition.boundaries.get(node.id, ()):
                self.visited.add(guard.id)
                kept = rest if guard.interrupting else [*rest, node.id]
                ways = [flow for flow in guard.outgoing if self._fresh(state, flow, guard)]
                if ways or guard.interrupting:
                    following += [self._after(kept, ways)]
        return following

    def _fresh(self, state: State, flow: Flow, guard: Node) -> bool:
        """An event that does not interrupt may come again and again; once at a time will do."""
        return guard.interrupting or self._place(self._last(flow)) not in state

    def _after(self, rest: list[str], ways: list[Flow]) -> State:
        """Return the state with a token on each way; one that reaches a plain end is gone."""
        lasts = [self._last(flow) for flow in ways]
        self.visited.update(flow.target for flow in lasts if flow.target in self._ends)
        going = (self._place(flow) for flow in lasts if flow.target not in self._ends)
        return tuple(sorted([*rest, *going]))

    def _place(self, flow: Flow) -> str:
        return flow.id if flow.id in self._waiting_flows else flow.target

    def _last(self, flow: Flow) -> Flow:
        """Return the last flow of the straight line of steps that begins with `flow`.

        Where nothing can branch, join or end, a token may as well stand at the end of the line.
        """
        if flow.id not in self._lines:
            last, passed = flow, set[str]()
            while self._straight(node := self._nodes[last.target]) and node.id not in passed:
                if node.outgoing[0].target in self._ends:
                    break
                passed.add(node.id)
                last = node.outgoing[0]
            self.visited |= passed
            self._lines[flow.id] = last
        return self._lines[flow.id]

    def _straight(self, node: Node) -> bool:
        return (
            len(node.incoming) == 1
            and len(node.outgoing) == 1
            and node.outgoing[0].condition is None
            and node.id not in self._definition.boundaries
        )

    def _ways(self, node: Node) -> list[list[Flow]]:
        """Return the sets of flows a token may take when it leaves a node."""
        if node.kind == "throw" and node.event.trigger == "link":
            partner = self._nodes[node.event.ref or ""]
            self.visited.add(partner.id)
            return [list(partner.outgoing)]
        if node.kind in ("exclusive", "event_gateway"):
            return [[flow] for flow in node.outgoing] or [[]]
        free = [
            flow for flow in node.outgoing if flow.condition is None and flow.id != node.default
        ]
        guarded = [flow for flow in node.outgoing if flow.condition and flow.id != node.default]
        if node.kind == "parallel" or not guarded:
            return [list(node.outgoing)]
        sizes = range(1, len(guarded) + 1) if len(guarded) <= MAX_WAYS else (1, len(guarded))
        ways = [[*free, *some] for size in sizes for some in combinations(guarded, size)]
        default = [flow for flow in node.outgoing if flow.id == node.default]
        return [*ways, [*free, *default]] if default or free else ways

    def _join(self, state: State, node: Node) -> list[State]:
        came = [flow.id for flow in node.incoming if flow.id in state]
        if not came:
            return []
        if node.kind == "parallel" and len(came) < len(node.incoming):
            return []
        if node.kind == "inclusive" and self._awaited(state, node, came):
            return []
        rest = list(state)
        for flow in came:
            rest.remove(flow)
        return [self._after(rest, ways) for ways in self._ways(node)]

    def _awaited(self, state: State, node: Node, came: list[str]) -> bool:
        """Whether a token elsewhere could still come by one of the empty ways."""
        empty = {flow.source for flow in node.incoming if flow.id not in came}
        own = {flow.id for flow in node.incoming}
        standing = [self._waiting_flows.get(place, place) for place in state if place not in own]
        return self._definition.reaches(standing, empty, node.id)
