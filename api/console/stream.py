"""The stream of a case as pages read it, however long it is: from the first, or from the newest."""

from collections.abc import Iterator
from typing import Final

from api.console.visit import Visit
from domain.case.access import viewer
from domain.case.envelope import Recorded
from domain.case.state import Case

BATCH: Final = 500  # events read at once


def whole(visit: Visit, case: Case) -> Iterator[Recorded]:
    """Yield every event of the case, in order."""
    after, eyes = 0, viewer(visit.actor)
    while batch := visit.services.cases.timeline(visit.tenant, case.id, eyes, after, BATCH):
        yield from batch
        after = batch[-1].version


def newest(visit: Visit, case: Case, before: int) -> Iterator[Recorded]:
    """Yield the events before a version, the newest first."""
    cases, eyes = visit.services.cases, viewer(visit.actor)
    while before > 1:
        first = max(1, before - BATCH)
        batch = cases.timeline(visit.tenant, case.id, eyes, first - 1, before - first)
        yield from reversed(batch)
        before = first
