"""Cases change diagram one by one, each judged as it stands in its own transaction."""

from datetime import timedelta

from activities.advance import Advance
from domain.case.actor import OPERATOR, Actor
from domain.case.state import Case
from domain.kernel.json import Json
from domain.ports import Receipt, Stored
from tests.contracts.stories import FILING, MORNING, House, received
from tests.examples.filing import CLERK, SCHOOL, application
from tests.examples.versions import definition_of, edited, world_keeping

OPS = Actor(person="p-admin", role=OPERATOR, organisation="anjuan")
NEW = definition_of(edited()).hash
ORDER: Json = {"to": NEW, "deadlines": "reset", "reason": "环节更名"}


def send(
    house: House, key: str, name: str, payload: Json, by: Actor, case_id: str | None = None
) -> Stored:
    """Receive an act; nobody decides it yet."""
    act = Receipt(
        tenant="t-a", client="test", key=key, fingerprint=key, case_id=case_id, name=name,
        payload=payload, actor=by, channel="api:test", opening=None if case_id else FILING,
    )  # fmt: skip
    return received(house, act)


def decided(house: House, stored: Stored) -> Stored:
    """Have everything up to an act decided; return its inbox row."""
    act = stored.command
    Advance(house.store, world_keeping(edited())).advance(act.case_id, act.id)
    found = house.store.stored("t-a", act.id)
    assert found is not None
    return found


def opened(house: House, key: str) -> str:
    """Open a filing; return the id of its case."""
    payload = application(materials=[])
    return decided(house, send(house, key, "filing.submit", payload, SCHOOL)).command.case_id


def whole(house: House, case_id: str) -> Case:
    """Return the case as stored."""
    case = house.cases.any_case("t-a", case_id)
    assert case is not None
    return case


def test_a_move_lies_in_the_stream_by_whom_and_why_and_the_case_follows(house: House) -> None:
    case_id = opened(house, "k-1")
    old = whole(house, case_id)
    house.set_clock("t-a", MORNING + timedelta(days=4))
    stored = decided(house, send(house, "k-2", "process.migrate", ORDER, OPS, case_id))
    assert stored.outcome is not None
    assert stored.outcome.kind == "done", stored.outcome.en
    case, events = whole(house, case_id), house.cases.any_timeline("t-a", case_id, old.version)
    assert [one.type for one in events] == [
        "process.migrated", "deadline.cancelled", "deadline.opened", "process.moved",
    ]  # fmt: skip
    assert (events[0].data["old"], events[0].data["new"]) == (old.definition, NEW)
    assert (events[0].meta.actor, events[0].data["reason"]) == (OPS, "环节更名")
    assert (case.definition, case.own_version) == (NEW, old.own_version)
    assert [one.state for one in case.deadlines] == ["cancelled", "open"]


def test_a_move_sent_twice_is_made_once(house: House) -> None:
    case_id = opened(house, "k-1")
    first = decided(house, send(house, "k-2", "process.migrate", ORDER, OPS, case_id))
    version = whole(house, case_id).version
    again = send(house, "k-2", "process.migrate", ORDER, OPS, case_id)
    assert (again.replayed, again.outcome) == (True, first.outcome)
    assert whole(house, case_id).version == version


def test_a_case_that_went_on_in_between_is_judged_as_it_stands_then(house: House) -> None:
    case_id, other = opened(house, "k-1"), opened(house, "k-2")
    send(house, "k-3", "filing.accept", {}, CLERK, case_id)
    moving = send(house, "k-4", "process.migrate", ORDER, OPS, case_id)
    besides = send(house, "k-5", "process.migrate", ORDER, OPS, other)
    outcome = decided(house, moving).outcome
    assert outcome is not None
    assert (outcome.kind, outcome.code) == ("refused", "process.not_movable")
    assert outcome.evidence["obstacles"] == ["gone:assess"]
    assert whole(house, case_id).definition != NEW
    done = decided(house, besides).outcome
    assert done is not None
    assert done.kind == "done"
    assert whole(house, other).definition == NEW
