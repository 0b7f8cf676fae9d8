"""Our own elements in a diagram (`urn:anjuan:bpmn:1`): who acts, how, until when, by what."""

from collections.abc import Mapping
from typing import cast

from domain.process.drawing import Element
from domain.process.feel import compile_expression
from domain.process.model import Assign, DecisionCall, Holder, TaskMark

KNOWN: Mapping[str, frozenset[str]] = {  # element → its attributes; anything else is a fault
    "task": frozenset(("role", "form", "commands", "holder")),
    "effect": frozenset(("name",)),
    "decision": frozenset(("ref", "result")),
    "deadline": frozenset(("key",)),
    "noDeadline": frozenset(("reason",)),
    "assign": frozenset(("target", "value")),
    "cite": frozenset(("clause",)),
}
HOLDERS = frozenset(("authority", "applicant", "public"))


def task_mark(element: Element) -> TaskMark:
    """Return who does a task and how."""
    for mark in element.own("task"):
        return TaskMark(
            role=mark.get("role"),
            form=mark.get("form"),
            commands=tuple((mark.get("commands") or "").split()),
            holder=cast(Holder | None, mark.get("holder")),
        )
    return TaskMark()


def assigns_of(element: Element) -> tuple[Assign, ...]:
    """Return what a task sets when it completes, in order.

    Raises:
        ExpressionError: a value is no expression.
    """
    return tuple(
        Assign(one.get("target") or "", compile_expression(one.get("value") or ""))
        for one in element.own("assign")
    )


def effect_of(element: Element) -> str | None:
    """Return what the case does at a service or business-rule task."""
    return next((one.get("name") for one in element.own("effect")), None)


def decision_of(element: Element) -> DecisionCall | None:
    """Return the table a business-rule task asks."""
    for one in element.own("decision"):
        return DecisionCall((one.get("ref") or "").strip(), (one.get("result") or "").strip())
    return None


def deadline_of(element: Element) -> tuple[str | None, str | None]:
    """Return the law key of a deadline without drawn consequence, and why there is none."""
    key = next((one.get("key") for one in element.own("deadline")), None)
    return key, next((one.get("reason") for one in element.own("noDeadline")), None)


def cites_of(element: Element) -> tuple[str, ...]:
    """Return the clauses an element stands on."""
    return tuple(clause for one in element.own("cite") if (clause := one.get("clause")))
