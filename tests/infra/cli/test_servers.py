"""`anjuan status`, `down`, `reset`, `doctor` where nothing runs, and what a second `up` is told."""

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from infra.cli.exits import Exit
from infra.cli.main import run
from infra.local.folder import DataFolder, State

HOLDING = """
import fcntl, sys
lock = open(sys.argv[1])
fcntl.flock(lock, fcntl.LOCK_EX)
print(flush=True)
sys.stdin.read()
"""
HOLDER = State(pid=os.getpid(), project="/elsewhere", since="2026-03-02T09:00:00+08:00")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_status_says_that_nothing_runs(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--data", str(data), "--json"]) == Exit.NOT_FOUND
    assert json.loads(capsys.readouterr().out) == {"running": False, "data": str(data)}


def test_down_where_nothing_runs_is_fine(data: Path) -> None:
    assert run(["down", "--data", str(data)]) == Exit.OK


def test_down_makes_no_folder_where_none_was(data: Path) -> None:
    assert run(["down", "--data", str(data)]) == Exit.OK
    assert not data.exists()


@pytest.mark.parametrize("words", [["up"], ["up", "--detach"], ["reset", "--yes"]])
def test_a_path_that_cannot_hold_data_is_told_in_words(
    tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert run([*words, "--data", str(tmp_path / "file")]) == Exit.FAILURE
    assert "[data.unusable]" in capsys.readouterr().err


def test_a_process_that_merely_has_the_number_of_a_lost_one_is_left_alone(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = DataFolder(data)
    with folder.held():
        folder.note(dataclasses.replace(HOLDER, born="1"))  # its number is ours, its birth is not
        assert run(["down", "--data", str(data)]) == Exit.TRY_LATER
        assert run(["status", "--data", str(data)]) == Exit.NOT_FOUND
        run(["doctor", "--data", str(data)])
    assert "none runs" in capsys.readouterr().out


def test_down_ends_a_holder_that_noted_no_birth(data: Path) -> None:
    with DataFolder(data).held():
        pass
    words = [sys.executable, "-c", HOLDING, str(data / "lock")]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:  # noqa: S603  – ourselves
        assert holder.stdout is not None
        holder.stdout.readline()
        DataFolder(data).note(dataclasses.replace(HOLDER, pid=holder.pid))
        assert run(["down", "--data", str(data)]) == Exit.OK


@pytest.mark.parametrize("words", ["case list", "task list", "deadline list", "process list"])
def test_commands_ask_the_server_that_runs_in_the_data_folder(
    data: Path,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ANJUAN_DATA", str(data))
    monkeypatch.setenv("ANJUAN_API_PORT", "2")  # nobody listens there
    folder = DataFolder(data)
    with folder.held():
        folder.note(dataclasses.replace(HOLDER, url="http://127.0.0.1:1"))
        assert run(words.split()) == Exit.TRY_LATER
    assert "http://127.0.0.1:1/" in capsys.readouterr().err
    assert run(words.split()) == Exit.TRY_LATER
    assert "http://127.0.0.1:2/" in capsys.readouterr().err


def test_reset_wants_a_yes(data: Path) -> None:
    with DataFolder(data).held():
        (data / "logs").mkdir()
    assert run(["reset", "--data", str(data)]) == Exit.USAGE
    assert (data / "logs").exists()
    assert run(["reset", "--data", str(data), "--yes"]) == Exit.OK
    assert not (data / "logs").exists()


@pytest.mark.parametrize("words", [["up"], ["reset", "--yes"], ["up", "--detach"]])
def test_a_folder_held_by_another_project_is_left_alone(
    data: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = DataFolder(data)
    with folder.held():
        folder.note(HOLDER)
        assert run([*words, "--data", str(data)]) == Exit.CONFLICT
        assert folder.state() == HOLDER
    told = capsys.readouterr().err
    assert "/elsewhere" in told
    assert "[folder.held]" in told


def test_status_shows_where_what_runs_can_be_reached(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = DataFolder(data)
    with folder.held():
        folder.note(HOLDER)
        assert run(["status", "--data", str(data)]) == Exit.OK
    assert str(data) in capsys.readouterr().out


def test_doctor_gives_each_fault_a_remedy(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    monkeypatch.setenv("ANJUAN_POOL_SIZE", "0")
    assert run(["doctor", "--data", str(data), "--json"]) == Exit.FAILURE
    findings = json.loads(capsys.readouterr().out)["findings"]
    faults = {one["what"]: one["remedy"] for one in findings if one["grade"] == "fault"}
    assert len(faults) == 3
    assert all(faults.values())


def test_doctor_finds_nothing_wrong_with_a_machine_that_can_run_it(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DATABASE_URL", "TEMPORAL_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    assert run(["doctor", "--data", str(data)]) == Exit.OK
    assert "✗" not in capsys.readouterr().out
