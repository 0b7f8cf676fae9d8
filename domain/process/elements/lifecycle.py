"""The life of an activity (活动): tokens gather, it runs once or in turns, and they go on.

    enter → loops.begin → activities.begin (a turn) → … → finish → loops.turn_done → … → finish
    enter → activities.begin → … → finish → out

What completes puts itself on `Machine.finished`; what can be compensated is remembered there.
"""

from domain.process.elements import activities, ad_hoc, loops
from domain.process.elements.outgoing import out
from domain.process.machine import Finished, Machine, Token


def enter(machine: Machine, token: Token) -> None:
    """Begin an activity as soon as it has the tokens it needs."""
    node = token.node
    if node.start_quantity > 1 and not _gathered(machine, token):
        return
    if node.loop is not None:
        loops.begin(machine, node, node.loop, token.scope)
    else:
        activities.begin(machine, node, token.scope, guarded=True)


def finish(machine: Machine, done: Finished) -> None:
    """Let the tokens of an activity, or of one turn of it, go on."""
    if machine.scopes[done.scope].kind == "turn":
        loops.turn_done(machine, done.node, done.scope)
    elif not ad_hoc.satisfied(machine, done):
        machine.live[done.scope] += done.node.completion_quantity - 1
        for _ in range(done.node.completion_quantity):
            out(machine, done.node, done.scope)


def _gathered(machine: Machine, token: Token) -> bool:
    """Whether enough tokens came; they become one."""
    needed = token.node.start_quantity
    came = machine.wait_to_join(token)
    if len(came) < needed:
        machine.say("waits", token.node.id)
        return False
    machine.join(token.scope, token.node.id, came[:needed])
    machine.leave(token.scope, needed - 1)
    return True
