"""Registers stand outside the cases: what they hold is read as facts, and as the calendar."""

from domain.case.decision import FactKey
from domain.kernel.json import Json
from domain.registers.occupations import OccupationRegistered
from infra.event_store.registers import RegisterEntries
from infra.event_store.store import PostgresStore
from infra.fixtures import registers
from infra.memory_store import MemoryStore
from tests.contracts.stories import House, open_one

YEAR: Json = {
    "year": 2027,
    "status": "official",
    "holidays": [{"name": "元旦", "rest": ["2027-01-01"]}],
}
OCCUPATION = FactKey("occupation", "6-18-01-01")


def load(house: House, entries: RegisterEntries, tenant: str = "t-a") -> None:
    assert isinstance(house.store, PostgresStore | MemoryStore)
    house.store.register(tenant, entries)


def occupation(name: str) -> RegisterEntries:
    entry = OccupationRegistered(code="6-18-01-01", name=name)
    return RegisterEntries(name="occupations", events=[entry])


def test_an_entry_is_read_as_a_fact_of_its_tenant(house: House) -> None:
    load(house, occupation("车工"))
    found = house.cases.reading("t-a", [OCCUPATION])[OCCUPATION]
    assert (found.count, found.items[0]["name"]) == (1, "车工")
    assert house.cases.reading("t-b", [OCCUPATION])[OCCUPATION].count == 0


def test_a_later_entry_of_the_same_holder_takes_its_place(house: House) -> None:
    for name in ("车工", "数控车工"):
        load(house, occupation(name))
    found = house.cases.reading("t-a", [OCCUPATION])[OCCUPATION]
    assert [one["name"] for one in found.items] == ["数控车工"]
    stream = house.cases.any_timeline("t-a", "register:occupations")
    assert [(one.version, one.meta.actor.role) for one in stream] == [(1, "system"), (2, "system")]


def test_a_published_year_is_in_the_calendar_of_the_tenants_cases_alone(house: House) -> None:
    mine, other = open_one(house), open_one(house, tenant="t-b")
    for entries in registers({"calendars": [YEAR]}):
        load(house, entries)
    with house.store.open_case(mine) as session:
        assert session.calendar.tables[2027].status == "official"
        assert session.calendar.version == house.cases.calendar("t-a").version
    with house.store.open_case(other) as session:
        assert session.calendar.tables[2027].status == "provisional"


def test_nothing_to_register_appends_nothing(house: House) -> None:
    load(house, RegisterEntries(name="occupations", events=[]))
    assert list(house.cases.events_after("t-a", 0, 10)) == []
