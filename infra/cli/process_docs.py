"""`anjuan process docs`: a page of the manual for each process of a diagram."""

import re
from pathlib import Path
from typing import Annotated

import typer

from infra.cli.process import process_app
from infra.cli.process_pictures import layout_told, playable
from infra.cli.process_text import writing, written
from infra.law_data import load_law_book
from infra.manual_page import manual_page

_UNSAFE = re.compile(r"[^\w.-]")  # in a file's name: an id that is played may hold anything


@process_app.command()
def docs(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="BPMN files")],
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="文件夹 · where the pages go")
    ] = Path(),
) -> None:
    """Write a manual page per process: figure, steps, clocks, letters, clauses. 生成办理手册。"""
    for file in files:
        definition = playable(file)
        for process in definition.processes.values():
            with layout_told():
                page = manual_page(definition, process, load_law_book())
            with writing(str(output)):
                output.mkdir(parents=True, exist_ok=True)
            target = output / f"{_UNSAFE.sub('_', process.id)}.html"
            written(page, str(target))
            typer.echo(target)
