"""The stream of a case as pages read it, however long it is: from the first, or from the newest."""

from collections.abc import Iterator
from typing import Final

from api.console.visit import Visit
from domain.case.envelope import Recorded
from domain.case.state import Case

BATCH: Final = 500  # events read at once


def whole(visit: Visit, case: Case) -> Iterator[Recorded]:
    """Yield every event of the case, in order."""
    after = 0
    while batch := visit.services.cases.timeline(visit.tenant, case.id, after, BATCH):
        yield from batch
        after = batch[-1].version


def newest(visit: Visit, case: Case, before: int) -> Iterator[Recorded]:
    """Yield the events before a version, the newest first."""
    while before > 1:
        first = max(1, before - BATCH)
        batch = visit.services.cases.timeline(visit.tenant, case.id, first - 1, before - first)
        yield from reversed(batch)
        before = first
