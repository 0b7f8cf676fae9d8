"""The data folder has one holder, and nothing that is not ours is ever removed from it."""

import dataclasses
import fcntl
import os
import threading
from pathlib import Path

import pytest

from infra.local import LocalFaultError
from infra.local.children import identity
from infra.local.folder import DataFolder, State

LOST = 2**22 + 1  # no process ever has this number
STATE = State(pid=1, project="elsewhere", since="2026-03-02T09:00:00+08:00")


def test_a_second_holder_is_told_who_holds_it(tmp_path: Path) -> None:
    first, second = DataFolder(tmp_path / "data"), DataFolder(tmp_path / "data")
    with first.held():
        first.note(STATE)
        assert second.is_held()
        with pytest.raises(LocalFaultError, match="PID 1, elsewhere") as told, second.held():
            pass
        assert told.value.code == "folder.held"
    assert not second.is_held()
    with second.held():
        assert first.is_held()


def test_who_only_looks_keeps_nobody_out(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    with folder.held():
        pass
    with (folder.path / "lock").open() as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        assert not folder.is_held()
        leaving = threading.Timer(0.05, fcntl.flock, (looking, fcntl.LOCK_UN))
        leaving.start()
        with folder.held():
            assert folder.is_held()
        leaving.join()


def test_a_later_process_with_the_same_number_is_not_the_one_that_was_noted() -> None:
    mine = State(pid=os.getpid(), project="", since="", born=identity(os.getpid()))
    assert mine.lives
    assert not dataclasses.replace(mine, born="1").lives


def test_a_holder_that_noted_no_birth_is_judged_by_its_number_alone() -> None:
    assert State(pid=os.getpid(), project="", since="").lives
    assert not State(pid=LOST, project="", since="").lives


def test_who_holds_the_folder_is_told_only_of_the_one_that_still_runs(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    mine = State(pid=os.getpid(), project="", since="", born=identity(os.getpid()), url="http://a")
    assert folder.holder() is None
    with folder.held():
        assert folder.holder() is None
        folder.note(mine)
        assert (folder.holder(), folder.url()) == (mine, "http://a")
        folder.note(dataclasses.replace(mine, born="1"))
        assert (folder.holder(), folder.url()) == (None, "")
    folder.note(mine)
    assert (folder.holder(), folder.url()) == (None, "")


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    folder = DataFolder(tmp_path)
    with pytest.raises(LocalFaultError) as told, folder.held():
        pass
    assert told.value.code == "folder.foreign"
    with pytest.raises(LocalFaultError):
        folder.wipe()
    assert [one.name for one in tmp_path.iterdir()] == ["thesis.txt"]


def test_wiping_removes_what_is_ours_and_leaves_the_folder_usable(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    with folder.held():
        folder.note(STATE)
        (folder.path / "logs").mkdir()
        folder.wipe()
        assert folder.state() is None
        assert not (folder.path / "logs").exists()
    with folder.held():
        pass


def test_a_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    with folder.held():
        assert folder.secret("key", "first") == "first"
        assert folder.secret("key", "second") == "first"
        assert (folder.path / "key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("noted", ["", "{", "[]", '{"pid": 1}', '{"children": {}}'])
def test_an_unreadable_note_counts_as_none(tmp_path: Path, noted: str) -> None:
    folder = DataFolder(tmp_path / "data")
    with folder.held():
        (folder.path / "state.json").write_text(noted)
        assert folder.state() is None


def test_no_existing_folder_changes_its_mode(tmp_path: Path) -> None:
    parent = tmp_path / "closed"
    parent.mkdir(mode=0o700)
    with DataFolder(parent / "a" / "data").held():
        pass
    assert parent.stat().st_mode & 0o777 == 0o700
    assert (parent / "a").stat().st_mode & 0o777 == 0o755


def test_how_to_reach_the_servers_is_told_to_us_only_and_while_they_run(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    with folder.held():
        folder.note_servers({"DATABASE_URL": "postgresql://there"})
        assert folder.servers() == {"DATABASE_URL": "postgresql://there"}
        assert (folder.path / "servers.json").stat().st_mode & 0o077 == 0
    assert folder.servers() == {}
    folder.forget()
    assert not (folder.path / "servers.json").exists()
