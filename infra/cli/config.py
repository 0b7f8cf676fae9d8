"""`anjuan config`: the settings in force, and what can be set."""

import json
from typing import Annotated

import typer

from infra.settings import Settings, environment_name, is_secret, load_settings

app = typer.Typer(name="config", help="设置 · settings.", no_args_is_help=True)
MASK = "********"


@app.command()
def show(
    *, as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False
) -> None:
    """Show the settings in force, secrets masked. 显示当前设置（密钥隐去）。"""
    values = load_settings().model_dump(mode="json")
    shown = {
        environment_name(name, field): MASK if is_secret(field) else values[name]
        for name, field in Settings.model_fields.items()
    }
    if as_json:
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    for name, value in shown.items():
        typer.echo(f"{name}={json.dumps(value) if isinstance(value, dict) else value}")


@app.command()
def schema() -> None:
    """Print what can be set, as JSON Schema. 输出全部设置项的 JSON Schema。"""
    described = Settings.model_json_schema(by_alias=False)
    described["properties"] = {
        environment_name(name, field): described["properties"][name]
        for name, field in Settings.model_fields.items()
    }
    typer.echo(json.dumps(described, ensure_ascii=False, indent=2))
