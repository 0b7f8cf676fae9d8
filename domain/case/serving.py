"""How long a letter may be under way: a term of the office that only shows, with no consequence."""

from domain.case import events as e
from domain.case.clocks import Place, begun, term_of
from domain.case.draft import Draft
from domain.case.state import Case, Deadline
from domain.ports import World

SERVICE = "notice.service"  # key of the term; its deadline's `element` is the letter's id


def issue(draft: Draft, letter: e.NoticeIssued, service: str, cite: str, world: World) -> None:
    """Issue a letter; an electronic one is served at the same instant, any other is waited for.

    Raises:
        LawGapError: the law book has no answer.
    """
    draft.add(letter, cite)
    if service == "electronic":
        draft.add(e.NoticeServed(notice=letter.notice, method=service, at=draft.at), cite)
    elif not draft.case.ended:
        await_service(draft, letter.notice, world)


def await_service(draft: Draft, letter: str, world: World) -> None:
    """Open the term in which a letter just issued should reach its addressee.

    Raises:
        LawGapError: the law book has no answer.
    """
    term = term_of(draft, world.book, SERVICE)
    place = Place(holder="authority", element=letter)
    draft.add(begun(draft.case, term, place, draft.at, world.calendar), term.cite)


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
