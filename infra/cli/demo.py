"""`anjuan demo`: one whole filing on the sandbox clock, or a whole province."""

from pathlib import Path
from typing import Annotated

import typer

from infra.cli._here import url_here

app = typer.Typer()


@app.command()
def demo(
    *,
    server: Annotated[
        str,
        typer.Option(
            "--server", metavar="URL", help="沙箱地址；未写明时为本机 · a sandbox; unsaid: here."
        ),
    ] = "",
    application: Annotated[
        Path | None, typer.Option("--application", help="body of the application 申请内容")
    ] = None,
    province: Annotated[
        bool, typer.Option("--province", help="a whole province in every state 演示全省各类办件")
    ] = False,
) -> None:
    """Play one filing to its end on the sandbox clock, once. 演示一宗备案。

    With `--province` a tenant of its own gets filings, plans and batches in every state instead.
    """
    from infra.cli._demo import play_filing, play_province  # noqa: PLC0415  – slow to load

    server = server or url_here()
    if province:
        play_province(server)
    else:
        play_filing(server, application)
