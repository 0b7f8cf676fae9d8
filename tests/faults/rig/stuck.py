"""What a stuck run leaves behind: stacks, open locks, undecided acts, states of workflows."""

import re
from collections.abc import Iterator

import psycopg2
from temporalio.client import Client
from temporalio.service import RPCError

from tests.faults.rig.ground import Ground, Running

MOST = 20  # workflows or log lines listed
GRAVE = re.compile(r'"level": "(?:warning|error|critical)"')


def diagnosis(ground: Ground) -> str:
    """Return everything that tells why nothing moves; ends the product's processes."""
    return "\n".join(_lines(ground))


def warnings(ground: Ground) -> str:
    """Return the last warnings in the logs of the product's processes."""
    found = []
    for part in ground.parts:
        if part.log.exists():
            lines = part.log.read_text(errors="replace").splitlines()
            grave = [one for one in lines if not one.startswith("{") or GRAVE.search(one)]
            found += [f"-- warnings of {part.name}", *grave[-MOST:]]
    return "\n".join(found)


def _lines(ground: Ground) -> Iterator[str]:
    services: list[Running] = [ground.servers.postgres, ground.servers.temporal, *ground.parts]
    for one in services:
        yield f"-- {one.name}: {'runs' if one.running else 'does not run'}"
    yield from _of_the_store(ground)
    yield from _of_temporal(ground)
    for process in ground.parts:
        if process.log.exists():
            yield f"-- end of the log of {process.name}, with the stacks of its threads"
            yield process.dump()
    for log in sorted((ground.folder / "logs").glob("*.log")):
        yield f"-- end of {log.name}"
        yield from log.read_text(errors="replace").splitlines()[-MOST:]


def _of_the_store(ground: Ground) -> Iterator[str]:
    try:
        yield f"-- undecided: {ground.store.unsettled()}"
        yield "-- sessions (pid, state, waits for, lock, mode, granted, seconds, statement)"
        yield from (str(row) for row in ground.store.locks())
    except psycopg2.Error as fault:
        yield f"-- PostgreSQL does not answer: {type(fault).__name__}"


def _of_temporal(ground: Ground) -> Iterator[str]:
    try:
        yield from ground.temporal(_workflows)
    except (RPCError, RuntimeError, TimeoutError) as fault:
        yield f"-- Temporal does not answer: {type(fault).__name__}: {fault}"


async def _workflows(client: Client) -> list[str]:
    running = client.list_workflows("ExecutionStatus = 'Running'", limit=MOST)
    found = [f"{one.id} {one.run_id} {one.history_length}" async for one in running]
    return ["-- running workflows (id, run, events)", *found]
