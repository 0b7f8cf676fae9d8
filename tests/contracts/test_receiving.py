"""Transaction 1: every act once per key, with its time of receipt."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.case.command import Command, Opening
from domain.kernel.errors import UnknownNameError
from domain.kernel.ids import command_id
from domain.ports import BodyDiffers
from tests.contracts.stories import (
    MORNING,
    SCHOOL,
    House,
    advanced,
    open_one,
    receipt,
    received,
    refused,
)


def test_an_opening_gets_a_case_id_and_the_law_time_of_receipt(house: House) -> None:
    stored = received(house, receipt())
    assert not stored.replayed
    assert stored.outcome is None
    assert stored.command == Command(
        id=command_id("t-a", "school", "k-1"),
        case_id=stored.command.case_id,
        name="filing.submit",
        payload={"text": "k-1"},
        actor=SCHOOL,
        channel="api:test",
        received_at=MORNING,
        opening=Opening(procedure="filing", variant="hunan"),
    )


def test_the_same_key_and_body_again_changes_nothing(house: House) -> None:
    first = received(house, receipt())
    house.set_clock("t-a", MORNING + timedelta(hours=1))
    again = received(house, receipt())
    assert again == replace(first, replayed=True)


def test_a_repeat_after_the_decision_answers_the_stored_outcome(house: House) -> None:
    case_id = open_one(house)
    again = received(house, receipt())
    assert again.replayed
    assert again.command.case_id == case_id
    assert again.outcome is not None
    assert [one["type"] for one in again.outcome.events] == [
        "case.opened",
        "task.opened",
        "deadline.opened",
    ]


def test_the_same_key_with_another_body_is_turned_away(house: House) -> None:
    first = received(house, receipt())
    answer = house.store.receive(receipt(fingerprint="f-2"))
    assert answer == BodyDiffers(first.command.id)
    assert house.store.stored("t-a", first.command.id) == first


def test_the_same_key_of_another_client_or_tenant_is_independent(house: House) -> None:
    acts = [receipt(), receipt(client="other"), receipt(tenant="t-b", fingerprint="f-2")]
    stored = [received(house, act) for act in acts]
    assert len({one.command.case_id for one in stored}) == 3
    assert not any(one.replayed for one in stored)


def test_an_act_of_another_tenant_is_not_found(house: House) -> None:
    stored = received(house, receipt())
    assert house.store.stored("t-b", stored.command.id) is None
    assert house.cases.pending("t-b", stored.command.case_id) == []


@pytest.mark.parametrize("name", ["", "abc", "01a1feb3", "0" * 36, "٠" * 32, "x\x00"])
def test_what_is_no_id_of_an_act_names_none(house: House, name: str) -> None:
    assert house.store.stored("t-a", name) is None


def test_an_act_on_a_case_of_another_tenant_is_a_defect(house: House) -> None:
    case_id = open_one(house, tenant="t-b")
    with pytest.raises(UnknownNameError):
        house.store.receive(receipt("k-2", tenant="t-a", case_id=case_id))


def test_an_act_for_a_tenant_nobody_made_is_a_defect(house: House) -> None:
    with pytest.raises(UnknownNameError):
        house.store.receive(receipt(tenant="nobody"))


def test_the_senders_own_key_of_a_case_opens_it_once(house: House) -> None:
    source = Opening(procedure="filing", variant="hunan", source_system="portal", source_id="A-17")
    first = received(house, receipt("k-1", opening=source))
    second = received(house, receipt("k-2", opening=source))
    assert second == replace(first, existing=True)
    elsewhere = received(house, receipt("k-2", opening=source, tenant="t-b"))
    assert not elsewhere.existing


def test_after_a_refused_opening_the_senders_key_may_try_again(house: House) -> None:
    source = Opening(procedure="filing", variant="hunan", source_system="portal", source_id="A-17")
    first = received(house, receipt("k-1", opening=source))
    with house.store.open_case(first.command.case_id) as session:
        work = session.next_work(None)
        assert isinstance(work, Command)
        session.record(work, refused(work, "filing.wrong_authority"))
    second = received(house, receipt("k-2", opening=source))
    assert not second.existing
    assert second.command.case_id != first.command.case_id


def test_what_waits_is_listed_in_order_of_receipt(house: House) -> None:
    case_id = open_one(house)
    for key in ("k-2", "k-3", "k-4"):  # all at one frozen instant
        received(house, receipt(key, case_id=case_id))
    waiting = [one.command.payload["text"] for one in house.cases.pending("t-a", case_id)]
    assert waiting == ["k-2", "k-3", "k-4"]
    advanced(house, case_id)
    assert house.cases.pending("t-a", case_id) == []
    notes = [one.data.get("text") for one in house.cases.any_timeline("t-a", case_id)[3:]]
    assert notes == [command_id("t-a", "school", key) for key in ("k-2", "k-3", "k-4")]
