"""The ways of a conductor whose histories are kept: each meets another order of awaits."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from tests.workflows.rig import Rig
from tests.workflows.stub import StubAdvance, StubService, asks, ends, sleeps

DAY = 86_400.0
Flow = Callable[[Rig, StubAdvance, StubService, str], Awaitable[None]]


async def approved(rig: Rig, stub: StubAdvance, _: StubService, case: str) -> None:
    """Submitted, accepted, assessed, approved: one timer, left alone."""
    stub.cases[case].commands |= {
        "submit": sleeps(7 * DAY), "accept": sleeps(20 * DAY), "approve": ends,
    }  # fmt: skip
    for command in ("submit", "accept", "assess", "approve"):
        await rig.take(case, command)
    await rig.ended(case)


async def supplemented(rig: Rig, stub: StubAdvance, _: StubService, case: str) -> None:
    """A letter, an earlier deadline, a fresh run after four commands, a letter at the end."""
    stub.cases[case].commands |= {
        "submit": sleeps(9 * DAY, "filing.acceptance"),
        "supplement_requested": lambda turn: sleeps(7 * DAY, "filing.supplement")(
            asks(f"{case}:n-1")(turn)
        ),
        "approve": lambda turn: ends(asks(f"{case}:n-2")(turn)),
    }
    for command in ("submit", "supplement_requested", "submit", "supplement", "assess", "approve"):
        await rig.take(case, command)
    await rig.ended(case)


async def lapsed(rig: Rig, stub: StubAdvance, _: StubService, case: str) -> None:
    """Nobody acts: the timer wakes the case and the law ends it."""
    stub.cases[case].commands["submit"] = sleeps(0.0)
    await rig.take(case, "submit")
    stub.cases[case].turn = ends(stub.cases[case].turn)
    await rig.ended(case)


async def repaired(rig: Rig, stub: StubAdvance, service: StubService, case: str) -> None:
    """A defect, then a dead service; each is waited for, woken and repaired."""
    broken = ApplicationError("defect.engine", type="defect.engine", non_retryable=True)
    stub.cases[case].faults = [broken, broken]
    stub.cases[case].commands["approve"] = lambda turn: ends(asks(f"{case}:n-1")(turn))
    service.dead.add(f"{case}:n-1")
    with pytest.raises(WorkflowUpdateFailedError):
        await rig.take(case, "submit")
    await asyncio.to_thread(stub.wait_for_calls, case, 2)
    await rig.wake(case)
    await rig.take(case, "approve")
    service.dead.clear()
    await rig.wake(case)
    await rig.ended(case)


async def crowded(rig: Rig, stub: StubAdvance, _: StubService, case: str) -> None:
    """Six commands at once, then a command after the end."""
    await rig.take(case, "submit")
    stub.held.clear()
    sending = [asyncio.create_task(rig.take(case, f"note-{number}")) for number in range(6)]
    await asyncio.to_thread(stub.wait_for_calls, case, 2)
    stub.held.set()
    await asyncio.gather(*sending)
    stub.cases[case].commands["withdraw"] = ends
    await rig.take(case, "withdraw")
    await rig.ended(case)
    await rig.take(case, "late")
    await rig.ended(case)


FLOWS: dict[str, Flow] = {
    "approved": approved,
    "supplemented": supplemented,
    "lapsed": lapsed,
    "repaired": repaired,
    "crowded": crowded,
}
