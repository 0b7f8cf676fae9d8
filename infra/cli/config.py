"""`anjuan config`: the settings in force, and what can be set."""

import json
from typing import Annotated

import typer
from pydantic.fields import FieldInfo

from infra.settings import Settings, environment_name, is_secret, load_settings

app = typer.Typer(name="config", help="设置 · settings.", no_args_is_help=True)
MASK = "********"
HEAD = """\
# 设置 · Settings

从环境变量读取；任何一项有误，进程不启动，并一次列出全部错误。
Read from the environment. A process with wrong settings does not start and lists them all.

| 名称 · name | 默认 · default | 含义 · meaning |
| --- | --- | --- |
"""
FOOT = """
数据库地址与密钥也可写在文件里，文件名见 `DATABASE_URL_FILE`、`ANJUAN_SECRET_KEY_FILE`。
Database address and key may lie in files named by `…_FILE`. `ANJUAN_TEMPORAL_BIN` names a
Temporal program for `anjuan up`. In production the start is refused without a secret key of your
own, without a public address on https, with failpoints, with debug logs, or with network logs kept
for less than 183 days.

`anjuan config show` 显示当前设置 · shows those in force.
`anjuan config reference` 生成本页 · makes this page.
"""


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


@app.command()
def reference() -> None:
    """Print the reference page of all settings, as Markdown. 输出设置说明页。"""
    typer.echo(reference_page(), nl=False)


def reference_page() -> str:
    """Return `docs/reference/settings.md`, made from the settings class."""
    rows = [
        f"| `{environment_name(name, field)}` | {_default(field)} | {_cell(field.description)} |\n"
        for name, field in Settings.model_fields.items()
    ]
    return "".join([HEAD, *rows, FOOT])


def _default(field: FieldInfo) -> str:
    return f"`{field.default}`" if field.default_factory is None and field.default != "" else "–"


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|")
