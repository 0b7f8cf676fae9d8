"""Ad-hoc sub-processes (临时子流程): each activity inside runs once, in a row or side by side."""

from collections.abc import Sequence

from domain.process.machine import Finished, Machine
from domain.process.model import AdHoc, Body


def first(machine: Machine, scope: str) -> Sequence[str]:
    """Return where the body of a scope begins: an ad-hoc one in a row at one activity."""
    body = machine.body(scope)
    if body.ad_hoc is None or not body.ad_hoc.in_a_row:
        return body.begins
    machine.change_scope(scope, number=1, done=0)
    return body.begins[:1]


def carry_on(machine: Machine, scope: str) -> bool:
    """Begin what comes next in an ad-hoc sub-process in a row; return whether anything did."""
    found = _ad_hoc(machine, scope)
    if found is None or not found[1].in_a_row:
        return False
    begins, begun = found[0].begins, machine.scopes[scope].number
    if begun >= len(begins):
        return False
    machine.change_scope(scope, number=begun + 1, done=0)
    machine.put(scope, machine.definition.nodes[begins[begun]])
    return True


def stop(machine: Machine, scope: str) -> None:
    """Begin no further activity in a scope, if it is an ad-hoc sub-process."""
    if (found := _ad_hoc(machine, scope)) is not None:
        machine.change_scope(scope, number=len(found[0].begins), done=0)


def satisfied(machine: Machine, done: Finished) -> bool:
    """Whether nothing more is needed after an activity; its ad-hoc sub-process then ends."""
    found = _ad_hoc(machine, done.scope)
    until = found[1].until if found is not None else None
    if found is None or until is None or not until.holds(machine.variables(done.scope)):
        return False
    stop(machine, done.scope)
    if found[1].cancel_rest:
        machine.clear_scope(done.scope)
        machine.emptied.append(done.scope)
    else:
        machine.leave(done.scope)
    return True


def _ad_hoc(machine: Machine, scope: str) -> tuple[Body, AdHoc] | None:
    found = machine.scopes[scope]
    body = machine.definition.bodies[found.element] if found.kind == "subprocess" else None
    return (body, body.ad_hoc) if body is not None and body.ad_hoc is not None else None
