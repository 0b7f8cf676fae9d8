"""Lets the token game move a case and writes down tasks, deadlines and the law's own acts."""

from dataclasses import replace

from domain.case import events as e
from domain.case.actor import LAW, SYSTEM
from domain.case.clocks import clock_of, open_clock
from domain.case.draft import Draft
from domain.case.procedure import Play
from domain.case.serving import give_up
from domain.case.state import ENDED, Deadline
from domain.case.tasks import drawn
from domain.kernel.errors import EngineError, StreamBrokenError, UnknownNameError
from domain.law.citation import canonical
from domain.ports import World
from domain.procedures.table import procedure
from domain.process import game
from domain.process.feel import CALENDAR
from domain.process.game import Closed, Marking, Move, Variables
from domain.process.marking import Wait
from domain.process.model import AUTOMATIC, TASKS, Definition, Node


class Mover:
    """One append's way through the diagram: `play`, then `settle` once letters are out."""

    def __init__(self, draft: Draft, world: World, command: str) -> None:
        self._draft, self._world, self._command = draft, world, command
        self.definition = world.definitions.pinned(draft.case.definition)
        self._marking = Marking.from_json(draft.case.marking) if draft.case.marking else Marking()
        self._before = {wait.id for wait in self._marking.waits}
        self._taken: list[str] = []
        self._lapsed = ""  # citation under which the law acts in this append
        self._plain = procedure(draft.case.procedure).plain

    def play(self, step: Play) -> None:
        """Take a step and all the law's own acts that follow from it; what closed is written down.

        Raises:
            EngineError: the diagram has no way on, which the load check excludes.
        """
        self._step(step)
        self._follow()

    def hears(self) -> bool:
        """Deliver what was kept for whom waits now; return whether there was anything."""
        heard = self._takes_what_was_kept()
        self._follow()
        return heard

    def settle(self) -> None:
        """Write down what opened, the end if it has come, and where the tokens stand – last."""
        draft, opened = self._draft, [w for w in self._marking.waits if w.id not in self._before]
        for wait in opened:
            self._open_work(wait)
        for wait in opened:
            open_clock(draft, self.definition, wait, self._world.book, self._world.calendar)
        if self._marking.ended and draft.case.ended_at is None:
            give_up(draft)
            if self._plain is not None and draft.case.status not in ENDED:
                draft.add(self._plain.finished())
            draft.add(e.CaseEnded(status=draft.case.status))
        tokens = {} if self._marking.ended else self._marking.to_json()
        moved = e.ProcessMoved(
            definition=self.definition.hash, taken=tuple(self._taken), tokens=tokens
        )
        draft.add(moved)

    def _follow(self) -> None:
        while self._does_by_itself() or self._takes_what_was_kept():
            pass

    def _step(self, step: Play) -> None:
        move = step(self.definition, self._marking, self._variables())
        if move is not None:
            self._take(move)

    def _does_by_itself(self) -> bool:
        """Do the oldest work for which nobody is waited; return whether there was any."""
        automatic = self._automatic()
        if automatic is None:
            return False
        self._effect(automatic)
        wait = automatic.id
        self._step(lambda its, marking, known: game.complete(its, marking, wait, known))
        return True

    def _takes_what_was_kept(self) -> bool:
        """Deliver the oldest message somebody waits for by now; return whether there was any."""
        if self._plain is None:
            return False
        taken = self._plain.taken(self._draft.case, self.definition, self._marking, self._draft.at)
        if taken is None:
            return False
        event, step = taken
        self._draft.add(event, actor=SYSTEM)
        self._step(step)
        return True

    def _variables(self) -> Variables:
        case = self._draft.case
        known = procedure(case.procedure).variables(case.data)
        return {**known, "command": self._command, CALENDAR: self._world.calendar}

    def _take(self, move: Move) -> None:
        if move.error is not None:
            move = self._failed(move, move.error)
        self._marking = move.marking
        if self._plain is not None and move.assigned:
            self._draft.add(self._plain.assigned(move.assigned))
        self._taken += move.taken
        completed = {step.id for step in move.steps if step.what == "completed"}
        for closed in move.closed:
            if closed.wait.id in self._before:
                self._close(closed, completed)
        if self._plain is not None and move.error is not None:
            self._draft.add(self._plain.failed(move.error))

    def _failed(self, move: Move, code: str) -> Move:
        """Return how a process ends by an error that nothing in it catches; what was done stays."""
        if self._plain is None:
            raise EngineError(f"{self.definition.file}: {code}")
        how = {one.wait.id: one.how for one in move.closed}
        ended = game.cancel_all(self.definition, self._marking)
        closed = (replace(one, how=how.get(one.wait.id, one.how)) for one in ended.closed)
        return replace(move, marking=ended.marking, closed=tuple(closed))

    def _close(self, closed: Closed, completed: set[str | None]) -> None:
        wait, how = closed.wait, closed.how
        if self._plain is not None and (dropped := self._plain.closed(self._draft.case, wait)):
            self._draft.add(dropped)
        if _is_work(wait):
            task = next((one for one in self._draft.case.tasks if one.wait == wait.id), None)
            if task is not None and task.state == "open":
                done = how == "completed"
                event = e.TaskCompleted if done else e.TaskCancelled
                self._draft.add(event(task=task.id))
        deadline = clock_of(self._draft.case, wait)
        if deadline is None:
            return
        which, key = deadline.id, deadline.key
        met = how == "completed" or wait.attached_to in completed
        if how == "fired":
            self._lapsed = deadline.term.cite
            self._draft.add(_lapsed(deadline), self._lapsed)
        elif met:
            self._draft.add(e.DeadlineMet(deadline=which, key=key))
        else:
            self._draft.add(e.DeadlineCancelled(deadline=which, key=key))

    def _automatic(self) -> Wait | None:
        waits = (one for one in self._marking.waits if one.role == "token")
        return next((one for one in waits if self._by_itself(one)), None)

    def _by_itself(self, wait: Wait) -> bool:
        """Whether nobody outside has to do what is waited for."""
        if self._plain is None:
            return wait.kind in ("service", "rule")
        return wait.kind in AUTOMATIC and not self._plain.outside(self._node(wait))

    def _node(self, wait: Wait) -> Node:
        return self.definition.node(wait.element)

    def _effect(self, wait: Wait) -> None:
        case, name = self._draft.case, self.definition.node(wait.element).effect
        if name is None and self._plain is not None:
            return
        effect = procedure(case.procedure).effects.get(name or "")
        if effect is None:
            raise UnknownNameError(f"{self.definition.file} {wait.element}: no effect {name}")
        cite = self._lapsed or cite_of(self.definition, wait.element)
        self._draft.add(effect(case), cite, LAW)

    def _open_work(self, wait: Wait) -> None:
        """Open the task of a wait, or ask the web service that does it in a plain process."""
        if _is_work(wait):
            self._draft.add(self._task(wait), cite_of(self.definition, wait.element))
        elif (
            self._plain is not None
            and wait.role == "token"
            and self._plain.outside(self._node(wait))
        ):
            self._draft.add(self._plain.requested(self._draft.case, wait))

    def _task(self, wait: Wait) -> e.TaskOpened:
        its = drawn(procedure(self._draft.case.procedure), self._node(wait))
        return e.TaskOpened(
            task=f"t-{len(self._draft.case.tasks) + 1}",
            element=wait.element,
            wait=wait.id,
            form=its.form,
            role=its.role,
            holder=its.holder,
            commands=its.commands,
        )


def _lapsed(deadline: Deadline) -> e.DeadlineLapsed:
    if deadline.due is None:
        raise StreamBrokenError(f"{deadline.id} has no last day and lapses")
    return e.DeadlineLapsed(deadline=deadline.id, key=deadline.key, due=deadline.due)


def cite_of(definition: Definition, element: str) -> str:
    """Return the clauses an element stands on, in canonical form; "" where it cites none."""
    clauses = definition.node(element).cite
    return canonical(", ".join(clauses)) if clauses else ""


def _is_work(wait: Wait) -> bool:
    automatic = ("service", "rule", "send", "receive")
    return wait.role == "token" and wait.kind in TASKS and wait.kind not in automatic
