"""`anjuan verify` finds what was tampered with, and names the first place."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from domain.case.command import Lapse, Work
from domain.case.events import DeadlineOpened
from domain.kernel.ids import lapse_id
from infra.law_data import load_calendar
from infra.verify import Report, verify
from tests.contracts.stories import (
    MIDNIGHT,
    TERM,
    House,
    advanced,
    judged,
    open_one,
    receipt,
    received,
    refused,
)
from tests.infra.store.conftest import as_owner

OFF = "ALTER TABLE events DISABLE TRIGGER append_only"


@pytest.fixture
def story(house: House) -> str:
    """A case with a note, a refusal, a lapse, an act that waits, and a neighbour; its id."""
    case_id = open_one(house)
    received(house, receipt("k-2", case_id=case_id))
    advanced(house, case_id)
    act = received(house, receipt("k-3", case_id=case_id)).command
    with house.store.open_case(case_id) as session:
        session.record(act, refused(act))
    house.set_clock("t-a", MIDNIGHT + timedelta(days=1))
    advanced(house, case_id)
    received(house, receipt("k-4", case_id=case_id))
    open_one(house, tenant="t-b")
    return case_id


def look(auditor: Engine) -> Report:
    return verify(auditor, load_calendar())


def first(auditor: Engine) -> tuple[str, str]:
    """The first violation: which invariant, where."""
    found = look(auditor).violations[0]
    return found.invariant, found.where


def test_an_untouched_store_holds(story: str, auditor: Engine) -> None:
    report = look(auditor)
    assert report.violations == ()
    assert (report.events, report.cases, report.commands, report.waiting) == (8, 2, 5, 1)
    assert story


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ("UPDATE events SET data = '{\"text\":\"x\"}' WHERE position = 4", 4),
        ("UPDATE events SET meta = replace(meta::text, 'p-clerk', 'p-other')::json"
         " WHERE position = 4", 4),
        ("UPDATE events SET recorded_at = recorded_at + interval '1 second' WHERE position = 2", 2),
        ("DELETE FROM events WHERE position = 5", 6),
        ("UPDATE events SET hash = decode(repeat('11', 32), 'hex') WHERE position = 3", 3),
    ],
)  # fmt: skip
def test_one_changed_byte_is_found_where_it_is(
    story: str, database: str, auditor: Engine, change: str, place: int
) -> None:
    as_owner(database, OFF, change)
    assert first(auditor) == ("I5", f"epoch 1 position {place}")
    assert story


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("UPDATE cases SET state = replace(state::text, '长沙', '株洲')::json WHERE tenant = 't-a'",
         "cases t-a"),
        ("UPDATE cases SET status = 'closed' WHERE tenant = 't-a'", "cases t-a"),
        ("UPDATE tasks SET assignee = 'p-other' WHERE tenant = 't-b'", "tasks t-b"),
        ("UPDATE deadlines SET due = due + 1 WHERE tenant = 't-b'", "deadlines t-b"),
        ("DELETE FROM tasks WHERE tenant = 't-a'", "tasks t-a"),
        ("UPDATE cases SET brief = '{}' WHERE tenant = 't-a'", "cases t-a"),
        ("UPDATE sights SET due = due - 1 WHERE tenant = 't-b'", "sights t-b"),
        ("UPDATE sights SET eyes = '440000' WHERE eyes = '430000' AND tenant = 't-b'",
         "sights t-b"),
        ("DELETE FROM sights WHERE eyes LIKE 'org:%'", "sights t-a"),
        ("UPDATE claims SET ordinal = ordinal + 1 WHERE tenant = 't-a'", "claims t-a"),
        ("INSERT INTO claims VALUES ('t-c', 'series', 'k', 'h', 1, '{}', false, 1)", "claims t-c"),
    ],
)  # fmt: skip
def test_a_row_that_differs_from_the_fold_is_found(
    story: str, database: str, auditor: Engine, change: str, where: str
) -> None:
    as_owner(database, change)
    invariant, place = first(auditor)
    assert invariant == "I4"
    assert place.startswith(where)
    assert story


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE inbox SET outcome = NULL WHERE key = 'k-2'",
        "UPDATE inbox SET outcome = (SELECT outcome FROM inbox WHERE key = 'k-2')"
        " WHERE key = 'k-3'",
        'UPDATE inbox SET outcome = \'{"kind":"refused","code":"x"}\' WHERE key = \'k-2\'',
        "DELETE FROM inbox WHERE key = 'k-2'",
        'UPDATE inbox SET outcome = \'{"kind":"refused","code":"filing.quota_exceeded"}\''
        " WHERE key = 'k-3'",
    ],
)
def test_an_act_without_exactly_one_outcome_is_found(
    story: str, database: str, auditor: Engine, change: str
) -> None:
    as_owner(database, change)
    assert first(auditor)[0] == "I6"
    assert story


def test_a_date_that_is_not_the_laws_is_found(house: House, auditor: Engine) -> None:
    """The deadline ends a day late; chain and rows agree with it, the calendar does not."""
    act = received(house, receipt()).command
    with house.store.open_case(act.case_id) as session:
        decision = judged(None, act, session.now)
        deadline = decision.facts[2].event
        assert isinstance(deadline, DeadlineOpened)
        late = replace(
            deadline, due=deadline.due + timedelta(days=1), calendar=load_calendar().version
        )
        facts = (*decision.facts[:2], replace(decision.facts[2], event=late))
        session.record(act, replace(decision, facts=facts))
    assert first(auditor) == ("I10", "epoch 1 position 3")


def lapse_of(case_id: str) -> Lapse:
    """What the law does at the end of the term of `judged`."""
    which = lapse_id(case_id, TERM.key, 1)
    return Lapse(id=which, case_id=case_id, deadline="d-1", effective=MIDNIGHT)


def decided(house: House, *works: Work) -> None:
    """Record each work as if it had its turn."""
    for work in works:
        with house.store.open_case(work.case_id) as session:
            session.record(work, judged(session.case, work, session.now))


def test_a_lapse_before_its_last_day_has_ended_is_found(house: House, auditor: Engine) -> None:
    decided(house, lapse_of(open_one(house)))
    assert first(auditor) == ("I10", "epoch 1 position 4")


@pytest.mark.parametrize("early", [True, False], ids=["received before", "received at it"])
def test_the_tie_of_receipt_and_last_day_is_verified(
    house: House, auditor: Engine, *, early: bool
) -> None:
    """Receipt decides: what came before the last day ended goes first, what came then after."""
    case_id = open_one(house)
    house.set_clock("t-a", MIDNIGHT - timedelta(milliseconds=1) if early else MIDNIGHT)
    act = received(house, receipt("k-2", case_id=case_id)).command
    house.set_clock("t-a", MIDNIGHT + timedelta(hours=1))
    lapse = lapse_of(case_id)
    decided(house, *((lapse, act) if early else (act, lapse)))
    assert first(auditor) == ("I10", f"epoch 1 position {5 if early else 4}")


def test_the_command_says_so_in_its_exit_code(
    story: str, database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from infra.cli.main import run  # noqa: PLC0415  – loads every command

    monkeypatch.setenv("DATABASE_URL", database)
    assert run(["verify", "--all"]) == 0
    assert "✓" in capsys.readouterr().out
    as_owner(database, OFF, "DELETE FROM events WHERE position = 5")
    assert run(["verify", "--all", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert told["violations"][0]["where"] == "epoch 1 position 6"
    assert story
