"""Places where tests may break a process."""

from collections.abc import Iterator

import pytest

from infra import failpoints
from infra.failpoints import FailpointError
from tests.contracts.stories import House, advanced, open_one, receipt, received


@pytest.fixture(autouse=True)
def _disarmed() -> Iterator[None]:
    yield
    failpoints.arm({})


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
    assert len(house.cases.any_timeline("t-a", case_id)) == events
    advanced(house, case_id)
    assert len(house.cases.any_timeline("t-a", case_id)) == 4
