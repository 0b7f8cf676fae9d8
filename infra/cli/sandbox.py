"""`anjuan sandbox clock`: the movable law time of a sandbox tenant."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from domain.kernel.times import in_china, parse_instant
from infra.cli._database import database_told
from infra.cli._here import settings_here
from infra.cli.exits import Exit, Stop
from infra.settings import Settings

if TYPE_CHECKING:
    from api.clock_moving import Moved
    from infra.parts import Parts
    from infra.sandbox import PostgresSandbox

app = typer.Typer(name="sandbox", help="沙箱 · the sandbox.", no_args_is_help=True)
clock = typer.Typer(name="clock", help="法定时间 · the law time.", no_args_is_help=True)
app.add_typer(clock)

Tenant = Annotated[str, typer.Option("--tenant", help="租户 · tenant.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@clock.command()
def show(tenant: Tenant = "demo", *, as_json: AsJson = False) -> None:
    """Show the tenant's law time and when the law acts next. 显示法定时间。"""
    _tell_clock(_sandbox(_parts(_settings())), tenant, as_json=as_json)


@clock.command()
def freeze(tenant: Tenant = "demo", *, as_json: AsJson = False) -> None:
    """Stop the tenant's law time. 冻结法定时间。"""
    _set(tenant, frozen=True, as_json=as_json)


@clock.command()
def resume(tenant: Tenant = "demo", *, as_json: AsJson = False) -> None:
    """Let the tenant's law time run on. 恢复法定时间。"""
    _set(tenant, frozen=False, as_json=as_json)


@clock.command()
def advance(
    tenant: Tenant = "demo",
    *,
    to: Annotated[str, typer.Option(help="时刻 · such as 2026-10-12T08:00:00+08:00.")] = "",
    working_days: Annotated[
        int, typer.Option(min=0, max=1000, help="工作日数 · working days.")
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Move the law time on, by default to the next deadline. 推进法定时间。

    Answers when all that fell due on the way has been acted on.
    """
    settings = _settings()
    with _faults_told(tenant):
        moved = asyncio.run(_advance(settings, tenant, to, working_days))
    _tell_moved(moved, as_json=as_json)
    if not moved.settled:
        raise typer.Exit(Exit.TRY_LATER)


async def _advance(settings: Settings, tenant: str, to: str, working_days: int) -> "Moved":
    from api.clock_moving import (  # noqa: PLC0415  – loads the web's libraries
        LATEST,
        Mover,
        TooFarError,
        working_days_on,
    )
    from infra.cli._reaching import reach_temporal  # noqa: PLC0415  – loads Temporal
    from infra.worker import conductors_of  # noqa: PLC0415  – the same

    parts = _parts(settings)
    sandbox = _sandbox(parts)
    now = sandbox.clock(tenant).now
    if to:
        target = _instant(to)
    elif working_days:
        target = working_days_on(parts.cases.calendar(tenant), now, working_days)
    else:
        target = sandbox.next_due(tenant) or now
    if target < now:
        raise Stop(
            Exit.CONFLICT,
            "clock.moves_back",
            f"时间不能倒退，现在是 {in_china(now)} · time never moves back: it is {in_china(now)}",
        )
    conductors = conductors_of(settings, await reach_temporal(settings))
    try:
        return await Mover(tenant, sandbox, parts.cases, conductors).advance(target)
    except TooFarError:
        last = LATEST.date().isoformat()
        told = f"沙箱时钟最晚到 {last} · the clock goes to {last} at most"
        raise Stop(Exit.USAGE, "clock.too_far", told) from None


def _set(tenant: str, *, frozen: bool, as_json: bool) -> None:
    sandbox = _sandbox(_parts(_settings()))
    with _faults_told(tenant):
        sandbox.set_clock(tenant, sandbox.clock(tenant).now, frozen=frozen)
    _tell_clock(sandbox, tenant, as_json=as_json)


@contextmanager
def _faults_told(tenant: str) -> Iterator[None]:
    from infra.sandbox import NoSuchTenantError  # noqa: PLC0415  – loads SQLAlchemy
    from infra.sandbox_clock import NoMovableClockError  # noqa: PLC0415  – only where it is asked

    try:
        with database_told():
            yield
    except NoSuchTenantError:
        told = f"没有租户 {tenant} · there is no such tenant"
        raise Stop(Exit.NOT_FOUND, "tenant.unknown", told) from None
    except NoMovableClockError:
        told = f"租户 {tenant} 的时间不能移动 · this tenant has no movable clock"
        raise Stop(Exit.NOT_ALLOWED, "sandbox.production", told) from None


def _settings() -> Settings:
    settings = settings_here()
    if settings.env == "production":
        raise Stop(
            Exit.NOT_ALLOWED,
            "sandbox.production",
            "生产环境的时间不能移动 · production has no movable clock",
        )
    return settings


def _parts(settings: Settings) -> "Parts":
    from infra.cli._reaching import reach_store  # noqa: PLC0415  – loads SQLAlchemy

    return reach_store(settings)


def _sandbox(parts: "Parts") -> "PostgresSandbox":
    from infra.sandbox import PostgresSandbox  # noqa: PLC0415  – loads SQLAlchemy

    return PostgresSandbox(parts.engine)


def _instant(text: str) -> datetime:
    try:
        return parse_instant(text)
    except ValueError as wrong:
        raise Stop(
            Exit.USAGE, "command.date", f"时刻须带时区 · an instant needs its offset: {wrong}"
        ) from None


def _tell_clock(sandbox: "PostgresSandbox", tenant: str, *, as_json: bool) -> None:
    with _faults_told(tenant):
        shown, due = sandbox.clock(tenant), sandbox.next_due(tenant)
    next_due = None if due is None else in_china(due)
    if as_json:
        told = {"now": in_china(shown.now), "frozen": shown.frozen, "next_deadline": next_due}
        typer.echo(json.dumps(told))
    else:
        state = "已冻结 · frozen" if shown.frozen else "运行中 · running"
        typer.echo(f"{in_china(shown.now)}  {state}")
        typer.echo(f"下一期限 · next deadline  {next_due or '—'}")


def _tell_moved(moved: "Moved", *, as_json: bool) -> None:
    now = in_china(moved.clock.now)
    lines = [
        {
            "case": one.stream,
            "type": one.type,
            "effective": in_china(one.meta.effective_at),
            "actor": one.meta.actor.role,
        }
        for one in moved.happened
        if one.type != "process.moved"
    ]
    if as_json:
        told = {"now": now, "settled": moved.settled, "happened": lines}
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for line in lines:
        typer.echo(f"{line['effective']}  {line['type']:<28} {line['actor']:<12} {line['case']}")
    typer.echo(f"现在 · now {now}")
    if not moved.settled:
        typer.echo("尚有未处理事项，请查工作进程 · something waits: does a worker run?", err=True)
