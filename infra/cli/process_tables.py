"""`anjuan process decide` and `embed`: play a decision table; write it into a diagram."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from domain.process.checking import Verdict
from domain.process.dmn.model import Decision
from domain.process.dmn.playing import SENTENCES, Answer, decide
from domain.process.dmn.types import text_of as said
from domain.process.faults import Fault
from domain.process.feel import CALENDAR
from domain.process.rules import Level
from infra.bpmn_xml.embedding import embed
from infra.bpmn_xml.judging import judge_tables
from infra.cli._given import bytes_of, input_of, usage
from infra.cli.exits import Exit, Stop
from infra.cli.process_text import Answer as Json
from infra.cli.process_text import plain, print_json, verdict_text, written
from infra.law_data import load_calendar
from infra.settings import load_settings


def is_tables(file: str) -> bool:
    """Whether a file is meant to hold decision tables, by its name."""
    return Path(file).suffix == ".dmn"


def tables_in(files: Iterable[str], level: Level) -> dict[str, Verdict]:
    """Return the verdict on each file of decision tables.

    Raises:
        Stop: a file cannot be read.
    """
    return {file: judge_tables(bytes_of(file), level) for file in files}


def together(verdicts: Iterable[Verdict]) -> Mapping[str, Decision]:
    """Return the tables of several files by id.

    Raises:
        Stop: two files have a table of the same id.
    """
    known: dict[str, Decision] = {}
    for verdict in verdicts:
        for name in verdict.decisions.keys() & known.keys():
            raise usage(f"两个文件都有决策表 {name} · two files have a table {name}")
        known.update(verdict.decisions)
    return known


def play_table(
    file: Annotated[str, typer.Argument(metavar="FILE", help="a DMN file")],
    *,
    input_: Annotated[str, typer.Option("--input", help="variables: JSON, @FILE or -")] = "{}",
    decision: Annotated[str | None, typer.Option("--decision", help="id of the table")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Play a decision table: which rows hit and why. 试算决策表。"""
    verdict = judge_tables(bytes_of(file))
    if not verdict.ok:
        typer.echo(verdict_text(file, verdict), err=True)
        raise typer.Exit(Exit.FAILURE)
    table = _chosen(verdict.decisions, decision)
    given = input_of(input_)
    if not isinstance(given, dict):
        raise usage("--input: 须为 JSON 对象 · a JSON object of variables")
    calendar = load_calendar(load_settings().data / "calendars")
    answer = decide(table, {**given, CALENDAR: calendar})
    if as_json:
        print_json(_json(table, answer))
    else:
        typer.echo("\n".join(_lines(file, table, answer)))
    if answer.trouble is not None:
        raise typer.Exit(Exit.FAILURE)


def embed_tables(
    file: Annotated[str, typer.Argument(metavar="FILE", help="a BPMN file")],
    tables: Annotated[list[str], typer.Argument(metavar="TABLES", help="DMN files")],
    *,
    output: Annotated[str, typer.Option("--output", "-o", help="BPMN file; - is stdout")] = "-",
) -> None:
    """Write decision tables into a diagram, ready to be deployed. 将决策表写入流程文件。"""
    found = {one: bytes_of(one) for one in tables}
    verdicts = {one: judge_tables(data) for one, data in found.items()}
    for name, verdict in verdicts.items():
        if not verdict.ok:
            typer.echo(verdict_text(name, verdict), err=True)
            raise typer.Exit(Exit.FAILURE)
    together(verdicts.values())
    made = embed(bytes_of(file), found.values())
    if isinstance(made, Fault):
        raise Stop(Exit.FAILURE, made.rule, f"{file}: {made.message}")
    written(made.decode("utf-8"), output)


def _chosen(decisions: Mapping[str, Decision], wanted: str | None) -> Decision:
    if wanted is None and len(decisions) == 1:
        return next(iter(decisions.values()))
    if wanted is None or wanted not in decisions:
        raise usage(f"--decision: {' 或 or '.join(decisions)}")
    return decisions[wanted]


def _json(table: Decision, answer: Answer) -> Json:
    return {
        "decision": table.id,
        "policy": table.policy,
        "inputs": [
            {"label": column.label, "value": plain(value)}
            for column, value in zip(table.inputs, answer.inputs, strict=True)
        ],
        "hits": list(answer.hits),
        "rows": [
            {
                "row": row.number,
                "id": row.id,
                "line": row.line,
                "hit": column is None,
                "unmet": None
                if column is None
                else {"input": table.inputs[column].label, "cell": row.tests[column].text},
            }
            for row, column in zip(table.rows, answer.unmet, strict=False)
        ],
        "value": plain(answer.value),
        "trouble": answer.trouble,
        "message": _trouble(answer),
    }


def _lines(file: str, table: Decision, answer: Answer) -> Iterable[str]:
    yield f"{file}: {table.name} ({table.policy})"
    for column, value in zip(table.inputs, answer.inputs, strict=True):
        yield f"  输入 input   {column.label} = {said(value)}"
    for row, unmet in zip(table.rows, answer.unmet, strict=False):
        if unmet is None:
            yield f"  命中 hit     {row.number:>3}  {row.note}".rstrip()
        else:
            cell = row.tests[unmet].text
            yield f"  不符 unmet   {row.number:>3}  {table.inputs[unmet].label}: {cell}"
    yield f"  结论 answer  {_trouble(answer) or said(answer.value)}"


def _trouble(answer: Answer) -> str | None:
    if answer.trouble is None:
        return None
    zh, en = SENTENCES[answer.trouble]
    return f"{zh}；{en} ({answer.detail}) [{answer.trouble}]"
