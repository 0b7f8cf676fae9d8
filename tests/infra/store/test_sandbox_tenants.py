"""Sandbox tenants: made on request with people and registers, and a clock that goes forward."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from domain.case.actor import Actor
from domain.case.decision import FactKey
from domain.kernel.faults import MalformedError
from domain.kernel.json import Json
from infra.sandbox import NoSuchTenantError, PostgresSandbox, add_production_tenant
from infra.sandbox_clock import ClockMovesBackError, NoMovableClockError
from infra.sandbox_people import DEMO, SEEDED, SandboxPeople, demo_key, digest_of
from tests.contracts.stories import MIDNIGHT, MORNING, House, advanced, open_one, receipt, received

INSTITUTION: Json = {
    "name": "长沙第1技能协会",
    "uscc": "514301000000000001",
    "type": "social_organisation",
    "jurisdiction": "430100",
    "institution_code": "S000043000001",
    "scope": [
        {"occupation_code": "6-18-01-01", "occupation": "车工", "job": "数控车工", "level": 4}
    ],
}


@pytest.fixture
def sandbox(engine: Engine) -> PostgresSandbox:
    return PostgresSandbox(engine)


def test_a_tenant_has_its_own_clock_people_and_registers(
    sandbox: PostgresSandbox, engine: Engine, house: House
) -> None:
    clerk = Actor(person="p-1", role="center.clerk", jurisdiction="430100", name="长沙市鉴定中心")
    made = sandbox.create(
        at=MORNING, actors={"clerk": clerk}, fixtures={"institutions": [INSTITUTION]}
    )
    assert (made.clock.now, made.clock.frozen) == (MORNING, True)
    people = SandboxPeople(engine)
    found = people.by_key(digest_of(made.keys["clerk"]))
    assert found is not None
    assert (found.tenant, found.login, found.actor) == (made.tenant, "clerk", clerk)
    assert found.title == "长沙市鉴定中心 · 受理人员"
    register = FactKey("institution", "514301000000000001")
    assert house.cases.reading(made.tenant, [register])[register].count == 1
    assert house.cases.reading("t-a", [register])[register].count == 0


def test_two_tenants_made_alike_share_nothing(sandbox: PostgresSandbox) -> None:
    first, second = sandbox.create(), sandbox.create()
    assert first.tenant != second.tenant
    assert set(first.keys) == set(second.keys) == set(SEEDED)
    assert not set(first.keys.values()) & set(second.keys.values())


@pytest.mark.parametrize(
    "fixtures",
    [
        {"institutions": [{"name": "x"}]},
        {"occupations": [{"code": 1}]},
        {"calendars": [{"year": "next"}]},
        {"plans": []},
        {"institutions": "x"},
    ],
)
def test_malformed_registers_make_no_tenant(
    sandbox: PostgresSandbox, auditor: Engine, fixtures: Json
) -> None:
    with pytest.raises(MalformedError):
        sandbox.create(fixtures=fixtures)
    with auditor.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM tenants").scalar() == 0


def test_the_demo_people_have_documented_keys_and_seeding_again_changes_nothing(
    sandbox: PostgresSandbox, engine: Engine
) -> None:
    sandbox.seed_demo()
    keys = sandbox.seed_demo()
    people = SandboxPeople(engine)
    assert [one.login for one in people.logins(DEMO)] == list(SEEDED)
    for login, key in keys.items():
        assert key == demo_key(login)
        assert people.by_key(digest_of(key)) == people.by_login(DEMO, login)
    cities = {one.actor.jurisdiction for one in people.logins(DEMO)}
    assert {"430100", "430200", "430000"} <= cities


def test_an_unknown_key_opens_nothing(sandbox: PostgresSandbox, engine: Engine) -> None:
    sandbox.seed_demo()
    people = SandboxPeople(engine)
    assert people.by_key(digest_of("demo-nobody")) is None
    assert people.by_key("no hex") is None
    assert people.by_login(DEMO, "nobody") is None


def test_a_portal_may_act_for_the_institutions_people_only(
    sandbox: PostgresSandbox, engine: Engine
) -> None:
    sandbox.seed_demo()
    people, school = SandboxPeople(engine), SEEDED["operator"]
    mandate = people.mandate(DEMO, school.person, school.role, school.organisation)
    assert mandate == school
    clerk = SEEDED["clerk"]
    assert people.mandate(DEMO, clerk.person, clerk.role, clerk.organisation) is None
    assert people.mandate(DEMO, school.person, school.role, "other") is None


def test_the_clock_goes_forward_only(sandbox: PostgresSandbox, house: House) -> None:
    tenant = sandbox.create(at=MORNING).tenant
    later = MORNING + timedelta(days=3)
    assert sandbox.set_clock(tenant, later, frozen=True).now == later
    assert house.cases.now(tenant) == later
    with pytest.raises(ClockMovesBackError):
        sandbox.set_clock(tenant, later - timedelta(seconds=1), frozen=True)
    assert sandbox.clock(tenant).now == later


def test_a_clock_let_go_runs_on_from_where_it_stood(sandbox: PostgresSandbox) -> None:
    tenant = sandbox.create(at=MORNING).tenant
    assert not sandbox.set_clock(tenant, MORNING, frozen=False).frozen
    first, second = sandbox.clock(tenant).now, sandbox.clock(tenant).now
    assert MORNING <= first <= second < MORNING + timedelta(minutes=5)
    again = sandbox.set_clock(tenant, first, frozen=True)  # seen a moment ago, and still taken
    assert again.frozen
    assert first <= again.now < first + timedelta(minutes=5)


def test_production_has_no_movable_clock(sandbox: PostgresSandbox, engine: Engine) -> None:
    add_production_tenant(engine, "hunan")
    with pytest.raises(NoMovableClockError):
        sandbox.set_clock("hunan", datetime(2100, 1, 1, tzinfo=UTC), frozen=True)
    assert abs(sandbox.clock("hunan").now - datetime.now(UTC)) < timedelta(minutes=1)  # noqa: TID251


def test_a_tenant_nobody_made_has_no_clock(sandbox: PostgresSandbox) -> None:
    with pytest.raises(NoSuchTenantError):
        sandbox.clock("nobody")


def test_what_is_unsettled_is_acts_and_due_deadlines(
    sandbox: PostgresSandbox, house: House
) -> None:
    case_id = open_one(house)
    assert sandbox.unsettled("t-a") == ()
    assert sandbox.next_due("t-a") == MIDNIGHT
    assert sandbox.next_due("t-b") is None
    received(house, receipt("k-2", case_id=case_id))
    assert sandbox.unsettled("t-a") == (case_id,)
    advanced(house, case_id)
    sandbox.set_clock("t-a", MIDNIGHT, frozen=True)
    assert sandbox.unsettled("t-a") == (case_id,)
    advanced(house, case_id)
    assert sandbox.unsettled("t-a") == ()
    assert sandbox.next_due("t-a") is None
