"""`anjuan scenario run`: legal cases as YAML, in memory or on a running sandbox."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.case.labels import label
from domain.kernel.times import in_china, parse_instant
from infra.cli.exits import Exit, Stop
from infra.scenario.compare import Seen
from infra.scenario.model import Scenario
from infra.scenario.playing import Stage, play
from infra.scenario.reading import read_scenario
from infra.scenario.yaml_text import MalformedError

app = typer.Typer(
    name="scenario", help="情景 · play legal cases written as YAML.", no_args_is_help=True
)


@app.callback()
def _group() -> None:
    """Keep `run` a command of its own."""


@app.command()
def run(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="scenario files")],
    *,
    server: Annotated[
        str | None, typer.Option("--server", metavar="URL", help="a running sandbox 沙箱地址")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    timeline: Annotated[
        bool, typer.Option("--timeline", help="print each case's events 打印时间线")
    ] = False,
) -> None:
    """Play scenarios; exit 0 when every expectation holds. 运行情景文件。"""
    scenarios = [(file, _read(file)) for file in files]
    new_stage = _memory_stages() if server is None else _server_stages(server)
    results: list[dict[str, Any]] = []
    for file, scenario in scenarios:
        if timeline and not as_json:
            typer.echo(f"\n{scenario.title}")
        show = _show if timeline and not as_json else None
        differences = _played(scenario, new_stage(), show)
        results.append({"file": str(file), "ok": not differences, "differences": differences})
        if not as_json:
            _tell(str(file), scenario.title, differences)
    failed = sum(not one["ok"] for one in results)
    if as_json:
        typer.echo(json.dumps(results, ensure_ascii=False, indent=1))
    else:
        typer.echo(f"{len(results) - failed} 符合 hold · {failed} 不符 differ", err=True)
    if failed:
        raise typer.Exit(Exit.FAILURE)


def _read(file: Path) -> Scenario:
    try:
        return read_scenario(file.read_text(encoding="utf-8"))
    except MalformedError as error:
        raise Stop(Exit.USAGE, "scenario.malformed", f"{file}:{error}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(Exit.USAGE, "scenario.unreadable", f"{file}: 无法读取 · {error}") from None


def _played(
    scenario: Scenario, stage: Stage, show: Callable[[str, Seen], None] | None
) -> list[str]:
    from infra.scenario.server import ServerError  # noqa: PLC0415  – HTTP only where it is asked

    try:
        return play(scenario, stage, show)
    except ServerError as error:
        message = f"沙箱没有应答，请先运行 make up · the sandbox cannot play: {error}"
        raise Stop(Exit.TRY_LATER, "service.unavailable", message) from None


def _show(name: str, seen: Seen) -> None:
    """Print a case: its number and status, and what happened, when it counted, by whom, why."""
    status = label("status", str(seen.case.get("status", "")), "zh")
    typer.echo(f"\n  {name} · {seen.case.get('number', '')} · {status}")
    for one in seen.events:
        kind, actor = str(one.get("type", "")), str(one.get("actor", ""))
        said = f"{label('event', kind, 'zh')} {kind} · {label('role', actor, 'zh')}"
        cite = f" · {one['cite']}" if one.get("cite") else ""
        typer.echo(f"    {_moment(one.get('effective'))}  {said}{cite}")


def _moment(instant: object) -> str:
    at = instant if isinstance(instant, datetime) else parse_instant(str(instant))
    return in_china(at)[:19].replace("T", " ")


def _tell(file: str, title: str, differences: list[str]) -> None:
    typer.echo(f"{'✓' if not differences else '✗'} {file}: {title}")
    for one in differences:
        typer.echo(f"    {one}")


def _server_stages(url: str) -> Callable[[], Stage]:
    from infra.scenario.server import ServerStage  # noqa: PLC0415  – HTTP only where it is asked

    return lambda: ServerStage(url)


def _memory_stages() -> Callable[[], Stage]:
    from infra.cli._memory_engine import memory_stage  # noqa: PLC0415  – the engine, when asked

    return memory_stage
