"""Where the tokens of a running process stand: plain data that lives in events.

A marking is at rest: every token waits. Ids are counted (`w7`, `s3`), never random, so the same
steps from the same marking give the same ids. JSON holds only strings, integers, lists and objects;
fields with their usual value are left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from domain.process.timers import TimerKind, TimerSpec

Json = dict[str, Any]
WaitKind = Literal[
    "task", "user", "manual", "service", "rule", "send", "receive",
    "timer", "message", "signal", "conditional", "event_gateway", "multiple",
]  # fmt: skip
Role = Literal["token", "boundary", "choice", "handler", "part"]
ScopeKind = Literal[
    "process", "subprocess", "event_subprocess", "call", "loop", "turn", "compensation"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Something a process waits for.

    A task's `kind` is that of its node. With role `token` a token stands here; a `boundary` guards
    the activity `attached_to`, a `choice` is one way on from the event gateway `attached_to`, a
    `handler` would start an event sub-process of the scope `attached_to`, a `part` belongs to the
    multiple catching event `attached_to`.
    """

    id: str
    element: str
    kind: WaitKind
    scope: str  # the scope whose token waits, or into which its token would go
    role: Role = "token"
    attached_to: str | None = None
    timer: TimerSpec | None = None
    ref: str | None = None  # id of the message or signal
    spent: bool = False  # conditional: it is still as true as when it last happened
    part: int = 0  # which part of a multiple event, from 0

    def to_json(self) -> Json:
        """Return this wait as JSON."""
        data: Json = {
            "id": self.id,
            "element": self.element,
            "kind": self.kind,
            "scope": self.scope,
        }
        if self.role != "token":
            data |= {"role": self.role, "attached_to": self.attached_to}
        if self.timer is not None:
            data["timer"] = [self.timer.kind, self.timer.text, self.timer.left]
        if self.ref is not None:
            data["ref"] = self.ref
        if self.spent:
            data["spent"] = 1
        if self.part:
            data["part"] = self.part
        return data

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Wait":
        """Return the wait that `to_json` wrote."""
        timer = data.get("timer")
        return Wait(
            id=data["id"],
            element=data["element"],
            kind=data["kind"],
            scope=data["scope"],
            role=data.get("role", "token"),
            attached_to=data.get("attached_to"),
            timer=TimerSpec(cast(TimerKind, timer[0]), timer[1], timer[2]) if timer else None,
            ref=data.get("ref"),
            spent=bool(data.get("spent")),
            part=data.get("part", 0),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A process, sub-process or called process at work, the turns of a loop, or a compensation.

    The `element` of a compensation is the event that threw it, or the activity it undoes.
    """

    id: str
    kind: ScopeKind
    element: str  # the process or the activity
    parent: str | None = None
    number: int = 0  # `turn`: which one of its loop, from 1; `loop`, ad-hoc: the last one begun
    total: int = 0  # `loop`: how many there shall be; 0 = until its condition says no
    done: int = 0  # `loop`: how many completed

    def to_json(self) -> Json:
        """Return this scope as JSON."""
        data: Json = {"id": self.id, "kind": self.kind, "element": self.element}
        if self.parent is not None:
            data["parent"] = self.parent
        return data | {
            name: value
            for name in ("number", "total", "done")
            if (value := getattr(self, name)) != 0
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Scope":
        """Return the scope that `to_json` wrote."""
        return Scope(**data)


@dataclass(frozen=True, slots=True)
class Join:
    """Tokens that wait at a gateway, or for an activity, by the flow on which each came."""

    scope: str
    element: str
    arrived: tuple[str, ...]
    used: tuple[str, ...] = ()  # complex gateway that has gone on: ways in it expects no more from

    def to_json(self) -> list[Any]:
        """Return this join as JSON."""
        data = [self.scope, self.element, list(self.arrived)]
        return [*data, list(self.used)] if self.used else data

    @staticmethod
    def from_json(data: list[Any]) -> "Join":
        """Return the join that `to_json` wrote."""
        scope, element, arrived, *used = data
        return Join(scope, element, tuple(arrived), tuple(used[0]) if used else ())


@dataclass(frozen=True, slots=True)
class Completed:
    """An activity that completed and can be compensated; `id` was its wait's or scope's."""

    id: str
    element: str
    scope: str  # where it ran; one that has completed itself is the `id` of another entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """All tokens and open waits of one run, in the order in which they came to be."""

    next: int = 1
    scopes: tuple[Scope, ...] = ()
    waits: tuple[Wait, ...] = ()
    joins: tuple[Join, ...] = ()
    kept: tuple[str, ...] = ()  # messages nobody has taken yet
    completed: tuple[Completed, ...] = ()  # what can be compensated, oldest first

    @property
    def ended(self) -> bool:
        """Whether no process runs any more."""
        return not self.scopes

    @property
    def open(self) -> tuple[str, ...]:
        """The sorted ids of the elements where tokens wait."""
        standing = {wait.element for wait in self.waits if wait.role == "token"}
        return tuple(sorted(standing | {join.element for join in self.joins if join.arrived}))

    @property
    def active(self) -> frozenset[str]:
        """The ids of all elements at work: where tokens wait and the activities around them."""
        around = {scope.element for scope in self.scopes if scope.kind != "process"}
        return frozenset(self.open) | around

    def wait(self, wait_id: str) -> Wait | None:
        """Return the open wait with that id; None when it is not open."""
        return next((wait for wait in self.waits if wait.id == wait_id), None)

    def at(self, element: str) -> tuple[Wait, ...]:
        """Return the open waits at an element, oldest first."""
        return tuple(wait for wait in self.waits if wait.element == element)

    def to_json(self) -> Json:
        """Return this marking as JSON; `from_json` gives an equal one back."""
        data: Json = {
            "next": self.next,
            "scopes": [scope.to_json() for scope in self.scopes],
            "waits": [wait.to_json() for wait in self.waits],
            "joins": [join.to_json() for join in self.joins],
            "kept": list(self.kept),
        }
        if self.completed:
            data["completed"] = [[one.id, one.element, one.scope] for one in self.completed]
        return data

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Marking":
        """Return the marking that `to_json` wrote."""
        return Marking(
            next=data["next"],
            scopes=tuple(Scope.from_json(scope) for scope in data["scopes"]),
            waits=tuple(Wait.from_json(wait) for wait in data["waits"]),
            joins=tuple(map(Join.from_json, data["joins"])),
            kept=tuple(data["kept"]),
            completed=tuple(Completed(*one) for one in data.get("completed", ())),
        )


def ids(waits: Iterable[Wait]) -> tuple[str, ...]:
    """Return the ids of `waits`, in their order."""
    return tuple(wait.id for wait in waits)
