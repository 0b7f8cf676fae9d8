"""After a restore positions go on in a new epoch; and a changed fold folds anew, once."""

from sqlalchemy import Engine

from domain.case.evolve import fold
from infra.event_store.store import PostgresStore
from infra.law_data import load_calendar
from infra.verify import verify
from tests.contracts.stories import House, advanced, open_one, receipt, received
from tests.infra.store.conftest import as_owner


def test_a_new_epoch_goes_on_with_chain_and_positions(
    house: House, database: str, auditor: Engine
) -> None:
    open_one(house, "k-1")
    as_owner(database, "UPDATE store SET epoch = epoch + 1")
    open_one(house, "k-2")
    events = list(house.cases.events_after("t-a", 0, 100))
    assert [(one.epoch, one.position) for one in events] == [
        (1, 1), (1, 2), (1, 3), (2, 4), (2, 5), (2, 6)
    ]  # fmt: skip
    assert [one.position for one in house.cases.events_after("t-a", 2, 2)] == [3, 4]
    assert verify(auditor, load_calendar()).violations == ()


def test_a_case_folded_by_older_code_is_folded_anew_and_written_so(
    house: House, database: str, auditor: Engine
) -> None:
    case_id = open_one(house)
    as_owner(
        database,
        "UPDATE cases SET fold = 0, state = '{\"old\": true}'",
        "UPDATE deadlines SET holder = 'as older code had it'",
        "UPDATE tasks SET form = 'as older code had it'",
    )
    assert verify(auditor, load_calendar()).older_folds == 1
    expected = fold(house.cases.any_timeline("t-a", case_id))
    assert house.cases.any_case("t-a", case_id) == expected
    with house.store.open_case(case_id) as session:
        assert session.case == expected
    received(house, receipt("k-2", case_id=case_id))
    advanced(house, case_id)
    report = verify(auditor, load_calendar())
    assert (report.older_folds, report.violations) == (0, ())


def test_a_chain_with_its_tail_cut_still_verifies_and_only_the_head_tells(
    house: House, database: str, auditor: Engine
) -> None:
    """Why an outside holder keeps the head: a chain alone cannot see that its end is gone."""
    open_one(house, "k-1")
    before = verify(auditor, load_calendar())
    as_owner(
        database,
        "ALTER TABLE events DISABLE TRIGGER append_only",
        "DELETE FROM events",
        *(
            f"DELETE FROM {one}"  # noqa: S608  – from a list
            for one in ("cases", "sights", "tasks", "deadlines", "claims", "inbox")
        ),
    )
    after = verify(auditor, load_calendar())
    assert after.violations == ()
    assert after.head != before.head


def test_a_store_of_another_process_goes_on_with_the_same_record(
    house: House, engine: Engine
) -> None:
    case_id = open_one(house)
    other = PostgresStore(engine, load_calendar())
    with other.open_case(case_id) as session:
        assert session.turn().version == 3
        assert session.case == house.cases.any_case("t-a", case_id)
