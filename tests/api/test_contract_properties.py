"""Random requests made from the contract: no fault of ours, no answer it does not know."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from tests.api.conftest import FRIDAY
from tests.api.memory import memory_house
from tests.api.test_openapi import names

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
BOUNDED = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
HEADERS = {"authorization": "Bearer demo-clerk", "idempotency-key": "random"}


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.BaseSchema]:
    """The contract of an application in one process."""
    house = memory_house(tmp_path_factory.mktemp("house"), at=FRIDAY)
    with TestClient(house.app):
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", house.app)


@pytest.mark.parametrize("name", names())
def test_whatever_is_sent_the_answer_is_one_the_contract_knows(
    contract: schemathesis.BaseSchema, name: str
) -> None:
    found = (one.ok() for one in contract.get_all_operations() if isinstance(one, Ok))
    operation = next(one for one in found if one.definition.raw["operationId"] == name)

    @BOUNDED
    @given(operation.as_strategy())
    def check(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(headers=HEADERS, checks=list(CHECKS))

    check()


def test_the_contract_lies_where_it_says(tmp_path: Path) -> None:
    with TestClient(memory_house(tmp_path, at=FRIDAY).app) as http:
        answer = http.get("/api/v1/openapi.json")
        assert answer.status_code == 200
        assert answer.json()["info"]["title"] == "Anjuan 案卷"
