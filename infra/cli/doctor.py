"""`anjuan doctor`: what is wrong with this machine, and what to do about it."""

import dataclasses
import json
import os
from pathlib import Path
from typing import Annotated

import typer

from infra.cli.exits import Exit

app = typer.Typer()
MARKS = {"ok": "✓", "notice": "·", "fault": "✗"}


@app.command()
def doctor(
    data: Annotated[Path | None, typer.Option("--data", help="数据文件夹 · data folder.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Look for faults; each comes with its remedy. 检查本机，逐项给出处理办法。"""
    from infra.local.doctor import Grade, examine  # noqa: PLC0415  – loads the servers' modules
    from infra.local.folder import DataFolder  # noqa: PLC0415  – the same
    from infra.settings import default_data  # noqa: PLC0415  – the same

    given = os.environ.get("ANJUAN_DATA")  # read here: wrong settings are a finding, not the end
    folder = DataFolder(data or (Path(given) if given else default_data()))
    findings = []
    for found in examine(folder):
        findings.append(found)
        if not as_json:
            typer.echo(f"{MARKS[found.grade]} {found.what}: {found.detail}")
            if found.remedy:
                typer.echo(f"    → {found.remedy}")
    if as_json:
        listed = [dataclasses.asdict(one) for one in findings]
        typer.echo(json.dumps({"findings": listed}, ensure_ascii=False, indent=2))
    if any(one.grade is Grade.FAULT for one in findings):
        raise typer.Exit(Exit.FAILURE)
