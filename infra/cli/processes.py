"""`anjuan worker` and `anjuan api`: one process each, logs on stdout, ended by SIGTERM."""

from collections.abc import Callable
from typing import NoReturn

import typer

from infra.cli._database import database_told

app = typer.Typer()


@app.command()
def worker() -> None:
    """Run a worker: turns of cases, service work, reconciling. 运行工作进程。"""
    from infra.worker import main  # noqa: PLC0415  – loads Temporal

    _run(main)


@app.command()
def api() -> None:
    """Run the web process: HTTP interface and console. 运行接口与控制台。"""
    from api.main import main  # noqa: PLC0415  – loads FastAPI

    _run(main)


def _run(main: Callable[[], int]) -> NoReturn:
    with database_told():
        raise typer.Exit(main())
