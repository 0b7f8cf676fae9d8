"""Transaction 2: one command or lapse, its events, rows and outcome together or not at all."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.case.command import Command, Lapse
from domain.case.decision import Decision, FactKey, FactValue, Outcome
from domain.case.envelope import Fact
from domain.case.events import CommandRefused
from domain.case.evolve import fold
from domain.case.turn import Turn
from domain.kernel.errors import StreamBrokenError, UnknownNameError
from domain.kernel.ids import command_id, event_id, lapse_id
from domain.ports import CaseSession
from infra.event_store.recording import FIRST_HASH, hash_of
from tests.contracts.stories import (
    DUE,
    MIDNIGHT,
    MORNING,
    House,
    advanced,
    judged,
    open_one,
    receipt,
    received,
    refused,
    turn_of,
)

SERIES = "case:430100:BA:2024"


def test_events_case_and_outcome_stand_together(house: House) -> None:
    case_id = open_one(house)
    events = house.cases.any_timeline("t-a", case_id)
    assert [one.type for one in events] == ["case.opened", "task.opened", "deadline.opened"]
    assert [one.version for one in events] == [1, 2, 3]
    case = house.cases.any_case("t-a", case_id)
    assert case == fold(events)
    assert turn_of(house.store, case_id, command_id("t-a", "school", "k-1")) == Turn(
        version=3,
        outcome="done",
        procedure="filing",
        number=case.number if case else "",
        waiting_for="center.*",
        until=DUE.isoformat(),
        deadline="filing.acceptance",
        jurisdiction="430100",
    )


def test_a_look_takes_no_lock_and_sees_what_was_committed(house: House) -> None:
    case_id = open_one(house)
    case = house.cases.any_case("t-a", case_id)
    with house.store.open_case(case_id):
        assert house.store.look(case_id) == ("t-a", case)
    with pytest.raises(UnknownNameError):
        house.store.look("01900000-0000-7000-8000-000000000000")


def test_every_event_carries_ids_that_follow_from_its_command_and_three_times(
    house: House,
) -> None:
    case_id = open_one(house)
    command = command_id("t-a", "school", "k-1")
    for index, one in enumerate(house.cases.any_timeline("t-a", case_id)):
        assert one.event_id == event_id(command, index)
        assert (one.meta.command, one.meta.cause) == (command, "filing.submit")
        assert one.meta.case == case_id
        times = (one.meta.received_at, one.meta.effective_at, one.recorded_at)
        assert times == (MORNING, MORNING, MORNING)


def test_every_event_is_chained_to_the_one_before_across_cases_and_tenants(house: House) -> None:
    open_one(house, "k-1")
    open_one(house, "k-1", tenant="t-b")
    open_one(house, "k-2")
    both = [*house.cases.events_after("t-a", 0, 100), *house.cases.events_after("t-b", 0, 100)]
    events = sorted(both, key=lambda one: one.position)
    assert [one.position for one in events] == list(range(1, 10))
    previous = FIRST_HASH
    for one in events:
        assert one.prev_hash == previous
        assert one.hash == hash_of(one)
        previous = one.hash


def test_a_reader_goes_on_where_it_stopped(house: House) -> None:
    open_one(house)
    first = list(house.cases.events_after("t-a", 0, 2))
    rest = list(house.cases.events_after("t-a", first[-1].position, 2))
    assert [one.version for one in (*first, *rest)] == [1, 2, 3]


def test_an_exception_undoes_everything(house: House) -> None:
    stored = received(house, receipt())
    with suppress(ZeroDivisionError), house.store.open_case(stored.command.case_id) as session:
        session.record(stored.command, judged(None, stored.command, session.now))
        raise ZeroDivisionError
    assert house.cases.any_case("t-a", stored.command.case_id) is None
    assert house.cases.any_timeline("t-a", stored.command.case_id) == []
    assert house.cases.pending("t-a", stored.command.case_id) == [stored]


@pytest.mark.parametrize("first", ["done", "refused"])
@pytest.mark.parametrize("again", ["done", "refused"])
def test_a_decided_command_gets_no_second_outcome(house: House, first: str, again: str) -> None:
    case_id = open_one(house)
    act = received(house, receipt("k-2", case_id=case_id)).command
    with house.store.open_case(case_id) as session:
        judge = {"done": judged(session.case, act, session.now), "refused": refused(act)}
        session.record(act, judge[first])
    stands = house.cases.any_timeline("t-a", case_id), house.store.stored("t-a", act.id)
    with pytest.raises(StreamBrokenError), house.store.open_case(case_id) as session:
        session.record(act, judge[again])
    assert stands == (house.cases.any_timeline("t-a", case_id), house.store.stored("t-a", act.id))


def test_a_command_is_recorded_once_within_a_transaction(house: House) -> None:
    case_id = open_one(house)
    act = received(house, receipt("k-2", case_id=case_id)).command
    with house.store.open_case(case_id) as session:
        note = judged(session.case, act, session.now)
    with pytest.raises(StreamBrokenError), house.store.open_case(case_id) as session:
        _record_each(session, act, refused(act), note)
    assert [one.command for one in house.cases.pending("t-a", case_id)] == [act]


def _record_each(session: CaseSession, act: Command, *decisions: Decision) -> None:
    for one in decisions:
        session.record(act, one)


def test_a_turn_told_before_the_commit_is_the_one_told_afterwards(house: House) -> None:
    case_id = open_one(house)
    first = received(house, receipt("k-2", case_id=case_id)).command
    second = received(house, receipt("k-3", case_id=case_id)).command
    with house.store.open_case(case_id, first.id) as session:
        assert not session.turn().outcome
        session.record(first, judged(session.case, first, session.now))
        told = session.turn()
    assert (told.outcome, told.version, told.more) == ("done", 4, True)
    assert turn_of(house.store, case_id, first.id) == told
    with house.store.open_case(case_id, second.id) as session:
        session.record(second, refused(second))
        told = session.turn()
    assert (told.outcome, told.code, told.more) == ("refused", "case.role_required", False)
    assert turn_of(house.store, case_id, second.id) == told
    with house.store.open_case(case_id, first.id) as session:
        assert session.turn().outcome == "done"


def test_a_refusal_without_event_is_the_outcome_alone(house: House) -> None:
    case_id = open_one(house)
    act = received(house, receipt("k-2", case_id=case_id)).command
    with house.store.open_case(case_id) as session:
        session.record(act, refused(act))
    turn = turn_of(house.store, case_id, act.id)
    assert (turn.outcome, turn.code, turn.version) == ("refused", "case.role_required", 3)
    stored = house.store.stored("t-a", act.id)
    assert stored is not None
    assert stored.outcome is not None
    assert stored.outcome.evidence == {"seen": 1}


def test_a_refused_opening_leaves_its_event_and_no_case(house: House) -> None:
    act = received(house, receipt()).command
    code = "filing.wrong_authority"
    event = CommandRefused(command=act.name, code=code)
    decision = Decision(
        facts=(Fact(event=event, actor=act.actor, effective_at=MORNING),),
        outcome=Outcome(kind="refused", code=code),
        stream=f"intake:{act.id}",
    )
    with house.store.open_case(act.case_id) as session:
        session.record(act, decision)
    assert house.cases.any_case("t-a", act.case_id) is None
    kept = house.cases.any_timeline("t-a", f"intake:{act.id}")
    assert [(one.type, one.version, one.meta.case) for one in kept] == [
        ("command.refused", 1, act.case_id)
    ]
    assert turn_of(house.store, act.case_id, act.id) == Turn(
        done=True, outcome="refused", code=code
    )


def test_an_opening_not_yet_decided_is_not_done(house: House) -> None:
    act = received(house, receipt()).command
    assert turn_of(house.store, act.case_id, act.id) == Turn(more=True)


def test_a_turn_says_whether_something_is_to_be_decided_now(house: House) -> None:
    case_id = open_one(house)
    first = received(house, receipt("k-2", case_id=case_id)).command
    assert turn_of(house.store, case_id, None).more
    received(house, receipt("k-3", case_id=case_id))
    advanced(house, case_id, first.id)
    assert turn_of(house.store, case_id, first.id).more
    advanced(house, case_id)
    assert not turn_of(house.store, case_id, first.id).more
    house.set_clock("t-a", MIDNIGHT)
    assert turn_of(house.store, case_id, first.id).more
    advanced(house, case_id)
    assert not turn_of(house.store, case_id, first.id).more


def test_nobody_can_look_at_a_case_that_was_never_asked_for(house: House) -> None:
    nobody = "01977777-0000-7000-8000-000000000000"
    with pytest.raises(UnknownNameError), house.store.open_case(nobody):
        pass
    with pytest.raises(UnknownNameError):
        turn_of(house.store, nobody, None)


def test_a_due_deadline_comes_before_an_act_received_at_that_instant(house: House) -> None:
    case_id = open_one(house)
    house.set_clock("t-a", MIDNIGHT - timedelta(seconds=1))
    early = received(house, receipt("early", case_id=case_id)).command
    house.set_clock("t-a", MIDNIGHT)
    late = received(house, receipt("late", case_id=case_id)).command
    taken = []
    for _ in range(3):
        with house.store.open_case(case_id) as session:
            work = session.next_work(None)
            assert work is not None
            session.record(work, judged(session.case, work, session.now))
            taken.append(work)
    lapse = Lapse(
        id=lapse_id(case_id, "filing.acceptance", 1),
        case_id=case_id,
        deadline="d-1",
        effective=MIDNIGHT,
    )
    assert taken == [early, lapse, late]


def test_what_the_law_does_is_dated_on_its_day_however_late_it_is_recorded(house: House) -> None:
    case_id = open_one(house)
    late = MIDNIGHT + timedelta(days=3)
    house.set_clock("t-a", late)
    assert advanced(house, case_id) == 1
    assert advanced(house, case_id) == 0
    lapsed = house.cases.any_timeline("t-a", case_id)[-1]
    assert (lapsed.type, lapsed.meta.actor.role) == ("deadline.lapsed", "law")
    assert (lapsed.meta.effective_at, lapsed.recorded_at) == (MIDNIGHT, late)


def test_the_same_lapse_twice_writes_once(house: House) -> None:
    case_id = open_one(house)
    house.set_clock("t-a", MIDNIGHT)
    with house.store.open_case(case_id) as session:
        lapse = session.next_work(None)
        assert isinstance(lapse, Lapse)
    for _ in range(2):
        with house.store.open_case(case_id) as session:
            session.record(lapse, judged(session.case, lapse, session.now))
    assert len(house.cases.any_timeline("t-a", case_id)) == 4


def test_until_a_command_has_its_outcome_and_no_further(house: House) -> None:
    case_id = open_one(house)
    first, _ = (received(house, receipt(key, case_id=case_id)).command for key in ("k-2", "k-3"))
    assert advanced(house, case_id, until=first.id) == 1
    assert len(house.cases.pending("t-a", case_id)) == 1


def test_a_case_number_is_a_claim_that_the_next_decision_reads(house: House) -> None:
    act = received(house, receipt()).command
    with house.store.open_case(act.case_id) as session:
        session.record(act, judged(None, act, session.now, number="430100-BA-2024-000041"))
    second = received(house, receipt("k-2")).command
    with house.store.open_case(second.case_id) as session:
        wanted = (FactKey("series", SERIES), FactKey("series", "nobody"))
        facts = session.facts(wanted)
    assert facts == {
        wanted[0]: FactValue(highest=41),  # not how many there are: a series only goes on
        wanted[1]: FactValue(),
    }
    assert house.cases.reading("t-a", wanted) == facts
    assert house.cases.reading("t-b", wanted)[wanted[0]] == FactValue()


def test_the_case_is_folded_anew_from_its_events_and_equals_the_row(house: House) -> None:
    case_id = open_one(house)
    received(house, receipt("k-2", case_id=case_id))
    advanced(house, case_id)
    with house.store.open_case(case_id) as session:
        assert session.case == fold(house.cases.any_timeline("t-a", case_id))
        assert session.tenant == "t-a"
        assert session.now == MORNING


def test_one_commands_events_are_numbered_from_what_the_case_had(house: House) -> None:
    case_id = open_one(house)
    act = received(house, receipt("k-2", case_id=case_id)).command
    with house.store.open_case(case_id) as session:
        note = judged(session.case, act, session.now)
        twice = replace(note, facts=note.facts * 2)
        session.record(act, twice)
    assert [one.version for one in house.cases.any_timeline("t-a", case_id, after=3)] == [4, 5]
    case = house.cases.any_case("t-a", case_id)
    assert case is not None
    assert (case.version, case.notes) == (5, 2)
