"""A plain process over HTTP on PostgreSQL: deployed, started, found by its key, finished."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.api.client import Caller
from tests.api.conftest import FRIDAY, As
from tests.api.postgres import postgres_app
from tests.api.test_processes import BILL, LEAVE, deploy, done, started, state


@pytest.fixture
def by(database: str, tmp_path: Path) -> Iterator[As]:
    """How to call the application on PostgreSQL as a seeded person."""
    with postgres_app(database, tmp_path, FRIDAY) as app, TestClient(app) as http:
        yield lambda login: Caller(http, f"demo-{login}")


def test_a_process_runs_from_its_file_to_its_end(by: As) -> None:
    assert deploy(by("admin"), BILL)["version"] == 1
    deploy(by("admin"), LEAVE)
    assert deploy(by("admin"), BILL)["version"] == 1
    case = started(by("clerk"), "bill_payment", key="bill-1")
    done(by("clerk"), case, amount="99.50")
    message = {"message": "payment received", "key": "bill-1", "data": {"paid": 100}}
    answer = by("clerk").post("/messages", message)
    assert answer.status_code == 200, answer.text
    assert state(by("clerk"), case)["status"] == "closed"
    shown = by("clerk").get(f"/cases/{case}/state").json()["process"]
    assert shown["variables"]["amount"] == "99.50"
    assert by("clerk").post("/messages", message).status_code == 404
