"""Endpoints of a tenant: named once, renewed and forgotten only where they are."""

from dataclasses import replace

import pytest

from domain.web import Endpoint, Endpoints
from infra.event_store.store import PostgresStore
from infra.webhooks.endpoints import MemoryEndpoints, PostgresEndpoints
from infra.webhooks.signing import new_secret
from tests.contracts.stories import House

STOCK = Endpoint(name="stock", url="https://stock.example", secret=new_secret())


@pytest.fixture
def endpoints(house: House) -> Endpoints:
    """The endpoints that belong to the store of this test."""
    if isinstance(house.store, PostgresStore):
        return PostgresEndpoints(house.store.engine)
    return MemoryEndpoints()


def test_a_name_is_given_once_in_a_tenant(endpoints: Endpoints) -> None:
    assert endpoints.add("t-a", STOCK)
    assert not endpoints.add("t-a", STOCK)
    assert not endpoints.add("t-a", replace(STOCK, url="https://other.example"))
    assert endpoints.all("t-a") == (STOCK,)
    assert endpoints.add("t-b", STOCK)


def test_only_what_is_there_is_renewed_and_forgotten(endpoints: Endpoints) -> None:
    secret = new_secret()
    assert endpoints.renew("t-a", "stock", secret) is None
    endpoints.add("t-a", STOCK)
    assert endpoints.renew("t-a", "stock", secret) == replace(STOCK, secret=secret)
    assert endpoints.find("t-a", "stock") == replace(STOCK, secret=secret)
    assert [endpoints.drop("t-a", "stock"), endpoints.drop("t-a", "stock")] == [True, False]
    assert endpoints.all("t-a") == ()
