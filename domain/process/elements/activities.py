"""An activity of whichever kind, run once: a task, a sub-process, a call."""

from domain.process.elements import subprocess, tasks
from domain.process.machine import Machine
from domain.process.model import TASKS, Node


def begin(machine: Machine, node: Node, scope: str, *, guarded: bool) -> None:
    """Begin a task, sub-process or call in `scope`; `guarded` opens its boundary events."""
    if node.kind in TASKS:
        tasks.begin(machine, node, scope, guarded=guarded)
    else:
        subprocess.begin(machine, node, scope, guarded=guarded)
