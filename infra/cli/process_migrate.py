"""`anjuan process migrate`: open cases go on in another version of their diagram."""

import json
from typing import Annotated

import typer

from infra.cli._calling import HERE, Api, AsJson, Body, Lang, Server
from infra.cli._migrating import order_of, told
from infra.cli.exits import Exit, Stop
from infra.cli.process import process_app

OPERATOR = "demo-admin"
Procedure = Annotated[
    str, typer.Argument(metavar="PROCEDURE", help="程序或流程 · a procedure, e.g. filing")
]
To = Annotated[
    str, typer.Option("--to", metavar="FILE|HASH", help="新流程图 · a BPMN file, or sha256:…")
]
Deadlines = Annotated[
    list[str],
    typer.Option(
        "--deadlines",
        metavar="[KEY=]keep|reset|rederive",
        help="进行中的期限：保留、重起或重算 · what becomes of running terms; again for one.",
    ),
]
Maps = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="OLD=NEW", help="改了编号的环节 · an element with another id."),
]
Cases = Annotated[
    list[str] | None,
    typer.Option("--cases", metavar="NUMBERS", help="只这些办件 · these cases alone."),
]
Key = Annotated[str, typer.Option("--key", help="运维人员的密钥 · the operator's API key.")]


@process_app.command()
def migrate(  # noqa: PLR0913, PLR0917  – one argument per option
    procedure: Procedure,
    to: To,
    deadlines: Deadlines,
    maps: Maps = None,
    cases: Cases = None,
    reason: Annotated[str, typer.Option("--reason", help="为什么 · why; told in each case.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只预演 · store nothing")] = False,  # noqa: FBT002  – an option
    yes: Annotated[bool, typer.Option("--yes", help="确认迁移 · really move them")] = False,  # noqa: FBT002  – an option
    server: Server = HERE,
    key: Key = OPERATOR,
    lang: Lang = "zh",
    as_json: AsJson = False,  # noqa: FBT002  – an option
) -> None:
    """Move open cases to another version of their diagram; each is judged by itself. 办件换版。"""
    if dry_run == yes:
        raise Stop(Exit.USAGE, "command.malformed", "--dry-run 或 --yes 二选一 · say one of them")
    why = reason or ("预演" if dry_run else "")
    if not why:
        raise Stop(Exit.USAGE, "command.malformed", "请用 --reason 写明原因 · say why: --reason")
    order = order_of(to, maps or [], deadlines, cases or [], why)
    api = Api(server, key, lang)
    pages = _pages(api, f"/processes/{procedure}/migrations", order, dry_run=dry_run)
    document = pages[0] | {"items": [one for page in pages for one in page["items"]]}
    shown = json.dumps(document | {"next_cursor": None}, ensure_ascii=False, indent=2)
    typer.echo(shown if as_json else told(pages, lang))
    if not dry_run and any(one["outcome"] == "pending" for one in document["items"]):
        raise typer.Exit(Exit.TRY_LATER)


def _pages(api: Api, path: str, order: Body, *, dry_run: bool) -> list[Body]:
    """Return every page of the answer; each is an order of its own."""
    pages: list[Body] = []
    cursor: str | None = ""
    while cursor is not None:
        pages.append(api.post(path, order | {"cursor": cursor}, dry_run=dry_run))
        cursor = pages[-1]["next_cursor"]
    return pages
