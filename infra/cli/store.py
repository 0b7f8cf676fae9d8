"""`anjuan verify` and `anjuan db`: whether the record holds together, and its schema."""

import dataclasses
import json
from typing import Annotated

import typer

from infra.cli._database import database_told
from infra.cli._here import settings_here
from infra.cli.exits import Exit

app = store_app = typer.Typer()
db = typer.Typer(name="db", help="数据库结构 · the database schema.", no_args_is_help=True)
app.add_typer(db)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.command()
def verify(
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="全部核验（默认） · all of it, which is the default.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Check chain, rows, acts and dates against the events; exit 1 when not. 核验全部记录。"""
    from infra.db import make_engine  # noqa: PLC0415  – SQLAlchemy is slow to load
    from infra.law_data import load_calendar  # noqa: PLC0415  – the same
    from infra.verify import verify as look  # noqa: PLC0415  – the same

    del everything
    settings = settings_here()
    engine = make_engine(settings.database_url, pool_size=1, role="anjuan_auditor", patient=True)
    with database_told():
        report = look(engine, load_calendar(settings.data / "calendars"))
    engine.dispose()
    if as_json:
        shown = dataclasses.asdict(report) | {"ok": report.holds}
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        typer.echo(
            f"事件 events {report.events} · 办件 cases {report.cases} · 命令 commands"
            f" {report.commands} · 待处理 waiting {report.waiting}"
        )
        for one in report.violations:
            typer.echo(f"✗ {one.invariant} {one.where}: {one.what}")
        if report.holds:
            typer.echo(f"✓ 全部一致 · everything holds  {report.head}")
    if not report.holds:
        raise typer.Exit(Exit.FAILURE)


@db.command()
def upgrade() -> None:
    """Apply the migrations that are missing; needs the owner's URL. 升级数据库结构。"""
    from infra.migrate import upgrade as apply  # noqa: PLC0415  – only where the database is asked

    with database_told():
        applied = apply(settings_here().database_url)
    for name in applied:
        typer.echo(f"✓ {name}")
    if not applied:
        typer.echo("已是最新 · up to date")


@db.command()
def check() -> None:
    """Say which migrations are missing; exit 1 when any is. 检查数据库结构。"""
    from infra.migrate import check as missing_in  # noqa: PLC0415  – only where the database is asked

    with database_told():
        missing = missing_in(settings_here().database_url)
    for name in missing:
        typer.echo(f"缺 missing {name}")
    if missing:
        raise typer.Exit(Exit.FAILURE)
    typer.echo("已是最新 · up to date")
