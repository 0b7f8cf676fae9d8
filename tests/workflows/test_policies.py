"""How long the conductor sleeps: asserted here, for replay compares no timer lengths."""

from datetime import timedelta

import pytest

from workflows import policies
from workflows.policies import nap, overtakes, repair

DAY = 86_400.0


def test_a_case_without_a_deadline_sleeps_until_something_stirs() -> None:
    assert nap(None, None, 0.5) is None


def test_a_stuck_case_sleeps_no_longer_than_the_repair_takes() -> None:
    assert nap(None, timedelta(seconds=5), 0.0) == timedelta(seconds=5)
    assert nap(7 * DAY, timedelta(seconds=5), 0.0) == timedelta(seconds=5)


@pytest.mark.parametrize("overdue", [0.0, -0.5, -7 * DAY])
def test_a_deadline_that_could_not_be_decided_waits_for_the_repair_too(overdue: float) -> None:
    for failures in (1, 4):
        assert nap(overdue, repair(failures), 0.5) == repair(failures)
    assert nap(2.0, repair(1), 0.0) == timedelta(seconds=2)


def test_the_timer_rings_when_the_last_day_has_ended() -> None:
    assert nap(7 * DAY, None, 0.0) == timedelta(days=7)


@pytest.mark.parametrize("chance", [0.0, 0.3, 1.0])
def test_cases_due_at_one_midnight_wake_within_half_a_minute(chance: float) -> None:
    found = nap(7 * DAY, None, chance)
    assert found is not None
    assert timedelta(days=7) <= found <= timedelta(days=7, seconds=policies.LONGEST_DELAY)


def test_a_deadline_that_is_due_is_looked_at_after_a_moment() -> None:
    assert nap(0.0, None, 1.0) == timedelta(seconds=policies.SHORTEST_NAP)


@pytest.mark.parametrize(
    ("new", "armed", "expected"),
    [
        (None, None, False),
        (None, 100.0, False),
        (100.0, None, True),
        (100.0, 200.0, True),
        (200.0, 100.0, False),
        (99.5, 100.0, False),  # the same, but for the clocks
    ],
)
def test_only_an_earlier_wake_up_arms_the_timer_anew(
    new: float | None, armed: float | None, *, expected: bool
) -> None:
    assert overtakes(new, armed) is expected


def test_repairs_are_waited_for_longer_and_longer_up_to_a_minute() -> None:
    waits = [repair(failures).total_seconds() for failures in range(1, 8)]
    assert waits == [5, 10, 20, 40, 60, 60, 60]


def test_retries_of_a_turn_end_before_its_workflow_task_does() -> None:
    task = timedelta(seconds=10) * 0.8  # from here on the worker adds tasks to the history
    assert policies.ADVANCE["schedule_to_close_timeout"] < task
