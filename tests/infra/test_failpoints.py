"""Failpoints: off unless armed, at every pass or at one."""

from collections.abc import Iterator

import pytest

from infra.failpoints import FailpointError, arm, reach


@pytest.fixture(autouse=True)
def _disarmed_afterwards() -> Iterator[None]:
    yield
    arm({})


def test_a_point_that_is_not_armed_is_passed() -> None:
    arm({"api.before_inbox": "raise"})
    reach("api.after_inbox")


def test_an_armed_point_works_at_every_pass() -> None:
    arm({"api.before_inbox": "raise"})
    for _ in range(3):
        with pytest.raises(FailpointError):
            reach("api.before_inbox")


def test_a_numbered_point_works_at_that_pass_only() -> None:
    arm({"api.before_inbox": "raise@3"})
    reach("api.before_inbox")
    reach("api.before_inbox")
    with pytest.raises(FailpointError):
        reach("api.before_inbox")
    reach("api.before_inbox")


@pytest.mark.parametrize(
    "points",
    [{"api.nowhere": "raise"}, {"api.before_inbox": "burn"}, {"api.before_inbox": "raise@x"}],
)
def test_a_point_or_mode_that_does_not_exist_is_refused(points: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"crash\|hang\|raise"):
        arm(points)
