"""Deadlines of a case: opened with the law's answer frozen, counted again when something moves."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from domain.case import events as e
from domain.case.draft import Draft
from domain.case.state import Case, Deadline
from domain.kernel.errors import LawGapError
from domain.kernel.terms import Term
from domain.kernel.times import legal_day
from domain.law import clock
from domain.law.book import LawBook, NoRule
from domain.law.calendar import Calendar
from domain.procedures.table import procedure
from domain.process.marking import Marking, Wait
from domain.process.model import Definition, Holder, Node
from domain.process.timers import MAX_YEAR, TimerSpec

LAST = datetime(MAX_YEAR, 12, 30, tzinfo=UTC)  # a timer beyond it would never fire either
SERVED = "served"  # anchor of terms that start with the service of a letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Whose time runs, and on what a deadline hangs."""

    holder: Holder
    element: str  # the diagram element that waits; of a service, the letter
    wait: str = ""  # id of the timer's wait; "" for what never lapses


def begun(
    case: Case,
    term: Term,
    place: Place,
    starts: datetime,
    calendar: Calendar,
    amount: int | None = None,
) -> e.DeadlineOpened:
    """Return the event with which the next deadline of a case begins, its last day counted.

    `amount` is what an officer set in place of the term's own.
    """
    due = clock.due(term, starts, calendar, (), amount)
    return e.DeadlineOpened(
        deadline=f"d-{len(case.deadlines) + 1}",
        key=term.key,
        occurrence=1 + sum(one.key == term.key for one in case.deadlines),
        term=term,
        amount=term.amount if amount is None else amount,
        holder=place.holder,
        element=place.element,
        wait=place.wait,
        starts=starts,
        due=due.due,
        effective=due.effective,
        calendar=due.calendar,
        provisional=due.provisional,
    )


def open_clock(
    draft: Draft, definition: Definition, wait: Wait, book: LawBook, calendar: Calendar
) -> None:
    """Open the deadline that a wait of the diagram carries, if it carries one and it starts now.

    Raises:
        LawGapError: the law book has no answer.
    """
    opened = clock_from(draft, definition, wait, book, calendar)
    if opened is not None:
        draft.add(opened, opened.term.cite)


def clock_from(
    draft: Draft,
    definition: Definition,
    wait: Wait,
    book: LawBook,
    calendar: Calendar,
    since: datetime | None = None,
) -> e.DeadlineOpened | None:
    """Return the deadline that a wait carries, counted from `since`, else from now.

    A timer on the border of an activity whose term has no consequence in the law is only shown: its
    deadline has no `wait` and never lapses.

    Raises:
        LawGapError: the law book has no answer.
    """
    node, key = definition.node(wait.element), key_of(definition, wait)
    if wait.timer is not None and wait.timer.kind != "law":
        return _timer_from(draft, definition, wait, calendar, since or draft.at)
    if key is None:
        return None
    at = since or draft.at
    term = term_of(draft, book, key, at)
    if term.anchor == SERVED and _unserved(draft.case):
        return None
    drawn = wait.timer is not None and (term.consequence is not None or node.kind != "boundary")
    its, data = procedure(draft.case.procedure), draft.case.data
    set_amount, starts = its.amount(data, key), since or its.anchor(data, key) or at
    place = Place(
        holder=_holder(definition, node), element=wait.element, wait=wait.id if drawn else ""
    )
    return begun(draft.case, term, place, starts, calendar, set_amount)


def open_waiting(draft: Draft, definition: Definition, book: LawBook, calendar: Calendar) -> None:
    """Open the deadlines that waited for the service of a letter."""
    marking = draft.case.marking
    for wait in Marking.from_json(marking).waits if marking else ():
        if clock_of(draft.case, wait) is None:
            open_clock(draft, definition, wait, book, calendar)


def term_of(draft: Draft, book: LawBook, key: str, at: datetime | None = None) -> Term:
    """Return the term of a key for a case, as the law stands `at` an instant, else at the act's.

    Raises:
        LawGapError: the law book has no answer.
    """
    case = draft.case
    found = book.term(key, case.jurisdiction, legal_day(at or draft.at), case.variant)
    if isinstance(found, NoRule):
        raise LawGapError(f"{case.id}: {found.text('en')}", found)
    return found


def _timer_from(
    draft: Draft, definition: Definition, wait: Wait, calendar: Calendar, since: datetime
) -> e.DeadlineOpened | None:
    """Return the deadline of a timer that says a duration, a date or a cycle: it runs by the clock.

    It is called as the diagram calls the event. A time that is past comes at once.
    """
    if wait.timer is None:
        return None
    node = definition.node(wait.element)
    key = " ".join(node.name.split()) or node.id
    seconds = max(-((since - _when(wait.timer, since)) // timedelta(seconds=1)), 0)
    term = Term(key=key, amount=seconds, unit="second", anchor="timer", consequence=None, cite="")
    holder = holder_of(definition.nodes.get(node.attached_to or "", node))
    place = Place(holder=holder, element=wait.element, wait=wait.id)
    return begun(draft.case, term, place, since, calendar)


def _when(timer: TimerSpec, start: datetime) -> datetime:
    """Return when a timer fires; beyond the calendar's years at their very end."""
    try:
        return min(timer.due(start), LAST)
    except OverflowError:
        return LAST


def holder_of(node: Node) -> Holder:
    """Return whose time runs at a task of a plain process: the office's, unless it says else."""
    if node.task.holder is not None:
        return node.task.holder
    return "applicant" if (node.task.role or "").startswith("institution") else "authority"


def key_of(definition: Definition, wait: Wait) -> str | None:
    """Return the law key of the deadline at a wait; None where the diagram has none."""
    if wait.timer is not None:
        return wait.timer.text if wait.timer.kind == "law" else None
    return definition.node(wait.element).deadline


def clock_of(case: Case, wait: Wait) -> Deadline | None:
    """Return the running deadline that belongs to a wait."""
    running = (one for one in case.deadlines if one.state in ("open", "suspended"))
    return next(
        (one for one in running if one.element == wait.element and one.wait in ("", wait.id)), None
    )


def counted(deadline: Deadline, calendar: Calendar) -> clock.Due | clock.Paused:
    """Return when a deadline ends by its own facts, with the ledger of its days."""
    pauses = tuple(clock.Suspension(since=one.since, until=one.until) for one in deadline.pauses)
    amount = None if deadline.amount == deadline.term.amount else deadline.amount
    return clock.due(deadline.term, deadline.starts, calendar, pauses, amount)


def resumed(deadline: Deadline, at: datetime, calendar: Calendar) -> clock.Due | clock.Paused:
    """Return when a suspended deadline ends if it is resumed at `at`."""
    pauses = (*deadline.pauses[:-1], replace(deadline.pauses[-1], until=at))
    return counted(replace(deadline, pauses=pauses), calendar)


def _unserved(case: Case) -> bool:
    """Whether the letter that starts the term has not reached its addressee yet."""
    return bool(case.notices) and case.notices[-1].served_at is None


def _holder(definition: Definition, node: Node) -> Holder:
    """Return whose time runs: as the diagram says at the wait, else at the work it guards."""
    guarded = definition.nodes.get(node.attached_to or "", node)
    inside = definition.bodies.get(guarded.id)
    marks = [node, guarded, *(definition.nodes[one] for one in (inside.nodes if inside else ()))]
    return next((one.task.holder for one in marks if one.task.holder is not None), "authority")
