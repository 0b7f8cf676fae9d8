"""Letting a case go on in another version of its diagram: its tokens, tasks and terms follow.

Nothing is played. What stands somewhere stays there, as `domain.process.migration` judges; each
running term is kept, begun anew or derived anew, as the command says.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.case import acts as a
from domain.case import events as e
from domain.case.clocks import clock_from, clock_of, key_of, open_clock
from domain.case.command import Command
from domain.case.draft import Draft
from domain.case.moving import Mover
from domain.case.refusals import AlreadyThere, NotMovable, UnknownDiagram, malformed
from domain.case.state import Carry, Case, Deadline, Task
from domain.case.tasks import drawn
from domain.kernel.errors import Refusal, UnknownNameError
from domain.kernel.faults import fault
from domain.ports import World
from domain.procedures.table import procedure
from domain.process.marking import Marking, Wait
from domain.process.migration import Plan, judge, misnamed
from domain.process.model import Definition
from domain.process.obstacles import Obstacle, Why


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    """A running term, the wait it hangs on before and after, and what shall become of it."""

    deadline: Deadline
    wait: Wait
    choice: Carry


def migrate(world: World, case: Case, command: Command, payload: a.Migrate) -> Draft | Refusal:
    """Return the events that move the case, or every reason why it cannot move."""
    old = world.definitions.pinned(case.definition)
    new = _target(world, case, payload)
    if isinstance(new, Refusal):
        return new
    mapped = {one.old: one.new for one in payload.mapping}
    if wrong := misnamed(new, mapped):
        zh, en = f"新图中没有或重复：{'、'.join(wrong)}", f"not in the new diagram: {wrong}"
        return malformed((fault("/mapping", "field", zh, en),))
    unfit = tuple(_unfit(new, case))
    plan = unfit or judge(old, new, Marking.from_json(case.marking), mapped)
    if not isinstance(plan, Plan):
        return NotMovable(obstacles=plan)
    return _Carrying(world, case, command, payload, new, plan).draft()


def _target(world: World, case: Case, payload: a.Migrate) -> Definition | Refusal:
    if payload.to == case.definition:
        return AlreadyThere()
    try:
        return world.definitions.pinned(payload.to)
    except UnknownNameError:  # named by a person, so no defect of ours
        return UnknownDiagram(to=payload.to)


def _unfit(new: Definition, case: Case) -> Iterator[Obstacle]:
    """Yield what the new diagram asks for that the procedure has not; a plain one has no code."""
    its = procedure(case.procedure)
    known = {one.name for one in its.commands} if its.plain is None else set()
    for node in new.nodes.values():
        lacks = node.effect is not None and node.effect not in its.effects
        if lacks or not known.issuperset(node.task.commands):
            yield Obstacle("effect", node.id, node.name)


class _Carrying:
    """One case on its way: what is open before, and what it becomes."""

    def __init__(
        self,
        world: World,
        case: Case,
        command: Command,
        payload: a.Migrate,
        new: Definition,
        plan: Plan,
    ) -> None:
        self._world, self._case, self._payload = world, case, payload
        self._new, self._plan = new, plan
        self._draft = Draft(case, command, command.actor, command.received_at)

    def draft(self) -> Draft | Refusal:
        """Return the events in their order: the move, the terms, where the tokens stand."""
        terms = tuple(self._terms())
        placed = {one.deadline.id for one in terms}
        self._draft.add(
            e.ProcessMigrated(
                old=self._case.definition,
                new=self._new.hash,
                reason=self._payload.reason,
                mapping=tuple(e.Renamed(old=one.old, new=one.new) for one in self._payload.mapping),
                tasks=tuple(self._tasks()),
                terms=tuple(_carried(one) for one in terms),
            )
        )
        for deadline in self._running():
            if deadline.id not in placed:
                self._cancel(deadline)
        obstacles = tuple(obstacle for one in terms if (obstacle := self._anew(one)) is not None)
        if obstacles:
            return NotMovable(obstacles=obstacles)
        for wait in self._plan.marking.waits:
            if clock_of(self._draft.case, wait) is None:
                open_clock(self._draft, self._new, wait, self._world.book, self._world.calendar)
        tokens = self._plan.marking.to_json()
        self._draft.add(e.ProcessMoved(definition=self._new.hash, taken=(), tokens=tokens))
        mover = Mover(self._draft, self._world, "")
        if mover.hears():
            mover.settle()
        return self._draft

    def _tasks(self) -> Iterator[e.TaskCarried]:
        """Yield the open tasks that the new diagram describes otherwise."""
        open_ = {one.wait: one for one in self._case.tasks if one.state == "open"}
        for before, after in self._plan.kept:
            task = open_.get(before.id)
            if task is not None:
                carried = self._as_drawn(task, after.element)
                if carried != _as_it_is(task):
                    yield carried

    def _as_drawn(self, task: Task, element: str) -> e.TaskCarried:
        its = drawn(procedure(self._case.procedure), self._new.node(element))
        return e.TaskCarried(
            task=task.id,
            element=element,
            form=its.form,
            role=its.role,
            holder=its.holder,
            commands=its.commands,
        )

    def _terms(self) -> Iterator[_Term]:
        """Yield the running terms that keep a place in the new diagram."""
        for one in self._running():
            wait = self._place(one)
            if wait is not None and self._carries(wait, one):
                yield _Term(deadline=one, wait=wait, choice=self._choice(one))

    def _carries(self, wait: Wait, deadline: Deadline) -> bool:
        """Whether there is a term of the same kind at a wait: of the law, or by the clock."""
        by_clock = wait.timer is not None and wait.timer.kind != "law"
        return key_of(self._new, wait) is not None if deadline.of_law else by_clock

    def _running(self) -> Iterator[Deadline]:
        """Yield the terms that run or rest somewhere in the diagram: letters have terms too."""
        known = self._world.definitions.pinned(self._case.definition).nodes
        running = (one for one in self._case.deadlines if one.state in ("open", "suspended"))
        return (one for one in running if one.element in known)

    def _place(self, deadline: Deadline) -> Wait | None:
        """Return the wait in the new diagram on which a term hangs."""
        for before, after in self._plan.kept:
            if before.element == deadline.element and deadline.wait in ("", before.id):
                return after
        return None

    def _choice(self, deadline: Deadline) -> Carry:
        said = {one.of: one.choice for one in self._payload.choices}
        by_key = said.get(deadline.key, self._payload.deadlines)
        return said.get(deadline.element, by_key)

    def _cancel(self, deadline: Deadline) -> None:
        gone = e.DeadlineCancelled(deadline=deadline.id, key=deadline.key)
        self._draft.add(gone, deadline.term.cite)

    def _anew(self, term: _Term) -> Obstacle | None:
        """Begin a term anew, or derive it anew from its old start; or say why it cannot be."""
        old = term.deadline
        if term.choice == "keep":
            return None
        altered = bool(old.pauses) or self._extended(old)
        if old.state == "suspended" or (altered and term.choice == "rederive"):
            return self._obstacle("deadline_rests", term)
        since = self._draft.at if term.choice == "reset" else old.starts
        opened = clock_from(
            self._draft, self._new, term.wait, self._world.book, self._world.calendar, since
        )
        if opened is None or (opened.term, opened.due) == (old.term, old.due):
            return None
        if opened.effective <= self._draft.at:
            return self._obstacle("deadline_past", term)
        self._cancel(old)
        self._draft.add(opened, opened.term.cite)
        return None

    def _extended(self, deadline: Deadline) -> bool:
        """Whether an official made the term longer than it was when it began."""
        begun = procedure(self._case.procedure).amount(self._case.data, deadline.key)
        return deadline.amount != (deadline.term.amount if begun is None else begun)

    def _obstacle(self, why: Why, term: _Term) -> Obstacle:
        return Obstacle(why, term.wait.element, self._new.node(term.wait.element).name)


def _carried(term: _Term) -> e.TermCarried:
    return e.TermCarried(deadline=term.deadline.id, element=term.wait.element, choice=term.choice)


def _as_it_is(task: Task) -> e.TaskCarried:
    return e.TaskCarried(
        task=task.id,
        element=task.element,
        form=task.form,
        role=task.role,
        holder=task.holder,
        commands=task.commands,
    )
