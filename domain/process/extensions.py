"""Our own elements in a diagram (`urn:anjuan:bpmn:1`): who acts, how, until when, by what."""

from collections.abc import Mapping
from typing import cast

from domain.process.drawing import Element
from domain.process.feel import compile_expression
from domain.process.model import (
    Assign,
    Call,
    DecisionCall,
    Field,
    FieldKind,
    Holder,
    Output,
    TaskMark,
)

KNOWN: Mapping[str, frozenset[str]] = {  # element → its attributes; anything else is a fault
    "task": frozenset(("role", "form", "commands", "holder")),
    "effect": frozenset(("name",)),
    "decision": frozenset(("ref", "result")),
    "deadline": frozenset(("key",)),
    "noDeadline": frozenset(("reason",)),
    "assign": frozenset(("target", "value")),
    "cite": frozenset(("clause",)),
    "field": frozenset(("name", "type", "label", "required", "options")),
    "call": frozenset(("endpoint", "url")),
    "input": frozenset(("target", "value")),
    "output": frozenset(("target", "from")),
}
FIELD_KINDS: frozenset[FieldKind] = frozenset(
    ("text", "integer", "number", "boolean", "date", "choice")
)
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
    return _assigned(element, "assign")


def fields_of(element: Element) -> tuple[Field, ...]:
    """Return the form of a user task, entry by entry."""
    return tuple(
        Field(
            name=one.get("name") or "",
            kind=cast(FieldKind, one.get("type") or "text"),
            label=one.get("label") or one.get("name") or "",
            required=one.flag("required", "false"),
            options=tuple((one.get("options") or "").split()),
        )
        for one in element.own("field")
    )


def call_of(element: Element) -> Call | None:
    """Return how the work of a service or send task is asked for; None where nothing is said.

    Raises:
        ExpressionError: the value of an input is no expression.
    """
    if not element.own("call", "input", "output"):
        return None
    mark = next(iter(element.own("call")), None)
    return Call(
        endpoint=(mark.get("endpoint") if mark else None) or "default",
        url=(mark.get("url") if mark else None) or "",
        inputs=_assigned(element, "input"),
        outputs=tuple(
            Output(one.get("target") or "", one.get("from") or f"/{one.get('target')}")
            for one in element.own("output")
        ),
    )


def _assigned(element: Element, tag: str) -> tuple[Assign, ...]:
    return tuple(
        Assign(one.get("target") or "", compile_expression(one.get("value") or ""))
        for one in element.own(tag)
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
