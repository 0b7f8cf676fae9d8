"""`anjuan rebuild` and `anjuan sweep`: have cases looked at again, from their events alone."""

import asyncio
from collections.abc import Callable

import typer

from infra.cli._here import settings_here
from infra.settings import Settings

app = typer.Typer()


@app.command()
def rebuild() -> None:
    """Give every open case a conductor that starts from its events. 由事件重建全部在办件。"""
    from infra.reconciler import rebuild as act  # noqa: PLC0415  – loads SQLAlchemy

    _run(act, "已重建 · rebuilt")


@app.command()
def sweep() -> None:
    """Make one pass of the reconciler now. 立即核对一遍。"""
    from infra.reconciler import sweep as act  # noqa: PLC0415  – loads SQLAlchemy

    _run(act, "已唤醒 · woken")


def _run(act: Callable[..., int], what: str) -> None:
    typer.echo(f"{what} {asyncio.run(_acted(settings_here(), act))}")


async def _acted(settings: Settings, act: Callable[..., int]) -> int:
    from infra.cli._reaching import reach_store, reach_temporal  # noqa: PLC0415  – loads servers
    from infra.temporal import Waker  # noqa: PLC0415  – loads Temporal
    from infra.worker import conductors_of  # noqa: PLC0415  – the same

    parts = reach_store(settings)
    client = await reach_temporal(settings)
    waker = Waker(asyncio.get_running_loop(), client, conductors_of(settings, client).wake)
    return await asyncio.to_thread(act, parts.engine, waker)
