"""How long a letter may be under way: a term of the office that only shows, with no consequence."""

from domain.case import events as e
from domain.case.clocks import term_of
from domain.case.draft import Draft
from domain.case.state import Case, Deadline
from domain.law import clock
from domain.ports import World

SERVICE = "notice.service"  # key of the term; its deadline's `element` is the letter's id


def await_service(draft: Draft, letter: str, world: World) -> None:
    """Open the term in which a letter just issued should reach its addressee.

    Raises:
        LawGapError: the law book has no answer.
    """
    case, term = draft.case, term_of(draft, world.book, SERVICE)
    due = clock.due(term, draft.at, world.calendar, (), None)
    opened = e.DeadlineOpened(
        deadline=f"d-{len(case.deadlines) + 1}",
        key=SERVICE,
        occurrence=1 + sum(one.key == SERVICE for one in case.deadlines),
        term=term,
        amount=term.amount,
        holder="authority",
        element=letter,
        wait="",
        starts=draft.at,
        due=due.due,
        effective=due.effective,
        calendar=due.calendar,
        provisional=due.provisional,
    )
    draft.add(opened, term.cite)


def served(draft: Draft, letter: str) -> None:
    """Close the term of a letter that reached its addressee."""
    for one in _running(draft.case):
        if one.element == letter:
            draft.add(e.DeadlineMet(deadline=one.id, key=one.key))


def give_up(draft: Draft, letter: str = "") -> None:
    """Close the term of a letter that need not reach anybody any more; of all without `letter`."""
    for one in _running(draft.case):
        if letter in ("", one.element):
            draft.add(e.DeadlineCancelled(deadline=one.id, key=one.key))


def _running(case: Case) -> tuple[Deadline, ...]:
    running = (one for one in case.deadlines if one.state in ("open", "suspended"))
    return tuple(one for one in running if one.key == SERVICE)
