"""Random block-structured processes: whatever the seed, they are sound and can reach their end."""

import re
from collections.abc import Callable
from random import Random

from domain.process.model import Definition
from infra.bpmn_xml.judging import judge
from tests.process.drawn import (
    Part,
    boundary,
    catch,
    define,
    end,
    event_gateway,
    exclusive,
    file,
    inclusive,
    message,
    multi,
    parallel,
    process,
    service,
    start,
    subprocess,
    task,
    timer,
    user,
)

Drawn = tuple[str, dict[str, Part], str, str]  # flows, nodes, way in, way out
DEPTH = 2
CHOICES = 3  # values of the variable that conditions read


class Blocks:
    """Draws one random process: blocks with one way in and one way out, in one another."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311  – models, no secrets
        self._count = 0

    def definition(self) -> Definition:
        """Return the process; it is sound, unless it is too large to say so."""
        flows, parts = self._body(DEPTH)
        model = file(process(flows, **parts))
        verdict = judge(model, "random.bpmn", "deployed")
        assert {one.rule for one in verdict.faults} <= {"sound.too_large"}
        return verdict.definition or define(model)

    def broken(self) -> Definition | None:
        """Return the process after two of its flows changed their targets, if it is still sound."""
        flows, parts = self._body(DEPTH)
        model = file(process(flows, **parts)).decode()
        drawn = re.findall(r'sourceRef="\w+" targetRef="(\w+)"', model)
        one, other = self._random.sample(sorted(set(drawn)), 2)
        swapped = re.sub(
            rf'targetRef="({one}|{other})"',
            lambda found: f'targetRef="{other if found[1] == one else one}"',
            model,
        )
        return judge(swapped.encode(), "broken.bpmn", "deployed").definition

    def _name(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count}"

    def _body(self, depth: int) -> tuple[str, dict[str, Part]]:
        first, last = self._name("s"), self._name("e")
        flows, parts = self._sequence(first, last, depth)
        return flows, {first: start(), last: end(), **parts}

    def _sequence(self, source: str, target: str, depth: int) -> tuple[str, dict[str, Part]]:
        flows: list[str] = []
        parts: dict[str, Part] = {}
        at = source
        for _ in range(self._random.randint(1, 3)):
            block = self._random.choice(self._blocks(depth))
            inside, more, entry, leaving = block(depth - 1)
            flows += [f"{at} > {entry}", inside]
            parts |= more
            at = leaving
        return "; ".join([*flows, f"{at} > {target}"]), parts

    def _blocks(self, depth: int) -> list[Callable[[int], Drawn]]:
        leaves: list[Callable[[int], Drawn]] = [
            self._task,
            self._task,
            self._timer,
            self._guarded,
            self._events,
        ]
        inner: list[Callable[[int], Drawn]] = [
            self._choice,
            self._both,
            self._some,
            self._loop,
            self._inside,
            self._several,
        ]
        return leaves if depth <= 0 else leaves + inner

    def _task(self, _depth: int) -> Drawn:
        name = self._name("t")
        return "", {name: self._random.choice([task, user, service])()}, name, name

    def _timer(self, _depth: int) -> Drawn:
        name = self._name("c")
        return "", {name: catch(timer("P1D"))}, name, name

    def _guarded(self, _depth: int) -> Drawn:
        """A task with a deadline: it interrupts and merges, or runs beside to an end of its own."""
        name, guard, after = self._name("t"), self._name("b"), self._name("u")
        if self._random.random() < 0.5:
            merge = self._name("m")
            parts = {name: user(), guard: boundary(name, timer("P3D")), after: user(),
                     merge: exclusive()}  # fmt: skip
            return f"{name} > {merge}; {guard} > {after} > {merge}", parts, name, merge
        own_end = self._name("e")
        parts = {name: user(), guard: boundary(name, timer("P3D"), interrupting=False),
                 after: service(), own_end: end()}  # fmt: skip
        return f"{guard} > {after} > {own_end}", parts, name, name

    def _events(self, _depth: int) -> Drawn:
        gate, one, other, merge = (self._name(prefix) for prefix in ("g", "c", "c", "m"))
        parts = {gate: event_gateway(), one: catch(timer("P2D")), other: catch(message("news")),
                 merge: exclusive()}  # fmt: skip
        return f"{gate} > {one} > {merge}; {gate} > {other} > {merge}", parts, gate, merge

    def _branches(self, depth: int, split: Part, join: Part, *, guarded: bool) -> Drawn:
        opening, closing = self._name("x"), self._name("j")
        flows: list[str] = []
        parts: dict[str, Part] = {opening: split, closing: join}
        for number in range(self._random.randint(2, CHOICES)):
            first = self._name("t")
            mark = f"[choice = {number}] {first}" if guarded and number else first
            inside, more = self._sequence(first, closing, depth)
            default = "*" if guarded and not number else ""
            flows += [f"{opening} > {mark}{default}", inside]
            parts |= {first: task(), **more}
        return "; ".join(flows), parts, opening, closing

    def _choice(self, depth: int) -> Drawn:
        return self._branches(depth, exclusive(), exclusive(), guarded=True)

    def _both(self, depth: int) -> Drawn:
        return self._branches(depth, parallel(), parallel(), guarded=False)

    def _some(self, depth: int) -> Drawn:
        return self._branches(depth, inclusive(), inclusive(), guarded=True)

    def _loop(self, depth: int) -> Drawn:
        entry, again, rest = self._name("m"), self._name("x"), self._name("u")
        inside, parts = self._sequence(entry, again, depth)
        parts |= {entry: exclusive(), again: exclusive(), rest: user()}
        after = self._name("t")
        flows = f"{inside}; {again} > [choice = 0] {rest} > {entry}; {again} > {after}*"
        return flows, {**parts, after: task()}, entry, after

    def _several(self, depth: int) -> Drawn:
        """Two instances of a sub-process, side by side or in a row."""
        name = self._name("u")
        flows, parts = self._body(depth - 1)
        count = multi("2", sequential=self._random.random() < 0.5)
        return "", {name: subprocess(flows, count, **parts)}, name, name

    def _inside(self, depth: int) -> Drawn:
        name, guard, merge = self._name("u"), self._name("b"), self._name("m")
        flows, parts = self._body(depth)
        drawn = {name: subprocess(flows, **parts), merge: exclusive(),
                 guard: boundary(name, timer("P9D"))}  # fmt: skip
        return f"{name} > {merge}; {guard} > {merge}", drawn, name, merge
