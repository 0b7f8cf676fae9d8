"""`anjuan process deploy`, `anjuan process list`: diagrams that run real cases on a server."""

from pathlib import Path
from typing import Annotated

import typer

from domain.kernel.times import minute_in_china, parse_instant
from infra.cli._calling import HERE, Api, AsJson, Body, Key, Lang, Server, show, table
from infra.cli.exits import Exit, Stop
from infra.cli.process import process_app

ADMIN = "demo-admin"
Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="BPMN files")]


@process_app.command()
def deploy(
    files: Files,
    *,
    server: Server = HERE,
    key: Key = ADMIN,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """Deploy diagrams: sound ones run real cases, without code. 部署流程图。

    Every file is judged by itself: one that is refused leaves its process as it was.
    """
    api = Api(server, key, lang)
    answers: list[Body] = []
    refused: list[str] = []
    try:
        for file in files:
            try:
                answers.append(api.post("/processes", _sent(file)))
            except Stop as stop:
                if stop.code != "process.unsound":  # the end, with what was refused before it
                    told = "\n".join((*refused, str(stop)))
                    raise Stop(stop.exit_code, stop.code, told) from None
                refused.append(f"{file}: {stop}")
    finally:  # what was deployed is told, whatever became of the others
        if answers:
            text = "\n".join(_line(one) for one in answers)
            show({"deployed": answers}, as_json=as_json, text=text)
    if refused:
        raise Stop(Exit.INVALID, "process.unsound", "\n".join(refused))


@process_app.command(name="list")
def list_(
    *, server: Server = HERE, key: Key = ADMIN, lang: Lang = "zh", as_json: AsJson = False
) -> None:
    """List the deployed processes with their versions. 列出已部署的流程。"""
    found = Api(server, key, lang).get("/processes")
    rows = [
        [one["process"], str(one["version"]), "●" if one["current"] else "", one["name"],
         minute_in_china(parse_instant(one["deployed_at"])), one["definition"][:19]]
        for one in found["items"]
    ]  # fmt: skip
    heads = [
        "流程 process",
        "版本 version",
        "现行 current",
        "名称 name",
        "部署 deployed",
        "摘要 hash",
    ]
    show(found, as_json=as_json, text=table(rows, heads))


def _line(one: Body) -> str:
    return f"{one['process']} v{one['version']}  {one['name']}  {one['definition'][:19]}"


def _sent(file: str) -> Body:
    try:
        return {"file": Path(file).name, "source": Path(file).read_bytes().decode("utf-8")}
    except OSError as error:
        message = f"无法读取文件 · cannot read {file}: {error.strerror}"
    except UnicodeDecodeError:
        message = f"{file}: 不是 UTF-8 · not UTF-8"
    raise Stop(Exit.USAGE, "file.unreadable", message)
