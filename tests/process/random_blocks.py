"""Random blocks with one way in and one way out, in one another: sound, whatever the seed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

from tests.process.drawn import (
    Part,
    assign,
    boundary,
    call,
    catch,
    condition,
    each,
    end,
    error,
    escalation,
    event_gateway,
    event_subprocess,
    exclusive,
    inclusive,
    link,
    loop,
    message,
    multi,
    parallel,
    receive,
    send,
    service,
    signal,
    start,
    subprocess,
    task,
    terminate,
    throw,
    timer,
    user,
)

CHOICES = 3  # values of the variable that conditions read
LISTED = (1, 2)  # the collection that multi-instances go over
MESSAGES = ("news", "reply")
CALLED = "q"  # the process that call activities call
DEPTH = 3


@dataclass
class Drawn:
    """Flows and nodes of a block, and the nodes a token enters and leaves it by."""

    first: str
    last: str
    flows: list[str] = field(default_factory=list)
    parts: dict[str, Part] = field(default_factory=dict)

    def also(self, other: "Drawn") -> None:
        """Take in what another block is made of."""
        self.flows += other.flows
        self.parts |= other.parts

    @property
    def text(self) -> str:
        """The flows on one line."""
        return "; ".join(self.flows)


Block: TypeAlias = Callable[[int], Drawn]


class Blocks:
    """Draws blocks until about `size` of them stand; the same seed and size draw the same."""

    def __init__(self, seed: int, size: int) -> None:
        self.random = Random(seed)  # noqa: S311  – models, no secrets
        self.calls = self.random.random() < 0.5  # whether the file has a process to call
        self._left, self._count = size, 0

    def name(self, prefix: str) -> str:
        """Return an id that nothing else has."""
        self._count += 1
        return f"{prefix}{self._count}"

    def body(self, depth: int, begin: Part | None = None) -> tuple[str, dict[str, Part]]:
        """Return a whole body, from its start to its end, sometimes with an event sub-process."""
        first, last = self.name("s"), self.name("e")
        drawn = self.sequence(first, last, depth)
        handlers = self._handler() if self.random.random() < 0.2 else {}
        parts = {first: begin or start(), **drawn.parts, last: end(), **handlers}
        return drawn.text, parts

    def sequence(self, source: str, target: str, depth: int) -> Drawn:
        """Return blocks in a row, tied to a node before and a node behind them."""
        row, at = Drawn(source, target), source
        for _ in range(self.random.randint(1, 3)):
            block = self.random.choice(self._blocks(depth))
            self._left -= 1
            drawn = block(depth - 1)
            row.also(drawn)
            row.flows.append(f"{at} > {drawn.first}")
            at = drawn.last
            if self._left <= 0:
                break
        row.flows.append(f"{at} > {target}")
        return row

    @property
    def exhausted(self) -> bool:
        """Whether enough blocks stand."""
        return self._left <= 0

    def _blocks(self, depth: int) -> list[Block]:
        if self.exhausted:
            return [self._work]
        leaves: list[Block] = [self._work, self._work, self._wait, self._throw, self._guarded,
                               self._beside, self._events, self._repeated, self._link]  # fmt: skip
        inner: list[Block] = [self._choice, self._both, self._some, self._loop, self._implicit,
                              self._inside, self._several, self._escaping]  # fmt: skip
        if self.calls:
            leaves.append(self._call)
        return leaves + inner if depth > 0 else leaves

    # ---- one node

    def _one(self, prefix: str, parts: list[Part]) -> Drawn:
        name = self.name(prefix)
        return Drawn(name, name, [], {name: self.random.choice(parts)})

    def _work(self, _depth: int) -> Drawn:
        kinds = [task(), user(), user(), service(), service(assign("set", "choice + 1")),
                 receive("news"), send("reply")]  # fmt: skip
        return self._one("t", kinds)

    def _wait(self, _depth: int) -> Drawn:
        return self._one("c", [catch(one) for one in self._events_of("P1D")])

    def _throw(self, _depth: int) -> Drawn:
        return self._one("v", [throw(), throw(message("news")), throw(signal("alarm"))])

    def _repeated(self, _depth: int) -> Drawn:
        """A task that is done several times."""
        again = [loop("choice = 0", 'loopMaximum="3"'), loop("choice = 0", 'testBefore="true"')]
        return self._one("t", [part(one) for part in (user, task) for one in again + self._times()])

    def _call(self, _depth: int) -> Drawn:
        return self._one("q", [call(CALLED)])

    # ---- leaves of several nodes

    def _guarded(self, _depth: int) -> Drawn:
        """A task that an event may stop; both ways meet."""
        work, guard, after, merge = (self.name(one) for one in "tbum")
        stops = [*self._events_of("P3D"), error("boom")]
        parts = {work: user(self._often()), guard: boundary(work, self.random.choice(stops)),
                 after: user(), merge: exclusive()}  # fmt: skip
        return Drawn(work, merge, [f"{work} > {merge}; {guard} > {after} > {merge}"], parts)

    def _beside(self, _depth: int) -> Drawn:
        """A task beside which an event begins more work, which has an end of its own."""
        work, guard, after, own_end = (self.name(one) for one in "tbue")
        event = self.random.choice([*self._events_of("P3D"), timer("R2/P1D")])
        parts = {work: user(self._often()), guard: boundary(work, event, interrupting=False),
                 after: self.random.choice([user(), service()]), own_end: end()}  # fmt: skip
        return Drawn(work, work, [f"{guard} > {after} > {own_end}"], parts)

    def _events(self, _depth: int) -> Drawn:
        gate, one, other, merge = (self.name(prefix) for prefix in "gccm")
        late, *others = self._events_of("P2D")
        first = catch(late)
        second = self.random.choice([receive("reply"), *map(catch, others)])
        parts = {gate: event_gateway(), one: first, other: second, merge: exclusive()}
        flows = [f"{gate} > {one} > {merge}; {gate} > {other} > {merge}"]
        return Drawn(gate, merge, flows, parts)

    def _link(self, _depth: int) -> Drawn:
        source, target = self.name("v"), self.name("c")
        return Drawn(source, target, [], {source: throw(link(source)), target: catch(link(source))})

    # ---- blocks around blocks

    def _branches(self, depth: int, split: Part, join: Part, *, guarded: bool) -> Drawn:
        drawn = Drawn(self.name("x"), self.name("j"))
        drawn.parts = {drawn.first: split, drawn.last: join}
        for number in range(self.random.randint(2, CHOICES)):
            first = self.name("t")
            mark = f"[choice = {number}] {first}" if guarded and number else first
            default = "*" if guarded and not number else ""
            drawn.flows.append(f"{drawn.first} > {mark}{default}")
            drawn.also(self.sequence(first, drawn.last, depth))
            drawn.parts[first] = self.random.choice([task(), user()])
        return drawn

    def _choice(self, depth: int) -> Drawn:
        return self._branches(depth, exclusive(), exclusive(), guarded=True)

    def _both(self, depth: int) -> Drawn:
        return self._branches(depth, parallel(), parallel(), guarded=False)

    def _some(self, depth: int) -> Drawn:
        return self._branches(depth, inclusive(), inclusive(), guarded=True)

    def _implicit(self, depth: int) -> Drawn:
        """A task from which one or several conditional flows lead on."""
        return self._branches(depth, user(), inclusive(), guarded=True)

    def _loop(self, depth: int) -> Drawn:
        entry, again, rest, after = (self.name(prefix) for prefix in "mxut")
        drawn = self.sequence(entry, again, depth)
        drawn.parts |= {entry: exclusive(), again: exclusive(), rest: user(), after: task()}
        drawn.flows.append(f"{again} > [choice = 0] {rest} > {entry}; {again} > {after}*")
        return Drawn(entry, after, drawn.flows, drawn.parts)

    def _inside(self, depth: int) -> Drawn:
        """A sub-process that an event may stop."""
        name, guard, merge = (self.name(prefix) for prefix in "ubm")
        flows, parts = self.body(depth)
        drawn = {name: subprocess(flows, self._often(), **parts), merge: exclusive(),
                 guard: boundary(name, self.random.choice(self._events_of("P9D")))}  # fmt: skip
        return Drawn(name, merge, [f"{name} > {merge}; {guard} > {merge}"], drawn)

    def _several(self, depth: int) -> Drawn:
        """Instances of a sub-process, side by side or in a row."""
        name = self.name("u")
        flows, parts = self.body(depth - 1)
        return Drawn(
            name, name, [], {name: subprocess(flows, self.random.choice(self._times()), **parts)}
        )

    def _escaping(self, depth: int) -> Drawn:
        """A sub-process that may throw out of its middle, or stop itself."""
        name, guard, merge, first, way, thrown, last = map(self.name, "ubmsxee")
        inside = self.sequence(first, way, depth - 1)
        kind = self.random.choice(["error", "escalation", "terminate", "handled"])
        what = {"escalation": escalation("higher"), "terminate": terminate()}
        parts = {first: start(), **inside.parts, way: exclusive(), last: end(),
                 thrown: end(what.get(kind, error("boom")))}  # fmt: skip
        flows = f"{inside.text}; {way} > [choice = 0] {thrown}; {way} > {last}*"
        drawn = Drawn(name, merge, [f"{name} > {merge}"], {merge: exclusive()})
        if kind == "handled":
            parts |= self._catching("boom")
        if kind in ("error", "escalation"):
            catching = escalation() if kind == "escalation" else error("boom")
            drawn.parts[guard] = boundary(name, catching)
            drawn.flows.append(f"{guard} > {merge}")
        else:  # nothing leaves it
            drawn.flows, drawn.parts, drawn.last = [], {}, name
        drawn.parts[name] = subprocess(flows, self._often(), **parts)
        return drawn

    def _catching(self, code: str) -> dict[str, Part]:
        begin, work, last = (self.name(prefix) for prefix in "sue")
        parts = {begin: start(error(code)), work: user(), last: end()}
        return {self.name("h"): event_subprocess(f"{begin} > {work} > {last}", **parts)}

    def _handler(self) -> dict[str, Part]:
        begin, work, last = (self.name(prefix) for prefix in "sue")
        stops = self.random.choice(["true", "false"])
        event = start(self.random.choice(self._events_of("P5D")), f'isInterrupting="{stops}"')
        parts = {begin: event, work: self.random.choice([user(), service()]), last: end()}
        return {self.name("h"): event_subprocess(f"{begin} > {work} > {last}", **parts)}

    def _events_of(self, time: str) -> list[str]:
        named = message(self.random.choice(MESSAGES))
        return [timer(time), named, signal("alarm"), condition("choice = 2")]

    def _often(self) -> str:
        return self.random.choice(self._times()) if self.random.random() < 0.2 else ""

    def _times(self) -> list[str]:
        row = self.random.random() < 0.5
        until = self.random.choice(["", "choice = 2"])
        return [multi("2", sequential=row, until=until), each("list", self.name("item"))]
