"""What of a case somebody may read: the office's internal events, and persons, are for the office.

Every page, list, feed and answer shows events, tasks and refusals as these functions return them.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from domain.case.access import may_see_person, of_applicant
from domain.case.actor import Actor
from domain.case.envelope import Recorded
from domain.case.state import Case, Task
from domain.kernel.json import Json, JsonValue
from domain.procedures.table import procedure

MASK = "*"
_INTERNAL = frozenset(("case.noted", "case.assigned"))  # inside the office; procedures add theirs
_REFUSED = "command.refused"  # an attempt: news to who made it, and to the office
_PERSONS = frozenset((
    "contact", "expert", "experts", "inspector", "inspectors", "officer", "officers", "people",
    "person", "persons", "reviewer", "reviewers", "to", "who",
))  # fmt: skip
_SIGNED = "_by"  # `approved_by`, `signed_by`, `conducted_by` …
_NOBODY = ("law", "system")  # what stands for a person where nobody acted
_IDENTITY: Final = re.compile(r"\d{17}[\dXx]")
_NUMBERED: Final = frozenset(("id_number", "identity", "identity_number", "id_card"))
_KEEPS: Final = (4, 4)  # first and last characters of an identity number that are shown


def event_seen(one: Recorded, actor: Actor, case: Case) -> Recorded | None:
    """Return the event as the actor may read it; None where it is not for their eyes.

    The office and those above it read all of it. An applicant reads what its own people did as they
    wrote it, and of everybody else's acts the role and the office, without persons.
    """
    if act_seen(one.meta.actor, actor, case):
        return one
    if one.type in _INTERNAL | procedure(case.procedure).internal or one.type == _REFUSED:
        return None
    who = one.meta.actor
    hidden = replace(
        one.meta,
        actor=replace(who, person=MASK if who.person else ""),
        channel=one.meta.channel.partition(":")[0],  # what follows names the account
    )
    return replace(one, meta=hidden, data=_masked(one.data))


def act_seen(by: Actor, actor: Actor, case: Case) -> bool:
    """Whether the actor may ask how an act `by` somebody ended: the office and the own side."""
    return may_see_person(actor, case) or _own(by, actor)


def task_seen(task: Task, actor: Actor, case: Case) -> Task:
    """Return the task as the actor may read it: whose it is stays among those whose it is."""
    ours = task.holder == "applicant" and of_applicant(actor)
    if ours or may_see_person(actor, case):
        return task
    by = task.done_by if task.done_by in ("", *_NOBODY) else MASK
    return replace(task, assignee=MASK if task.assignee else "", done_by=by)


def is_person(field: str) -> bool:
    """Whether a field of this name, at any depth, tells of a person or how to reach one."""
    return field in _PERSONS or field.endswith(_SIGNED)


def variables_seen(told: Json, actor: Actor, case: Case) -> Json:
    """Return the variables of a plain case as the actor may read them.

    An applicant reads none, at any depth, that tells of a person; nobody reads a whole identity
    number.
    """
    return in_part(told if may_see_person(actor, case) else _impersonal(told))


def in_part(told: Json) -> Json:
    """Return fields with their identity numbers in part, at any depth; all else as it is."""
    return {name: _in_part(name, held) for name, held in told.items()}


def number_seen(field: str, text: str) -> str:
    """Return the text of a field as anybody may read it: an identity number (身份证号) in part."""
    if field not in _NUMBERED or not _IDENTITY.fullmatch(text):
        return text
    start, end = _KEEPS
    return text[:start] + MASK * (len(text) - start - end) + text[-end:]


def _in_part(field: str, value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        return number_seen(field, value)
    if isinstance(value, Mapping):
        return in_part(value)
    return [_in_part(field, one) for one in value] if isinstance(value, list | tuple) else value


def _impersonal(data: Json) -> Json:
    return {name: _left(held) for name, held in data.items() if not is_person(name)}


def _left(value: JsonValue) -> JsonValue:
    if isinstance(value, Mapping):
        return _impersonal(value)
    return [_left(one) for one in value] if isinstance(value, list | tuple) else value


def _own(who: Actor, actor: Actor) -> bool:
    """Whether the reader's own organisation acted."""
    return bool(actor.organisation) and who.organisation == actor.organisation


def _masked(data: Json) -> Json:
    return {name: _mask(held) if is_person(name) else _within(held) for name, held in data.items()}


def _within(value: JsonValue) -> JsonValue:
    if isinstance(value, Mapping):
        return _masked(value)
    return [_within(one) for one in value] if isinstance(value, list | tuple) else value


def _mask(value: JsonValue) -> JsonValue:
    """Return a value of the same shape in which every text is hidden."""
    if isinstance(value, str):
        return MASK if value else value
    if isinstance(value, Mapping):
        return {name: _mask(held) for name, held in value.items()}
    return [_mask(one) for one in value] if isinstance(value, list | tuple) else value
