"""The markings a body can reach when every choice is open and activities end in every way."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations

from domain.process import rounds
from domain.process.model import ACTIVITIES, Body, Definition, Event, Flow, Node

MAX_STATES = 10_000
MAX_WORK = 4_000_000  # tokens of all states, each squared: a state of many costs more than its turn
MAX_WAYS = 6  # conditional ways of one node of which all subsets are tried
LONGEST = 8  # elements of a trace that are told
State = tuple[
    str, ...
]  # sorted: ids of nodes where a token is, or of flows on which one waits to join
Step = tuple[str, State]  # the element that moved, and the state after it


class Net:
    """Explores one body; then `stuck`, `doubled`, `endless`, `visited` say what was found.

    The first three map elements to a state that shows it, and `trace` says how one gets there.
    """

    def __init__(self, definition: Definition, body: Body) -> None:
        self._definition, self._body = definition, body
        self._nodes = {one: definition.nodes[one] for one in body.nodes}
        self._joins = [
            node
            for node in self._nodes.values()
            if node.kind in ("parallel", "inclusive", "complex") and len(node.incoming) > 1
        ]
        self._complex = [node for node in self._joins if node.kind == "complex"]
        self._most = max(
            (max(one.start_quantity, one.completion_quantity) for one in self._nodes.values()),
            default=1,
        )  # tokens that may be in one place
        self._waiting_flows = {flow.id: node.id for node in self._joins for flow in node.incoming}
        for node in self._complex:
            self._waiting_flows |= {rounds.COMING + flow.id: node.id for flow in node.incoming}
        self._ends = {
            node.id
            for node in self._nodes.values()
            if node.kind == "end" and not _final(node.event)
        }
        self._awaits: dict[State, AbstractSet[str]] = {}  # gateway and flows come → `awaited`
        self._lines: dict[str, Flow] = {}  # flow → last flow of the straight line it begins
        self._came: dict[State, tuple[State, str]] = {}
        self.stuck: dict[str, State] = {}
        self.doubled: dict[str, State] = {}
        self.endless: dict[str, State] = {}
        self.visited: set[str] = set()
        self.too_large = False

    def explore(self) -> None:
        """Visit every state that can come after a beginning of the body, once."""
        self._visit(self._first())

    def explore_from(self, state: State) -> None:
        """Visit every state that can come after `state`, once."""
        self._visit([state])

    def _visit(self, firsts: Iterable[State]) -> None:
        following: dict[State, list[State]] = {}
        todo = deque(firsts)
        work = 0
        while todo:
            state = todo.popleft()
            if state in following:
                continue
            work += len(state) ** 2
            if len(following) == MAX_STATES or work > MAX_WORK:
                self.too_large = True
                return
            steps = self._next(state) if self._sound(state) else []
            following[state] = [after for _, after in steps]
            for element, after in steps:
                self._came.setdefault(after, (state, element))
            todo.extend(following[state])
        self._find_endless(following)

    def trace(self, state: State) -> tuple[str, ...]:
        """Return the last elements of a shortest way to a state."""
        passed: list[str] = []
        seen = {state}
        while state in self._came and len(passed) < LONGEST:
            state, element = self._came[state]
            passed.append(element)
            if state in seen:
                break
            seen.add(state)
        return tuple(reversed(passed))

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
        for state in following:
            if state not in well:
                self._note(self.endless, state, state)

    def _note(self, found: dict[str, State], places: Sequence[str], state: State) -> None:
        for place in places:
            if not place.startswith(rounds.MARK):
                found.setdefault(self._waiting_flows.get(place, place), state)

    def _first(self) -> Iterator[State]:
        """Yield one state for the plain beginning and one for each trigger that starts the body."""
        alone = {one for one in self._body.begins if self._alone(self._nodes[one])}
        self.visited |= alone
        begins = [one for one in self._body.begins if one not in alone]
        if self._body.ad_hoc is not None and self._body.ad_hoc.in_a_row:
            yield from ((one,) for one in begins)
        elif begins:
            yield tuple(sorted(begins))
        for element in self._body.triggered:
            yield (element,)

    def _sound(self, state: State) -> bool:
        """Note the places of a state; one with a doubled token is not followed further."""
        self.visited.update(self._waiting_flows.get(place, place) for place in state)
        twice = [place for place, other in zip(state, state[self._most :], strict=False)
                 if place == other]  # fmt: skip
        self._note(self.doubled, twice, state)
        return not twice

    def _alone(self, node: Node) -> bool:
        """Whether a token at a node that begins a body can only end there, whatever others do."""
        boundaries = self._definition.boundaries
        busy = node.outgoing or node.id in boundaries or node.start_quantity > 1
        return node.kind in ACTIVITIES and not busy

    def _next(self, state: State) -> list[Step]:
        for node in self._complex:
            if self._due(state, node):  # it goes on before anything else moves
                return [(node.id, after) for after in self._join(state, node)]
        steps: list[Step] = []
        for place in dict.fromkeys(state):
            if place in self._nodes:
                steps += [(place, after) for after in self._fire(state, self._nodes[place])]
            elif place.startswith(rounds.COMING):
                steps.append((self._waiting_flows[place], self._arrived(state, place)))
        for node in self._joins:
            steps += [(node.id, after) for after in self._join(state, node)]
        if state and not steps:
            self._note(self.stuck, state, state)
        return steps

    def _fire(self, state: State, node: Node) -> list[State]:
        if state.count(node.id) < node.start_quantity:
            return []
        rest = list(state)
        for _ in range(node.start_quantity):
            rest.remove(node.id)
        if node.kind == "end" and _final(node.event):
            return [()]
        following = [
            self._after(rest, ways * node.completion_quantity) for ways in self._ways(node)
        ]
        if node.kind in ACTIVITIES:
            for guard in self._definition.boundaries.get(node.id, ()):
                following += self._guarded(state, rest, node, guard)
        return following

    def _guarded(self, state: State, rest: list[str], node: Node, guard: Node) -> Iterator[State]:
        """Yield the states after a boundary event."""
        if guard.compensates is not None:
            self.visited |= {guard.id, guard.compensates}
        if not self._may_happen(node, guard):
            return
        self.visited.add(guard.id)
        # What does not interrupt may come again and again; once at a time will do.
        fresh = [one for one in guard.outgoing if self._place(self._last(one)) not in state]
        repeats = not guard.interrupting or _overhears(node, guard)
        if guard.interrupting:
            yield self._after(rest, fresh if repeats else list(guard.outgoing))
        if repeats and fresh:
            yield self._after([*rest, node.id], fresh)

    def _may_happen(self, node: Node, guard: Node) -> bool:
        """Compensation comes later and leads nowhere; a cancel event needs a cancel end inside."""
        triggers = {part.trigger for part in guard.event.parts} - {"compensate"}
        return bool(triggers - {"cancel"}) or (
            "cancel" in triggers and cancels(self._definition, node)
        )

    def _after(self, rest: list[str], ways: list[Flow]) -> State:
        """Return the state with a token on each way; one that reaches a plain end is gone."""
        lasts = [self._last(flow) for flow in ways]
        self.visited.update(flow.target for flow in lasts if flow.target in self._ends)
        going = (self._place(flow) for flow in lasts if flow.target not in self._ends)
        return self._settled([*rest, *going])

    def _arrived(self, state: State, coming: str) -> State:
        places = list(state)
        places[places.index(coming)] = coming.removeprefix(rounds.COMING)
        return self._settled(places)

    def _settled(self, places: list[str]) -> State:
        if self._complex:
            places = rounds.swallowed(self._definition, self._complex, places, self._waiting_flows)
        return tuple(sorted(places))

    def _place(self, flow: Flow) -> str:
        coming = rounds.COMING + flow.id
        if coming in self._waiting_flows:
            return coming
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
            and node.start_quantity == node.completion_quantity == 1
            and node.id not in self._definition.boundaries
        )

    def _ways(self, node: Node) -> list[list[Flow]]:
        """Return the sets of flows a token may take when it leaves a node."""
        if node.kind == "throw" and node.event.trigger == "link":
            partner = self._nodes[node.event.ref or ""]
            self.visited.add(partner.id)
            return [list(partner.outgoing)]
        if node.kind == "exclusive":
            return [[flow] for flow in _tried(node)] or [[]]
        if node.kind == "event_gateway":
            return [[flow] for flow in node.outgoing]
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
        if node.kind == "complex":
            if rounds.marked(node, state) or self._suffices(state, node) is False:
                return []
            rest += rounds.begin_round(node, came)
        return [self._after(rest, ways) for ways in self._ways(node)]

    def _due(self, state: State, node: Node) -> bool:
        return not rounds.marked(node, state) and self._suffices(state, node) is True

    def _suffices(self, state: State, node: Node) -> bool | None:
        return rounds.suffice(node, sum(state.count(flow.id) for flow in node.incoming))

    def _awaited(self, state: State, node: Node, came: list[str]) -> bool:
        """Whether a token elsewhere is still awaited at an inclusive gateway."""
        known = (node.id, *came)
        if known not in self._awaits:
            self._awaits[known] = self._definition.awaited(node, set(came))
        awaits = self._awaits[known]
        own = {flow.id for flow in node.incoming}
        return any(
            self._waiting_flows.get(place, place) in awaits for place in state if place not in own
        )


def _tried(node: Node) -> Iterator[Flow]:
    """Yield the ways an exclusive gateway can take: none behind one that is always free."""
    for flow in node.outgoing:
        if flow.id != node.default:
            yield flow
            if flow.condition is None or flow.condition.text == "true":
                return
    yield from (flow for flow in node.outgoing if flow.id == node.default)


def _final(event: Event) -> bool:
    """Whether an end event ends all of its body."""
    return any(event.has(trigger) for trigger in ("terminate", "error", "cancel"))


def _overhears(node: Node, guard: Node) -> bool:
    """Whether instances of an activity throw to its boundary event, which then cancels nothing."""
    throws = node.loop.throws if node.loop is not None else None
    return throws is not None and any(
        part.trigger == throws.trigger and part.ref in (None, throws.ref)
        for part in guard.event.parts
    )


def cancels(definition: Definition, transaction: Node) -> bool:
    """Whether a cancel end stands in a transaction."""
    inside = definition.inside(transaction.id)
    ends = (definition.nodes[one] for one in (inside.nodes if inside is not None else ()))
    return any(one.kind == "end" and one.event.has("cancel") for one in ends)
