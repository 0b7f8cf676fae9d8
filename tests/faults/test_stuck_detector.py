"""The stuck detector itself: a run without progress says what it waits for."""

import pytest

from tests.faults.conftest import Begin
from tests.faults.rig import filings
from tests.faults.rig.ground import Ground
from tests.faults.rig.stuck import diagnosis
from tests.faults.rig.waiting import StuckError, until

_LOGS = ("-- end of postgres.log", "-- end of temporal.log")


def test_what_does_not_happen_in_time_is_named() -> None:
    with pytest.raises(StuckError, match="the moon falls"):
        until(lambda: False, "the moon falls", seconds=0.05)


def test_a_stuck_run_leaves_stacks_locks_acts_and_workflows(trial: Begin, ground: Ground) -> None:
    with trial("–", "stuck detector", cold=True) as case:
        office = case.office()
        opened = filings.opened(office)
        ground.worker.stop()
        office.send(office.act("clerk", "case.note", {"text": "remark"}, opened), wait=0)
        told = diagnosis(ground)
        for part in ("worker: does not run", "case.note", opened, "idle", "Thread 0x", *_LOGS):
            assert part in told, part
