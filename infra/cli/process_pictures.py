"""`anjuan process render` and `diff`: diagrams as pictures, and what changed between two."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from domain.kernel.errors import Language
from domain.process.difference import Change, difference
from domain.process.difference_words import told
from domain.process.model import Definition
from domain.process.picture import NoLayoutError, svg
from domain.process.picture_difference import difference_svg
from domain.process.script import ScriptError
from domain.process.simulate import Played
from infra.cli._calling import show
from infra.cli._given import bytes_of, input_of, usage
from infra.cli.exits import Exit, Stop
from infra.cli.process import AsJson, judged, played, process_app
from infra.cli.process_text import verdict_text, written

Elements = list[str] | None


@process_app.command()
def render(
    file: Annotated[str, typer.Argument(metavar="FILE", help="a BPMN file")],
    *,
    output: Annotated[str, typer.Option("--output", "-o", help="SVG file; - is stdout")] = "-",
    active: Annotated[Elements, typer.Option("--active", help="element id")] = None,
    taken: Annotated[Elements, typer.Option("--taken", help="flow id")] = None,
    counts: Annotated[
        Elements, typer.Option("--count", metavar="ID=N", help="how often it was reached")
    ] = None,
    input_: Annotated[
        str | None, typer.Option("--input", help="play this first, as `run`: JSON, @FILE or -")
    ] = None,
) -> None:
    """Draw a diagram as SVG: position, way, counts; `--input` plays it first. 绘制流程图。"""
    definition = playable(file)
    standing, way = frozenset(active or ()), frozenset(taken or ())
    reached = dict(_counted(one) for one in counts or ())
    _known(definition, {*standing, *way, *reached})
    if input_ is not None:
        how = _played(definition, input_of(input_))
        standing |= how.marking.active
        way |= {line.element for line in how.log if line.what == "taken"}
        reached = _reached(definition, how) | reached
    with layout_told():
        written(svg(definition, standing, way, reached), output)


@process_app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="BPMN file, the older version")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="BPMN file, the newer version")],
    *,
    picture: Annotated[
        str, typer.Option("--svg", metavar="FILE", help="picture of both; - is stdout 画图")
    ] = "",
    lang: Annotated[
        Language | None, typer.Option("--lang", help="语言，不写则两种 · language; unsaid: both")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell two versions of a diagram apart, in words and as a picture. 比较两个版本。"""
    before, after = playable(old), playable(new)
    changes = difference(before, after)
    if picture:
        with layout_told():
            written(difference_svg(before, after), picture)
    if picture == "-":
        return
    document = {
        "old": {"file": old, "hash": before.hash},
        "new": {"file": new, "hash": after.hash},
        "changes": [_json(one) for one in changes],
    }
    lines = [_line(one, lang) for one in changes]
    nothing = "含义没有变化 · nothing changed in meaning"
    show(document, as_json=as_json, text="\n".join(lines) or nothing)


def playable(file: str) -> Definition:
    """Return the definition in a BPMN file; one with faults ends the command, which names them.

    Raises:
        Exit: it has faults.
        Stop: it cannot be read.
    """
    verdict = judged(bytes_of(file), file, "played")
    if verdict.definition is None:
        typer.echo(verdict_text(file, verdict), err=True)
        raise typer.Exit(Exit.FAILURE)
    return verdict.definition


@contextmanager
def layout_told() -> Iterator[None]:
    """Tell people of a diagram without layout, which cannot be drawn."""
    try:
        yield
    except NoLayoutError as error:
        raise Stop(Exit.FAILURE, "diagram.no_layout", f"图中没有布局 · {error}") from None


def _known(definition: Definition, named: set[str]) -> None:
    for one in sorted(named - definition.nodes.keys() - definition.flows.keys()):
        raise usage(f"{one}: 图中没有 · the diagram has no such element")


def _counted(text: str) -> tuple[str, int]:
    element, _, number = text.partition("=")
    if not (element and number.isascii() and number.isdecimal()):
        raise usage(f"--count {text}: 写作 环节=次数 · write element=number")
    return element, int(number)


def _played(definition: Definition, given: object) -> Played:
    try:
        return played(definition, given)
    except ScriptError as error:
        raise usage(str(error)) from None


def _reached(definition: Definition, how: Played) -> dict[str, int]:
    """Return how often a token came to each element; a start counts by its way out."""
    took = [definition.flows[line.element] for line in how.log if line.what == "taken"]
    ways = Counter(one.target for one in took)
    ways.update(one.source for one in took if not definition.nodes[one.source].incoming)
    return dict(ways)


def _json(one: Change) -> dict[str, str]:
    return {
        "change": one.kind,
        "what": one.what,
        "element": one.element,
        "name": one.name,
        "before": one.before,
        "after": one.after,
        "zh": told(one, "zh"),
        "en": told(one, "en"),
    }


def _line(one: Change, lang: Language | None) -> str:
    return told(one, lang) if lang else f"{told(one, 'zh')} · {told(one, 'en')}"
