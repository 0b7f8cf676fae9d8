"""Whole filings whose histories are kept: on the real store, as they are wired for service."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from domain.kernel.json import Json
from tests.workflows.filing import ANSWER, ASSESSOR, CLERK, REVIEWER, SCHOOL, SUPPLEMENT, Office

ASSESSED: Json = {"passed": True, "opinion": "符合条件", "experts": ["p-e1", "p-e2", "p-e3"]}
FilingFlow = Callable[[Office], Awaitable[str]]


async def approved(office: Office) -> str:
    """Accepted, assessed, approved."""
    case = await office.open("approved")
    await office.do(case, "filing.accept", CLERK)
    return await _to_receipt(office, case)


async def deemed(office: Office) -> str:
    """A list of defects, the supplement, silence, then approval; the clock stands."""
    case = await office.open("deemed")
    await office.do(case, "filing.request_supplement", CLERK, SUPPLEMENT)
    await office.do(case, "filing.supplement", SCHOOL, ANSWER)
    due = office.sandbox.next_due(office.tenant)
    assert due is not None
    await office.move(due)
    await office.wake(case)
    return await _to_receipt(office, case)


async def abandoned(office: Office) -> str:
    """A list of defects, and the timer that ends the wait."""
    case = await office.open("abandoned")
    await office.do(case, "filing.request_supplement", CLERK, SUPPLEMENT)
    due = office.sandbox.next_due(office.tenant)
    assert due is not None
    await office.move(due - timedelta(seconds=1), frozen=False)
    await office.wake(case)
    await office.ended(case)
    return case


async def _to_receipt(office: Office, case: str) -> str:
    await office.do(case, "filing.assess", ASSESSOR, ASSESSED)
    await office.do(case, "filing.approve", REVIEWER)
    await office.ended(case)
    return case


FILINGS: dict[str, FilingFlow] = {
    "hunan_approved": approved,
    "hunan_deemed": deemed,
    "hunan_abandoned": abandoned,
}
