"""Random blocks of the rarer elements: compensation, transactions, ad-hoc, complex, multiple."""

from typing_extensions import override

from tests.process.drawn import (
    Part,
    ad_hoc,
    boundary,
    cancel,
    catch,
    compensate,
    complex_gateway,
    end,
    exclusive,
    multi,
    parallel,
    start,
    subprocess,
    task,
    throw,
    transaction,
    undo,
    undoes,
    user,
)
from tests.process.random_blocks import Block, Blocks, Drawn

TOGETHER = 'parallelMultiple="true"'


class RareBlocks(Blocks):
    """Draws these beside the others; what they leave behind stays inside them."""

    @override
    def _blocks(self, depth: int) -> list[Block]:
        leaves: list[Block] = [self._undone, self._counted, self._multiple, self._overheard]
        inner: list[Block] = [self._transaction, self._ad_hoc, self._first_come, self._restored]
        found = super()._blocks(depth)
        if self.exhausted:
            return found
        return [*found, *leaves, *(inner if depth > 0 else [])]

    def _undoable(self) -> tuple[str, dict[str, Part]]:
        """A task, done once or several times, and what undoes it."""
        work, guard, handler, tie = (self.name(prefix) for prefix in "tbun")
        kinds = [user(self._often()), task()]
        undoing = undo(self.random.choice(["task", "userTask", "serviceTask"]))
        return work, {work: self.random.choice(kinds), guard: boundary(work, compensate()),
                      handler: undoing, tie: undoes(guard, handler)}  # fmt: skip

    def _undone(self, _depth: int) -> Drawn:
        work, parts = self._undoable()
        thrown = self.name("v")
        waits = self.random.random() < 0.7
        parts[thrown] = throw(compensate(self.random.choice(["", work]), waits=waits))
        return Drawn(work, thrown, [f"{work} > {thrown}"], parts)

    def _restored(self, depth: int) -> Drawn:
        """A sub-process that is undone when it has completed."""
        name, thrown, first, last = map(self.name, "uvse")
        work, parts = self._undoable()
        inside = self.sequence(work, last, depth - 1)
        parts |= {first: start(), last: end(), **inside.parts}
        body = subprocess(f"{first} > {work}; {inside.text}", self._often(), **parts)
        return Drawn(name, thrown, [f"{name} > {thrown}"],
                     {name: body, thrown: throw(compensate())})  # fmt: skip

    def _transaction(self, depth: int) -> Drawn:
        name, guard, merge, first, way, last, stop = map(self.name, "ubmsxee")
        work, parts = self._undoable()
        inside = self.sequence(work, way, depth - 1)
        parts |= {first: start(), **inside.parts, way: exclusive(), last: end(),
                  stop: end(cancel())}  # fmt: skip
        flows = f"{first} > {work}; {inside.text}; {way} > [choice = 0] {stop}; {way} > {last}*"
        drawn = {name: transaction(flows, self._often(), **parts), merge: exclusive(),
                 guard: boundary(name, cancel())}  # fmt: skip
        return Drawn(name, merge, [f"{name} > {merge}; {guard} > {merge}"], drawn)

    def _ad_hoc(self, depth: int) -> Drawn:
        name = self.name("u")
        flows, parts = [], dict[str, Part]()
        for _ in range(self.random.randint(1, 3)):
            row = [self._work(depth), self._wait(depth), self._work(depth)]
            flows.append(" > ".join(one.first for one in row))  # no ends may stand in it
            for one in row:
                parts |= one.parts
        order = self.random.choice(["", 'ordering="Sequential"'])
        rest = self.random.choice(["", 'cancelRemainingInstances="false"'])
        until = self.random.choice(["", "choice = 2"])
        part = ad_hoc("; ".join(flows), f"{order} {rest}", until, **parts)
        return Drawn(name, name, [], {name: part})

    def _first_come(self, depth: int) -> Drawn:
        """A race in a sub-process: a complex gateway goes on, the others run to their end."""
        name, first, split, join, after, last = map(self.name, "usfjte")
        drawn = Drawn(first, last)
        for _ in range(3):
            begin = self.name("t")
            drawn.flows.append(f"{split} > {begin}")
            drawn.also(self.sequence(begin, join, depth - 2))
            drawn.parts[begin] = user()
        counts = ["", "activationCount >= 2", "activationCount = 1", "activationCount = 3"]
        drawn.parts |= {first: start(), split: parallel(), after: user(), last: end(),
                        join: complex_gateway(self.random.choice(counts))}  # fmt: skip
        flows = f"{first} > {split}; {drawn.text}; {join} > {after} > {last}"
        return Drawn(name, name, [], {name: subprocess(flows, **drawn.parts)})

    def _counted(self, _depth: int) -> Drawn:
        one, other = self.name("t"), self.name("t")
        parts = {one: user("", 'completionQuantity="2"'), other: user("", 'startQuantity="2"')}
        return Drawn(one, other, [f"{one} > {other}"], parts)

    def _multiple(self, _depth: int) -> Drawn:
        """An event of several parts that is waited for, or that stops a task."""
        several = "".join(self.random.sample(self._events_of("P2D"), 2))
        together = self.random.choice(["", TOGETHER])
        if self.random.random() < 0.5:
            event = catch(several)
            return self._one("c", [Part(event.tag, together, event.inside)])
        work, guard, merge = self.name("t"), self.name("b"), self.name("m")
        event = boundary(work, several)
        event = Part(event.tag, f"{event.attributes} {together}", event.inside)
        parts = {work: user(), guard: event, merge: exclusive()}
        return Drawn(work, merge, [f"{work} > {merge}; {guard} > {merge}"], parts)

    def _overheard(self, _depth: int) -> Drawn:
        """Instances that throw to their own boundary event."""
        work, guard, after, own_end, event = (self.name(prefix) for prefix in "tbuei")
        name = self.random.choice(["One", "None"])
        throws = f'Characteristics behavior="{name}" {name.lower()}BehaviorEventRef="{event}"'
        loop = multi("2").replace("Characteristics", throws, 1)
        thrown = f'<bpmn:signalEventDefinition id="{event}" signalRef="overheard"/>'
        parts = {work: user(loop), guard: boundary(work, thrown, interrupting=False),
                 after: user(), own_end: end()}  # fmt: skip
        return Drawn(work, work, [f"{guard} > {after} > {own_end}"], parts)
