"""What an activity, a choice or a scope listens for, carried over to another version.

A listener that has fired and is gone stays gone: it is never armed again. One that the old diagram
did not have is armed when the tokens move.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from domain.process.elements.waiting import wait_kind
from domain.process.marking import Marking, Role, Scope, Wait, WaitKind
from domain.process.model import Definition, Event, Node

_WITH_BODY = ("process", "subprocess", "event_subprocess", "call")
_LISTENING: Mapping[WaitKind, Role] = {"event_gateway": "choice", "multiple": "part"}
_WAITING = ("timer", "message", "signal", "conditional")  # others catch what is thrown inside


@dataclass(frozen=True, slots=True)
class _Ear:
    """One thing listened for: an event, or a part of a multiple one."""

    node: Node  # with that part as its event
    part: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Somebody who listens: an activity at work, an event gateway, or a scope."""

    which: str  # id of the wait or scope
    scope: str  # into which a token would go
    role: Role
    before: tuple[_Ear, ...]  # what may be listened for in the old diagram
    after: tuple[_Ear, ...]  # and in the new one


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The listeners in the new diagram."""

    kept: Mapping[str, Wait]  # by id, as they are now
    armed: tuple[Wait, ...]
    dropped: tuple[Wait, ...]
    next: int


class Listeners:
    """Compares, for each place that listens, what it may hear in both diagrams."""

    def __init__(
        self, old: Definition, new: Definition, marking: Marking, mapped: Mapping[str, str]
    ) -> None:
        self._old, self._new, self._marking, self._mapped = old, new, marking, mapped
        self._back = {after: before for before, after in mapped.items()}

    def rearmed(self) -> Iterator[str]:
        """Yield the timers that have fired and might start again under another id."""
        for place in self._places():
            timers = [one.node for one in place.after if one.node.event.trigger == "timer"]
            known = {self._to(one.node.id) for one in place.before}
            fresh = any(one.id not in known for one in timers)
            after = {one.node.id for one in place.after}
            for one in self._finished(place):
                if fresh and self._to(one.node.id) not in after:
                    yield one.node.id

    def moved(self) -> Heard:
        """Return what is kept, armed and dropped when the tokens move."""
        kept: dict[str, Wait] = {}
        armed: list[Wait] = []
        number = self._marking.next
        for place in self._places():
            for ear in place.after:
                wait = self._open(place, ear)
                if wait is not None:
                    kept[wait.id] = self.at(ear.node, wait)
                elif not self._silent(place, ear):
                    armed.append(_new_wait(ear, place, f"w{number}"))
                    number += 1
        listening = [one for one in self._marking.waits if one.role != "token"]
        dropped = tuple(one for one in listening if one.id not in kept)
        return Heard(kept=kept, armed=tuple(armed), dropped=dropped, next=number)

    def at(self, node: Node, wait: Wait) -> Wait:
        """Return an open wait as it is at a node of the new diagram.

        A cycle that has begun to fire goes on as it was counted.
        """
        event, before = _part(node, wait), _part(self._old.nodes[wait.element], wait)
        ref = event.ref if wait.kind in ("message", "signal", "receive") else None
        timer = event.timer
        if wait.timer is not None and wait.timer.kind == "cycle" and wait.timer != before.timer:
            timer = wait.timer
        return replace(wait, element=node.id, timer=timer, ref=ref)

    def _to(self, element: str) -> str:
        return self._mapped.get(element, element)

    def _from(self, element: str) -> str:
        return self._back.get(element, element)

    def _open(self, place: _Place, ear: _Ear) -> Wait | None:
        wanted = (place.which, self._from(ear.node.id), ear.part, wait_kind(ear.node))
        return next(
            (
                one
                for one in self._marking.waits
                if (one.attached_to, one.element, one.part, one.kind) == wanted
            ),
            None,
        )

    def _silent(self, place: _Place, ear: _Ear) -> bool:
        """Whether a listener has been there and is done, so that it never listens again."""
        found = ((self._to(one.node.id), one.part) for one in self._finished(place))
        return (ear.node.id, ear.part) in found

    def _finished(self, place: _Place) -> Iterator[_Ear]:
        waits = (one for one in self._marking.waits if one.attached_to == place.which)
        open_ = {(one.element, one.part) for one in waits}
        return (one for one in place.before if (one.node.id, one.part) not in open_)

    def _places(self) -> Iterator[_Place]:
        turns = {one.id for one in self._marking.scopes if one.kind == "turn"}
        for wait in self._marking.waits:
            if wait.role != "token":
                continue
            if wait.kind in _LISTENING:
                yield self._place(wait.id, wait.scope, _LISTENING[wait.kind], wait.element)
            elif wait.scope not in turns:
                yield self._place(wait.id, wait.scope, "boundary", wait.element)
        for scope in self._marking.scopes:
            yield from self._of_scope(scope, guarded=scope.parent not in turns)

    def _of_scope(self, scope: Scope, *, guarded: bool) -> Iterator[_Place]:
        if guarded and scope.kind in ("subprocess", "call", "loop"):
            yield self._place(scope.id, scope.parent or "", "boundary", scope.element)
        if scope.kind in _WITH_BODY and not self._interrupted(scope.id):
            yield self._place(scope.id, scope.id, "handler", scope.element)

    def _place(self, which: str, scope: str, role: Role, element: str) -> _Place:
        after = _heard(self._new, role, self._to(element))
        return _Place(which, scope, role, _heard(self._old, role, element), after)

    def _interrupted(self, scope: str) -> bool:
        """Whether an event sub-process has stopped the rest of its scope, listeners included."""
        return any(
            _starter(self._old, one.element).interrupting
            for one in self._marking.scopes
            if one.parent == scope and one.kind == "event_subprocess"
        )


def _heard(definition: Definition, role: Role, element: str) -> tuple[_Ear, ...]:
    """Return what is listened for at an element: on its border, behind it, in it or its body."""
    match role:
        case "choice":
            ways = definition.nodes[element].outgoing if element in definition.nodes else ()
            found = tuple(definition.nodes[flow.target] for flow in ways)
        case "part":
            found = tuple(filter(None, (definition.nodes.get(element),)))
        case "boundary":
            found = definition.boundaries.get(element, ())
        case _:
            found = _starters(definition, element)
    return tuple(ear for one in found for ear in _ears(one))


def _ears(node: Node) -> Iterator[_Ear]:
    for number, part in enumerate(node.event.parts):
        if part.trigger in _WAITING:
            yield _Ear(replace(node, event=part) if node.event.several else node, number)


def _part(node: Node, wait: Wait) -> Event:
    """Return the part of a node's event for which a wait is open; the event itself as a whole."""
    own = node.event.parts[wait.part : wait.part + 1]
    alike = (one for one in (*own, *node.event.parts) if one.trigger == wait.kind)
    return next(alike, node.event)


def _starters(definition: Definition, element: str) -> tuple[Node, ...]:
    node = definition.nodes.get(element)
    called = node.called if node is not None and node.kind == "call" else None
    body = definition.bodies.get(called or element)
    return tuple(_starter(definition, one) for one in (body.handlers if body else ()))


def _starter(definition: Definition, handler: str) -> Node:
    return definition.nodes[definition.bodies[handler].triggered[0]]


def _new_wait(ear: _Ear, place: _Place, which: str) -> Wait:
    kind = wait_kind(ear.node)
    return Wait(
        id=which,
        element=ear.node.id,
        kind=kind,
        scope=place.scope,
        role=place.role,
        attached_to=place.which,
        timer=ear.node.event.timer,
        ref=ear.node.event.ref if kind in ("message", "signal", "receive") else None,
        part=ear.part,
    )
