"""The local servers keep their data over every kind of end."""

import socket
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from infra.local import LocalFaultError, LocalServers, PostgresServer, TemporalServer
from infra.local.children import alive, wait_gone
from infra.local.temporal_server import namespace_answers


@pytest.fixture
def postgres(server_folder: Path) -> PostgresServer:
    return PostgresServer(server_folder / "one")


def _scalar(url: str, statement: str) -> object:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            result = connection.execute(text(statement))
            return result.scalar() if result.returns_rows else None
    finally:
        engine.dispose()


def test_both_servers_come_back_after_being_killed_and_nothing_is_left_running(
    server_folder: Path,
) -> None:
    with LocalServers(server_folder / "both") as servers:
        url, address = servers.database_url, servers.temporal_address
        _scalar(url, "CREATE TABLE kept (n integer)")
        _scalar(url, "INSERT INTO kept VALUES (7)")
        for server in (servers.postgres, servers.temporal):
            before = server.pid
            server.kill()
            assert not alive(before)
            assert not server.running
            server.start()
            assert server.pid != before
        assert _scalar(url, "SELECT n FROM kept") == 7
        assert namespace_answers(address)
        pids = servers.postgres_pid, servers.temporal_pid
    assert all(wait_gone(pid, seconds=30) for pid in pids)
    assert not namespace_answers(address)


def test_a_killed_server_with_open_connections_starts_again_at_once(
    postgres: PostgresServer,
) -> None:
    postgres.start()
    engine = create_engine(postgres.url())
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        postgres.kill()
        postgres.start()
        with pytest.raises(OperationalError):
            connection.execute(text("SELECT 1"))
        connection.invalidate()
    engine.dispose()
    postgres.stop()


def test_a_stale_pid_that_is_another_programs_now_does_not_stop_the_start(
    postgres: PostgresServer,
) -> None:
    postgres.start()
    postgres.kill()
    note = postgres.folder / "postgres" / "data" / "postmaster.pid"
    lines = note.read_text().split("\n")
    note.write_text("\n".join(["1", *lines[1:]]))
    postgres.start()
    assert _scalar(postgres.url(), "SELECT 1") == 1
    postgres.stop()


def test_the_server_listens_on_loopback_only_and_wants_the_password(
    postgres: PostgresServer,
) -> None:
    postgres.start()
    assert _scalar(postgres.url(), "SHOW listen_addresses") == "127.0.0.1"
    assert (postgres.folder / "postgres.password").stat().st_mode & 0o777 == 0o600
    with pytest.raises(OperationalError, match="password authentication failed"):
        _scalar(postgres.url().replace("://anjuan:", "://anjuan:not-"), "SELECT 1")
    postgres.stop()


def test_the_password_and_the_data_survive_an_orderly_restart(postgres: PostgresServer) -> None:
    postgres.start()
    first = postgres.url()
    postgres.stop()
    again = PostgresServer(postgres.folder, port=postgres.port)
    again.start()
    assert again.url() == first
    again.stop()


def test_data_whose_password_is_gone_is_told_with_its_place(postgres: PostgresServer) -> None:
    postgres.start()
    postgres.stop()
    (postgres.folder / "postgres.password").unlink()
    with pytest.raises(LocalFaultError) as told:
        PostgresServer(postgres.folder).start()
    assert told.value.code == "postgres.password_gone"
    assert f"reset --data {postgres.folder} --yes" in told.value.remedy


def test_settings_of_the_server_can_be_given(server_folder: Path) -> None:
    server = PostgresServer(server_folder / "set", options={"autovacuum": "off"})
    server.start()
    assert _scalar(server.url(), "SHOW autovacuum") == "off"
    server.stop()


def test_a_server_that_was_not_started_has_no_pid(server_folder: Path) -> None:
    with pytest.raises(LocalFaultError, match="has not been started"):
        _ = TemporalServer(server_folder / "never").pid


@pytest.mark.parametrize("kind", [PostgresServer, TemporalServer])
def test_a_port_that_somebody_took_meanwhile_is_changed_at_the_first_start_only(
    kind: type[PostgresServer | TemporalServer], server_folder: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = kind(server_folder / f"taken-{kind.name}", port=taken.getsockname()[1])
        server.start()
        assert server.port != taken.getsockname()[1]
    server.kill()
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", server.port))
        taken.listen()
        with pytest.raises(LocalFaultError, match=r"(?i)address already in use"):
            server.start()
    server.start()
    server.stop()
