"""Loops (循环) and multi-instances (多实例): an activity that runs several times.

The looping activity is a scope of kind `loop`, guarded by the activity's boundary events; each run
is a scope of kind `turn` inside it, whose number is `loopCounter`.
"""

from decimal import Decimal

from domain.process.elements.activities import begin as begin_instance
from domain.process.elements.boundary import guard, overhear
from domain.process.elements.completed import hand_over, within
from domain.process.feel import Expression, Value
from domain.process.machine import Finished, Machine, RunError
from domain.process.model import Loop, Node

MAX_INSTANCES = 10_000


def begin(machine: Machine, node: Node, loop: Loop, scope: str) -> None:
    """Begin the first turn, or all at once where they run side by side.

    Raises:
        RunError: `loop.cardinality`, no natural number; `run.too_long`, too many turns.
    """
    total = _total(machine, node, loop, scope)
    which = machine.open_scope("loop", node.id, scope, total=total or 0)
    guard(machine, node, scope, which)
    skipped = loop.test_before and not _again(machine, loop, scope)
    if total == 0 or skipped:
        _end(machine, node, which)
    elif loop.kind == "parallel":
        for _ in range(total or 0):
            _turn(machine, node, which)
    else:
        _turn(machine, node, which)


def turn_done(machine: Machine, node: Node, turn: str) -> None:
    """Count a turn that completed; begin the next, or end the loop."""
    which = machine.scopes[turn].parent or ""
    loop = node.loop
    if loop is None:
        return
    done = machine.scopes[which].done + 1
    begun = machine.scopes[which].number
    met = loop.kind != "standard" and loop.condition is not None and _again(machine, loop, turn)
    again = loop.kind != "standard" or _again(machine, loop, turn)
    machine.close_scope(turn)
    machine.leave(which)
    found = machine.change_scope(which, number=begun, done=done)
    if loop.throws is not None and (done == 1 or not loop.throws_once):
        overhear(machine, node, found.parent or "", loop.throws)
    if met or not again or (found.total and done >= found.total):
        machine.clear_scope(which)
        _end(machine, node, which)
    elif loop.kind != "parallel":
        _turn(machine, node, which)


def _turn(machine: Machine, node: Node, which: str) -> None:
    machine.count()
    loop = machine.scopes[which]
    number = loop.number + 1
    machine.change_scope(which, number=number, done=loop.done)
    turn = machine.open_scope("turn", node.id, which, number=number)
    machine.live[which] += 1
    machine.live[turn] += 1
    begin_instance(machine, node, turn, guarded=False)


def _end(machine: Machine, node: Node, which: str) -> None:
    parent = machine.scopes[which].parent or ""
    hand_over(machine, within(machine, which), parent)
    machine.close_scope(which)
    machine.finished.append(Finished(node, parent))


def _again(machine: Machine, loop: Loop, scope: str) -> bool:
    """Whether the condition is true; a standard loop without one goes on to its maximum."""
    if loop.condition is None:
        return loop.maximum is not None
    return loop.condition.holds(machine.variables(scope))


def _total(machine: Machine, node: Node, loop: Loop, scope: str) -> int | None:
    """Return how many turns there may be; None where only the condition says."""
    variables = machine.variables(scope)
    if loop.collection is not None:
        items = variables.get(loop.collection)
        return _natural(node, len(items) if isinstance(items, list | tuple) else None)
    count: Expression | None = loop.cardinality or loop.maximum
    return None if count is None else _natural(node, count.evaluate(variables))


def _natural(node: Node, value: Value) -> int:
    number = Decimal(value) if type(value) is int else value
    if not isinstance(number, Decimal) or number < 0 or number != number.to_integral_value():
        raise RunError("loop.cardinality", node.id)
    if number > MAX_INSTANCES:
        raise RunError("run.too_long", node.id)
    return int(number)
