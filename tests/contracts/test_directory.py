"""The public directory reads alike in memory and in PostgreSQL."""

import json
from dataclasses import replace
from datetime import date

import pytest

from activities.advance import Advance
from domain.case.actor import Actor
from domain.case.command import Opening
from domain.kernel.json import Json, JsonValue
from domain.ports import BodyDiffers, Receipt
from domain.registers import blocks
from domain.registers.blocks import Block
from domain.registers.institutions import Institution, InstitutionRegistered, ScopeItem
from domain.registers.listing import Directory, EmptyDirectory, Measure, Wish
from domain.registers.occupations import OccupationRegistered
from infra.db import of_tenant
from infra.event_store.registers import RegisterEntries
from infra.event_store.store import PostgresStore
from infra.memory_store import MemoryStore
from infra.views.directory import MemoryDirectory, PostgresDirectory
from tests.contracts.stories import CLERK, MORNING, House
from tests.spec.driver import world

MORNING_DAY = date(2024, 4, 26)


def directory(house: House) -> Directory:
    """Return the directory of the house."""
    if isinstance(house.store, MemoryStore):
        return MemoryDirectory(house.store)
    assert isinstance(house.store, PostgresStore)
    return PostgresDirectory(house.store.engine)


def filed(
    n: int, name: str = "", place: str = "430100", level: int = 4, code: str = "6-18-01-01"
) -> InstitutionRegistered:
    """Return the n-th institution on file."""
    its = Institution(name=name or f"机构{n}", uscc=f"u-{n}", type="school", principal="p-secret")
    return InstitutionRegistered(
        institution=its,
        jurisdiction=place,
        scope=(ScopeItem(occupation_code=code, level=level),),
        institution_code=f"Y0000430000{n:02d}",
    )


def load(house: House, *entries: object, tenant: str = "t-a") -> None:
    """Put entries into the register of institutions."""
    assert isinstance(house.store, PostgresStore | MemoryStore)
    house.store.register(tenant, RegisterEntries(name="institutions", events=entries))


def test_those_on_file_are_listed_in_the_order_of_their_codes(house: House) -> None:
    load(house, filed(2), filed(1), replace(filed(3), institution_code=""))
    load(house, filed(9), tenant="t-b")
    found = directory(house).listed("t-a", Wish())
    assert [one.institution_code for one in found.items] == ["Y000043000001", "Y000043000002"]
    assert found.next == ""
    assert found.as_of == MORNING_DAY
    assert found.items[0].since == MORNING_DAY
    assert "p-secret" not in repr(found)


def test_a_page_goes_on_where_the_one_before_ended(house: House) -> None:
    load(house, *(filed(n) for n in range(1, 6)))
    listed, seen, after = directory(house).listed, [], ""
    while True:
        page = listed("t-a", Wish(), after, 2)
        seen += [one.name for one in page.items]
        if not page.next:
            break
        after = page.next
    assert seen == [f"机构{n}" for n in range(1, 6)]


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        (Wish(text="车"), ["车校"]),
        (Wish(text="y0000430000"), ["车校", "机构2", "机构3"]),
        (Wish(text="%"), []),
        (Wish(jurisdiction="430100"), ["车校", "机构2"]),
        (Wish(jurisdiction="430000"), ["车校", "机构2", "机构3"]),
        (Wish(jurisdiction="000000"), ["车校", "机构2", "机构3"]),
        (Wish(occupation_code="6-20-01-01"), ["机构3"]),
        (Wish(level=3), ["机构2"]),
        (Wish(occupation_code="6-20-01-01", level=3), []),
        (Wish(occupation_code="6-18-01-01", level=4, jurisdiction="430100"), ["车校"]),
    ],
)
def test_what_is_looked_for_narrows_the_list(house: House, wish: Wish, names: list[str]) -> None:
    load(
        house,
        filed(1, "车校"),
        filed(2, place="430103", level=3),
        filed(3, place="430200", code="6-20-01-01"),
    )
    assert [one.name for one in directory(house).listed("t-a", wish).items] == names


def test_a_code_finds_who_has_it_and_nobody_has_another(house: House) -> None:
    load(house, filed(1))
    found = directory(house).one("t-a", "Y000043000001")
    assert found is not None
    assert (found.name, found.removed) == ("机构1", None)
    for code in ("Y000043000002", "", "Y00004300000"):
        assert directory(house).one("t-a", code) is None
    assert directory(house).one("t-b", "Y000043000001") is None


def block(house: House, uscc: str, standing: Block) -> None:
    """Let a block stand, as the case it comes from claims it."""
    claim = blocks.claim(uscc, standing)
    if isinstance(house.store, MemoryStore):
        house.store.tables.claims["t-a", claim.kind, claim.key, claim.holder] = (claim, 1)
        return
    assert isinstance(house.store, PostgresStore)
    with of_tenant(house.store.engine, "t-a") as connection:
        connection.exec_driver_sql(
            "INSERT INTO claims VALUES ('t-a', %s, %s, %s, 0, %s, false, 1)",
            (claim.kind, claim.key, claim.holder, json.dumps(claim.data)),
        )


def send(
    house: House,
    by: Actor,
    name: str,
    payload: Json,
    case_id: str | None = None,
    procedure: str = "filing_change",
) -> str:
    """Have an act decided; return the case."""
    opening = None if case_id else Opening(procedure=procedure, variant="hunan")
    act = Receipt(
        tenant="t-a",
        client=by.person,
        key=name,
        fingerprint=name,
        case_id=case_id,
        name=name,
        payload=payload,
        actor=by,
        channel="api:test",
        opening=opening,
    )
    stored = house.store.receive(act)
    assert not isinstance(stored, BodyDiffers)
    its = stored.command.case_id
    turn = Advance(house.store, world()).advance(its, stored.command.id)
    assert turn.outcome == "done", turn.code
    return its


def test_the_measures_in_force_are_told_without_the_case_they_come_from(house: House) -> None:
    load(house, filed(1), filed(2))
    block(house, "u-1", Block(what="video", since=MORNING, cite="HN-2022-1 四(十七)", case="c-7"))
    first, second = directory(house).listed("t-a", Wish()).items
    assert first.measures == (Measure(what="video", since=MORNING, cite="HN-2022-1 四(十七)"),)
    assert second.measures == ()
    assert "c-7" not in repr(first)


def test_who_has_left_is_found_by_its_code_and_listed_no_more(house: House) -> None:
    """Cite: RSJ-2019-2 四(一)."""
    load(house, filed(1, "旧校"))
    school = Actor(
        person="p-1", role="institution.operator", organisation="u-1", jurisdiction="430100"
    )
    case = send(house, school, "change.request", {"kind": "exit"})
    send(house, CLERK, "change.accept", {}, case)
    send(house, replace(CLERK, role="center.reviewer"), "change.approve", {}, case)
    assert directory(house).listed("t-a", Wish()).items == ()
    found = directory(house).one("t-a", "Y000043000001")
    assert found is not None
    assert (found.name, found.removed, found.since) == ("旧校", MORNING_DAY, None)
    assert found.jurisdiction == "430100"


def test_occupations_are_those_shipped_and_those_entered_with_their_specs(house: House) -> None:
    load(
        house,
        OccupationRegistered(code="6-18-01-01", name="数控车工", standard=False),
        OccupationRegistered(code="6-99-00-01", name="示例操作工", standard=False),
    )
    shipped = world().occupations
    found = {one.occupation.code: one for one in directory(house).occupations("t-a", shipped)}
    assert found["6-18-01-01"].occupation.name == "数控车工"
    assert found["4-07-05-01"].occupation.licence
    assert not found["6-99-00-01"].occupation.standard
    assert not any(one.spec for one in found.values())
    assert list(found) == sorted(found)
    college = Actor(
        person="p", role="institution.operator", organisation="u-9", jurisdiction="430100"
    )
    submitted = {"occupation_code": "6-99-00-01"}
    case = send(house, college, "spec.submit", submitted, procedure="evaluation_spec")
    province = replace(CLERK, role="center.reviewer", jurisdiction="430000")
    experts: list[JsonValue] = [f"p-{n}" for n in range(5)]
    send(house, province, "spec.review", {"experts": experts}, case)
    send(house, province, "spec.file", {}, case)
    again = directory(house).occupations("t-a", shipped)
    assert [one.occupation.code for one in again if one.spec] == ["6-99-00-01"]


def test_a_tenant_there_is_not_has_an_empty_directory(house: House) -> None:
    found = directory(house).listed("t-nobody", Wish())
    assert (found.items, found.as_of) == ((), None)
    assert directory(house).one("t-nobody", "Y000043000001") is None


def test_nobody_stands_in_an_empty_directory() -> None:
    assert EmptyDirectory().listed("t-a", Wish()).items == ()
    assert EmptyDirectory().one("t-a", "Y000043000001") is None
