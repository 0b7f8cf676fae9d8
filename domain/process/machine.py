"""A marking in motion: the tokens, and the few primitives that every element is made of.

Each scope counts its tokens (`live`): one per moving, waiting, parked or joining token and per
activity at work. A token's count moves along with it: whoever enters a node holds one, `go` adds
one for each flow taken, `leave` gives one back; a scope whose count is zero is empty and so
complete.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from domain.kernel.errors import EngineError
from domain.process.feel import Value
from domain.process.marking import (
    Join,
    Marking,
    Role,
    Scope,
    ScopeKind,
    Wait,
    WaitKind,
)
from domain.process.model import TASKS, Body, Definition, Flow, Node
from domain.process.moves import Closed, How, Step, What

MAX_DEPTH = 200  # scopes in one another; more is a process that calls itself for ever
MAX_NODES = 10_000  # nodes one run may enter; more is a cycle that never waits
LOOP_COUNTER = "loopCounter"  # which turn of a loop this is, from 1
BODILESS = frozenset(("loop", "turn", "compensation"))


class Host(Protocol):
    """What a run is embedded in: a real case, or the simulator."""

    open_world: bool  # messages and signals may start processes of the file; every message is kept

    def variables(self, root: str) -> Mapping[str, Value]:
        """Return the variables of the process instance with scope id `root`."""

    def assign(self, root: str, target: str, value: Value) -> None:
        """Set a variable of that process instance."""

    def work(self, wait: Wait, root: str) -> "Outcome | None":
        """Return how the work of a task that just began ended at once; None when it goes on."""


class RunError(Exception):
    """Ends the whole run: an error nobody catches, or a failure. Stays inside this package."""

    def __init__(self, code: str, element: str = "") -> None:
        super().__init__(code)
        self.code, self.element = code, element


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a task's work ended: well, by an error, or well with an escalation."""

    error: str | None = None
    escalate: str | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A moving token: about to enter `node`, by `flow` or from nowhere."""

    scope: str
    node: Node
    flow: str | None = None


@dataclass(frozen=True, slots=True)
class Throw:
    """Parked until nothing else can move: a throwing event, a task that sends or fails."""

    what: Literal["event", "send", "error", "escalate"]
    scope: str
    node: Node
    wait: str | None = None  # the task at work
    code: str | None = None  # of the error or escalation


@dataclass(frozen=True, slots=True)
class Finished:
    """An instance of an activity that completed; its token's count is still in `scope`."""

    node: Node
    scope: str


class Machine:
    """A marking in motion. Made for one step and thrown away; `freeze` gives the next marking."""

    def __init__(self, definition: Definition, marking: Marking, host: Host) -> None:
        self.definition, self.host = definition, host
        self.scopes = {scope.id: scope for scope in marking.scopes}
        self.waits = {wait.id: wait for wait in marking.waits}
        self.joins = {(join.scope, join.element): list(join.arrived) for join in marking.joins}
        self.used = {(one.scope, one.element): list(one.used) for one in marking.joins if one.used}
        self.kept = list(marking.kept)
        self.completed = {one.id: one for one in marking.completed}
        self.live = _counts(marking)
        self.tokens: deque[Token] = deque()
        self.throws: deque[Throw] = deque()
        self.finished: deque[Finished] = deque()
        self.emptied: deque[str] = deque()  # scopes without a token
        self.triggers: deque[str] = deque()  # waits for a message that was already there
        self.steps: list[Step] = []
        self.taken: list[str] = []
        self.thrown: list[tuple[str, str]] = []
        self.closed: list[Closed] = []
        self.unheard: list[str] = []  # codes of escalations that reached nobody
        self.terminated = False
        self.entered = 0  # nodes entered and turns begun
        self.budget = MAX_NODES
        self._next, self._before = marking.next, frozenset(self.waits)

    def freeze(self) -> Marking:
        """Return where the tokens stand; nothing may be moving."""
        return Marking(
            next=self._next,
            scopes=tuple(self.scopes.values()),
            waits=tuple(self.waits.values()),
            joins=tuple(map(self._join, self.joins)),
            kept=tuple(self.kept),
            completed=tuple(self.completed.values()),
        )

    def _join(self, where: tuple[str, str]) -> Join:
        return Join(*where, tuple(self.joins[where]), tuple(self.used.get(where, ())))

    @property
    def opened(self) -> tuple[Wait, ...]:
        """The waits that are open now and were not when this machine was made."""
        return tuple(wait for wait in self.waits.values() if wait.id not in self._before)

    def new_id(self, prefix: Literal["w", "s"]) -> str:
        """Return the next id: `w` for waits, `s` for scopes."""
        number, self._next = self._next, self._next + 1
        return f"{prefix}{number}"

    def say(self, what: What, element: str, which: str | None = None) -> None:
        """Note that something happened."""
        self.steps.append(Step(what, element, which))

    def count(self) -> None:
        """Count a node entered or a turn begun.

        Raises:
            RunError: `run.too_long`, the budget is spent.
        """
        self.entered += 1
        if self.entered > self.budget:
            raise RunError("run.too_long")

    # ---- scopes

    def open_scope(
        self, kind: ScopeKind, element: str, parent: str | None, *, number: int = 0, total: int = 0
    ) -> str:
        """Open an empty scope and return its id; its count in `parent` is its token's.

        Raises:
            RunError: `run.too_long`, too many scopes in one another.
        """
        which = self.new_id("s")
        self._check_depth(parent)
        self.scopes[which] = Scope(
            id=which, kind=kind, element=element, parent=parent, number=number, total=total
        )
        self.live[which] = 0
        return which

    def _check_depth(self, scope: str | None) -> None:
        for _ in range(MAX_DEPTH):
            if scope is None:
                return
            scope = self.scopes[scope].parent
        raise RunError("run.too_long")

    def close_scope(self, which: str) -> Scope:
        """Forget an empty scope, its handlers included, and return it.

        What completed in it stays known only where the scope itself can be compensated.
        """
        self.stand_down(which)
        if which not in self.completed:
            self.forget(which)
        self.used = {at: flows for at, flows in self.used.items() if at[0] != which}
        del self.live[which]
        return self.scopes.pop(which)

    def _give_back(self, scope: str) -> None:
        """Let what a compensation that is stopped has not undone be undone by another."""
        parent = self.scopes[scope].parent or ""
        for one in [one for one in self.completed.values() if one.scope == scope]:
            self.completed[one.id] = replace(one, scope=parent)

    def forget(self, scope: str) -> None:
        """Forget what completed in a scope and could be compensated, with all inside it."""
        for one in [one for one in self.completed.values() if one.scope == scope]:
            del self.completed[one.id]
            self.forget(one.id)

    def change_scope(self, which: str, *, number: int, done: int) -> Scope:
        """Count the turns of a loop and return its scope."""
        self.scopes[which] = replace(self.scopes[which], number=number, done=done)
        return self.scopes[which]

    def body(self, scope: str) -> Body:
        """Return the body that runs in a scope.

        Raises:
            EngineError: the scope is a loop or a compensation, which has no body of its own.
        """
        found = self.scopes[scope]
        element = found.element
        if found.kind == "call":
            element = self.definition.nodes[element].called or ""
        if found.kind in BODILESS or element not in self.definition.bodies:
            raise EngineError(f"no body runs in {found.kind} {found.element}")
        return self.definition.bodies[element]

    def root(self, scope: str) -> str:
        """Return the id of the process instance a scope belongs to."""
        while (parent := self.scopes[scope].parent) is not None:
            scope = parent
        return scope

    def variables(self, scope: str) -> Mapping[str, Value]:
        """Return what expressions in a scope may read: the variables, and the loop's counter."""
        known = self.host.variables(self.root(scope))
        at: str | None = scope
        while at is not None:
            found = self.scopes[at]
            if found.kind == "turn":
                return {**known, LOOP_COUNTER: found.number, **self._item(found, known)}
            at = found.parent
        return known

    def _item(self, turn: Scope, known: Mapping[str, Value]) -> Mapping[str, Value]:
        node = self.definition.nodes.get(turn.element)
        loop = node.loop if node is not None else None
        if loop is None or loop.collection is None or loop.item is None:
            return {}
        items = known.get(loop.collection)
        if not isinstance(items, list | tuple) or turn.number > len(items):
            return {loop.item: None}
        return {loop.item: items[turn.number - 1]}

    # ---- tokens

    def put(self, scope: str, node: Node) -> None:
        """Let a new token appear at a node."""
        self.live[scope] += 1
        self.tokens.append(Token(scope, node))

    def go(self, scope: str, flow: Flow) -> None:
        """Let a new token take a flow."""
        self.live[scope] += 1
        self.taken.append(flow.id)
        self.say("taken", flow.id)
        self.tokens.append(Token(scope, self.definition.nodes[flow.target], flow.id))

    def leave(self, scope: str, count: int = 1) -> None:
        """Let tokens disappear; the scope they leave last is complete."""
        self.live[scope] -= count
        if self.live[scope] == 0:
            self.emptied.append(scope)

    def wait_to_join(self, token: Token) -> list[str]:
        """Let a token wait to join others; return the flows on which tokens wait there."""
        came = self.joins.setdefault((token.scope, token.node.id), [])
        came.append(token.flow or "")
        return came

    def join(self, scope: str, element: str, flows: Iterable[str]) -> None:
        """Take one token that waits to join from each of these flows."""
        for flow in flows:
            self.joins[scope, element].remove(flow)
        self.forget_join(scope, element)

    def forget_join(self, scope: str, element: str) -> None:
        """Remember nothing of a join where nothing waits and no round runs.

        Which one waits longest is told by the order in which they began, and that must be the same
        after a restart.
        """
        where = (scope, element)
        if not self.joins.get(where) and where not in self.used:
            self.joins.pop(where, None)

    # ---- waits

    def open_wait(
        self,
        node: Node,
        scope: str,
        kind: WaitKind,
        *,
        role: Role = "token",
        attached_to: str | None = None,
        which: str | None = None,
    ) -> Wait:
        """Begin to wait at a node; a message kept for it comes at once."""
        wait = Wait(
            id=which or self.new_id("w"),
            element=node.id,
            kind=kind,
            scope=scope,
            role=role,
            attached_to=attached_to,
            timer=node.event.timer,
            ref=node.event.ref if kind in ("message", "signal", "receive") else None,
        )
        self.waits[wait.id] = wait
        if kind in ("message", "receive") and wait.ref in self.kept:
            self.kept.remove(wait.ref)
            self.triggers.append(wait.id)
        return wait

    def close_wait(self, which: str, how: How) -> Wait:
        """End a wait and return it."""
        wait = self.waits.pop(which)
        if which in self._before:
            self.closed.append(Closed(wait, how))
        return wait

    def stand_down(self, guarded: str) -> None:
        """End what guards an activity, offers a choice or would start a handler in a scope."""
        for wait in [wait for wait in self.waits.values() if wait.attached_to == guarded]:
            self.close_wait(wait.id, "cancelled")

    # ---- cancelling

    def cancel_activity(self, which: str) -> None:
        """Stop an activity or wait with all inside; its token's count stays where it was."""
        if which in self.waits:
            wait = self.close_wait(which, "cancelled")
            self.say("cancelled", wait.element, which)
            self.throws = deque(throw for throw in self.throws if throw.wait != which)
        else:
            kind = self.scopes[which].kind
            if kind not in BODILESS:
                self.say("cancelled", self.scopes[which].element, which)
            self.clear_scope(which)
            if kind == "compensation":
                self._give_back(which)
            self.close_scope(which)
        self.stand_down(which)

    def clear_scope(self, which: str) -> None:
        """Stop all that goes on in a scope; the scope itself stays, empty."""
        for scope in [one.id for one in self.scopes.values() if one.parent == which]:
            self.cancel_activity(scope)
        for wait in [one for one in self.waits.values() if one.scope == which]:
            if wait.id in self.waits and wait.role == "token":
                self.cancel_activity(wait.id)
        self.joins = {at: came for at, came in self.joins.items() if at[0] != which}
        self.used = {at: flows for at, flows in self.used.items() if at[0] != which}
        self.tokens = deque(token for token in self.tokens if token.scope != which)
        self.throws = deque(throw for throw in self.throws if throw.scope != which)
        self.finished = deque(one for one in self.finished if one.scope != which)
        self.emptied = deque(one for one in self.emptied if one != which)
        self.live[which] = 0

    def is_task(self, wait: Wait) -> bool:
        """Whether a wait is a task at work."""
        return wait.role == "token" and wait.kind in TASKS


def _counts(marking: Marking) -> dict[str, int]:
    live = dict.fromkeys((scope.id for scope in marking.scopes), 0)
    for scope in marking.scopes:
        if scope.parent is not None:
            live[scope.parent] += 1
    for wait in marking.waits:
        if wait.role == "token":
            live[wait.scope] += 1
    for join in marking.joins:
        live[join.scope] += len(join.arrived)
    return live
