"""`anjuan process`: check and play diagrams. No server, no database, no waiting."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated

import typer

from domain.kernel.times import legal_day
from domain.law.book import NoRule
from domain.law.clock import due
from domain.process.checking import Verdict
from domain.process.dmn.model import Decision
from domain.process.faults import fault_at
from domain.process.feel import CALENDAR
from domain.process.model import Definition
from domain.process.rules import Level
from domain.process.script import ScriptError, parse_script
from domain.process.simulate import Played, simulate
from infra.bpmn_xml.judging import judge
from infra.cli._given import bytes_of, input_of, json_of, text_of, usage
from infra.cli.exits import Exit, Stop
from infra.cli.process_tables import embed_tables, is_tables, play_table, tables_in, together
from infra.cli.process_text import (
    Answer,
    played_json,
    played_text,
    print_json,
    rejected_json,
    verdict_text,
)
from infra.law_data import load_calendar, load_law_book
from infra.settings import load_settings

app = process_app = typer.Typer(
    name="process", help="流程图 · check, play and draw procedures.", no_args_is_help=True
)

app.command("decide")(play_table)
app.command("embed")(embed_tables)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]
Files = Annotated[list[str], typer.Argument(metavar="FILE", help="BPMN and DMN files")]
Tables = Annotated[list[str] | None, typer.Option("--tables", help="a DMN file its tasks may ask")]
File = Annotated[str | None, typer.Argument(metavar="[FILE]", help="a BPMN file")]


@app.command()
def check(
    files: Files,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="警告也算错误")] = False,
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with diagrams and tables: file, line, rule. 检查流程图与决策表。"""
    level: Level = "own" if strict else "played"
    tables = tables_in(filter(is_tables, files), level)
    known = together(tables.values())
    verdicts = [
        (file, tables.get(file) or judged(bytes_of(file), file, level, known)) for file in files
    ]
    if as_json:
        print_json([_verdict_json(file, verdict) for file, verdict in verdicts])
    else:
        for file, verdict in verdicts:
            typer.echo(verdict_text(file, verdict))
    if not all(verdict.ok for _, verdict in verdicts):
        raise typer.Exit(Exit.FAILURE)


@app.command()
def run(
    file: File = None,
    *,
    input_: Annotated[str, typer.Option("--input", help="JSON, @FILE or -")] = "{}",
    tables: Tables = None,
    batch: Annotated[str | None, typer.Option("--batch", help="list of {file, input}")] = None,
    log: Annotated[bool, typer.Option("--log", help="every step in the JSON answer")] = False,
    as_json: AsJson = False,
) -> None:
    """Play a diagram on a virtual clock. 在虚拟时钟上试走流程。"""
    if (file is None) == (batch is None):
        raise usage("FILE 或 --batch 二选一 · say FILE or --batch")
    if batch is not None:
        print_json(_run_batch(batch, log=log))
        return
    path = file or ""
    known = together(tables_in(tables or (), "played").values())
    verdict = judged(bytes_of(path), path, "played", known)
    given = input_of(input_)
    try:
        how = None if verdict.definition is None else played(verdict.definition, given)
    except ScriptError as error:
        raise usage(str(error)) from None
    if as_json:
        print_json(_answer(verdict, how, log=log))
    elif verdict.definition is None or how is None:
        typer.echo(verdict_text(path, verdict))
    else:
        typer.echo(played_text(verdict.definition, how))
    if how is None:
        raise typer.Exit(Exit.FAILURE)


def _answer(verdict: Verdict, how: Played | None, *, log: bool) -> Answer:
    return rejected_json(verdict.faults) if how is None else played_json(how, log=log)


def played(definition: Definition, given: object) -> Played:
    """Return how a diagram goes by a script, with the calendar and law shipped.

    Raises:
        ScriptError: it is no script for this diagram.
    """
    script = parse_script(definition, given)
    calendar = load_calendar(load_settings().data / "calendars")
    script = replace(script, variables={**script.variables, CALENDAR: calendar})
    return simulate(definition, script, _law_timer(script.jurisdiction))


def _run_batch(batch: str, *, log: bool) -> list[Answer]:
    entries = json_of(text_of(batch), batch)
    if not isinstance(entries, list):
        raise usage(f"{batch}: 须为列表 · a JSON list of {{file, input}}")
    known: dict[str, Verdict] = {}
    return [_run_entry(entry, known, log=log) for entry in entries]


def _run_entry(entry: object, known: dict[str, Verdict], *, log: bool) -> Answer:
    """Return the answer to one entry; whatever is wrong with it stays with it."""
    try:
        file, given = _entry(entry)
        if file not in known:
            known[file] = judged(bytes_of(file), file, "played")
        definition = known[file].definition
        how = None if definition is None else played(definition, given)
        return _answer(known[file], how, log=log)
    except (ScriptError, Stop) as error:
        return rejected_json((fault_at("input", None, 0, str(error)),))
    except Exception as error:  # noqa: BLE001  – a broken entry must not take others with it
        return rejected_json((fault_at("input", None, 0, type(error).__name__),))


def _entry(entry: object) -> tuple[str, object]:
    if not isinstance(entry, dict) or not isinstance(entry.get("file"), str):
        raise ScriptError("an entry is {file, input}")
    if unknown := sorted(set(entry) - {"file", "input"}):
        raise ScriptError(f"unknown key {unknown[0]}")
    return entry["file"], entry.get("input", {})


def judged(
    data: bytes, file: str, level: Level, decisions: Mapping[str, Decision] | None = None
) -> Verdict:
    """Return the verdict on a BPMN file, by the law book shipped."""
    keys = frozenset(load_law_book().keys)
    return judge(data, file, level, keys.__contains__, decisions)


def _law_timer(jurisdiction: str) -> Callable[[str, datetime], datetime | None]:
    """Return how `law:` timers are counted in a place; None where the law book has no answer."""

    def timer(key: str, start: datetime) -> datetime | None:
        term = load_law_book().term(key, jurisdiction, legal_day(start))
        if isinstance(term, NoRule):
            return None
        calendar = load_calendar(load_settings().data / "calendars")
        return due(term, start, calendar).effective

    return timer


def _verdict_json(file: str, verdict: Verdict) -> Answer:
    return {
        "file": file,
        "ok": verdict.ok,
        "faults": [one.to_json() for one in verdict.faults],
        "warnings": [one.to_json() for one in verdict.warnings],
    }


if __name__ == "__main__":
    app()
