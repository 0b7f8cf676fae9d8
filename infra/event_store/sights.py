"""Where a case stands on whose lists: the rows from which lists and their counts are read."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from domain.case.state import Case
from domain.kernel.codec import instant_text
from domain.kernel.json import Json
from domain.kernel.times import legal_day
from domain.law import jurisdiction as tree
from domain.ports import Clock

NEVER = "infinity"  # of days: where cases without one are sorted
_ORGANISATION = "org:"


def of_organisation(organisation: str) -> str:
    """Return the eyes of an organisation."""
    return f"{_ORGANISATION}{organisation}"


def places_of(code: str) -> tuple[str, ...]:
    """Return a place and every place above it, from which it is in sight."""
    return tree.ancestors(code) if tree.is_code(code) else (code,)


def clocks_of(case: Case) -> tuple[Clock, ...]:
    """Return the days of each deadline that runs or rests, in the order of their text."""
    running = [one for one in case.deadlines if one.state in ("open", "suspended")]
    found = [
        Clock(
            holder=one.holder,
            starts=legal_day(one.starts),
            due=one.due if one.state == "open" else None,
            provisional=one.provisional,
        )
        for one in running
    ]
    return tuple(sorted(found, key=_clock_text))


def clocks_text(clocks: tuple[Clock, ...]) -> str:
    """Return clocks as one text, the same for the same days; `read_clocks` gives them back."""
    return ",".join(map(_clock_text, clocks))


def read_clocks(text: str) -> tuple[Clock, ...]:
    """Return the clocks of a text."""
    return tuple(map(_read_clock, text.split(","))) if text else ()


def first_due(case: Case) -> str:
    """Return the earliest last day of an open deadline as text; `NEVER` without one."""
    days = [one.due.isoformat() for one in case.deadlines if one.state == "open" and one.due]
    return min(days, default=NEVER)


def brief_of(case: Case) -> Case:
    """Return the case as lists show it: without what none shows and may be long."""
    return replace(case, data=None, marking={}, acts=())


def brief_json(state: Json) -> Json:
    """Return the JSON of `brief_of(case)`, given that of the case, without writing it anew."""
    kept = {name: value for name, value in state.items() if name != "acts"}
    return kept | {"data": None, "marking": {}}


def sight_rows(tenant: str, case: Case) -> tuple[Json, ...]:
    """Return one row for each pair of eyes that finds the case."""
    own = {*places_of(case.jurisdiction)}
    eyes = own | {one for office in case.offices for one in places_of(office)}
    organisation = of_organisation(case.applicant.organisation)
    shared = _shared(case)
    return tuple(
        {"tenant": tenant, "eyes": one, "own": one in own, **shared}
        for one in (*sorted(eyes), organisation)
    )


def changed_sights(tenant: str, before: Case | None, after: Case) -> tuple[Json, ...]:
    """Return all rows of `after`, or none when those of `before` say the same."""
    rows = sight_rows(tenant, after)
    return () if before is not None and sight_rows(tenant, before) == rows else rows


def _shared(case: Case) -> Json:
    tasks = [one for one in case.tasks if one.state == "open"]
    duties = [one for one in tasks if one.holder == "authority"]
    deadlines = [one for one in case.deadlines if one.state == "open"]
    holders = {one.holder for one in tasks} | {one.holder for one in deadlines}
    return {
        "case_id": case.id,
        "opened_at": instant_text(case.opened_at),
        "procedure": case.procedure,
        "status": case.status,
        "ended": case.ended,
        "works": bool(tasks or deadlines),
        "due": first_due(case),
        "clocks": clocks_text(clocks_of(case)),
        "duty": bool(duties),
        "free": any(not one.assignee for one in duties),
        "loose": any(not one.assignee for one in tasks),
        "roles": " ".join(sorted({one.role for one in tasks})),
        "holders": " ".join(sorted(holders)),
    }


def _clock_text(clock: Clock) -> str:
    due = clock.due.isoformat() if clock.due else ""
    return f"{clock.holder}/{clock.starts.isoformat()}/{due}/{'p' if clock.provisional else ''}"


@lru_cache(maxsize=65_536)  # the same days come back with every look at a list
def _read_clock(text: str) -> Clock:
    holder, starts, due, provisional = text.split("/")
    return Clock(
        holder=holder,  # type: ignore[arg-type]  # as `_clock_text` wrote it
        starts=date.fromisoformat(starts),
        due=date.fromisoformat(due) if due else None,
        provisional=bool(provisional),
    )
