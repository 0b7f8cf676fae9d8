"""`anjuan deadline`: the board and the ledger over the API of a running server."""

from typing import Annotated

import typer

from infra.cli._calling import CLERK, HERE, Api, AsJson, Key, Lang, Server, show, table
from infra.cli.case import ledger

app = typer.Typer(name="deadline", help="期限 · deadlines.", no_args_is_help=True)


@app.command(name="list")
def list_deadlines(
    *,
    light: Annotated[str, typer.Option(help="green, amber, red …")] = "",
    server: Server = HERE,
    key: Key = CLERK,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """List running deadlines, first due first. 期限列表。"""
    query = {"light": light} if light else {}
    page = Api(server, key, lang).get("/deadlines", {**query, "limit": 200})
    rows = [
        [one["due"] or "—", one["light"], one["label"], one["number"], one["id"]]
        for one in page["items"]
    ]
    show(
        page,
        as_json=as_json,
        text=table(rows, ["期限 due", "灯 light", "事项 what", "编号 number", "id"]),
    )


@app.command()
def explain(
    deadline: Annotated[str, typer.Argument(metavar="DEADLINE", help="as in the list")],
    *,
    server: Server = HERE,
    key: Key = CLERK,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """Show each day of a deadline: counted, skipped or paused. 逐日说明。"""
    found = Api(server, key, lang).get(f"/deadlines/{deadline}")
    show(found, as_json=as_json, text=ledger(found))
