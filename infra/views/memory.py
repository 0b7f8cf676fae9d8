"""Reading cases from the store in memory."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from typing_extensions import override

from domain.case.decision import FactKey, Facts
from domain.case.envelope import Recorded
from domain.case.state import Case
from domain.kernel.codec import instant_text
from domain.law.calendar import Calendar
from domain.ports import CaseFilter, Cases, Page, Stored, Viewer
from infra.memory_store import MemoryStore
from infra.views.sight import (
    by_due,
    cursor_of,
    first_due,
    in_sight,
    open_deadlines,
    open_tasks,
    place_of,
    wanted_case,
)

Place = Callable[[Case], str]


class MemoryCases(Cases):
    """Lists, cases, streams and facts of a `MemoryStore`."""

    def __init__(self, store: MemoryStore) -> None:
        """Read what `store` holds."""
        self._store = store

    @override
    def case(self, tenant: str, id_or_number: str) -> Case | None:
        for case in self._of(tenant):
            if id_or_number and id_or_number in (case.id, case.number):
                return case
        return None

    @override
    def timeline(
        self, tenant: str, case_id: str, after: int = 0, limit: int = 500
    ) -> list[Recorded]:
        stream = self._store.tables.stream(tenant, case_id)
        return [one for one in stream if one.version > after][:limit]

    @override
    def cases(
        self, tenant: str, viewer: Viewer, wanted: CaseFilter, cursor: str = "", limit: int = 50
    ) -> Page:
        found = [one for one in self._of(tenant) if in_sight(one, viewer)]
        found = [one for one in found if wanted_case(one, wanted)]
        if by_due(wanted):
            return _page(found, first_due, cursor, limit)
        return _page(found, _opened, cursor, limit, newest=True)

    @override
    def work(
        self, tenant: str, viewer: Viewer, wanted: CaseFilter, cursor: str = "", limit: int = 50
    ) -> Page:
        found = [one for one in self._of(tenant) if in_sight(one, viewer)]
        found = [one for one in found if wanted_case(one, wanted)]
        busy = [one for one in found if open_tasks(one) or open_deadlines(one)]
        return _page(busy, first_due, cursor, limit)

    @override
    def find_task(self, tenant: str, task_id: str) -> Case | None:
        case_id, _, task = task_id.rpartition(".")
        case = self.case(tenant, case_id)
        return case if case and any(one.id == task for one in case.tasks) else None

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

    def _of(self, tenant: str) -> list[Case]:
        tables = self._store.tables
        return [one for one in tables.cases.values() if tables.case_ids[one.id] == tenant]


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
    return Page(tuple(one for _, one in found[:limit]), cursor_of(*last) if last else "")
