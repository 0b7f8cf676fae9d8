"""Which of a case's tasks an act is about: the one whose subject it names, else the oldest."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.case.clocks import holder_of
from domain.case.procedure import Procedure
from domain.case.state import Case, Holder, Task
from domain.procedures.table import procedure
from domain.process.model import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a diagram says of a task: how it is called, who does it, whose time runs, by what."""

    form: str
    role: str
    holder: Holder
    commands: tuple[str, ...]


def drawn(its: Procedure, node: Node) -> Drawn:
    """Return what the diagram says of a task.

    In a plain process it is called as the diagram calls it; the office does it unless that is said.
    """
    mark = node.task
    if its.plain is None:
        return Drawn(
            form=mark.form or node.id,
            role=mark.role or "",
            holder=mark.holder or "authority",
            commands=mark.commands,
        )
    holder = holder_of(node)
    return Drawn(
        form=mark.form or " ".join(node.name.split()) or node.id,
        role=mark.role or ("institution.*" if holder == "applicant" else "center.*"),
        holder=holder,
        commands=(its.plain.complete,),
    )


def task_for(case: Case, command: str, payload: object = None) -> Task | None:
    """Return the open task that `command` does; None where none is open."""
    open_ = [one for one in _doing(case, command) if one.state == "open"]
    named = _named(case, command, payload)
    return named if named in open_ else next(iter(open_), None)


def subject_of(case: Case, task: Task, command: str) -> Mapping[str, str]:
    """Return the field of the payload that names what a task is about, filled in; {} without."""
    field, about = _subjects(case, command)
    subject = next((one for one, its in about.items() if its.id == task.id), None)
    return {} if subject is None else {field: subject}


def meant(case: Case, command: str, payload: object, version: int) -> Task | None:
    """Return the task that somebody who saw `version` meant to do, open or done by now."""
    named, open_ = _named(case, command, payload), task_for(case, command)
    if named is None and open_ is not None:
        return open_
    there = [
        one
        for one in (_doing(case, command) if named is None else [named])
        if one.opened_version <= version < one.done_version
    ]
    return next(iter(there), None)


def _named(case: Case, command: str, payload: object) -> Task | None:
    field, about = _subjects(case, command)
    return about.get(getattr(payload, field, ""))


def _subjects(case: Case, command: str) -> tuple[str, Mapping[str, Task]]:
    """Return the field that names what a task is about, and each subject's task."""
    its, doing = procedure(case.procedure), _doing(case, command)
    if its.plain is not None and command == its.plain.complete:
        return "task", {one.id: one for one in doing}
    if command not in its.subjects:
        return "", {}
    subjects = its.subjects[command]
    return subjects.field, dict(zip(subjects.all(case.data), doing, strict=False))


def _doing(case: Case, command: str) -> list[Task]:
    return [one for one in case.tasks if command in one.commands]
