"""What changed from one version of a diagram to another, element by element."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from domain.process.dmn.model import Decision
from domain.process.feel import Cell, Expression
from domain.process.model import Definition, Event, Field, Flow, Node

Kind = Literal["added", "removed", "changed"]
What = Literal[
    "element", "flow", "process", "id", "name", "kind", "place", "ways", "condition", "default",
    "event", "timer", "message", "attached", "interrupting", "loop", "running", "role", "form",
    "commands", "holder", "effect", "deadline", "clauses", "assigns", "called", "documentation",
    "fields", "call", "decision", "order", "table",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed; `before` and `after` are texts, empty where there was nothing."""

    kind: Kind
    what: What
    element: str  # id: in the old diagram where it was removed, else in the new one
    name: str  # of the element, for people
    before: str = ""
    after: str = ""


def difference(old: Definition, new: Definition) -> tuple[Change, ...]:
    """Return every change of meaning: elements, flows, tables; the layout does not count.

    An element that is gone and one that came are one with another id when no others have their kind
    and name, or their kind and work.
    """
    same = _same(old, new)
    return (
        *_processes(old, new),
        *_nodes(old, new, same),
        *_flows(old, new, same),
        *_tables(old, new),
    )


def marks(changes: tuple[Change, ...]) -> tuple[Mapping[str, Kind], Mapping[str, Kind]]:
    """Return how each element is marked in the old and in the new drawing."""
    before: dict[str, Kind] = {}
    after: dict[str, Kind] = {}
    for one in changes:
        if one.kind != "added":
            before[one.before if one.what == "id" else one.element] = one.kind
        if one.kind != "removed":
            after[one.element] = one.kind
    return before, after


def _same(old: Definition, new: Definition) -> dict[str, str]:
    """Return the elements of the old diagram with what they are in the new one."""
    found = {one: one for one in old.nodes if one in new.nodes}
    for trait in (_by_name, _by_work):
        gone = [one for one in old.nodes.values() if one.id not in found]
        came = [one for one in new.nodes.values() if one.id not in found.values()]
        for node in gone:
            alike = [one for one in came if trait(one) and trait(one) == trait(node)]
            twins = [one for one in gone if trait(one) == trait(node)]
            if len(alike) == len(twins) == 1:
                found[node.id] = alike[0].id
    return found


def _by_name(node: Node) -> object:
    return (node.kind, node.name) if node.name else None


def _by_work(node: Node) -> object:
    return (node.kind, node.task) if node.task.form or node.task.commands else None


def _processes(old: Definition, new: Definition) -> Iterator[Change]:
    for one in old.processes.values():
        after = new.processes.get(one.id)
        if after is None:
            yield Change("removed", "process", one.id, one.name)
        elif one.name != after.name:
            yield Change("changed", "name", one.id, after.name, one.name, after.name)
    for one in new.processes.values():
        if one.id not in old.processes:
            yield Change("added", "process", one.id, one.name)


def _nodes(old: Definition, new: Definition, same: Mapping[str, str]) -> Iterator[Change]:
    for node in old.nodes.values():
        if node.id not in same:
            yield Change("removed", "element", node.id, node.name, node.kind)
            continue
        after = new.nodes[same[node.id]]
        if after.id != node.id:
            yield Change("changed", "id", after.id, after.name, node.id, after.id)
        yield from _told(_node_facts(old, node, same), _node_facts(new, after, {}), after)
        yield from _order(old, new, node, after)
    for node in new.nodes.values():
        if node.id not in same.values():
            yield Change("added", "element", node.id, node.name, "", node.kind)


def _told(
    before: Mapping[What, str], after: Mapping[What, str], element: Node | Flow
) -> Iterator[Change]:
    for what, said in before.items():
        if said != after[what]:
            yield Change("changed", what, element.id, element.name, said, after[what])


def _node_facts(definition: Definition, node: Node, same: Mapping[str, str]) -> dict[What, str]:
    """Return what is compared of an element, as texts; ids as the new diagram has them."""
    mark, event = node.task, node.event
    return {
        "name": node.name,
        "kind": node.kind,
        "place": same.get(node.body, node.body),
        "event": ", ".join(part.trigger for part in event.parts),
        "timer": ", ".join(str(part.timer) for part in event.parts if part.timer is not None),
        "message": ", ".join(_referred(definition, event, same)),
        "condition": ", ".join(one.condition.text for one in event.parts if one.condition),
        "attached": same.get(node.attached_to or "", node.attached_to or ""),
        "interrupting": "" if node.interrupting else "no",
        "loop": _loop(node),
        "running": ", ".join(_running(definition, node, same)),
        "role": mark.role or "",
        "form": mark.form or "",
        "commands": " ".join(mark.commands),
        "holder": mark.holder or "",
        "effect": node.effect or "",
        "deadline": node.deadline or node.no_deadline or "",
        "clauses": ", ".join(node.cite),
        "assigns": "; ".join(f"{one.target} = {one.value.text}" for one in node.assigns),
        "called": node.called or "",
        "documentation": node.documentation or "",
        "fields": "; ".join(map(_field, node.fields)),
        "call": _call(node),
        "decision": f"{node.decision.ref} → {node.decision.result}" if node.decision else "",
    }


def _field(one: Field) -> str:
    options = f" ({', '.join(one.options)})" if one.options else ""
    return f"{one.label} [{one.name}] {one.kind}{options}{' required' if one.required else ''}"


def _call(node: Node) -> str:
    call = node.call
    if call is None:
        return ""
    told = [f"{one.target} = {one.value.text}" for one in call.inputs]
    taken = [f"{one.target} ← {one.pointer}" for one in call.outputs]
    return "; ".join([f"{call.endpoint} {call.url}".strip(), *told, *taken])


def _order(old: Definition, new: Definition, before: Node, after: Node) -> Iterator[Change]:
    """Yield whether an exclusive gateway tries its ways in another order."""
    if not before.kind == after.kind == "exclusive":
        return
    ways = [[flow for flow in one.outgoing if flow.id != one.default] for one in (before, after)]
    kept = {one.id for one in ways[0]} & {one.id for one in ways[1]}
    was, now = ([one for one in its if one.id in kept] for its in ways)
    if [one.id for one in was] != [one.id for one in now]:
        texts = (
            ", ".join(_leads(its, one) for one in few) for its, few in ((old, was), (new, now))
        )
        yield Change("changed", "order", after.id, after.name, *texts)


def _leads(definition: Definition, flow: Flow) -> str:
    """Return a way by its name, else by where it leads."""
    return flow.name or definition.nodes[flow.target].name or flow.target


def _referred(definition: Definition, event: Event, same: Mapping[str, str]) -> Iterator[str]:
    """Yield the names of the messages and signals, and the codes of errors, of an event."""
    for part in event.parts:
        named = definition.messages.get(part.ref or "") or definition.signals.get(part.ref or "")
        if named is not None:
            yield named.name or named.id
        elif part.ref is not None:
            yield same.get(part.ref, part.ref)


def _running(definition: Definition, node: Node, same: Mapping[str, str]) -> Iterator[str]:
    """Yield how the rarer elements run, where it is not as usual."""
    if node.transaction:
        yield "transaction"
    body = definition.bodies.get(node.id)
    if body is not None and body.ad_hoc is not None:
        order = "ad hoc in a row" if body.ad_hoc.in_a_row else "ad hoc"
        until = f" until {body.ad_hoc.until.text}" if body.ad_hoc.until is not None else ""
        yield order + until + ("" if body.ad_hoc.cancel_rest else ", others finish")
    if node.activation is not None:
        yield f"when {node.activation.text}"
    if (node.start_quantity, node.completion_quantity) != (1, 1):
        yield f"{node.start_quantity} tokens in, {node.completion_quantity} out"
    if node.compensates is not None:
        yield f"undone by {same.get(node.compensates, node.compensates)}"
    if node.event.every:
        yield "all parts"
    if not all(part.waits for part in node.event.parts):
        yield "goes on at once"


def _loop(node: Node) -> str:
    loop = node.loop
    if loop is None:
        return ""
    texts = (one.text for one in (loop.cardinality, loop.maximum, loop.condition) if one)
    thrown = loop.throws.trigger if loop.throws is not None else ""
    each = f"throws {thrown} {'once' if loop.throws_once else 'each time'}" if thrown else ""
    return " ".join([loop.kind, *filter(None, (loop.collection, loop.item)), *texts, each]).strip()


def _flows(old: Definition, new: Definition, same: Mapping[str, str]) -> Iterator[Change]:
    for flow in old.flows.values():
        after = new.flows.get(flow.id)
        if after is None:
            yield Change("removed", "flow", flow.id, flow.name, _way(old, flow))
            continue
        if _ends(flow, same) != _ends(after, {}):
            yield Change("changed", "ways", flow.id, flow.name, _way(old, flow), _way(new, after))
        yield from _told(_flow_facts(old, flow), _flow_facts(new, after), after)
    for flow in new.flows.values():
        if flow.id not in old.flows:
            yield Change("added", "flow", flow.id, flow.name, "", _way(new, flow))


def _ends(flow: Flow, same: Mapping[str, str]) -> tuple[str, str]:
    return same.get(flow.source, flow.source), same.get(flow.target, flow.target)


def _flow_facts(definition: Definition, flow: Flow) -> dict[What, str]:
    return {
        "name": flow.name,
        "condition": flow.condition.text if flow.condition is not None else "",
        "default": "yes" if definition.nodes[flow.source].default == flow.id else "",
    }


def _tables(old: Definition, new: Definition) -> Iterator[Change]:
    for one in old.decisions.values():
        after = new.decisions.get(one.id)
        if after is None:
            yield Change("removed", "table", one.id, one.name)
            continue
        before, now = list(_table(one)), list(_table(after))
        gone = [line for line in before if line not in now]
        came = [line for line in now if line not in before]
        if before != now and not (gone or came):  # the order of the rows
            gone, came = before, now
        if gone or came:
            yield Change("changed", "table", one.id, after.name, "; ".join(gone), "; ".join(came))
    for one in new.decisions.values():
        if one.id not in old.decisions:
            yield Change("added", "table", one.id, one.name)


def _table(decision: Decision) -> Iterator[str]:
    """Yield what a table says, line by line: how its rows hit, its columns, its rows."""
    yield f"{decision.policy} {decision.aggregator}"
    for asked in decision.inputs:
        yield f"{asked.label}: {asked.expression.text} {asked.kind} {_text(asked.allowed)}".strip()
    for said in decision.outputs:
        parts = (f"{said.label}: {said.name}", said.kind, _text(said.allowed), _text(said.default))
        yield " ".join(filter(None, parts))
    for row in decision.rows:
        cells, results = (", ".join(one.text for one in part) for part in (row.tests, row.results))
        yield f"{cells}: {results}"


def _text(said: Cell | Expression | None) -> str:
    return said.text if said is not None else ""


def _way(definition: Definition, flow: Flow) -> str:
    nodes = (definition.nodes[one] for one in (flow.source, flow.target))
    return " › ".join(node.name or node.id for node in nodes)
