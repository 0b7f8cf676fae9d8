"""Where the servers' programs are looked for, and what a person is told when none is found."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from infra.local import LocalFaultError, postgres, temporal, temporal_build
from infra.local.accounts import Account, can_reach
from infra.local.ports import answers, free_port, is_anothers, is_free

RIGHT = "temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)"
NOBODY = Account("nobody", 65534, 65534)


def _program(path: Path, says: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


@pytest.fixture(autouse=True)
def _empty_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "path").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'path'}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("ANJUAN_TEMPORAL_BIN", raising=False)


def test_the_named_temporal_comes_before_path_and_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached = _program(temporal.cache_folder() / "temporal-1.5.1", RIGHT)
    assert temporal.find_temporal() == cached
    on_path = _program(tmp_path / "path" / "temporal", RIGHT)
    assert temporal.find_temporal() == on_path
    named = _program(tmp_path / "mine", RIGHT)
    monkeypatch.setenv("ANJUAN_TEMPORAL_BIN", str(named))
    assert temporal.find_temporal() == named


def test_a_named_temporal_of_another_version_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = _program(tmp_path / "mine", "temporal version 1.4.0 (Server 1.28.0)")
    monkeypatch.setenv("ANJUAN_TEMPORAL_BIN", str(named))
    with pytest.raises(LocalFaultError, match=r"Server 1\.28\.0") as told:
        temporal.find_temporal()
    assert told.value.code == "temporal.wrong_program"


def test_a_temporal_on_path_of_another_version_is_passed_over_and_named(tmp_path: Path) -> None:
    _program(tmp_path / "path" / "temporal", "temporal version 1.4.0 (Server 1.28.0)")
    with pytest.raises(LocalFaultError) as told:
        temporal.find_temporal(may_build=False)
    assert told.value.code == "temporal.not_found"
    assert len(told.value.tried) == 3
    assert any("Server 1.28.0" in one for one in told.value.tried)
    assert "ANJUAN_TEMPORAL_BIN" in told.value.remedy


def test_a_program_that_cannot_be_run_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("not a program")
    assert temporal.says(tmp_path / "text") == ""
    assert temporal.says(tmp_path / "none") == ""


def test_an_old_go_and_a_missing_wheel_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path / "path" / "go", "go version go1.24.9 linux/amd64")
    monkeypatch.setattr(temporal_build, "PINS", tmp_path / "none.txt")
    tried: list[str] = []
    assert temporal_build.build(tmp_path, tried, tried.append) is None
    assert "go1.24.9" in tried[0]
    assert "none.txt" in tried[1]


def test_a_failed_build_is_told_with_the_compilers_last_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = tmp_path / "path" / "go"
    _program(go, "go version go1.26.8 linux/amd64")
    go.write_text(
        f'{go.read_text()}[ "$1" = version ] || {{ echo "no such module" >&2; exit 3; }}\n'
    )
    monkeypatch.setattr(temporal_build, "EVERY", 0.0)
    tried: list[str] = []
    assert temporal_build.build(tmp_path, tried, lambda _: None) is None
    assert "exit code 3" in tried[0]
    assert "no such module" in tried[0]


def test_the_newest_installed_postgres_is_taken_and_old_ones_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for major in (14, 16, 17):
        for name in ("initdb", "postgres"):
            _program(tmp_path / str(major) / "bin" / name, f"{name} (PostgreSQL) {major}.2")
    monkeypatch.setattr(postgres, "INSTALLED", (f"{tmp_path}/*/bin",))
    assert postgres.find_programs(None).major == 17
    assert postgres.find_programs(None, major=16).folder == tmp_path / "16" / "bin"
    with pytest.raises(LocalFaultError, match="PostgreSQL 14") as told:
        postgres.find_programs(None, major=14)
    assert told.value.code == "postgres.not_found"


def test_a_folder_closed_to_others_cannot_be_reached(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    assert not can_reach(NOBODY, closed / "data" / "x")
    assert can_reach(NOBODY, Path("/var/lib/anjuan/postgres"))


def test_who_listens_on_a_port_is_told_from_who_does_not() -> None:
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        port = ours.getsockname()[1]
        ended = subprocess.Popen(["true"])  # noqa: S607  – of the system
        ended.wait()
        assert not is_anothers(port, ended.pid)  # bound, but nobody listens
        ours.listen()
        assert not is_anothers(port, os.getpgrp())
        assert is_anothers(port, ended.pid)


def test_a_taken_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert answers(port)
        assert not is_free(port)
        assert free_port((port,)) != port
    assert free_port((port,)) == port
