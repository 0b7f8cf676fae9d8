"""Counts and pages: the store in memory and PostgreSQL list the same cases in the same order."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import get_args
from uuid import UUID

import pytest
from sqlalchemy import Engine

from domain.case.state import Case, Deadline, DeadlineState, Holder, Occasion, Party, Status, Task
from domain.ports import Alike, CaseFilter, Cases, Clock, Page, Part, Viewer
from domain.procedures.table import procedure
from infra.db import ALL_EYES, make_engine, of_tenant
from infra.event_store import queries
from infra.event_store.calendars import TenantCalendars
from infra.event_store.rows import case_row, changed_rows, text
from infra.event_store.sights import brief_of, sight_rows
from infra.law_data import load_calendar
from infra.memory_store import MemoryStore
from infra.views.cases import PostgresCases
from infra.views.memory import MemoryCases
from infra.views.sight import in_sight, works
from tests.contracts.stories import MORNING, TERM

PLACES = ("430100", "430103", "430200", "430000", "440000")
SCHOOLS = ("school-a", "school-b")
PEOPLE = ("", "p-clerk", "p-other")
TODAY = date(2024, 4, 26)
SEED = 20240426
ALL = 120  # cases
VIEWERS = (
    Viewer(jurisdiction="000000"),
    Viewer(jurisdiction="430000"),
    Viewer(jurisdiction="430100"),
    Viewer(jurisdiction="430103"),
    Viewer(jurisdiction="440000"),
    Viewer(organisation="school-a"),
    Viewer(jurisdiction="430200", organisation="school-b"),
    Viewer(),
)
FILTERS = (
    CaseFilter(),
    CaseFilter(open_only=True),
    CaseFilter(status=("accepted", "closed")),
    CaseFilter(procedure="filing", unassigned=True),
    CaseFilter(assignee="p-clerk"),
    CaseFilter(with_task=True, open_only=True),
    CaseFilter(role="center.clerk"),
    CaseFilter(role="institution.operator", unassigned=True),
    CaseFilter(holder="public"),
    CaseFilter(due_from=TODAY),
    CaseFilter(due_from=TODAY, due_to=TODAY + timedelta(days=1), holder="authority"),
    CaseFilter(due_to=TODAY, text="school-a"),
    CaseFilter(text="-00000"),
    CaseFilter(text="000007", open_only=True),
    CaseFilter(text="%"),
    CaseFilter(jurisdiction="430100"),
    CaseFilter(jurisdiction="430000", organisation="school-a"),
    CaseFilter(organisation="school-b", due_from=TODAY),
)
PARTS: tuple[Part, ...] = get_args(Part)


def task_of(dice: random.Random, number: int) -> Task:
    holder: Holder = dice.choice(get_args(Holder))
    return Task(
        id=f"t-{number}",
        element="check",
        wait=f"w-{number}",
        form="filing.examine",
        role={"authority": "center.*", "applicant": "institution.*"}.get(holder, "public"),
        holder=holder,
        commands=("filing.accept",),
        opened_at=MORNING,
        state=dice.choice(("open", "open", "completed")),
        assignee=dice.choice(PEOPLE),
    )


def deadline_of(dice: random.Random, number: int) -> Deadline:
    states: tuple[DeadlineState, ...] = ("open", "open", "suspended", "met")
    state = dice.choice(states)
    return Deadline(
        id=f"d-{number}",
        key=TERM.key,
        occurrence=number,
        term=TERM,
        amount=TERM.amount,
        holder=dice.choice(get_args(Holder)),
        element="silence",
        wait=f"v-{number}",
        starts=MORNING - timedelta(days=dice.randrange(3)),
        due=None if state == "suspended" else TODAY + timedelta(days=dice.randrange(-2, 3)),
        effective=MORNING + timedelta(days=9),
        calendar="cn@test",
        provisional=dice.random() < 0.2,
        state=state,
    )


def occasion_of(dice: random.Random) -> Occasion | None:
    first = TODAY + timedelta(days=dice.randrange(-4, 5))
    last = first + timedelta(days=dice.randrange(3))
    return Occasion(first_day=first, last_day=last) if dice.random() < 0.5 else None


def case_of(dice: random.Random, number: int) -> Case:
    """A case like no real one: any status with any work, so that every list has something."""
    school = dice.choice(SCHOOLS)
    status: Status = dice.choice(("received", "accepted", "closed"))
    return Case(
        id=str(UUID(int=dice.getrandbits(128), version=4)),
        number=f"430100-BA-2024-{number:06d}",
        procedure="filing",
        variant="hunan",
        jurisdiction=dice.choice(PLACES),
        definition="0" * 64,
        applicant=Party(organisation=school, name=f"机构 {school}"),
        opened_at=MORNING + timedelta(minutes=dice.randrange(20)),
        status=status,
        stage="received",
        version=number + 1,
        own_version=1,
        data=procedure("filing").blank,
        marking={"waits": []},
        tasks=tuple(task_of(dice, n) for n in range(1, 1 + dice.randrange(3))),
        deadlines=tuple(deadline_of(dice, n) for n in range(1, 1 + dice.randrange(4))),
        offices=tuple(dice.sample(PLACES, dice.choice((0, 0, 1, 2)))),
        occasion=occasion_of(dice),
        acts=(("filing.submitted", "p-school"),),
    )


CASES = tuple(case_of(random.Random(SEED + n), n) for n in range(ALL))  # noqa: S311  – examples


def in_memory(cases: tuple[Case, ...]) -> MemoryCases:
    store = MemoryStore(load_calendar())
    store.tables.cases |= {one.id: one for one in cases}
    store.tables.case_ids |= dict.fromkeys((one.id for one in cases), "t-a")
    return MemoryCases(store)


def write(engine: Engine, before: Case | None, after: Case) -> None:
    """Write the rows of a case by the store's own statement, without events."""
    tasks, deadlines = changed_rows("t-a", before, after)
    rows = {
        "cases": [case_row("t-a", after)],
        "sights": sight_rows("t-a", after),
        "tasks": tasks,
        "deadlines": deadlines,
        "events": [],
        "claims": [],
    }
    others = {"command": None, "outcome": None, "refused": False}
    with of_tenant(engine, "t-a", ALL_EYES) as connection:
        written = {name: text([*found]) for name, found in rows.items()}
        connection.exec_driver_sql(queries.RECORD, written | others)


@dataclass(frozen=True)
class Both:
    """The same cases in both."""

    memory: Cases
    postgres: Cases

    def read(self, page: Callable[[Cases, str], Page]) -> list[str]:
        """Read all pages from both, hold them equal, return the cases' ids."""
        found, cursor = list[str](), ""
        while True:
            one, other = page(self.memory, cursor), page(self.postgres, cursor)
            assert one == other
            found += [case.id for case in one.items]
            cursor = one.next_cursor
            if not cursor:
                return found


@pytest.fixture(scope="module")
def both(module_database: str) -> Iterator[Both]:
    engine = make_engine(module_database, pool_size=1)
    for one in CASES:
        write(engine, None, one)
    yield Both(in_memory(CASES), PostgresCases(engine, TenantCalendars(load_calendar())))
    engine.dispose()


@pytest.mark.parametrize("wanted", FILTERS)
@pytest.mark.parametrize("viewer", VIEWERS)
def test_both_list_the_same_cases_in_the_same_order(
    both: Both, viewer: Viewer, wanted: CaseFilter
) -> None:
    listed = both.read(lambda one, at: one.cases("t-a", viewer, wanted, at, 7))
    assert len(listed) == len(set(listed))
    work = both.read(lambda one, at: one.work("t-a", viewer, wanted, at, 7))
    assert len(work) == len(set(work))


def _alike(
    both: Both, viewer: Viewer, groups: Sequence[Alike], part: Part, limit: int
) -> list[str]:
    return both.read(lambda one, at: one.alike("t-a", viewer, groups, part, at, limit))


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_tally_counts_what_its_pages_hold(both: Both, viewer: Viewer) -> None:
    groups = both.memory.tally("t-a", viewer)
    assert both.postgres.tally("t-a", viewer) == groups
    some = groups[1::2]
    for part in PARTS:
        every = _alike(both, viewer, groups, part, 7)
        assert len(set(every)) == len(every) == sum(one.of(part) for one in groups)
        few = _alike(both, viewer, some, part, 3)
        assert len(few) == sum(one.of(part) for one in some)
        assert few == [one for one in every if one in few]


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_calendar_holds_what_is_held_on_its_days(both: Both, viewer: Viewer) -> None:
    first, last = TODAY, TODAY + timedelta(days=1)
    held = [one for one in CASES if in_sight(one, viewer) and one.occasion]
    days = {one.id: (one.occasion.first_day, one.occasion.last_day) for one in held if one.occasion}
    there = {one: its for one, its in days.items() if its[1] >= first and its[0] <= last}
    found = both.read(lambda one, at: one.held("t-a", viewer, first, last, at, 7))
    assert found == sorted(there, key=lambda one: (there[one][1], there[one][0], one))
    counted = both.memory.occasions("t-a", viewer, first, last)
    assert both.postgres.occasions("t-a", viewer, first, last) == counted
    assert counted == tuple((*its, n) for its, n in sorted(Counter(there.values()).items()))


def test_a_case_is_in_sight_of_every_office_it_concerns_and_of_those_above(both: Both) -> None:
    for viewer in VIEWERS:
        seen = {one.id for one in CASES if in_sight(one, viewer)}
        assert set(both.read(lambda one, at: one.cases("t-a", viewer, CaseFilter(), at))) == seen  # noqa: B023
    guest = next(one for one in CASES if one.jurisdiction == "440000" and "430103" in one.offices)
    for place in ("430103", "430100", "430000", "440000"):
        assert in_sight(guest, Viewer(jurisdiction=place))
    away = replace(guest, offices=())
    assert not in_sight(away, Viewer(jurisdiction="430103"))


def test_of_a_part_the_other_cases_of_its_groups_are_no_members(both: Both) -> None:
    groups = both.memory.tally("t-a", VIEWERS[0])
    by_id = {one.id: one for one in CASES}

    def holders(part: Part) -> list[set[str]]:
        ids = both.read(lambda one, at: one.alike("t-a", VIEWERS[0], groups, part, at))
        open_tasks = ([t for t in by_id[one].tasks if t.state == "open"] for one in ids)
        return [{t.holder for t in found} for found in open_tasks]

    assert all("authority" in one for one in holders("duties"))
    assert all("authority" not in one for one in holders("others"))


def test_a_page_leaves_out_what_no_list_shows(both: Both) -> None:
    page = both.postgres.cases("t-a", VIEWERS[0], CaseFilter(), "", 3)
    by_id = {one.id: one for one in CASES}
    for one in page.items:
        assert one == brief_of(by_id[one.id])
        assert (one.data, one.marking, one.acts) == (None, {}, ())


@pytest.mark.parametrize("cursor", ["x", "x y", "2024 z", "' OR 1=1 --", "infinity", "\0"])
@pytest.mark.parametrize("wanted", [CaseFilter(), CaseFilter(due_from=TODAY)])
def test_what_is_no_cursor_begins_anew(both: Both, cursor: str, wanted: CaseFilter) -> None:
    first = both.postgres.cases("t-a", VIEWERS[0], wanted, "", 3)
    assert both.postgres.cases("t-a", VIEWERS[0], wanted, cursor, 3) == first
    assert both.memory.cases("t-a", VIEWERS[0], wanted, cursor, 3) == first


def test_a_case_that_changes_moves_on_every_list_and_leaves_places_it_does_not_concern(
    module_database: str, both: Both
) -> None:
    engine = make_engine(module_database, pool_size=1)
    here = Viewer(jurisdiction="440000")
    for one in (both.memory, both.postgres):
        assert one.mark("t-a", here) != one.mark("t-a", Viewer(jurisdiction="430200"))
    there = (one for one in CASES if one.jurisdiction == "440000" and not one.offices)
    case = next(one for one in there if works(one) and not one.ended)
    before = both.postgres.mark("t-a", here)
    ids = both.read(lambda one, at: one.cases("t-a", here, CaseFilter(), at))
    assert case.id in ids
    write(engine, case, replace(case, jurisdiction="430100", version=case.version + 1))
    page = both.postgres.cases("t-a", here, CaseFilter(), "", ALL)
    assert [one.id for one in page.items] == [one for one in ids if one != case.id]
    assert both.postgres.mark("t-a", here) != before
    moved = both.postgres.cases("t-a", Viewer(jurisdiction="430100"), CaseFilter(), "", ALL)
    assert case.id in {one.id for one in moved.items}
    write(engine, replace(case, jurisdiction="430100"), case)
    engine.dispose()


def test_clocks_are_the_days_of_what_runs_or_rests() -> None:
    dice = random.Random(SEED)  # noqa: S311  – an example
    rests = replace(deadline_of(dice, 1), state="suspended", due=None, holder="public")
    runs = replace(deadline_of(dice, 2), state="open", due=TODAY, holder="authority")
    met = replace(runs, id="d-3", state="met")
    case = replace(CASES[0], deadlines=(rests, runs, met), status="received")
    (group,) = in_memory((case,)).tally("t-a", VIEWERS[0])
    day = MORNING.date()
    assert [(one.holder, one.due) for one in group.clocks] == [
        ("authority", TODAY),
        ("public", None),
    ]
    assert all(isinstance(one, Clock) and one.starts <= day for one in group.clocks)
