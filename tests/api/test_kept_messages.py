"""Messages that come before a process waits for them: kept for a time, delivered just once."""

from datetime import timedelta
from typing import Any

from tests.api.client import Caller, Said, code_of
from tests.api.conftest import FRIDAY, As
from tests.api.memory import TENANT, House
from tests.api.test_processes import BILL, deploy, done, source, started, state, tasks

PAYMENT: dict[str, Said] = {"message": "payment received", "key": "bill-1"}


def billed(by: As) -> str:
    """Start a bill that waits for nothing yet."""
    deploy(by("admin"), BILL)
    return started(by("clerk"), "bill_payment", key="bill-1")


def sent(caller: Caller, paid: int, **said: Said) -> int:
    """Send a payment and return the answer's status."""
    answer = caller.post("/messages", {**PAYMENT, "data": {"paid": paid}, **said})
    return answer.status_code


def kept(caller: Caller, case: str) -> list[tuple[str, str]]:
    """Return the messages that nothing has taken, by name and state."""
    shown: dict[str, Any] = caller.get(f"/cases/{case}/state").json()["process"]
    return [(one["message"], one["state"]) for one in shown["messages"]]


def told(house: House, case: str) -> list[str]:
    """Return the types of a case's events."""
    return [one.type for one in house.store.tables.stream(TENANT, case)]


def test_an_early_message_is_kept_and_taken_once_the_case_waits(by: As, house: House) -> None:
    case = billed(by)
    assert sent(by("clerk"), 100) == 200
    assert kept(by("clerk"), case) == [("payment received", "kept")]
    done(by("clerk"), case, amount=100)
    assert state(by("clerk"), case)["status"] == "closed"
    assert kept(by("clerk"), case) == []
    assert told(house, case).count("process.message_received") == 1


def test_messages_kept_are_taken_in_the_order_of_their_receipt(by: As, house: House) -> None:
    case = billed(by)
    assert [sent(by("clerk"), paid) for paid in (30, 40, 100)] == [200, 200, 200]
    done(by("clerk"), case, amount=100)  # 30 and 40 are not enough, so it waits again
    assert state(by("clerk"), case)["status"] == "closed"
    events = house.store.tables.stream(TENANT, case)
    taken = [one for one in events if one.type == "process.message_received"]
    assert [one.data["kept"] for one in taken] == ["m-1", "m-2", "m-3"]
    assert [one.data["data"] for one in taken] == [{"paid": 30}, {"paid": 40}, {"paid": 100}]


def test_a_message_takes_only_one_wait(by: As) -> None:
    case = billed(by)
    assert sent(by("clerk"), 40) == 200
    done(by("clerk"), case, amount=100)
    assert state(by("clerk"), case)["status"] == "accepted"
    assert kept(by("clerk"), case) == []


def test_an_expired_message_is_listed_and_reaches_nothing(by: As, house: House) -> None:
    case = billed(by)
    assert sent(by("clerk"), 100, ttl="PT2H") == 200
    house.sandbox.set_clock(
        TENANT, FRIDAY + timedelta(hours=2), frozen=True
    )  # what is as old as that is too late
    assert kept(by("clerk"), case) == [("payment received", "expired")]
    done(by("clerk"), case, amount=100)
    assert state(by("clerk"), case)["status"] == "accepted"
    assert kept(by("clerk"), case) == [("payment received", "expired")]


def test_a_message_for_now_only_is_refused_where_nothing_waits(by: As) -> None:
    case = billed(by)
    answer = by("clerk").post("/messages", {**PAYMENT, "ttl": "PT0S"})
    assert code_of(answer) == "process.nobody_waits"
    assert kept(by("clerk"), case) == []


def test_a_message_no_element_of_the_diagram_catches_is_never_kept(by: As) -> None:
    billed(by)
    answer = by("clerk").post("/messages", {**PAYMENT, "message": "greeting", "ttl": "P1D"})
    assert code_of(answer) == "process.nobody_waits"


def test_a_time_that_is_none_or_too_long_is_named(by: As) -> None:
    billed(by)
    for ttl in ("soon", "P367D", "P9999Y"):
        answer = by("clerk").post("/messages", {**PAYMENT, "ttl": ttl})
        assert answer.status_code == 422
        assert "/ttl" in answer.json()["detail"]


def test_the_same_key_answers_the_same_and_keeps_one_message(by: As) -> None:
    case = billed(by)
    body = {**PAYMENT, "data": {"paid": 100}}
    first = by("clerk").post("/messages", body, {"idempotency-key": "once"})
    again = by("clerk").post("/messages", body, {"idempotency-key": "once"})
    assert first.json()["events"] == again.json()["events"]
    assert len(kept(by("clerk"), case)) == 1


def test_a_case_keeps_a_hundred_messages_and_refuses_the_next(by: As) -> None:
    case = billed(by)
    assert {sent(by("clerk"), 1) for _ in range(100)} == {200}
    answer = by("clerk").post("/messages", PAYMENT)
    assert code_of(answer) == "process.too_many_kept"
    assert len(kept(by("clerk"), case)) == 100


def test_what_a_case_keeps_at_its_end_is_shown_as_not_delivered(by: As) -> None:
    case = billed(by)
    sent(by("clerk"), 100)
    by("clerk").act(case, "process.cancel", {"reason": "重复出账"})
    assert kept(by("clerk"), case) == [("payment received", "expired")]


def test_a_case_moved_to_a_diagram_that_waits_takes_what_was_kept(by: As) -> None:
    case = billed(by)
    assert sent(by("clerk"), 100) == 200
    hearing = source(BILL).replace(
        "</userTask>",
        '</userTask><boundaryEvent id="at_once" attachedToRef="issue"><outgoing>f9</outgoing>'
        '<messageEventDefinition messageRef="payment"/></boundaryEvent>',
        1,
    )
    flow = '<sequenceFlow id="f9" sourceRef="at_once" targetRef="settled"/></process>'
    order = {
        "diagram": hearing.replace("</process>", flow),
        "deadlines": "keep",
        "reason": "可先行缴费",
    }
    answer = by("admin").post("/processes/bill_payment/migrations", order)
    assert [one["outcome"] for one in answer.json()["items"]] == ["moved"], answer.text
    assert state(by("clerk"), case)["status"] == "closed"
    assert tasks(by("clerk"), case) == []
    assert kept(by("clerk"), case) == []
