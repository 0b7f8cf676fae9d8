"""The application in one process, and its callers."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.bodies import FILING
from tests.api.client import Caller
from tests.api.memory import OTHER, TENANT, House, memory_house

FRIDAY = datetime.fromisoformat("2024-04-26T17:00:00+08:00")
As = Callable[..., Caller]


@pytest.fixture
def house(tmp_path: Path) -> House:
    """An application whose law time stands at Friday 26 April 2024, 17:00."""
    return memory_house(tmp_path, at=FRIDAY)


@pytest.fixture
def http(house: House) -> Iterator[TestClient]:
    """A client of it; one event loop for the whole test."""
    with TestClient(house.app) as client:
        yield client


@pytest.fixture
def by(http: TestClient) -> As:
    """How to call it as a seeded person: `by("clerk")`, `by("clerk", tenant="elsewhere")`."""

    def caller(login: str, tenant: str = TENANT) -> Caller:
        assert tenant in (TENANT, OTHER)
        return Caller(http, f"{tenant}-{login}")

    return caller


@pytest.fixture
def filing() -> dict[str, Any]:
    """A body that opens a case."""
    return deepcopy(FILING)


@pytest.fixture
def case(by: As, filing: dict[str, Any]) -> str:
    """A case just opened by the operator of the school in Changsha."""
    return str(by("operator").start(filing)["case"])
