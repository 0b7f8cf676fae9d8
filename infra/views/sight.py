"""What a reader may find and asks for, as a predicate on folded cases; and where a page goes on."""

from domain.case.state import Case, Deadline, Task
from domain.ports import CaseFilter, Viewer

LAST = "infinity"  # of days: where cases without one are sorted


def prefix(jurisdiction: str) -> str:
    """Return the digits with which every code at or below `jurisdiction` begins."""
    while jurisdiction.endswith("00"):
        jurisdiction = jurisdiction[:-2]
    return jurisdiction


def in_sight(case: Case, viewer: Viewer) -> bool:
    """Whether the viewer's place or organisation shows this case."""
    by_place = bool(viewer.jurisdiction) and case.jurisdiction.startswith(
        prefix(viewer.jurisdiction)
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
        not wanted.unassigned or any(not one.assignee for one in tasks),
        not wanted.assignee or any(one.assignee == wanted.assignee for one in tasks),
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


def first_due(case: Case) -> str:
    """Return the earliest last day of an open deadline as text; `LAST` without one."""
    days = [one.due.isoformat() for one in open_deadlines(case) if one.due]
    return min(days, default=LAST)


def cursor_of(place: str, case_id: str) -> str:
    """Return the position after a case that stands at `place` of the order."""
    return f"{place} {case_id}"


def place_of(cursor: str) -> tuple[str, str] | None:
    """Return place and case id of a cursor; None for the beginning, or what is no cursor."""
    place, found, case_id = cursor.rpartition(" ")
    return (place, case_id) if found else None


def _due_within(deadline: Deadline, wanted: CaseFilter) -> bool:
    due = deadline.due
    return (
        due is not None
        and (wanted.due_from is None or wanted.due_from <= due)
        and (wanted.due_to is None or due <= wanted.due_to)
    )
