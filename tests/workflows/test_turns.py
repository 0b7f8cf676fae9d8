"""What a turn does when the store does not hold together: it says so, and does not go round."""

from pathlib import Path

import pytest
from temporalio.exceptions import ApplicationError

from infra.sandbox_clock import ClockRow
from tests.workflows.test_activities import Desk


def test_a_lapse_that_is_recorded_and_still_waits_is_a_defect(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    case = desk.with_a_letter()
    before = desk.store.tables.cases[case]
    due = before.deadlines[-1].effective
    assert due is not None
    desk.store.tables.tenants["t"] = ClockRow(kind="sandbox", frozen_at=due)
    desk.advance.advance(case, None)
    desk.store.tables.cases[case] = before  # as a restore of half the rows leaves it
    with pytest.raises(ApplicationError) as raised:
        desk.advance.advance(case, None)
    assert raised.value.type == "defect.stream_broken"
    assert raised.value.non_retryable
