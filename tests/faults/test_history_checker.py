"""The checker itself: what it must notice, and that it stays silent when all is well."""

from dataclasses import replace

import pytest

from tests.faults.rig.checker import Entry, Final, Row, violations
from tests.faults.rig.history import Act, Attempt, History, Read, Told, Verdict

CASE = "case-1"
SUBMIT = Entry(
    position=1,
    tenant="t",
    stream=CASE,
    version=1,
    event_id="e-1",
    type="filing.submitted",
    command="c-1",
)
ACCEPT = replace(
    SUBMIT, position=2, version=2, event_id="e-2", type="filing.accepted", command="c-2"
)
SUBMITTED = Row(tenant="t", client="school", key="k-1", command="c-1", case=CASE, kind="done")
ACCEPTED = Row(tenant="t", client="clerk", key="k-2", command="c-2", case=CASE, kind="done")
GOOD = Final((SUBMIT, ACCEPT), (SUBMITTED, ACCEPTED))


def act(key: str, *told: Told, sent: float) -> Act:
    client = "school" if key == "k-1" else "clerk"
    attempts = [Attempt(invoked=sent, told=one) for one in told] or [Attempt(invoked=sent)]
    return Act(tenant="t", client=client, key=key, name="n", body={}, attempts=attempts)


def told(verdict: Verdict, at: float, *events: tuple[str, int]) -> Told:
    return Told(verdict=verdict, at=at, case=CASE, events=events)


def history(*acts: Act, reads: tuple[Read, ...] = ()) -> History:
    log = History()
    log.acts.extend(acts)
    log.reads.extend(reads)
    return log


FIRST = act("k-1", told("ok", 1.5, ("filing.submitted", 1)), sent=1.0)
SECOND = act("k-2", told("ok", 2.5, ("filing.accepted", 2)), sent=2.0)


def test_a_store_that_explains_everything_passes() -> None:
    whole = Read(tenant="t", case=CASE, invoked=3.0, events=((1, SUBMIT.type), (2, ACCEPT.type)))
    early = Read(tenant="t", case=CASE, invoked=1.6, events=((1, SUBMIT.type),))
    assert violations(history(FIRST, SECOND, reads=(whole, early)), GOOD) == []


def test_an_unknown_act_may_have_happened_or_not() -> None:
    unknown = act("k-2", sent=2.0)
    assert violations(history(FIRST, unknown), GOOD) == []
    assert violations(history(FIRST, unknown), Final((SUBMIT,), (SUBMITTED,))) == []


@pytest.mark.parametrize(
    ("final", "says"),
    [
        (Final((SUBMIT,), (SUBMITTED,)), "LOST"),
        (Final((SUBMIT,), (SUBMITTED, ACCEPTED)), "LOST"),
        (Final((SUBMIT, ACCEPT), (SUBMITTED, replace(ACCEPTED, kind=""))), "never decided"),
        (Final((SUBMIT, ACCEPT), (SUBMITTED, replace(ACCEPTED, kind="refused"))), "yet it led to"),
        (Final((SUBMIT, ACCEPT), (SUBMITTED, ACCEPTED, ACCEPTED)), "2 rows"),
        (Final((SUBMIT, ACCEPT, ACCEPT), (SUBMITTED, ACCEPTED)), "2 times"),
        (
            Final((SUBMIT, ACCEPT, replace(ACCEPT, event_id="e-3", version=3)), GOOD.inbox),
            "happened 2 times",
        ),
        (Final((SUBMIT, replace(ACCEPT, version=3)), GOOD.inbox), "versions [1, 3]"),
    ],
)
def test_a_store_that_contradicts_an_answer_is_found(final: Final, says: str) -> None:
    found = violations(history(FIRST, SECOND), final)
    assert any(says in one for one in found), found


def test_an_act_overtaken_by_a_later_one_is_found() -> None:
    swapped = Final(
        (replace(ACCEPT, position=1, version=1), replace(SUBMIT, position=2, version=2)),
        GOOD.inbox,
    )
    first = act("k-1", told("pending", 1.5), sent=1.0)
    second = act("k-2", told("pending", 2.5), sent=2.0)
    assert any("overtaken" in one for one in violations(history(first, second), swapped))


def test_acts_sent_at_the_same_time_may_be_decided_in_either_order() -> None:
    swapped = Final(
        (replace(ACCEPT, position=1, version=1), replace(SUBMIT, position=2, version=2)),
        GOOD.inbox,
    )
    first = act("k-1", told("pending", 2.5), sent=1.0)
    second = act("k-2", told("pending", 2.6), sent=2.0)
    assert violations(history(first, second), swapped) == []


def test_a_read_that_is_no_prefix_is_found() -> None:
    wrong = Read(tenant="t", case=CASE, invoked=1.2, events=((1, ACCEPT.type),))
    assert any("no prefix" in one for one in violations(history(reads=(wrong,)), GOOD))


def test_a_read_that_misses_what_was_answered_before_it_is_found() -> None:
    stale = Read(tenant="t", case=CASE, invoked=3.0, events=((1, SUBMIT.type),))
    assert any("misses" in one for one in violations(history(SECOND, reads=(stale,)), GOOD))


def test_two_answers_under_one_key_must_be_the_same() -> None:
    twice = act("k-2", told("ok", 2.5, ("filing.accepted", 2)), told("ok", 2.9), sent=2.0)
    assert any("two ways" in one for one in violations(history(twice), GOOD))


def test_what_was_turned_away_must_not_be_stored() -> None:
    away = act("k-2", told("turned away", 2.5), sent=2.0)
    assert any("turned away" in one for one in violations(history(away), GOOD))
