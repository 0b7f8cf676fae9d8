"""Many at once: places, keys, receipts and consumers, with rollbacks and slow commits between."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TypeVar

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from typing_extensions import override

from domain.case.command import Command
from domain.case.decision import Claim, FactKey
from domain.ports import BodyDiffers
from infra.db import make_engine, of_tenant
from infra.event_store import queries
from infra.event_store.rows import case_lock, claim_row, receipt_row, text
from infra.event_store.session import lock_facts, read_facts
from infra.law_data import load_calendar
from infra.verify import verify
from tests.contracts.stories import House, advanced, judged, open_one, receipt, received
from tests.infra.store.conftest import as_owner

PLACE = FactKey("filing.place", "430100:6-18-01-01:车工")
Result = TypeVar("Result")
ADVISORY = """
FROM pg_locks WHERE locktype = 'advisory'
 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""  # of this test alone: the server has other databases


def at_once(acts: Iterable[Callable[[], Result]]) -> list[Result]:
    """Run all acts in threads that start together."""
    listed = list(acts)
    barrier = threading.Barrier(len(listed))

    def run(act: Callable[[], Result]) -> Result:
        barrier.wait(timeout=30)
        return act()

    with ThreadPoolExecutor(len(listed)) as threads:
        return list(threads.map(run, listed))


def test_fifty_times_the_same_request_is_one_act(house: House) -> None:
    answers = at_once([lambda: house.store.receive(receipt())] * 12)
    stored = [one for one in answers if not isinstance(one, BodyDiffers)]
    assert len({one.command.case_id for one in stored}) == 1
    assert Counter(one.replayed for one in stored) == {True: 11, False: 1}


def test_two_workers_take_one_act_and_one_records_it(house: House) -> None:
    case_id = open_one(house)
    act = received(house, receipt("k-2", case_id=case_id)).command
    turns = at_once([lambda: advanced(house, case_id, act.id)] * 4)
    assert sorted(turns) == [0, 0, 0, 1]
    assert len(house.cases.any_timeline("t-a", case_id)) == 4


def test_of_two_that_want_the_last_place_one_gets_it(database: str) -> None:
    engine = make_engine(database, pool_size=4)

    def take(holder: str) -> bool:
        with of_tenant(engine, "t-a") as connection:
            lock_facts(connection, "t-a", [PLACE])
            if read_facts(connection, [PLACE])[PLACE].count >= 1:
                return False
            claim = Claim(kind=PLACE.kind, key=PLACE.key, holder=holder)
            connection.exec_driver_sql(
                "INSERT INTO claims SELECT * FROM json_populate_record(NULL::claims, %s)",
                (text(claim_row("t-a", claim, 1)),),
            )
            return True

    for round_ in range(20):
        holders = [f"{round_}-{name}" for name in "ab"]
        got = at_once(partial(take, one) for one in holders)
        assert got.count(True) == (1 if round_ == 0 else 0)
    engine.dispose()


def test_an_act_received_before_the_look_is_seen_by_it(house: House, engine: Engine) -> None:
    """A receipt under way holds the look back: nothing received earlier turns up later."""
    case_id = open_one(house)
    looked: list[list[object]] = []

    def look() -> None:
        with house.store.open_case(case_id) as session:
            work = session.next_work(None)
            looked.append([work.id] if isinstance(work, Command) else [])

    act = receipt_row(receipt("k-2", case_id=case_id), case_id)
    locks = {"case_lock": case_lock(case_id), "source_lock": 0}
    with engine.begin() as slow:  # transaction 1, not yet committed
        slow.exec_driver_sql(queries.RECEIVE, {"row": text(act), **locks})
        looking = threading.Thread(target=look)
        looking.start()
        while not somebody_waits(engine):
            assert looked == []
    looking.join()
    assert looked == [[act["command_id"]]]


class Reader(threading.Thread):
    """A consumer that follows the positions of `t-a` until told that nothing more comes."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house, self.seen, self.over = house, list[int](), threading.Event()

    @override
    def run(self) -> None:
        """Read on, once more after the end."""
        fresh, last = [0], False
        while fresh or not last:
            last = self.over.is_set()
            after = max(self.seen, default=0)
            fresh = [one.position for one in self._house.cases.events_after("t-a", after, 500)]
            self.seen.extend(fresh)


def fail_if(unlucky: bool) -> None:  # noqa: FBT001  – the throw of a die
    if unlucky:
        raise ZeroDivisionError


def write(house: House, number: int, case_id: str) -> int:
    """Take six acts in a case, some undone, some slow to commit; return how many were recorded."""
    dice = random.Random(number)  # noqa: S311  – which fault, not a secret
    return sum(_written(house, f"w-{number}-{turn}", case_id, dice) for turn in range(6))


def _written(house: House, key: str, case_id: str, dice: random.Random) -> bool:
    """Take one act, again after a lock that was too long in coming, as a worker does."""
    act = received(house, receipt(key, case_id=case_id)).command
    undone, slow = dice.random() < 0.1, dice.random() < 0.1
    for _ in range(10):
        with (
            suppress(ZeroDivisionError, OperationalError),
            house.store.open_case(case_id) as session,
        ):
            session.record(act, judged(session.case, act, session.now))
            fail_if(undone)
            if slow:
                threading.Event().wait(0.02)
            return True
        if undone:
            break
    return False


def test_consumers_miss_nothing_while_writers_roll_back_and_linger(
    house: House, auditor: Engine
) -> None:
    """RELIABILITY 65, short: 32 writers, a tenth undone, a tenth slow; order is commit order."""
    cases = [open_one(house, f"k-{n}") for n in range(32)]
    reader = Reader(house)
    reader.start()
    written = at_once(partial(write, house, number, case) for number, case in enumerate(cases))
    reader.over.set()
    reader.join()
    assert reader.seen == list(range(1, len(cases) * 3 + sum(written) + 1))
    assert verify(auditor, load_calendar()).violations == ()


def test_a_silent_lock_holder_is_cut_off_and_the_next_one_is_told(
    house: House, database: str
) -> None:
    case_id = open_one(house)
    rows = as_owner(database, f"SELECT count(*) {ADVISORY}")
    assert rows == [(0,)]
    holder = make_engine(database, pool_size=1)
    with holder.connect() as connection:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (case_lock(case_id),))
        with pytest.raises(Exception, match="lock timeout"), house.store.open_case(case_id):
            pass
    holder.dispose()


def test_law_time_that_moves_while_a_receipt_waits_is_the_time_after_the_wait(
    house: House, engine: Engine
) -> None:
    case_id = open_one(house)
    later = house.cases.now("t-a") + timedelta(hours=1)
    got: list[Command] = []

    def act() -> None:
        got.append(received(house, receipt("k-2", case_id=case_id)).command)

    with engine.begin() as slow:
        slow.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (case_lock(case_id),))
        waiting = threading.Thread(target=act)
        waiting.start()
        while not somebody_waits(engine):
            assert got == []
        house.set_clock("t-a", later)
    waiting.join()
    assert got[0].received_at == later


def somebody_waits(engine: Engine) -> bool:
    """Whether somebody waits for an advisory lock."""
    with engine.connect() as connection:
        query = f"SELECT count(*) {ADVISORY} AND NOT granted"
        return bool(connection.exec_driver_sql(query).scalar())
