"""Locks of facts: one each, but bars of persons share some, so that a large batch finds room."""

from domain.registers import candidates, institutions
from infra.event_store.rows import fact_lock

PEOPLE = 5_000
MOST = 64  # a server with the usual settings holds 6,400 locks in all


def test_the_bars_of_many_persons_share_few_locks() -> None:
    locks = {fact_lock("t", candidates.key(f"p-{n}")) for n in range(PEOPLE)}
    assert len(locks) <= MOST


def test_a_person_always_has_the_same_lock_and_tenants_have_their_own() -> None:
    who = candidates.key("p-1")
    assert fact_lock("t", who) == fact_lock("t", who)
    assert fact_lock("t", who) != fact_lock("u", who)


def test_other_facts_have_a_lock_each() -> None:
    locks = {fact_lock("t", institutions.key(f"u-{n}")) for n in range(PEOPLE)}
    assert len(locks) == PEOPLE
