"""Business-rule tasks (业务规则任务) whose work a decision table does."""

from domain.process.dmn.playing import Trouble, decide
from domain.process.elements.assigning import keep
from domain.process.machine import Machine
from domain.process.model import Node


def answer(machine: Machine, node: Node, scope: str) -> Trouble | None:
    """Set the answer of the table a task asks; return why there is none, as an error code.

    A boundary error event may catch it, as any error of a task. A node that asks no table is fine.
    """
    call = node.decision
    if call is None:
        return None
    found = decide(machine.definition.decisions[call.ref], machine.variables(scope))
    if found.trouble is None:
        keep(machine, scope, call.result, found.value)
    return found.trouble
