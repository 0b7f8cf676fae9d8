"""A whole filing in a browser: wide and narrow, with scripts and without, and on real servers."""

from collections.abc import Iterator

import httpx2
import pytest

from infra.local import TemporalServer
from tests.api.processes import any_port, environment, process, ready
from tests.browser.acting import whole_filing
from tests.browser.conftest import House, NewVisitor
from tests.browser.watching import Watched


@pytest.mark.parametrize(
    ("width", "scripts"),
    [(1280, True), (390, True), (390, False)],
    ids=["wide", "narrow", "narrow without scripts"],
)
def test_a_filing_goes_from_application_to_receipt(
    house: House, visitor: NewVisitor, width: int, *, scripts: bool
) -> None:
    def visit(login: str) -> Watched:
        return visitor(house.url, width=width, scripts=scripts).sign_in(login)

    whole_filing(visit)
    assert house.office.case().status == "closed"


@pytest.fixture
def real(
    database: str, temporal_server: TemporalServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The URL of web process and worker on PostgreSQL and Temporal."""
    folder, port = tmp_path_factory.mktemp("browsed"), any_port()
    settings = environment(folder, database, temporal_server.address, port)
    url = f"http://127.0.0.1:{port}"
    with process("worker", folder, settings), process("api", folder, settings) as api:
        ready(url, api)
        yield url


def test_the_same_on_postgres_temporal_and_a_worker(real: str, visitor: NewVisitor) -> None:
    wish = {"at": "2026-09-21T09:00:00+08:00"}
    made = httpx2.post(f"{real}/api/v1/sandbox/tenants", json=wish, timeout=30)
    tenant = made.json()["tenant"]
    number = whole_filing(lambda login: visitor(real, axe=False).sign_in(login, tenant))
    clerk = visitor(real).sign_in("clerk", tenant)
    clerk.go(f"/cases/{number}/notices")
    clerk.says("备案回执")
    clerk.look("letters")
