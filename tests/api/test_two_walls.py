"""Two walls stand before a case: the code, and row security in PostgreSQL.

Each is taken away in turn, and the other holds. With both away the case is found, so a wall that
only seems to stand is noticed.
"""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from domain.ports import CaseFilter, Viewer
from infra.views.lists import Query
from tests.api.bodies import FILING, MISSING
from tests.api.client import Caller
from tests.api.conftest import FRIDAY
from tests.api.postgres import postgres_app
from tests.api.test_sight import LISTS, READS
from tests.infra.store.conftest import as_owner

STRANGERS = ("zhuzhou-clerk", "zhuzhou-reviewer", "zhuzhou-operator", "public", "portal")
EVERYWHERE = "000000"
POLICIES = """
SELECT polrelid::regclass::text, pg_get_expr(polqual, polrelid) FROM pg_policy
 WHERE polname = 'own_sight'
"""


@pytest.fixture(scope="module")
def http(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the application on PostgreSQL."""
    folder = tmp_path_factory.mktemp("walls")
    with postgres_app(module_database, folder, FRIDAY) as app, TestClient(app) as client:
        yield client


@pytest.fixture(scope="module")
def case(http: TestClient) -> str:
    """A case of Changsha with a letter."""
    case = str(Caller(http, "demo-operator").start(FILING)["case"])
    assert Caller(http, "demo-clerk").act(case, "filing.request_supplement", MISSING).is_success
    return case


@pytest.fixture
def without_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the wall in the code away: everybody may know, every list looks from the country."""

    def all_cases(tenant: str, _viewer: Viewer, _wanted: CaseFilter) -> Query:
        values = {"tenant": tenant, "key": EVERYWHERE}
        return Query(["s.tenant = %(tenant)s", "s.eyes = %(key)s"], values)

    monkeypatch.setattr("api.services.may_know", lambda *_: True)
    monkeypatch.setattr("infra.views.lists._seen", all_cases)


@pytest.fixture
def without_policies(module_database: str) -> Iterator[None]:
    """Take the wall in the database away, and put it up again."""
    policies = as_owner(module_database, POLICIES)
    assert {table for table, _ in policies} == {
        "cases", "sights", "tasks", "deadlines", "events",
    }  # fmt: skip
    alter = "ALTER POLICY own_sight ON {} USING ({})"
    as_owner(module_database, *(alter.format(table, "true") for table, _ in policies))
    yield
    as_owner(module_database, *(alter.format(*one) for one in policies))


def found(http: TestClient, login: str, case: str) -> list[str]:
    """Return the paths that show `login` something of the case."""
    caller = Caller(http, f"demo-{login}")
    read = (path for path in READS if caller.get(path.format(case=case)).is_success)
    return [*read, *(path for path in LISTS if caller.get(path).json()["items"])]


def test_with_both_walls_the_city_finds_its_case(http: TestClient, case: str) -> None:
    assert found(http, "clerk", case) == [*READS, *LISTS]


@pytest.mark.parametrize("login", STRANGERS)
@pytest.mark.usefixtures("without_code")
def test_without_the_check_in_the_code_the_database_shows_strangers_nothing(
    http: TestClient, case: str, login: str
) -> None:
    assert found(http, login, case) == []


@pytest.mark.parametrize("login", STRANGERS)
@pytest.mark.usefixtures("without_policies")
def test_without_row_security_the_code_shows_strangers_nothing(
    http: TestClient, case: str, login: str
) -> None:
    assert found(http, login, case) == []


@pytest.mark.usefixtures("without_code", "without_policies")
def test_without_either_a_stranger_finds_everything(http: TestClient, case: str) -> None:
    assert found(http, "zhuzhou-clerk", case) == [*READS, *LISTS]
