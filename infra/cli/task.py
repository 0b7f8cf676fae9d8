"""`anjuan task`: the work list over the API of a running server."""

from typing import Annotated

import typer

from infra.cli._calling import (
    CLERK,
    HERE,
    Api,
    AsJson,
    Body,
    Key,
    Lang,
    Server,
    read_body,
    show,
    table,
)

app = typer.Typer(name="task", help="待办 · open work.", no_args_is_help=True)

Task = Annotated[str, typer.Argument(metavar="TASK", help="as in `anjuan task list`")]


@app.command(name="list")
def list_tasks(
    *,
    mine: Annotated[bool, typer.Option("--mine", help="我的 · given to me")] = False,
    server: Server = HERE,
    key: Key = CLERK,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """List open tasks, those due first. 待办列表。"""
    page = Api(server, key, lang).get("/tasks", {"mine": str(mine).lower(), "limit": 200})
    rows = [
        [
            one["due"] or "—",
            one["light"],
            one["label"],
            one["number"],
            one["assignee"] or "",
            one["id"],
        ]
        for one in page["items"]
    ]
    heads = ["期限 due", "灯 light", "任务 task", "编号 number", "办理人 assignee", "id"]
    show(page, as_json=as_json, text=table(rows, heads))


@app.command()
def claim(
    task: Task,
    *,
    server: Server = HERE,
    key: Key = CLERK,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """Take a task on. 认领。"""
    _tell(Api(server, key, lang).post(f"/tasks/{task}/commands/claim", {}), as_json=as_json)


@app.command()
def release(
    task: Task,
    *,
    server: Server = HERE,
    key: Key = CLERK,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """Give a task back. 退回。"""
    _tell(Api(server, key, lang).post(f"/tasks/{task}/commands/release", {}), as_json=as_json)


@app.command()
def complete(  # noqa: PLR0913  – one argument per option
    task: Task,
    *,
    command: Annotated[str, typer.Option(help="e.g. filing.accept")] = "",
    with_: Annotated[str, typer.Option("--with", metavar="FILE", help="JSON; - is stdin")] = "",
    server: Server = HERE,
    key: Key = CLERK,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """Do a task by one of its commands. 办结。"""
    api = Api(server, key, lang)
    case = task.rpartition(".")[0]
    api.get(f"/cases/{case}")
    body: Body = {"with": read_body(with_) if with_ else {}}
    if command:
        body["command"] = command
    path = f"/tasks/{task}/commands/complete"
    _tell(api.post(path, body, version=api.version or "*"), as_json=as_json)


def _tell(answer: Body, *, as_json: bool) -> None:
    pending = "已收件，尚未处理 · received, not yet decided"
    show(answer, as_json=as_json, text=answer.get("next", {}).get("sentence") or pending)
