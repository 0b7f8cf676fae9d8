"""What must hold before a diagram runs real cases: no deadlock, no doubled token, nothing dead.

Each body is judged by itself: an activity counts as one step that ends well or by one of its
boundary events. All markings that some choice of ways can reach are visited, up to `MAX_STATES`.
"""

from collections.abc import Callable, Iterator, Mapping

from domain.process.completeness import incomplete
from domain.process.faults import Fault, fault_at
from domain.process.model import Body, Definition, Node
from domain.process.net import MAX_STATES, Net, State, cancels

HasTerm = Callable[[str], bool]
_WAITING = frozenset(("user", "manual", "receive", "event_gateway"))


def unsound(definition: Definition, has_term: HasTerm | None) -> Iterator[Fault]:
    """Yield what is unsound or incomplete, body by body, then what the law book lacks."""
    resting = _resting(definition)
    for body in definition.bodies.values():
        yield from _choices(definition, body)
        yield from _cancelled(definition, body)
        yield from _cycles(definition, body, resting)
        yield from _states(definition, body)
    yield from incomplete(definition, has_term)


def _choices(definition: Definition, body: Body) -> Iterator[Fault]:
    for element in body.nodes:
        node = definition.nodes[element]
        if node.kind in ("parallel", "event_gateway") or not node.outgoing:
            continue
        ways = [flow for flow in node.outgoing if flow.id != node.default]
        guarded = all(flow.condition and flow.condition.text != "true" for flow in ways)
        if guarded and node.default is None:
            yield at("sound.choice", node)


def _cancelled(definition: Definition, body: Body) -> Iterator[Fault]:
    """Find transactions that may be cancelled and then have no way on."""
    for element in body.nodes:
        node, guards = definition.nodes[element], definition.boundaries.get(element, ())
        caught = any(guard.event.has("cancel") for guard in guards)
        if node.transaction and not caught and cancels(definition, node):
            yield at("sound.choice", node, "cancel")


def at(rule: str, node: Node, detail: str = "") -> Fault:
    """Return the fault of a rule at a node."""
    return fault_at(rule, node.id, node.line, detail)


def _cycles(definition: Definition, body: Body, resting: frozenset[str]) -> Iterator[Fault]:
    """Find cycles of nodes of which none waits: a token would turn in them for ever."""
    nodes = (definition.nodes[one] for one in body.nodes)
    restless = {one.id for one in nodes if not (_rests(one) or (one.called or one.id) in resting)}
    ways = {
        one: [flow.target for flow in definition.nodes[one].outgoing if flow.target in restless]
        for one in restless
    }
    turning = _peeled(_reversed(_peeled(ways)))
    if turning:
        first = next(one for one in body.nodes if one in turning)
        yield at("sound.cycle", definition.nodes[first])


_Ways = dict[str, list[str]]


def _reversed(ways: _Ways) -> _Ways:
    back: _Ways = {one: [] for one in ways}
    for one, targets in ways.items():
        for target in targets:
            back[target].append(one)
    return back


def _peeled(ways: _Ways) -> _Ways:
    """Return what is left when nodes that lead nowhere are taken away, again and again."""
    left = {one: len(targets) for one, targets in ways.items()}
    back = _reversed(ways)
    ends = [one for one, count in left.items() if count == 0]
    while ends:
        one = ends.pop()
        del left[one]
        for source in back[one]:
            left[source] -= 1
            if left[source] == 0:
                ends.append(source)
    return {one: [target for target in ways[one] if target in left] for one in left}


def _rests(node: Node) -> bool:
    """Whether a token rests at a node itself, for a person, a message or a time."""
    if node.kind == "catch":
        return node.event.trigger not in ("none", "link")
    return node.kind in _WAITING


def _resting(definition: Definition) -> frozenset[str]:
    """Return the bodies that hold a node where tokens rest, themselves or in a body inside."""
    around: dict[str, list[str]] = {}
    for node in definition.nodes.values():
        around.setdefault(node.called or node.id, []).append(node.body)
    resting = {node.body for node in definition.nodes.values() if _rests(node)}
    todo = list(resting)
    while todo:
        fresh = [one for one in around.get(todo.pop(), ()) if one not in resting]
        resting.update(fresh)
        todo += fresh
    return frozenset(resting)


def _shown(rule: str, node: Node, net: Net, found: Mapping[str, State]) -> Fault:
    """Return a fault with a shortest way that shows it."""
    return at(rule, node, " → ".join((*net.trace(found[node.id]), "…")))


def _states(definition: Definition, body: Body) -> Iterator[Fault]:
    net = Net(definition, body)
    net.explore()
    for rule, found in (("deadlock", net.stuck), ("doubled", net.doubled)):
        for element in sorted(found, key=body.nodes.index):
            yield _shown(f"sound.{rule}", definition.nodes[element], net, found)
    for element in sorted(net.endless, key=body.nodes.index)[:1]:
        yield _shown("sound.endless", definition.nodes[element], net, net.endless)
    if net.too_large:
        line = definition.processes[body.id].line if body.kind == "process" else 0
        yield fault_at("sound.too_large", body.id, line, f"> {MAX_STATES}")
    elif not net.doubled:
        for element in body.nodes:
            if element not in net.visited and definition.nodes[element].kind != "event_subprocess":
                yield at("sound.dead", definition.nodes[element])
