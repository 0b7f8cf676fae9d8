"""What `anjuan process` prints: JSON by the contract, and lines for people."""

import json
import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import typer

from domain.process.advice import Hint, hints
from domain.process.checking import Verdict
from domain.process.faults import Fault
from domain.process.feel import Value
from domain.process.model import Definition
from domain.process.simulate import Played
from domain.process.timers import span_text
from infra.cli.exits import Exit, Stop

Answer = dict[str, Any]
_TOLD = frozenset(("started", "completed", "cancelled", "fired", "thrown", "caught", "joined"))
_FIRST, _LAST = 30, 8  # lines told of a run that went round until it was stopped


def played_json(played: Played, *, log: bool) -> Answer:
    """Return how a run went as JSON."""
    answer: Answer = {
        "status": played.status,
        "error": played.error,
        "trace": list(played.trace),
        "variables": {name: plain(value) for name, value in played.variables.items()},
        "open": list(played.open),
        "overlaps": [list(pair) for pair in played.overlaps],
        "clock": span_text(played.clock),
    }
    if log:
        answer["log"] = [
            {"at": span_text(line.at), "element": line.element, "what": line.what}
            for line in played.log
        ]
    return answer


def rejected_json(faults: Iterable[Fault]) -> Answer:
    """Return the answer to a run that never began."""
    return {
        "status": "rejected",
        "error": None,
        "trace": [],
        "variables": {},
        "open": [],
        "overlaps": [],
        "clock": "PT0S",
        "faults": [one.to_json() for one in faults],
    }


def print_json(answer: object) -> None:
    """Print one JSON document."""
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def written(text: str, output: str) -> None:
    """Write a document to a file; `-` is stdout.

    Raises:
        Stop: the file cannot be written.
    """
    if output == "-":
        typer.echo(text)
        return
    with writing(output):
        Path(output).write_text(text, encoding="utf-8")


@contextmanager
def writing(output: str) -> Iterator[None]:
    """Tell people of what cannot be written.

    Raises:
        Stop: it cannot.
    """
    try:
        yield
    except OSError as error:
        said = f"无法写入文件 · cannot write {output}: {error.strerror}"
        raise Stop(Exit.FAILURE, "file.not_written", said) from None


def plain(value: Value) -> Value:
    """Return a value as JSON: dates, durations and numbers beyond any reader's range as texts."""
    match value:
        case Decimal():
            return _number(value)
        case None | bool() | int() | str():
            return value
        case Mapping():
            return {key: plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _number(value: Decimal) -> int | float | str:
    if value and value.adjusted() > sys.float_info.max_10_exp:
        return str(value)
    return int(value) if value == value.to_integral_value() else float(value)


def verdict_text(file: str, verdict: Verdict) -> str:
    """Return a verdict for people: `file:line: element: message [rule]`."""
    lines = [_fault_text(file, one, "") for one in verdict.faults]
    lines += [_fault_text(file, one, "警告 warning: ") for one in verdict.warnings]
    return "\n".join(lines or [f"{file}: 通过 ok"])


def _fault_text(file: str, one: Fault, mark: str) -> str:
    return f"{file}:{one.line}: {one.element or '-'}: {mark}{one.message} [{one.rule}]"


def played_text(definition: Definition, played: Played) -> str:
    """Return a run for people: its timeline, how it ended, and what would lead it on."""
    names = {one.id: one.name for one in definition.nodes.values()}
    lines = [
        f"{span_text(line.at):>12}  {line.what:<9}  {names.get(line.element) or line.element}"
        for line in played.log
        if line.what in _TOLD
    ]
    if played.error == "run.too_long" and len(lines) > _FIRST + _LAST:
        left = f"{len(lines) - _FIRST - _LAST}"
        said = f"… 省略 {left} 行 · {left} lines left out: --json --log"
        lines = [*lines[:_FIRST], said, *lines[-_LAST:]]
    error = f" {played.error}" if played.error else ""
    standing = f" @ {', '.join(played.open)}" if played.open else ""
    lines.append(f"{span_text(played.clock):>12}  {played.status}{error}{standing}")
    return "\n".join([*lines, *_advice(hints(definition, played))])


def _advice(found: Iterable[Hint]) -> Iterator[str]:
    for one in dict.fromkeys((hint.zh, hint.en, _given(hint)) for hint in found):
        zh, en, given = one
        yield f"{zh} · {en}"
        if given:
            yield f"    --input {shlex.quote(given)}"


def _given(hint: Hint) -> str:
    return json.dumps(hint.given, ensure_ascii=False) if hint.given is not None else ""
