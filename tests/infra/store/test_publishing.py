"""When a year is published, open terms are counted again by event; old and new day are kept."""

import threading
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Engine

from domain.case.command import Command
from domain.case.decision import Decision
from domain.case.events import DeadlineOpened
from domain.kernel.times import end_of, parse_instant
from domain.law.calendar import Holiday, YearTable
from domain.law.clock import due
from domain.ports import Stored
from infra.event_store.store import PostgresStore
from infra.law_data import load_calendar
from infra.publishing import publish_year
from infra.verify import verify
from tests.contracts.stories import TERM, House, judged, receipt, received
from tests.infra.store.test_races import somebody_waits

DECEMBER = parse_instant("2026-12-28T09:00:00+08:00")
NEXT_YEAR = YearTable(
    year=2027,
    status="official",
    notice="示例〔2026〕1号",
    holidays=(
        Holiday(
            name="元旦",
            name_en="New Year",
            rest=tuple(date(2027, 1, day) for day in (1, 2, 3, 4)),
        ),
    ),
)


def waiting_case(house: House, key: str = "k-1") -> str:
    """A case whose term runs into a year not yet published."""
    act = received(house, receipt(key)).command
    with house.store.open_case(act.case_id) as session:
        session.record(act, running(judged(None, act, session.now)))
    return act.case_id


def running(decision: Decision) -> Decision:
    """The same opening, its term counted by the calendar as shipped."""
    counted = due(TERM, DECEMBER, load_calendar())
    opened = decision.facts[2].event
    assert isinstance(opened, DeadlineOpened)
    real = replace(
        opened,
        starts=DECEMBER,
        due=counted.due,
        effective=counted.effective,
        calendar=counted.calendar,
        provisional=counted.provisional,
    )
    facts = (*decision.facts[:2], replace(decision.facts[2], event=real))
    return replace(decision, facts=facts)


def test_a_published_year_is_the_tenants_own_and_reaches_each_touched_case_once(
    house: House, auditor: Engine
) -> None:
    assert isinstance(house.store, PostgresStore)
    house.set_clock("t-a", DECEMBER)
    case_id = waiting_case(house)
    before = house.cases.any_case("t-a", case_id)
    acts = publish_year(house.store, "t-a", NEXT_YEAR)
    assert [(one.command.name, one.command.case_id) for one in acts] == [
        ("deadline.redate", case_id)
    ]
    again = publish_year(house.store, "t-a", NEXT_YEAR)
    assert [one.replayed for one in again] == [True]
    assert len(house.cases.any_timeline("t-a", "register:calendar")) == 1
    assert house.cases.calendar("t-a").tables[2027] == NEXT_YEAR
    assert house.cases.calendar("t-b").tables[2027] != NEXT_YEAR
    with house.store.open_case(case_id) as session:
        assert isinstance(session.next_work(None), Command)
        counted = due(TERM, DECEMBER, session.calendar)
    assert before is not None
    assert before.deadlines[0].due is not None
    assert counted.due == before.deadlines[0].due + timedelta(days=2)  # Friday and Monday
    assert counted.effective == end_of(counted.due)
    assert not counted.provisional
    assert verify(auditor, load_calendar()).violations == ()


def test_a_case_whose_day_does_not_move_is_left_alone(house: House) -> None:
    assert isinstance(house.store, PostgresStore)
    act = received(house, receipt()).command
    with house.store.open_case(act.case_id) as session:
        session.record(act, judged(None, act, session.now))
    assert publish_year(house.store, "t-a", NEXT_YEAR) == ()


def test_who_publishes_waits_for_a_case_that_counts_by_the_old_years(
    house: House, engine: Engine
) -> None:
    """Else its term, opened while the year was recorded, would never be counted again."""
    assert isinstance(house.store, PostgresStore)
    house.set_clock("t-a", DECEMBER)
    act, store = received(house, receipt()).command, house.store
    found: list[Stored] = []
    publishing = threading.Thread(
        target=lambda: found.extend(publish_year(store, "t-a", NEXT_YEAR))
    )
    with house.store.open_case(act.case_id) as session:
        decision = running(judged(None, act, session.now))
        publishing.start()
        while not somebody_waits(engine):
            assert publishing.is_alive(), "nobody waited"
        session.record(act, decision)
    publishing.join()
    assert [one.command.name for one in found] == ["deadline.redate"]


def test_page_by_page_every_running_case_is_found_once(house: House) -> None:
    assert isinstance(house.store, PostgresStore)
    cases = {waiting_case(house, f"k-{n}") for n in range(5)}
    acts = publish_year(house.store, "t-a", NEXT_YEAR, page=2)
    assert sorted(one.command.case_id for one in acts) == sorted(cases)
