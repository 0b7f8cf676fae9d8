"""The statements behind lists: which cases, in which order, and how many. Each uses an index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from domain.case.actor import role_matches
from domain.kernel.codec import instant_text
from domain.ports import Alike, CaseFilter, Part, Viewer
from infra.event_store.sights import clocks_text, of_organisation
from infra.views.sight import by_due, cursor_of, due_after, eyes_of, opened_after, prefix

# A page: first which cases and where each stands, from indexes, then what a list shows of them.
# Every condition comes from the fixed tables below, every value is a parameter.
PAGE = """
WITH picked AS MATERIALIZED (
    SELECT s.case_id, {place}
      FROM {tables}
     WHERE {where}
     ORDER BY {order} LIMIT %(limit)s)
SELECT c.tenant, c.case_id::text AS case_id, c.fold, c.brief, {shown}
  FROM picked p JOIN cases c ON c.tenant = %(tenant)s AND c.case_id = p.case_id
 ORDER BY {outer}
"""

# How many cases with open work have deadlines with the same days.
TALLY = """
SELECT s.clocks, count(*) AS cases, count(*) FILTER (WHERE s.duty) AS duties,
       count(*) FILTER (WHERE s.free) AS free
  FROM sights s WHERE {where}
 GROUP BY s.due, s.clocks ORDER BY s.due, s.clocks
"""

# The versions of the cases due first, and when the newest of all was opened.
MARK = """
SELECT coalesce(sum(c.version), 0) || '.' || coalesce((
           SELECT extract(epoch FROM s.opened_at) FROM sights s WHERE {newest}
            ORDER BY s.opened_at DESC, s.case_id DESC LIMIT 1), 0) AS mark
  FROM (SELECT s.case_id FROM sights s WHERE {where}
         ORDER BY s.due, s.clocks, s.case_id LIMIT 200) AS first
  JOIN cases c ON c.tenant = %(tenant)s AND c.case_id = first.case_id
"""

_TENANT = "s.tenant = %(tenant)s"
_BUSY = ("s.works", "NOT s.ended")
_NAMED = "named c JOIN sights s ON s.tenant = c.tenant AND s.case_id = c.case_id"
_TEXT = "(strpos(c.number, %(text)s) > 0 OR strpos(c.applicant, %(text)s) > 0)"
_MINE = (
    "EXISTS (SELECT FROM tasks t WHERE t.tenant = s.tenant AND t.case_id = s.case_id"
    " AND t.state = 'open' AND t.assignee <> '' AND t.assignee = %(assignee)s)"
)
_DUE = (
    "s.works AND s.due <= coalesce(%(due_to)s, 'infinity'::date)"
    " AND EXISTS (SELECT FROM deadlines d WHERE d.tenant = s.tenant AND d.case_id = s.case_id"
    " AND d.state = 'open' AND d.due BETWEEN coalesce(%(due_from)s, '-infinity'::date)"
    " AND coalesce(%(due_to)s, 'infinity'::date))"
)
_SEEN_TOO = (
    "EXISTS (SELECT FROM sights v WHERE v.tenant = s.tenant AND v.case_id = s.case_id"
    " AND v.eyes = ANY (%(eyes)s))"
)
_ONCE = (
    "s.eyes = (SELECT min(v.eyes) FROM sights v WHERE v.tenant = s.tenant"
    " AND v.case_id = s.case_id AND v.eyes = ANY (%(eyes)s))"
)
_AT_OR_BELOW = (
    "EXISTS (SELECT FROM sights v WHERE v.tenant = s.tenant AND v.case_id = s.case_id"
    " AND v.eyes = %(below)s AND v.own)"
)
_PARTS: dict[Part, str] = {
    "cases": "true",
    "duties": "s.duty",
    "free": "s.free",
    "others": "NOT s.duty",
}


@dataclass
class Query:
    """Conditions with their values, and the order: newest first, or those due first."""

    conditions: list[str]
    values: dict[str, Any]
    tables: str = "sights s"
    newest: bool = False

    @property
    def where(self) -> str:
        """The conditions as SQL."""
        return " AND ".join(self.conditions)

    def page(self) -> str:
        """Return the statement of a page."""
        place = ", ".join(f"{sql} AS {name}" for name, sql in self._columns().items())
        way = " DESC" if self.newest else ""
        return PAGE.format(
            place=place,
            tables=self.tables,
            where=self.where,
            order=", ".join(f"{sql}{way}" for sql in (*self._columns().values(), "s.case_id")),
            shown="p.opened_at" if self.newest else "p.due::text AS due, p.clocks",
            outer=", ".join(f"p.{name}{way}" for name in (*self._columns(), "case_id")),
        )

    def go_on(self, cursor: str) -> None:
        """Begin behind a cursor of the same list."""
        if self.newest and (opened := opened_after(cursor)):
            columns = f"({', '.join(self._columns().values())}, s.case_id)"
            self.conditions.append(f"{columns} < (%(opened)s, %(after)s::uuid)")
            self.values |= {"opened": opened[0], "after": opened[1]}
        elif not self.newest and (due := due_after(cursor)):
            place = "(%(day)s::date, %(clocks_at)s, %(after)s::uuid)"
            self.conditions.append(f"(s.due, s.clocks, s.case_id) > {place}")
            self.values |= {"day": due[0], "clocks_at": due[1], "after": due[2]}

    def cursor(self, row: Mapping[Any, Any]) -> str:
        """Return the position after a row of the page."""
        if self.newest:
            return cursor_of(instant_text(row["opened_at"]), row["case_id"])
        return cursor_of(f"{row['due']} {row['clocks']}", row["case_id"])

    def _columns(self) -> dict[str, str]:
        if not self.newest:
            return {"due": "s.due", "clocks": "s.clocks"}
        return {"opened_at": "c.opened_at" if self.tables == _NAMED else "s.opened_at"}


def cases_query(tenant: str, viewer: Viewer, wanted: CaseFilter) -> Query | None:
    """Return which cases `wanted` narrows to; None when the viewer sees nothing."""
    query = _seen(tenant, viewer, wanted)
    if query is None:
        return None
    table: tuple[tuple[str, object, str], ...] = (
        ("s.procedure = %(procedure)s", wanted.procedure, "procedure"),
        ("s.status = ANY (%(status)s)", list(wanted.status), "status"),
        ("NOT s.ended", wanted.open_only, "open_only"),
        (_TEXT, wanted.text, "text"),
        ("s.works AND s.roles <> ''", wanted.with_task, "with_task"),
        ("s.works AND s.loose", wanted.unassigned, "unassigned"),
        (f"s.works AND {_MINE}", wanted.assignee, "assignee"),
        (
            "s.works AND string_to_array(s.roles, ' ') && %(roles)s",
            _patterns(wanted.role),
            "roles",
        ),
        (
            "s.works AND %(holder)s = ANY (string_to_array(s.holders, ' '))",
            wanted.holder,
            "holder",
        ),
        (_DUE, by_due(wanted), "due"),
    )
    used = [(condition, value, name) for condition, value, name in table if value]
    query.conditions += [condition for condition, _, _ in used]
    query.values |= {name: value for _, value, name in used}
    query.values |= {"due_from": wanted.due_from, "due_to": wanted.due_to}
    query.tables = _NAMED if wanted.text else query.tables
    query.newest = not by_due(wanted)
    return query


def work_query(tenant: str, viewer: Viewer, wanted: CaseFilter) -> Query | None:
    """Return which cases with open work `wanted` narrows to."""
    query = cases_query(tenant, viewer, wanted)
    if query is not None:
        query.conditions.append("s.works")
        query.newest = False
    return query


def busy_query(tenant: str, viewer: Viewer) -> Query | None:
    """Return the open cases with open work."""
    query = _seen(tenant, viewer, CaseFilter())
    if query is not None:
        query.conditions += _BUSY
    return query


def narrowed(query: Query, groups: Sequence[Alike], part: Part, cursor: str, limit: int) -> bool:
    """Narrow `query` to as many groups as a page can need; False when none is left."""
    left = _ahead(groups, part, cursor, limit)
    if not left:
        return False
    query.conditions += [
        "s.due BETWEEN %(first)s::date AND %(last)s::date",
        "s.clocks = ANY (%(clocks)s)",
        _PARTS[part],
    ]
    query.values |= {
        "first": _day(left[0]),
        "last": _day(left[-1]),
        "clocks": [clocks_text(one.clocks) for one in left],
    }
    return True


def mark_statement(query: Query) -> str:
    """Return the statement of a mark: `query` is of the open cases with open work."""
    newest = " AND ".join(one for one in query.conditions if one not in _BUSY)
    return MARK.format(where=query.where, newest=newest)


def _ahead(groups: Sequence[Alike], part: Part, cursor: str, limit: int) -> list[Alike]:
    """Return the groups from the cursor's on that fill a page and one more case."""
    after = due_after(cursor)
    kept = [one for one in groups if one.of(part)]
    if after is not None:
        kept = [one for one in kept if (_day(one), clocks_text(one.clocks)) >= after[:2]]
    started = bool(kept) and after is not None and clocks_text(kept[0].clocks) == after[1]
    sums = accumulate(0 if started and one is kept[0] else one.of(part) for one in kept)
    needed = next((n for n, total in enumerate(sums, 1) if total > limit), len(kept))
    return kept[:needed]


def _day(group: Alike) -> str:
    return min((one.due.isoformat() for one in group.clocks if one.due), default="infinity")


def _seen(tenant: str, viewer: Viewer, wanted: CaseFilter) -> Query | None:
    """Return the sight of a viewer, entered by the narrowest key there is."""
    eyes = eyes_of(viewer)
    if not eyes:
        return None
    values: dict[str, Any] = {"tenant": tenant, "eyes": eyes}
    if wanted.organisation:
        values["key"] = of_organisation(wanted.organisation)
        conditions = [_TENANT, "s.eyes = %(key)s", _SEEN_TOO]
        if wanted.jurisdiction:
            conditions.append(_AT_OR_BELOW)
            values["below"] = wanted.jurisdiction
    elif wanted.jurisdiction:
        values["key"] = wanted.jurisdiction
        inside = bool(viewer.jurisdiction) and wanted.jurisdiction.startswith(
            prefix(viewer.jurisdiction)
        )
        conditions = [_TENANT, "s.eyes = %(key)s AND s.own"]
        conditions += [] if inside else [_SEEN_TOO]
    elif len(eyes) == 1:
        values["key"] = eyes[0]
        conditions = [_TENANT, "s.eyes = %(key)s"]
    else:
        conditions = [_TENANT, "s.eyes = ANY (%(eyes)s)", _ONCE]
    return Query(conditions, values)


def _patterns(role: str) -> list[str]:
    """Return every pattern that holds the role: `center.clerk`, `center.*`."""
    steps = role.split(".")
    found = [role, *(".".join((*steps[:n], "*")) for n in range(1, len(steps)))]
    return [one for one in found if role and role_matches(one, role)]
