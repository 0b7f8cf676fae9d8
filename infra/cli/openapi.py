"""`anjuan openapi export`: the contract of the API as a file."""

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(name="openapi", help="接口说明 · the contract of the API.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep `export` a word of its own while it is the only one."""


@app.command()
def export(
    output: Annotated[str, typer.Option("--output", "-o", help="JSON file; - is stdout")] = "-",
) -> None:
    """Write the OpenAPI 3.1 document of this release, sandbox included. 导出接口说明。"""
    from api.app import description  # noqa: PLC0415  – loads FastAPI

    text = json.dumps(description(movable=True), ensure_ascii=False, indent=1) + "\n"
    if output == "-":
        typer.echo(text, nl=False)
    else:
        Path(output).write_text(text, encoding="utf-8")
