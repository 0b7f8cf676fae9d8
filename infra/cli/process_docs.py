"""`anjuan process docs`: a page of the manual for each process of a diagram."""

import re
from pathlib import Path
from typing import Annotated

import typer

from infra.cli.exits import Exit, Stop
from infra.cli.process import process_app
from infra.cli.process_pictures import layout_told, playable
from infra.cli.process_text import writing, written
from infra.law_data import load_law_book

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
    from infra.manual_page import manual_page  # noqa: PLC0415  – it knows every procedure

    pages: dict[Path, tuple[str, str]] = {}  # what a page is of, and the page
    for file in {Path(file).resolve(): file for file in files}.values():
        definition = playable(file)
        for process in definition.processes.values():
            target = output / f"{_UNSAFE.sub('_', process.id)}.html"
            if target in pages:
                raise _taken(target, pages[target][0], f"{file} {process.id}")
            with layout_told():
                page = manual_page(definition, process, load_law_book())
            pages[target] = f"{file} {process.id}", page
    for target, (_, page) in pages.items():
        with writing(str(output)):
            output.mkdir(parents=True, exist_ok=True)
        written(page, str(target))
        typer.echo(target)


def _taken(page: Path, first: str, second: str) -> Stop:
    told = (
        f"{first} 与 {second} 都要写 {page.name}，请改流程编号，或分别用 -o 写入不同文件夹"
        f" · both would write {page.name}: rename one process, or give each a folder with -o"
    )
    return Stop(Exit.USAGE, "page.taken", told)
