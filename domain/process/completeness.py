"""What our own procedures carry on top: who acts at each wait, how, until when, by which clause."""

from collections.abc import Callable, Iterator

from domain.process.faults import Fault, fault_at
from domain.process.model import AUTOMATIC, TASKS, Definition, Node


def incomplete(definition: Definition, has_term: Callable[[str], bool] | None) -> Iterator[Fault]:
    """Yield what is missing at each wait, and law keys the law book does not know."""
    for node in definition.nodes.values():
        for key in _law_keys(node):
            if has_term is not None and not has_term(key):
                yield fault_at("timer.law", node.id, node.line, key)
        if node.kind == "user":
            yield from _user_task(node)
        if is_wait(node):
            if not _has_deadline(definition, node):
                yield fault_at("wait.deadline", node.id, node.line)
            if not (node.documentation or node.cite):
                yield fault_at("element.clause", node.id, node.line)


def is_wait(node: Node) -> bool:
    """Whether somebody outside must act here: a task of a person, or an event that is no timer."""
    if node.kind in TASKS:
        return node.kind not in AUTOMATIC
    if node.kind == "catch":
        parts = [part.trigger == "timer" for part in node.event.parts]
        timed = all(parts) if node.event.every else any(parts)
        return node.event.trigger not in ("none", "link") and not timed
    return node.kind == "event_gateway"


def _law_keys(node: Node) -> Iterator[str]:
    for part in node.event.parts:
        if part.timer is not None and part.timer.kind == "law":
            yield part.timer.text
    if node.deadline is not None:
        yield node.deadline


def _user_task(node: Node) -> Iterator[Fault]:
    if not node.task.role:
        yield fault_at("task.role", node.id, node.line)
    if not (node.task.form or node.fields):
        yield fault_at("task.form", node.id, node.line)


def _has_deadline(definition: Definition, node: Node) -> bool:
    """Whether a deadline is drawn, named or explicitly absent – at the wait or around it."""
    if node.deadline or node.no_deadline:
        return True
    if any(_timed(definition, flow.target) for flow in node.outgoing if _chooses(node)):
        return True
    if _behind_gateway(definition, node):
        return True  # its gateway answers for it
    at: Node | None = node
    while at is not None:
        if any(guard.event.has("timer") for guard in definition.boundaries.get(at.id, ())):
            return True
        at = definition.nodes.get(at.body)
    return False


def _chooses(node: Node) -> bool:
    return node.kind == "event_gateway"


def _timed(definition: Definition, element: str) -> bool:
    return definition.nodes[element].event.has("timer")


def _behind_gateway(definition: Definition, node: Node) -> bool:
    sources = (definition.nodes[flow.source] for flow in node.incoming)
    return any(_chooses(source) for source in sources)
