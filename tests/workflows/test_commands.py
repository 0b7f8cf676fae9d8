"""`anjuan sweep`, `rebuild` and `sandbox clock`, run as people run them, on the real servers."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from infra.cli.exits import Exit
from infra.local import TemporalServer
from tests.workflows.filing import CLERK, SUPPLEMENT, Office, office, settings_of
from tests.workflows.stub import PATIENCE

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def at_work(
    temporal_server: TemporalServer, database: str, tmp_path: Path
) -> AsyncIterator[Office]:
    async with office(settings_of(database, temporal_server.address, tmp_path)) as at_work:
        yield at_work


async def anjuan(at_work: Office, *words: str, **environment: str) -> tuple[int, str]:
    """Run the command; return exit code and what it printed."""
    settings = at_work.settings
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "infra.cli", *words),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={
            **os.environ,
            "DATABASE_URL": settings.database_url,
            "TEMPORAL_ADDRESS": settings.temporal_address,
            "ANJUAN_TASK_QUEUE": settings.task_queue,
            "ANJUAN_DATA": str(settings.data),
            **environment,
        },
    )
    async with asyncio.timeout(PATIENCE):
        shown, _ = await process.communicate()
    return process.returncode or 0, shown.decode()


async def test_a_sweep_and_a_rebuild_say_how_many_cases_they_woke(at_work: Office) -> None:
    case = await at_work.open()
    assert await anjuan(at_work, "sweep") == (Exit.OK, "已唤醒 · woken 0\n")
    await at_work.handle(case).terminate()
    assert await anjuan(at_work, "sweep") == (Exit.OK, "已唤醒 · woken 1\n")
    assert await anjuan(at_work, "rebuild") == (Exit.OK, "已重建 · rebuilt 1\n")


async def test_the_clock_goes_to_the_next_deadline_and_tells_what_the_law_did(
    at_work: Office,
) -> None:
    case = await at_work.open()
    await at_work.do(case, "filing.request_supplement", CLERK, SUPPLEMENT)
    words = ("sandbox", "clock", "advance", "--tenant", at_work.tenant, "--json")
    code, shown = await anjuan(at_work, *words)
    assert code == Exit.OK, shown
    moved = json.loads(shown.splitlines()[-1])
    assert moved["now"] == "2024-05-08T00:00:00+08:00"
    abandoned = {"filing.deemed_abandoned", "law", "2024-05-08T00:00:00+08:00"}
    assert abandoned in [{one["type"], one["actor"], one["effective"]} for one in moved["happened"]]


async def test_the_clock_is_shown_stopped_and_let_run_on(at_work: Office) -> None:
    tenant = ("--tenant", at_work.tenant)
    code, shown = await anjuan(at_work, "sandbox", "clock", "resume", *tenant, "--json")
    assert (code, json.loads(shown)["frozen"]) == (Exit.OK, False)
    code, shown = await anjuan(at_work, "sandbox", "clock", "freeze", *tenant)
    assert code == Exit.OK
    assert "已冻结" in shown


async def test_the_clock_never_moves_back_nor_out_of_reach_and_never_in_production(
    at_work: Office,
) -> None:
    words = ("sandbox", "clock", "advance", "--tenant", at_work.tenant)
    code, shown = await anjuan(at_work, *words, "--to", "2024-04-25T08:00:00+08:00")
    assert (code, "clock.moves_back" in shown) == (Exit.CONFLICT, True)
    code, shown = await anjuan(at_work, *words, "--to", "9999-12-31T08:00:00+08:00")
    assert (code, "2200-01-01 at most\n[clock.too_far]" in shown) == (Exit.USAGE, True)
    code, shown = await anjuan(at_work, *words, "--to", "2024-04-25")
    assert code == Exit.USAGE
    production = {
        "ANJUAN_ENV": "production",
        "ANJUAN_SECRET_KEY": "k" * 40,
        "ANJUAN_PUBLIC_URL": "https://anjuan.example",
    }
    code, shown = await anjuan(at_work, *words, **production)
    assert (code, "sandbox.production" in shown) == (Exit.NOT_ALLOWED, True)


@pytest.mark.parametrize("word", ["show", "freeze", "advance"])
async def test_a_tenant_nobody_made_is_told_in_words(at_work: Office, word: str) -> None:
    code, shown = await anjuan(at_work, "sandbox", "clock", word, "--tenant", "nobody")
    assert (code, shown.endswith("[tenant.unknown]\n")) == (Exit.NOT_FOUND, True)


async def test_servers_that_are_away_are_named(at_work: Office) -> None:
    code, shown = await anjuan(at_work, "sweep", TEMPORAL_ADDRESS="127.0.0.1:1")
    assert (code, "temporal.away" in shown) == (Exit.TRY_LATER, True)
    away = "postgresql://nobody@127.0.0.1:1/none"
    code, shown = await anjuan(at_work, "sweep", DATABASE_URL=away)
    assert (code, "database.away" in shown) == (Exit.TRY_LATER, True)
