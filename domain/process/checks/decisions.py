"""Rule tasks that ask a decision table: the table is known and its answer has a name."""

import re
from collections.abc import Iterator

from domain.process.checks.finding import Finding
from domain.process.drawing import Drawing, Element
from domain.process.extensions import decision_of

_RULE_TASKS = frozenset(("businessRuleTask", "globalBusinessRuleTask"))
_NAME = re.compile(r"[^\W\d]\w*")


def check(drawing: Drawing) -> Iterator[Finding]:
    """Yield tasks that ask no table we know, or cannot ask one."""
    for one in drawing.root.walk():
        if one.space == "bpmn" and one.own("decision"):
            yield from _call(drawing, one)


def _call(drawing: Drawing, task: Element) -> Iterator[Finding]:
    if task.tag not in _RULE_TASKS or task.own("effect") or len(task.own("decision")) > 1:
        yield Finding("decision.task", task)
    call = decision_of(task)
    if call is None:
        return
    if call.ref not in drawing.decisions:
        yield Finding("decision.missing", task, call.ref)
    if not _NAME.fullmatch(call.result):
        yield Finding("decision.task", task, f"result={call.result}")
