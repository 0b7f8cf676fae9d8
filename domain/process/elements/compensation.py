"""Compensation (补偿): what completed is undone, newest first, one after the other.

A compensation at work is a scope of its own. What it has yet to undo are the entries of
`Marking.completed` in that scope; nothing else is remembered. An activity is undone by the handler
at its boundary, a sub-process without one by its event sub-process for compensation, else by
undoing in turn what completed inside it.
"""

from domain.process.elements import event_subprocess
from domain.process.elements.boundary import caught
from domain.process.elements.completed import hand_over, restarter, undoer, within
from domain.process.elements.outgoing import out
from domain.process.machine import Machine, Throw
from domain.process.marking import Completed
from domain.process.model import ACTIVITIES, Event, Node


def throw(machine: Machine, thrown: Throw, event: Event) -> None:
    """Undo the activity an event names, or all that completed; its token goes on afterwards."""
    machine.throws.popleft()
    if not event.waits:
        machine.live[thrown.scope] += 1
        _go_on(machine, thrown.node, thrown.scope)
    visible = _visible(machine, thrown.scope)
    found = [
        one
        for one in machine.completed.values()
        if one.scope in visible and event.ref in (None, one.element)
    ]
    _begin(machine, thrown.node, thrown.scope, found)


def cancel(machine: Machine, thrown: Throw) -> None:
    """Stop a transaction (事务), undo what completed in it, and leave it by its cancel event."""
    machine.clear_scope(thrown.scope)
    machine.live[thrown.scope] += 1
    _begin(machine, thrown.node, thrown.scope, within(machine, thrown.scope))


def proceed(machine: Machine, which: str) -> None:
    """Undo what comes next in a compensation; when nothing is left, whoever asked goes on."""
    node = machine.definition.nodes[machine.scopes[which].element]
    left = within(machine, which)
    if left and not (node.kind in ACTIVITIES and restarter(machine.definition, node)):
        _undo(machine, left[-1], which)
    else:
        _end(machine, node, which)


def _visible(machine: Machine, scope: str) -> set[str]:
    """Return where a throw may undo: its scope, and from an event sub-process the one around."""
    seen = {scope}
    while machine.scopes[scope].kind == "event_subprocess":
        scope = machine.scopes[scope].parent or ""
        seen.add(scope)
    return seen


def _begin(machine: Machine, node: Node, scope: str, found: list[Completed]) -> str:
    which = machine.open_scope("compensation", node.id, scope)
    hand_over(machine, found, which)
    proceed(machine, which)
    return which


def _undo(machine: Machine, one: Completed, which: str) -> None:
    del machine.completed[one.id]
    node = machine.definition.nodes[one.element]
    guard = undoer(machine.definition, node)
    if guard is not None:
        machine.say("caught", guard.id)
        machine.put(which, machine.definition.nodes[guard.compensates or ""])
        return
    machine.live[which] += 1
    start = restarter(machine.definition, node)
    if start is None:
        _begin(machine, node, which, within(machine, one.id))
        return
    inner = machine.open_scope("compensation", node.id, which)
    hand_over(machine, within(machine, one.id), inner)
    machine.say("caught", start.id)
    event_subprocess.begin(machine, start, inner)


def _end(machine: Machine, node: Node, which: str) -> None:
    parent = machine.close_scope(which).parent or ""
    waits = all(part.waits for part in node.event.parts)
    if node.kind in ACTIVITIES or not waits:
        machine.leave(parent)
    elif node.event.has("cancel"):
        _leave_transaction(machine, parent)
    else:
        _go_on(machine, node, parent)


def _go_on(machine: Machine, node: Node, scope: str) -> None:
    if node.kind == "end":
        machine.leave(scope)
    else:
        out(machine, node, scope)


def _leave_transaction(machine: Machine, which: str) -> None:
    """Go on behind the cancel boundary event; without one the token ends here."""
    element, home = machine.scopes[which].element, machine.scopes[which].parent or ""
    if machine.scopes[home].kind == "turn":  # the events guard the loop as a whole
        which = machine.scopes[home].parent or ""
        home = machine.scopes[which].parent or ""
    guards = machine.definition.boundaries.get(element, ())
    guard = next((one for one in guards if one.event.has("cancel")), None)
    if guard is not None:
        caught(machine, guard, home, which)
    else:
        machine.cancel_activity(which)
        machine.leave(home)
