"""Drafts: kept per organisation, the last saved first, gone when dropped."""

from pathlib import Path

import pytest

from infra.drafts import FolderDrafts

SCHOOL, OTHER = "524300007QN1NLFJTT", "52430000J3C7REKRDF"


@pytest.fixture
def drafts(tmp_path: Path) -> FolderDrafts:
    """No draft yet."""
    return FolderDrafts(tmp_path)


def test_a_draft_comes_back_as_it_was_saved_last(drafts: FolderDrafts) -> None:
    drafts.put("demo", SCHOOL, "a", {"address": "一"})
    drafts.put("demo", SCHOOL, "a", {"address": "𠮷"})
    assert drafts.get("demo", SCHOOL, "a") == {"address": "𠮷"}
    assert drafts.all("demo", SCHOOL) == ({"address": "𠮷"},)


@pytest.mark.parametrize(("tenant", "owner"), [("demo", OTHER), ("other", SCHOOL)])
def test_nobody_else_finds_it(drafts: FolderDrafts, tenant: str, owner: str) -> None:
    drafts.put("demo", SCHOOL, "a", {})
    assert drafts.get(tenant, owner, "a") is None
    assert drafts.all(tenant, owner) == ()


def test_a_dropped_draft_is_gone_and_may_be_dropped_again(drafts: FolderDrafts) -> None:
    drafts.put("demo", SCHOOL, "a", {})
    drafts.drop("demo", SCHOOL, "a")
    drafts.drop("demo", SCHOOL, "a")
    assert drafts.get("demo", SCHOOL, "a") is None


def test_what_people_send_never_becomes_a_path(drafts: FolderDrafts, tmp_path: Path) -> None:
    drafts.put("..", "../..", "../../../draft", {})
    assert drafts.get("..", "../..", "../../../draft") == {}
    assert all(one.is_relative_to(tmp_path) for one in tmp_path.rglob("*.json"))
    assert len(list(tmp_path.rglob("*.json"))) == 1


def test_what_cannot_be_written_leaves_no_half_of_itself(
    drafts: FolderDrafts, tmp_path: Path
) -> None:
    with pytest.raises(UnicodeEncodeError):
        drafts.put("demo", "school", "d-1", {"reason": "\ud800"})
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]
