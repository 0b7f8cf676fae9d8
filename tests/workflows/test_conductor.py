"""The conductor on a real server, sandboxed, with a written stand-in for `case.advance`."""

import asyncio
import gc
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError, TemporalError

from infra.local import TemporalServer
from tests.workflows.rig import Rig, fresh_case, running
from tests.workflows.stub import StubAdvance, StubService, asks, ends, sleeps
from workflows import policies
from workflows.client import Conductors

pytestmark = pytest.mark.asyncio

DAY = 86_400.0
TOO_LONG = "c" * 2000  # for an id
TIMER_STARTED = EventType.EVENT_TYPE_TIMER_STARTED
TIMER_CANCELED = EventType.EVENT_TYPE_TIMER_CANCELED


@pytest.fixture
def stub() -> StubAdvance:
    return StubAdvance()


@pytest.fixture
def service(stub: StubAdvance) -> StubService:
    return StubService(stub)


@pytest_asyncio.fixture
async def rig(
    temporal_server: TemporalServer, stub: StubAdvance, service: StubService
) -> AsyncIterator[Rig]:
    async with running(temporal_server.address, [stub.advance, service.render]) as rig:
        yield rig


async def test_a_command_sent_twice_is_taken_once_and_answered_alike(
    rig: Rig, stub: StubAdvance
) -> None:
    case = fresh_case()
    first = await rig.take(case, "submit")
    assert first == await rig.take(case, "submit")
    assert first.outcome == "done"
    assert stub.cases[case].outcomes == {"submit": 1}


async def test_commands_sent_at_once_are_taken_one_after_the_other(
    rig: Rig, stub: StubAdvance
) -> None:
    case, stub.lingers = fresh_case(), 0.2
    turns = await asyncio.gather(*(rig.take(case, f"note-{number}") for number in range(8)))
    assert sorted(turn.version for turn in turns) == list(range(1, 9))
    taken = [one for one in stub.cases[case].calls if one is not None]  # None: a fresh run looks
    assert sorted(taken) == [f"note-{number}" for number in range(8)]
    assert stub.cases[case].overlaps == []


async def test_a_fresh_run_asks_the_store_where_it_stands_only_once(
    rig: Rig, stub: StubAdvance
) -> None:
    case = fresh_case()
    await rig.take(case, "submit")
    assert stub.cases[case].calls == ["submit"]


async def test_the_case_ends_with_the_command_that_ends_it(rig: Rig, stub: StubAdvance) -> None:
    case = fresh_case()
    stub.cases[case].commands["approve"] = ends
    await rig.take(case, "submit")
    await rig.take(case, "approve")
    assert await rig.ended(case) == 2


async def test_four_commands_and_one_deadline_cost_at_most_32_events(
    rig: Rig, stub: StubAdvance
) -> None:
    case = fresh_case()
    stub.cases[case].commands |= {
        "submit": sleeps(7 * DAY), "accept": sleeps(20 * DAY), "approve": ends,
    }  # fmt: skip
    for command in ("submit", "accept", "assess", "approve"):
        await rig.take(case, command)
    await rig.ended(case)
    assert len(await rig.history(case)) == 28


async def test_a_piece_of_service_work_costs_seven_events(rig: Rig, stub: StubAdvance) -> None:
    case = fresh_case()
    stub.cases[case].commands |= {"submit": asks(f"{case}:n-1"), "approve": ends}
    for command in ("submit", "accept", "assess"):
        await rig.take(case, command)
    await asyncio.to_thread(stub.wait_for_calls, case, 4)
    await rig.take(case, "approve")
    await rig.ended(case)
    assert len(await rig.history(case)) <= 26 + 7  # less when it shares a task with a command


async def test_after_four_commands_a_fresh_run_goes_on_and_knows_the_old_answers(
    rig: Rig, stub: StubAdvance
) -> None:
    case = fresh_case()
    await rig.take(case, "note-0")
    first_run = await rig.run_id(case)
    answers = [await rig.take(case, f"note-{number}") for number in range(6)]
    await rig.event(
        case,
        lambda event: event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
        first_run,
    )
    assert await rig.run_id(case) != first_run
    assert [await rig.take(case, f"note-{number}") for number in range(6)] == answers
    assert len(stub.cases[case].outcomes) == 6


async def test_no_run_grows_beyond_64_events(rig: Rig, stub: StubAdvance) -> None:
    case = fresh_case()
    runs = set()
    for number in range(20):
        stub.cases[case].commands[f"c-{number}"] = asks(f"{case}:n-{number}")
        await rig.take(case, f"c-{number}")
        runs.add(await rig.run_id(case))
    lengths = [len(await rig.history(case, run)) for run in sorted(runs)]
    assert len(lengths) > 3
    assert max(lengths) <= 64


async def test_the_task_that_begins_with_44_events_is_the_last_of_a_run(
    rig: Rig, stub: StubAdvance
) -> None:
    case = fresh_case()
    stub.cases[case].commands["submit"] = sleeps(DAY)
    await rig.take(case, "submit")
    first = await rig.run_id(case)
    for _ in range(20):
        looks = len(stub.cases[case].calls)
        await rig.wake(case)
        await asyncio.to_thread(stub.wait_for_calls, case, looks + 1)
        await rig.handle(case).query("position")  # answered when the task is over
        if await rig.run_id(case) != first:
            break
    begun = [
        event.event_id
        for event in await rig.history(case, first)
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED
    ]
    assert begun[-2] < 44 <= begun[-1]


async def test_service_work_that_waits_its_turn_keeps_no_run_open_beyond_64_events(
    rig: Rig, stub: StubAdvance, service: StubService
) -> None:
    case = fresh_case()
    service.free.clear()
    stub.cases[case].commands["c-0"] = asks(f"{case}:n-0")
    runs = set()
    for number in range(20):
        await rig.take(case, f"c-{number}")
        runs.add(await rig.run_id(case))
    service.free.set()
    lengths = [len(await rig.history(case, run)) for run in sorted(runs)]
    assert len(lengths) > 1
    assert max(lengths) <= 64


async def test_a_command_after_the_end_is_answered_by_a_fresh_run_that_ends(
    rig: Rig, stub: StubAdvance
) -> None:
    case = fresh_case()
    stub.cases[case].commands["approve"] = ends
    await rig.take(case, "approve")
    await rig.ended(case)
    ended_run = await rig.run_id(case)
    late = await rig.take(case, "withdraw")
    assert late.done
    assert await rig.ended(case) == 2
    assert await rig.run_id(case) != ended_run


async def test_a_defect_fails_no_case_it_waits_and_goes_on_after_the_repair(
    rig: Rig, stub: StubAdvance
) -> None:
    case = fresh_case()
    broken = ApplicationError("defect.law_gap", type="defect.law_gap", non_retryable=True)
    stub.cases[case].faults = [broken, broken]
    with pytest.raises(WorkflowUpdateFailedError) as failure:
        await rig.take(case, "submit")
    assert isinstance(failure.value.cause, ApplicationError)
    assert failure.value.cause.type == "defect.law_gap"
    timer = await rig.event(case, lambda event: event.event_type == TIMER_STARTED)
    waits = timer.timer_started_event_attributes.start_to_fire_timeout.ToTimedelta()
    assert waits == policies.FIRST_REPAIR

    await rig.wake(case)
    await asyncio.to_thread(stub.wait_for_calls, case, 3)
    assert stub.cases[case].calls[:3] == ["submit", None, None]  # a slow machine looks once more


async def test_a_fault_is_tried_again_at_once(rig: Rig, stub: StubAdvance) -> None:
    case = fresh_case()
    stub.cases[case].faults = [ApplicationError("OperationalError", type="OperationalError")] * 2
    assert (await rig.take(case, "submit")).outcome == "done"
    assert stub.cases[case].calls == ["submit"] * 3


async def test_a_dead_service_delays_only_itself(
    rig: Rig, stub: StubAdvance, service: StubService
) -> None:
    case = fresh_case()
    dead, well, later = (f"{case}:n-{number}" for number in (1, 2, 3))
    service.dead.add(dead)
    stub.cases[case].commands |= {"supplement": asks(dead, well), "accept": asks(later)}
    await rig.take(case, "supplement")
    await rig.take(case, "accept")
    await asyncio.to_thread(stub.wait_for_calls, case, 4)
    assert sorted(service.served) == sorted([well, later])
    position = await rig.handle(case).query("position")
    assert [job["key"] for job in position["jobs"]] == [dead]

    service.dead.clear()
    await rig.wake(case)
    await asyncio.to_thread(stub.wait_for_calls, case, 6)
    assert dead in service.served


async def test_a_case_ends_only_when_its_service_work_has_reported(
    rig: Rig, stub: StubAdvance, service: StubService
) -> None:
    case = fresh_case()
    stub.cases[case].commands["approve"] = lambda turn: ends(asks(f"{case}:n-1")(turn))
    await rig.take(case, "approve")
    assert await rig.ended(case) == 2
    assert service.served == [f"{case}:n-1"]


async def test_a_wake_looks_again(rig: Rig, stub: StubAdvance) -> None:
    case = fresh_case()
    await rig.take(case, "submit")
    stub.cases[case].turn = ends(stub.cases[case].turn)
    await rig.wake(case)
    assert await rig.ended(case) == 1
    assert stub.cases[case].calls == ["submit", None]


async def test_a_wake_is_not_taken_as_heard_by_a_command_that_looked_at_itself_alone(
    rig: Rig, stub: StubAdvance
) -> None:
    """The wake comes while a command waits its turn; what it tells of was received after that."""
    case = fresh_case()
    await rig.take(case, "submit")
    stub.held.clear()
    sending = [asyncio.create_task(rig.take(case, command)) for command in ("note-1", "note-2")]
    await asyncio.to_thread(stub.wait_for_calls, case, 2)
    stub.cases[case].left.append("orphan")
    await rig.wake(case)
    stub.held.set()
    await asyncio.gather(*sending)
    await asyncio.to_thread(stub.wait_for_calls, case, 4)
    assert sorted(stub.cases[case].outcomes) == ["note-1", "note-2", "orphan", "submit"]


async def test_a_wake_starts_the_conductor_of_a_case_that_has_none(
    rig: Rig, stub: StubAdvance
) -> None:
    case = fresh_case()
    await rig.wake(case)
    await asyncio.to_thread(stub.wait_for_calls, case, 1)
    assert stub.cases[case].calls == [None]


async def test_the_timer_wakes_the_case_when_its_deadline_has_passed(
    rig: Rig, stub: StubAdvance
) -> None:
    case = fresh_case()
    stub.cases[case].commands["submit"] = sleeps(0.0)
    await rig.take(case, "submit")
    stub.cases[case].turn = ends(stub.cases[case].turn)
    assert await rig.ended(case) == 1
    assert stub.cases[case].calls == ["submit", None]


async def test_the_timer_is_left_alone_when_the_next_deadline_is_later(
    rig: Rig, stub: StubAdvance
) -> None:
    case = fresh_case()
    stub.cases[case].commands |= {"submit": sleeps(7 * DAY), "accept": sleeps(20 * DAY)}
    await rig.take(case, "submit")
    await rig.take(case, "accept")
    assert await rig.count(case, TIMER_STARTED) == 1
    assert await rig.count(case, TIMER_CANCELED) == 0


async def test_the_timer_is_armed_anew_when_the_next_deadline_is_earlier(
    rig: Rig, stub: StubAdvance
) -> None:
    case = fresh_case()
    stub.cases[case].commands |= {"submit": sleeps(7 * DAY), "supplement": sleeps(2 * DAY)}
    await rig.take(case, "submit")
    await rig.take(case, "supplement")
    timers = [
        event.timer_started_event_attributes.start_to_fire_timeout.ToTimedelta().days
        for event in await rig.history(case)
        if event.event_type == TIMER_STARTED
    ]
    assert timers == [7, 2]


async def test_a_handler_still_at_work_is_waited_for_before_a_fresh_run(
    rig: Rig, stub: StubAdvance
) -> None:
    case = fresh_case()
    await rig.take(case, "note-0")
    stub.held.clear()
    sending = [asyncio.create_task(rig.take(case, f"note-{number}")) for number in range(1, 8)]
    await asyncio.to_thread(stub.wait_for_calls, case, 2)
    stub.held.set()
    versions = [turn.version for turn in await asyncio.gather(*sending)]
    assert sorted(versions) == list(range(2, 9))


async def test_a_cold_worker_answers_the_same(
    temporal_server: TemporalServer, stub: StubAdvance, service: StubService
) -> None:
    case = fresh_case()
    stub.cases[case].commands |= {
        "submit": sleeps(7 * DAY), "supplement": asks(f"{case}:n-1"), "approve": ends,
    }  # fmt: skip
    async with running(temporal_server.address, [stub.advance, service.render], cached=0) as rig:
        for command in ("submit", "supplement", "submit", "accept", "assess", "approve"):
            assert (await rig.take(case, command)).outcome == "done"
        assert await rig.ended(case) == len(stub.cases[case].outcomes) == 6


async def test_a_send_that_the_server_refuses_leaves_no_error_unheeded(
    temporal_server: TemporalServer,
) -> None:
    client = await Client.connect(temporal_server.address)
    loop, unheeded = asyncio.get_running_loop(), list[dict[str, Any]]()
    usual = loop.get_exception_handler()
    loop.set_exception_handler(lambda _, told: unheeded.append(told))
    try:
        with pytest.raises(TemporalError):
            await Conductors(client, "queue").take("filing", TOO_LONG, "submit")
        gc.collect()
    finally:
        loop.set_exception_handler(usual)
    assert unheeded == []
