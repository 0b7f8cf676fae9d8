"""Reading cases from the store in memory."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from typing_extensions import override

from domain.case.decision import FactKey, Facts
from domain.case.envelope import Recorded
from domain.case.state import Case
from domain.kernel.codec import instant_text
from domain.law.calendar import Calendar
from domain.ports import Alike, CaseFilter, Cases, Page, Part, Stored, Viewer
from infra.event_store.sights import brief_of, clocks_of
from infra.memory_store import MemoryStore
from infra.views.sight import (
    by_due,
    cursor_of,
    due_place,
    held_place,
    held_within,
    in_sight,
    open_tasks,
    place_of,
    wanted_case,
    works,
)

Place = Callable[[Case], str]


class MemoryCases(Cases):
    """Lists, cases, streams and facts of a `MemoryStore`."""

    def __init__(self, store: MemoryStore) -> None:
        """Read what `store` holds."""
        self._store = store

    @override
    def case(self, tenant: str, id_or_number: str, viewer: Viewer) -> Case | None:
        return _called(id_or_number, self._seen(tenant, viewer))

    @override
    def any_case(self, tenant: str, id_or_number: str) -> Case | None:
        return _called(id_or_number, self._of(tenant))

    @override
    def timeline(
        self, tenant: str, case_id: str, viewer: Viewer, after: int = 0, limit: int = 500
    ) -> list[Recorded]:
        seen = self.case(tenant, case_id, viewer)
        return self.any_timeline(tenant, case_id, after, limit) if seen else []

    @override
    def any_timeline(
        self, tenant: str, case_id: str, after: int = 0, limit: int = 500
    ) -> list[Recorded]:
        stream = self._store.tables.stream(tenant, case_id)
        return [one for one in stream if one.version > after][:limit]

    @override
    def cases(
        self, tenant: str, viewer: Viewer, wanted: CaseFilter, cursor: str = "", limit: int = 50
    ) -> Page:
        found = [one for one in self._seen(tenant, viewer) if wanted_case(one, wanted)]
        if by_due(wanted):
            return _page(found, due_place, cursor, limit)
        return _page(found, _opened, cursor, limit, newest=True)

    @override
    def work(
        self, tenant: str, viewer: Viewer, wanted: CaseFilter, cursor: str = "", limit: int = 50
    ) -> Page:
        found = [one for one in self._seen(tenant, viewer) if wanted_case(one, wanted)]
        return _page([one for one in found if works(one)], due_place, cursor, limit)

    @override
    def tally(self, tenant: str, viewer: Viewer) -> tuple[Alike, ...]:
        places = defaultdict[str, list[Case]](list)
        for case in self._busy(tenant, viewer):
            places[due_place(case)].append(case)
        return tuple(
            Alike(
                clocks=clocks_of(cases[0]),
                cases=len(cases),
                duties=sum(_belongs(one, "duties") for one in cases),
                free=sum(_belongs(one, "free") for one in cases),
            )
            for _, cases in sorted(places.items())
        )

    @override
    def alike(
        self,
        tenant: str,
        viewer: Viewer,
        groups: Sequence[Alike],
        part: Part = "cases",
        cursor: str = "",
        limit: int = 50,
    ) -> Page:
        clocks = {one.clocks for one in groups}
        busy = [one for one in self._busy(tenant, viewer) if clocks_of(one) in clocks]
        return _page([one for one in busy if _belongs(one, part)], due_place, cursor, limit)

    @override
    def occasions(
        self, tenant: str, viewer: Viewer, first: date, last: date
    ) -> tuple[tuple[date, date, int], ...]:
        found = Counter(
            (one.occasion.first_day, one.occasion.last_day)
            for one in self._seen(tenant, viewer)
            if one.occasion and held_within(one, first, last)
        )
        return tuple((*days, n) for days, n in sorted(found.items()))

    @override
    def held(
        self,
        tenant: str,
        viewer: Viewer,
        first: date,
        last: date,
        cursor: str = "",
        limit: int = 50,
    ) -> Page:
        found = [one for one in self._seen(tenant, viewer) if held_within(one, first, last)]
        return _page(found, held_place, cursor, limit)

    @override
    def mark(self, tenant: str, viewer: Viewer) -> str:
        seen = self._seen(tenant, viewer)
        newest = max((_opened(one) for one in seen), default="")
        return f"{sum(one.version for one in seen)}.{newest}"

    @override
    def find_task(self, tenant: str, task_id: str, viewer: Viewer) -> Case | None:
        case_id, _, task = task_id.rpartition(".")
        case = self.case(tenant, case_id, viewer)
        return case if case and any(one.id == task for one in case.tasks) else None

    @override
    def papers(self, number: str) -> tuple[tuple[str, str], ...]:
        return tuple(
            (one.tenant, one.stream)
            for one in self._store.tables.events
            if one.type in ("case.opened", "notice.issued") and one.data["number"] == number
        )

    @override
    def pending(self, tenant: str, case_id: str) -> list[Stored]:
        waiting = self._store.tables.waiting(case_id)
        return [one for one in waiting if one.tenant == tenant]

    @override
    def now(self, tenant: str) -> datetime:
        return self._store.tables.law_now(tenant)

    @override
    def calendar(self, tenant: str) -> Calendar:
        return self._store.calendar(tenant)

    @override
    def reading(self, tenant: str, wanted: Sequence[FactKey]) -> Facts:
        return self._store.tables.read_facts(tenant, wanted)

    @override
    def events_after(self, tenant: str, position: int, limit: int) -> Iterator[Recorded]:
        own = (one for one in self._store.tables.events if one.tenant == tenant)
        after = [one for one in own if one.position > position]
        return iter(after[:limit])

    def _seen(self, tenant: str, viewer: Viewer) -> list[Case]:
        return [one for one in self._of(tenant) if in_sight(one, viewer)]

    def _busy(self, tenant: str, viewer: Viewer) -> list[Case]:
        return [one for one in self._seen(tenant, viewer) if works(one) and not one.ended]

    def _of(self, tenant: str) -> list[Case]:
        tables = self._store.tables
        return [one for one in tables.cases.values() if tables.case_ids[one.id] == tenant]


def _called(id_or_number: str, cases: Iterable[Case]) -> Case | None:
    found = (one for one in cases if id_or_number and id_or_number in (one.id, one.number))
    return next(found, None)


def _belongs(case: Case, part: Part) -> bool:
    duties = [one for one in open_tasks(case) if one.holder == "authority"]
    match part:
        case "cases":
            return True
        case "duties":
            return bool(duties)
        case "free":
            return any(not one.assignee for one in duties)
        case "others":
            return not duties


def _opened(case: Case) -> str:
    return instant_text(case.opened_at)


def _page(
    cases: list[Case], place: Place, cursor: str, limit: int, *, newest: bool = False
) -> Page:
    found = sorted(((place(one), one.id), one) for one in cases)
    if newest:
        found.reverse()
    if after := place_of(cursor):
        found = [one for one in found if (one[0] < after if newest else one[0] > after)]
    last = found[limit - 1][0] if len(found) > limit else None
    return Page(tuple(brief_of(one) for _, one in found[:limit]), cursor_of(*last) if last else "")
