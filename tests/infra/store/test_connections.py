"""Connections that died while they rested are replaced before anybody uses them."""

import pytest
from sqlalchemy import Engine

from infra import db
from tests.infra.store.conftest import as_owner

WHO = "SELECT pg_backend_pid()"


def backend(engine: Engine) -> int:
    with engine.begin() as connection:
        return int(connection.exec_driver_sql(WHO).scalar_one())


@pytest.mark.parametrize("unasked", [db.UNASKED, 0.0], ids=["just used", "at rest for long"])
def test_a_connection_the_server_ended_is_never_used_again(
    engine: Engine, database: str, monkeypatch: pytest.MonkeyPatch, unasked: float
) -> None:
    monkeypatch.setattr(db, "UNASKED", unasked)
    first = backend(engine)
    as_owner(database, f"SELECT pg_terminate_backend({first}, 5000)")
    assert backend(engine) != first


def test_a_connection_that_lives_is_used_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = backend(engine)
    assert backend(engine) == first
    monkeypatch.setattr(db, "UNASKED", 0.0)
    assert backend(engine) == first


def test_a_connection_just_used_is_not_asked_whether_it_lives(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(engine.dialect, "do_ping", asked.append)
    backend(engine)
    backend(engine)
    assert asked == []
    monkeypatch.setattr(db, "UNASKED", 0.0)
    backend(engine)
    assert len(asked) == 1
