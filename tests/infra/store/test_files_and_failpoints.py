"""Bytes by digest; and places where tests may break a process."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra import failpoints
from infra.failpoints import FailpointError
from infra.files import FileTooLargeError, FolderFiles
from tests.contracts.stories import House, advanced, open_one, receipt, received


@pytest.fixture(autouse=True)
def _disarmed() -> Iterator[None]:
    yield
    failpoints.arm({})


def test_bytes_come_back_by_their_digest(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path)
    digest = files.put("场地证明".encode())
    assert digest == "sha256:" + hashlib.sha256("场地证明".encode()).hexdigest()
    assert files.get(digest) == "场地证明".encode()
    assert files.put("场地证明".encode()) == digest
    assert len([one for one in tmp_path.rglob("*") if one.is_file()]) == 1


def test_what_is_no_digest_names_no_file(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path / "files")
    (tmp_path / "secret").write_text("x")
    for name in (
        "",
        "../secret",
        "sha256:../../secret",
        "sha256:" + "0" * 64,
        "sha256:" + "A" * 64,
    ):
        assert files.get(name) is None


def test_too_many_bytes_are_turned_away(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path, largest=3)
    with pytest.raises(FileTooLargeError):
        files.put(b"1234")
    assert list(tmp_path.iterdir()) == []


def test_a_point_that_is_not_armed_is_passed() -> None:
    failpoints.reach("api.before_inbox")
    failpoints.arm({"api.after_inbox": "raise"})
    failpoints.reach("api.before_inbox")


@pytest.mark.parametrize("armed", [{"api.befor_inbox": "raise"}, {"api.before_inbox": "explode"}])
def test_a_point_or_mode_that_does_not_exist_cannot_be_armed(armed: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="one of"):
        failpoints.arm(armed)


@pytest.mark.parametrize(("point", "kept"), [("api.before_inbox", 0), ("api.after_inbox", 1)])
def test_a_fault_around_the_inbox_leaves_a_whole_row_or_none(
    house: House, point: str, kept: int
) -> None:
    case_id = open_one(house)
    failpoints.arm({point: "raise"})
    with pytest.raises(FailpointError):
        house.store.receive(receipt("k-2", case_id=case_id))
    failpoints.arm({})
    assert len(house.cases.pending("t-a", case_id)) == kept
    assert received(house, receipt("k-2", case_id=case_id)).replayed is bool(kept)


@pytest.mark.parametrize(
    ("point", "events"), [("advance.before_append", 3), ("advance.after_commit", 4)]
)
def test_a_fault_around_the_append_records_all_or_nothing_and_once(
    house: House, point: str, events: int
) -> None:

    case_id = open_one(house)
    received(house, receipt("k-2", case_id=case_id))
    failpoints.arm({point: "raise"})
    with pytest.raises(FailpointError):
        advanced(house, case_id)
    failpoints.arm({})
    assert len(house.cases.timeline("t-a", case_id)) == events
    advanced(house, case_id)
    assert len(house.cases.timeline("t-a", case_id)) == 4
