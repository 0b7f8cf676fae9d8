"""Roles, grants, triggers, row security: nobody changes the record or sees another tenant."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, ProgrammingError

from domain.ports import CaseFilter, Viewer
from infra.db import make_engine, of_tenant, probe, too_old
from infra.views.calendars import sight_values
from infra.views.lists import busy_query, cases_query
from tests.contracts.stories import SCHOOL, House, open_one
from tests.infra.store.conftest import as_owner

CHANGES = (
    "UPDATE events SET type = 'x'",
    "DELETE FROM events",
    "TRUNCATE events",
    "UPDATE audit SET code = 'x'",
    "DELETE FROM audit",
)
SEE_ALL = "SELECT set_config('anjuan.tenant', 't-a', true), set_config('anjuan.eyes', '*', true)"
BY_PLACE = ("cases", "sights", "tasks", "deadlines", "named")
TABLES = (
    "events", "inbox", "cases", "sights", "tasks", "deadlines", "claims", "people", "tenants",
)  # fmt: skip


@pytest.fixture
def database(module_database: str) -> str:
    """One database for all: nothing here changes what another test relies on."""
    return module_database


@pytest.mark.parametrize("change", CHANGES)
def test_the_app_role_may_not_change_what_was_recorded(engine: Engine, change: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), engine.begin() as connection:
        connection.exec_driver_sql(change)


@pytest.mark.parametrize("change", CHANGES)
def test_not_even_the_owner_may_change_what_was_recorded(database: str, change: str) -> None:
    with pytest.raises(Exception, match="append-only"):
        as_owner(database, change)


@pytest.mark.parametrize("change", ["SET session_replication_role = replica", ""])
def test_the_guard_stays_on_when_ordinary_triggers_are_off(database: str, change: str) -> None:
    with pytest.raises(Exception, match="append-only"):
        as_owner(database, change or "SELECT 1", "DELETE FROM events")


def test_connections_act_as_the_app_role_and_fall_back_to_it(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("RESET ROLE")
        assert connection.exec_driver_sql("SELECT current_user").scalar() == "anjuan_app"
    probe(engine)


@pytest.mark.parametrize("table", TABLES)
def test_without_a_tenant_nothing_is_visible(house: House, engine: Engine, table: str) -> None:
    open_one(house)
    with engine.begin() as connection:
        assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0  # noqa: S608  – from a list


@pytest.mark.parametrize("table", TABLES)
def test_of_another_tenant_nothing_is_visible(house: House, engine: Engine, table: str) -> None:
    open_one(house)
    with of_tenant(engine, "t-b") as connection:
        foreign = f"SELECT count(*) FROM {table} WHERE tenant <> 't-b'"  # noqa: S608  – from a list
        assert connection.exec_driver_sql(foreign).scalar() == 0


@pytest.mark.parametrize("table", BY_PLACE)
@pytest.mark.parametrize(
    "eyes", ["", "430200", "440000", "org:other", "43", "430100*", "430100,430200", "null"]
)
def test_who_has_no_sight_of_a_case_finds_nothing_of_it(
    house: House, engine: Engine, table: str, eyes: str
) -> None:
    open_one(house)
    with of_tenant(engine, "t-a", eyes) as connection:
        assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0  # noqa: S608  – from a list


@pytest.mark.parametrize("table", BY_PLACE)
@pytest.mark.parametrize(
    "eyes", ["430100", "430000", "000000", "440000 430100", f"org:{SCHOOL.organisation}"]
)
def test_who_has_sight_of_a_case_finds_all_of_it(
    house: House, engine: Engine, table: str, eyes: str
) -> None:
    open_one(house)
    query = f"SELECT count(DISTINCT case_id) FROM {table}"  # noqa: S608  – from a list
    with of_tenant(engine, "t-a", eyes) as connection:
        assert connection.exec_driver_sql(query).scalar() == 1


def test_the_record_of_a_case_is_there_for_whoever_has_sight_of_it(
    house: House, engine: Engine
) -> None:
    case_id = open_one(house)
    whole = house.cases.any_timeline("t-a", case_id)
    assert whole
    for near in (Viewer(jurisdiction="430000"), Viewer(organisation=SCHOOL.organisation)):
        assert house.cases.timeline("t-a", case_id, near) == whole
    for foreign in (Viewer(), Viewer(jurisdiction="430200"), Viewer(organisation="other")):
        assert house.cases.timeline("t-a", case_id, foreign) == []
    with of_tenant(engine, "t-a", "430200") as connection:
        for view in ("events", "recorded"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {view}").scalar() == 0  # noqa: S608  – one of these


@pytest.mark.parametrize(
    ("stream", "eyes", "seen"),
    [
        ("register:occupations", "", True),
        ("intake:01977cf5-0000-7000-8000-000000000000", "000000", False),  # refused, of no case
        ("intake:01977cf5-0000-7000-8000-000000000000", "*", True),
        ("01977cf5-0000-7000-8000-000000000000", "000000", False),
    ],
)
def test_a_register_is_in_everybodys_sight_and_what_has_no_case_in_nobodys(
    engine: Engine, stream: str, eyes: str, *, seen: bool
) -> None:
    with of_tenant(engine, "t-a", eyes) as connection:
        asked = connection.exec_driver_sql("SELECT sees_stream(%s)", (stream,))
        assert asked.scalar() is seen


def test_a_case_out_of_sight_cannot_be_changed(house: House, engine: Engine) -> None:
    case_id = open_one(house)
    with of_tenant(engine, "t-a", "430200") as connection:
        for change in ("UPDATE cases SET status = 'x'", "DELETE FROM sights"):
            assert connection.exec_driver_sql(change).rowcount == 0
    assert house.cases.case("t-a", case_id, Viewer(jurisdiction="430100")) is not None


@pytest.mark.parametrize(
    "viewer",
    [
        Viewer(),
        Viewer(jurisdiction="430200"),
        Viewer(organisation="other"),
        Viewer(jurisdiction="*"),
        Viewer(jurisdiction="430200 *"),
        Viewer(organisation="other *"),
    ],
)
def test_the_database_alone_keeps_lists_and_cases_from_foreign_eyes(
    house: House, monkeypatch: pytest.MonkeyPatch, viewer: Viewer
) -> None:
    case_id = open_one(house)
    near = Viewer(jurisdiction="430100")
    asked, busy = cases_query("t-a", near, CaseFilter()), busy_query("t-a", near)
    held = sight_values("t-a", near, date.min, date.max)
    monkeypatch.setattr(
        "infra.views.cases.cases_query", lambda *_: asked
    )  # the code's wall is gone
    monkeypatch.setattr("infra.views.cases.busy_query", lambda *_: busy)
    monkeypatch.setattr("infra.views.cases.sight_values", lambda *_: held)
    assert house.cases.case("t-a", case_id, viewer) is None
    assert house.cases.cases("t-a", viewer, CaseFilter()).items == ()
    assert house.cases.tally("t-a", viewer) == ()
    assert house.cases.mark("t-a", viewer) == "0.0"
    assert house.cases.occasions("t-a", viewer, date.min, date.max) == ()
    assert house.cases.held("t-a", viewer, date.min, date.max).items == ()
    assert [one.id for one in house.cases.cases("t-a", near, CaseFilter()).items] == [case_id]


def test_rows_of_another_tenant_cannot_be_written(engine: Engine) -> None:
    claim = "INSERT INTO claims VALUES ('t-a', 'series', 'k', 'h', 1, '{}', false, 1)"
    with pytest.raises(ProgrammingError, match="row-level security"), of_tenant(engine, "t-b") as c:
        c.exec_driver_sql(claim)


@pytest.mark.parametrize("ending", ["commit", "rollback", "error"])
def test_a_connection_used_again_has_no_tenant(house: House, database: str, ending: str) -> None:
    open_one(house)
    single = make_engine(database, pool_size=1)
    with single.connect() as connection:
        connection.exec_driver_sql(SEE_ALL)
        assert connection.exec_driver_sql("SELECT count(*) FROM cases").scalar() == 1
        if ending == "error":
            with pytest.raises(DBAPIError):
                connection.exec_driver_sql("SELECT 1/0")
        if ending == "commit":
            connection.commit()
    with single.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM cases").scalar() == 0
    single.dispose()


@pytest.mark.parametrize(
    ("version", "old"),
    [
        (140020, True),
        (150013, True),
        (150014, False),
        (160009, True),
        (170006, False),
        (180000, False),
    ],
)
def test_releases_whose_row_security_leaks_are_refused(version: int, old: bool) -> None:  # noqa: FBT001
    assert too_old(version) == old
