"""What a reader may find and asks for, as a predicate on folded cases; and where a page goes on."""

from datetime import date, datetime

from domain.case.actor import role_matches
from domain.case.state import Case, Deadline, Task
from domain.kernel.times import parse_instant
from domain.ports import CaseFilter, Viewer
from infra.db import ALL_EYES
from infra.event_store.rows import is_id
from infra.event_store.sights import NEVER, clocks_of, clocks_text, first_due, of_organisation


def prefix(jurisdiction: str) -> str:
    """Return the digits with which every code at or below `jurisdiction` begins."""
    while jurisdiction.endswith("00"):
        jurisdiction = jurisdiction[:-2]
    return jurisdiction


def eyes_of(viewer: Viewer) -> list[str]:
    """Return the keys under which `sights` has the viewer's cases; none for who sees none.

    No key can be read as two or as the sign for all: row security takes them as one text.
    """
    own = of_organisation(viewer.organisation) if viewer.organisation else ""
    return [one for one in (viewer.jurisdiction, own) if one and not {" ", ALL_EYES} & set(one)]


def in_sight(case: Case, viewer: Viewer) -> bool:
    """Whether the viewer's place or organisation shows this case: one of its offices is below."""
    below = prefix(viewer.jurisdiction)
    by_place = bool(viewer.jurisdiction) and any(
        one.startswith(below) for one in (case.jurisdiction, *case.offices)
    )
    own = bool(viewer.organisation) and case.applicant.organisation == viewer.organisation
    return by_place or own


def wanted_case(case: Case, wanted: CaseFilter) -> bool:
    """Whether the case is what `wanted` narrows to."""
    tasks, deadlines = open_tasks(case), open_deadlines(case)
    holders = {one.holder for one in tasks} | {one.holder for one in deadlines}
    checks = (
        not wanted.procedure or case.procedure == wanted.procedure,
        not wanted.status or case.status in wanted.status,
        case.jurisdiction.startswith(prefix(wanted.jurisdiction)),
        not wanted.organisation or case.applicant.organisation == wanted.organisation,
        not wanted.open_only or not case.ended,
        not wanted.text or wanted.text in case.number or wanted.text in case.applicant.name,
        not wanted.with_task or bool(tasks),
        not wanted.unassigned or any(not one.assignee for one in tasks),
        not wanted.assignee or any(one.assignee == wanted.assignee for one in tasks),
        not wanted.role or any(role_matches(one.role, wanted.role) for one in tasks),
        not wanted.holder or wanted.holder in holders,
        not by_due(wanted) or any(_due_within(one, wanted) for one in deadlines),
    )
    return all(checks)


def by_due(wanted: CaseFilter) -> bool:
    """Whether the days on which something falls due are asked for."""
    return wanted.due_from is not None or wanted.due_to is not None


def open_tasks(case: Case) -> list[Task]:
    """Return what is still to be done."""
    return [one for one in case.tasks if one.state == "open"]


def open_deadlines(case: Case) -> list[Deadline]:
    """Return what still runs."""
    return [one for one in case.deadlines if one.state == "open"]


def works(case: Case) -> bool:
    """Whether somebody's task or time is open."""
    return bool(open_tasks(case) or open_deadlines(case))


def due_place(case: Case) -> str:
    """Return where a case stands among those ordered by day: the day, then all its days."""
    return f"{first_due(case)} {clocks_text(clocks_of(case))}"


def cursor_of(place: str, case_id: str) -> str:
    """Return the position after a case that stands at `place` of the order."""
    return f"{place} {case_id}"


def place_of(cursor: str) -> tuple[str, str] | None:
    """Return place and case id of a cursor; None for the beginning, or what is no cursor."""
    place, found, case_id = cursor.rpartition(" ")
    return (place, case_id) if found and is_id(case_id) else None


def opened_after(cursor: str) -> tuple[datetime, str] | None:
    """Return where a list goes on whose newest come first; None for the beginning."""
    found = place_of(cursor)
    try:
        return (parse_instant(found[0]), found[1]) if found else None
    except ValueError:
        return None


def held_within(case: Case, first: date, last: date) -> bool:
    """Whether the case is held on a day from `first` to `last`."""
    its = case.occasion
    return its is not None and its.last_day >= first and its.first_day <= last


def held_place(case: Case) -> str:
    """Return where a case stands among those ordered by the days they are held on."""
    its = case.occasion
    return f"{its.last_day} {its.first_day}" if its else NEVER


def held_after(cursor: str) -> tuple[str, str, str] | None:
    """Return last day, first day and case id after which a calendar goes on; None: its start."""
    place, case_id = place_of(cursor) or ("", "")
    last, _, first = place.partition(" ")
    try:
        days = date.fromisoformat(last).isoformat(), date.fromisoformat(first).isoformat()
    except ValueError:
        return None
    return *days, case_id


def due_after(cursor: str) -> tuple[str, str, str] | None:
    """Return day, days and case id after which a list by day goes on; None for the beginning."""
    place, case_id = place_of(cursor) or ("", "")
    day, _, clocks = place.partition(" ")
    try:
        due = NEVER if day == NEVER else date.fromisoformat(day).isoformat()
    except ValueError:
        return None
    return due, clocks, case_id


def _due_within(deadline: Deadline, wanted: CaseFilter) -> bool:
    due = deadline.due
    return (
        due is not None
        and (wanted.due_from is None or wanted.due_from <= due)
        and (wanted.due_to is None or due <= wanted.due_to)
    )
