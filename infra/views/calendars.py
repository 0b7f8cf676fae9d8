"""The statements behind calendars: which cases are held on which days, of those in sight."""

from datetime import date
from typing import Any, Final

from domain.ports import Viewer
from infra.views.sight import cursor_of, eyes_of, held_after

# How many cases are held on the same days.
OCCASIONS: Final = """
SELECT c.held_from, c.held_to, count(*) AS cases FROM cases c
 WHERE c.tenant = %(tenant)s AND c.held_to >= %(first)s AND c.held_from <= %(last)s
   AND EXISTS (SELECT FROM sights s WHERE s.tenant = c.tenant AND s.case_id = c.case_id
                AND s.eyes = ANY (%(eyes)s))
 GROUP BY c.held_from, c.held_to ORDER BY c.held_from, c.held_to
"""

# A page of them, after one of them.
HELD: Final = """
SELECT c.tenant, c.case_id::text AS case_id, c.fold, c.brief,
       c.held_from::text AS held_from, c.held_to::text AS held_to
  FROM cases c
 WHERE c.tenant = %(tenant)s AND c.held_to >= %(first)s AND c.held_from <= %(last)s
   AND EXISTS (SELECT FROM sights s WHERE s.tenant = c.tenant AND s.case_id = c.case_id
                AND s.eyes = ANY (%(eyes)s))
   AND (c.held_to, c.held_from, c.case_id)
       > (%(after_to)s::date, %(after_from)s::date, %(after)s::uuid)
 ORDER BY c.held_to, c.held_from, c.case_id LIMIT %(limit)s
"""

_BEGINNING: Final = ("-infinity", "-infinity", "00000000-0000-0000-0000-000000000000")


def sight_values(tenant: str, viewer: Viewer, first: date, last: date) -> dict[str, Any]:
    """Return the values of whose eyes look at which days."""
    return {"tenant": tenant, "eyes": eyes_of(viewer), "first": first, "last": last}


def page_values(cursor: str, limit: int) -> dict[str, Any]:
    """Return the values of where a page begins and how much is read to know of a next one."""
    last, first, case_id = held_after(cursor) or _BEGINNING
    return {"after_to": last, "after_from": first, "after": case_id, "limit": limit + 1}


def next_cursor(row: Any) -> str:  # noqa: ANN401  – a row of `HELD`
    """Return the position after a row."""
    return cursor_of(f"{row['held_to']} {row['held_from']}", row["case_id"])
