"""What a turn costs the database: statements, transactions, bytes. Counters, not times."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from domain.case.decision import Decision, FactKey, Outcome
from domain.case.envelope import Fact
from domain.case.events import CaseNoted
from infra.db import make_engine
from infra.event_store import queries
from infra.event_store.store import PostgresStore
from infra.law_data import load_calendar
from tests.contracts.stories import CLERK, MORNING, House, judged, open_one, receipt, received
from tests.infra.store.conftest import as_owner

PER_EVENT = 9 * 1024 / 14  # bytes at rest, indexes included


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements sent inside the block."""
    sent: list[str] = []

    def note(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def store(database: str) -> Iterator[PostgresStore]:
    engine = make_engine(database, pool_size=1)
    yield PostgresStore(engine, load_calendar())
    engine.dispose()


def test_receiving_an_act_is_one_statement(house: House, store: PostgresStore) -> None:
    with counted(store.engine) as sent:
        store.receive(receipt())
    assert len(sent) == 1
    assert house.cases.now("t-a") == MORNING


@pytest.mark.parametrize("events", [1, 30])
def test_a_whole_turn_is_five_statements_however_many_events(
    house: House, store: PostgresStore, events: int
) -> None:
    """Look, facts' locks, facts, append lock, record."""
    case_id = open_one(house)
    act = received(house, receipt("k-2", case_id=case_id)).command
    notes = tuple(
        Fact(event=CaseNoted(text=str(n)), actor=CLERK, effective_at=MORNING) for n in range(events)
    )
    outcome = Outcome(kind="done", version=3 + events)
    with counted(store.engine) as sent, store.open_case(case_id, act.id) as session:
        assert session.next_work(act.id) == act
        session.facts((FactKey("series", "a"), FactKey("series", "b")))
        session.record(act, Decision(facts=notes, outcome=outcome, stream=case_id))
        assert session.turn().outcome == "done"
    assert len(sent) == 5


def test_a_command_is_two_writing_transactions(
    house: House, store: PostgresStore, database: str
) -> None:
    case_id = open_one(house)
    used = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
    before = as_owner(database, used)[0][0]
    act = store.receive(receipt("k-2", case_id=case_id))
    with store.open_case(case_id) as session:
        work = session.next_work(None)
        assert work is not None
        session.record(work, judged(session.case, work, session.now))
    with store.open_case(case_id) as session:
        assert session.next_work(None) is None
        session.turn()
    after = as_owner(database, used)[0][0]
    assert isinstance(after, int)
    assert isinstance(before, int)
    assert after - before == 2
    assert act


@pytest.mark.parametrize("counted_rows", [False, True])
def test_an_append_reads_no_rows_of_other_cases(
    house: House, store: PostgresStore, database: str, *, counted_rows: bool
) -> None:
    """By its plan, whether or not anybody has counted the rows of these small tables yet."""
    for number in range(20):
        case_id = open_one(house, f"k-{number}")
    act = received(house, receipt("n-1", case_id=case_id)).command
    if counted_rows:
        as_owner(database, "ANALYZE")
    empty = dict.fromkeys(("events", "cases", "sights", "tasks", "deadlines", "claims"), "[]")
    with store.engine.begin() as connection:
        connection.exec_driver_sql("SELECT set_config('anjuan.tenant', 't-a', true)")
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # as on tables that are large
        answer = connection.exec_driver_sql(
            f"EXPLAIN {queries.RECORD}",
            {**empty, "command": act.id, "outcome": None, "refused": False},
        )
        plan = answer.scalars().all()
    keyed = [one.strip() for one in plan if "Index Cond" in one]
    assert [one for one in keyed if "case_id" not in one and "command_id" not in one] == []
    assert [one for one in plan if "Seq Scan" in one] == []


def test_events_stay_within_their_bytes(house: House, database: str) -> None:
    for number in range(200):
        case_id = open_one(house, f"k-{number}")
        act = received(house, receipt(f"n-{number}", case_id=case_id)).command
        with house.store.open_case(case_id) as session:
            notes = tuple(
                Fact(event=CaseNoted(text="场地证明已核对"), actor=CLERK, effective_at=MORNING)
                for _ in range(11)
            )
            outcome = Outcome(kind="done", version=14)
            session.record(act, Decision(facts=notes, outcome=outcome, stream=case_id))
    as_owner(database, "VACUUM events")
    size, events = as_owner(
        database, "SELECT pg_total_relation_size('events'), (SELECT count(*) FROM events)"
    )[0]
    assert isinstance(size, int)
    assert isinstance(events, int)
    assert events == 200 * 14
    assert size / events <= PER_EVENT, f"{size / events:.0f} bytes an event"
