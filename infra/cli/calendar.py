"""`anjuan calendar`: the working-day calendar, and how a holiday notice becomes data."""

import json
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from domain.law.answers import JsonObject, Law
from domain.law.calendar import Calendar, CalendarFaultError, YearTable, changed_days
from infra.cli._database import database_told
from infra.cli._here import settings_here
from infra.cli.exits import Exit, Stop
from infra.law_data import load_calendar, load_law_book, publish_year, read_year
from infra.settings import load_settings

app = calendar_app = typer.Typer(
    name="calendar", help="工作日历 · the working-day calendar.", no_args_is_help=True
)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]
File = Annotated[Path, typer.Argument(help="TOML of one year, as in docs/reference/calendar.md")]
_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


@app.command()
def show(year: int, *, as_json: AsJson = False) -> None:
    """Show a year: rest days, made-up working days, notice, status. 显示某年放假与调休。"""
    calendar = load_calendar(_folder())
    shown = Law(load_law_book(), calendar).year(year)
    if shown is None:
        known = f"{min(calendar.tables)}–{max(calendar.tables)}"
        raise Stop(
            Exit.NOT_FOUND,
            "calendar.unknown_year",
            f"日历没有 {year} 年（现有 {known}） · no table of {year}, there are {known}",
        )
    typer.echo(json.dumps(shown, ensure_ascii=False, indent=2) if as_json else _year_text(shown))


@app.command()
def check(file: File, *, as_json: AsJson = False) -> None:
    """Check the table of a year and list each day it would change. 校验年度表并列出变化。"""
    calendar = load_calendar(_folder())
    table = _read(file, calendar)
    _tell_changes(calendar, table, as_json=as_json)


@app.command(name="import")
def import_year(
    file: File,
    *,
    tenant: Annotated[
        str | None,
        typer.Option("--tenant", help="只为该租户，并重算期限 · for one tenant, re-dating terms."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Publish the table of a year, after the same checks. 校验后发布年度表。"""
    calendar = load_calendar(_folder())
    table = _read(file, calendar)
    if tenant is None:
        _keep(table, file)
    _tell_changes(calendar, table, as_json=as_json)
    if tenant is not None:
        touched = _publish_to(tenant, table)
        typer.echo(f"重算期限的办件 · cases being re-dated: {touched}", err=True)


def _keep(table: YearTable, file: Path) -> None:
    try:
        publish_year(table, file, _folder())
    except OSError as wrong:
        raise Stop(
            Exit.FAILURE,
            "calendar.not_written",
            f"无法写入 · cannot write {_folder()}: {wrong.strerror}",
        ) from None


def _publish_to(tenant: str, table: YearTable) -> int:
    """Record the year in the tenant's register; return how many cases are to be re-dated."""
    from infra import publishing  # noqa: PLC0415  – SQLAlchemy is slow to load
    from infra.db import make_engine  # noqa: PLC0415  – the same
    from infra.event_store.store import PostgresStore  # noqa: PLC0415  – the same
    from infra.sandbox import has_tenant  # noqa: PLC0415  – the same

    engine = make_engine(settings_here().database_url, pool_size=1)
    try:
        with database_told():
            if not has_tenant(engine, tenant):
                told = f"没有租户 {tenant} · no tenant {tenant}"
                raise Stop(Exit.NOT_FOUND, "tenant.unknown", told)
            store = PostgresStore(engine, load_calendar(_folder()))
            return len(publishing.publish_year(store, tenant, table))
    finally:
        engine.dispose()


def _folder() -> Path:
    return load_settings().data / "calendars"


def _read(file: Path, calendar: Calendar) -> YearTable:
    """Return the valid table in `file`, which may not take an official year back."""
    try:
        return _not_taken_back(read_year(file), calendar)
    except OSError as wrong:
        raise Stop(
            Exit.NOT_FOUND, "file.not_found", f"无法读取文件 · cannot read {file}: {wrong.strerror}"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise Stop(Exit.USAGE, "file.malformed", f"不是 TOML · not TOML: {file}: {wrong}") from None
    except CalendarFaultError as wrong:
        faults = "\n".join(f"  {one}" for one in wrong.faults)
        raise Stop(
            Exit.INVALID,
            "calendar.invalid",
            f"年度表有误 · the table is not valid: {file}\n{faults}",
        ) from None


def _not_taken_back(table: YearTable, calendar: Calendar) -> YearTable:
    known = calendar.tables.get(table.year)
    if known and known.status == "official" and table.status == "provisional":
        raise CalendarFaultError(
            [f"{table.year} 年已是正式，不能改为暂定 · is official, it cannot become provisional"]
        )
    return table


def _tell_changes(old: Calendar, table: YearTable, *, as_json: bool) -> None:
    new = old.with_year(table)
    changes = [
        {"day": day.isoformat(), "before": old.reason(day).zh, "after": new.reason(day).zh}
        for day in changed_days(old, new)
    ]
    if as_json:
        facts = {"year": table.year, "status": table.status, "notice": table.notice}
        versions = {"version": new.version, "valid_through": new.valid_through.isoformat()}
        typer.echo(
            json.dumps(facts | versions | {"changed": changes}, ensure_ascii=False, indent=2)
        )
        return
    typer.echo(f"{table.year} 年度表有效 · valid  {old.version} → {new.version}")
    typer.echo(f"有效至 · valid through {new.valid_through}; {len(changes)} 天变化 · days change")
    for one in changes:
        typer.echo(f"  {_day(date.fromisoformat(one['day']))}  {one['before']} → {one['after']}")


def _year_text(shown: JsonObject) -> str:
    days = shown["days"] if isinstance(shown["days"], list) else []
    status = "正式 · official" if shown["status"] == "official" else "暂定，仅周末 · provisional"
    kinds = Counter("班" if one["working"] else "休" for one in days)
    lines = [
        f"{shown['year']}  {status}  {shown['notice'] or ''}".rstrip(),
        f"工作日 · working days {shown['working_days']}  休 · off {kinds['休']}"
        f"  班 · made up {kinds['班']}"
        f"  {shown['version']}",
        "",
    ]
    lines += [
        f"  {_day(date.fromisoformat(one['day']))}  {'班' if one['working'] else '休'}"
        f"  {one['why']} · {one['why_en']}"
        for one in days
    ]
    return "\n".join(lines).rstrip()


def _day(day: date) -> str:
    return f"{day.isoformat()} {_WEEKDAYS[day.weekday()]}"
