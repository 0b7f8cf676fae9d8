"""Writes decision tables for tests from a line of columns and a line per row.

    table("n:number{[0..9]}, yes:boolean -> out:string", '> 5 | - | "a"', …, policy="FIRST")

A column may say what it allows in brackets of its own, an output what is usual:
`kind:string{"a", "b"}`, `out:number=0`.
"""

import re
from collections.abc import Mapping
from html import escape

from domain.process.checking import Verdict
from domain.process.dmn.model import Decision
from domain.process.dmn.playing import Answer, decide
from domain.process.feel import Value
from domain.process.rules import Level
from infra.bpmn_xml.judging import judge_tables

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
_COLUMN = re.compile(r"(?P<name>[^:{}]+)(:(?P<type>[^{}]*))?(\{(?P<allowed>.*)\})?")


def table(columns: str, *rows: str, policy: str = "UNIQUE", aggregation: str = "") -> bytes:
    """Return a DMN file of one decision `t`."""
    return definitions(decision("t", columns, *rows, policy=policy, aggregation=aggregation))


def definitions(*decisions: str, space: str = DMN) -> bytes:
    inside = "".join(decisions)
    return f'<definitions xmlns="{space}" name="d" namespace="n">{inside}</definitions>'.encode()


def decision(
    which: str, columns: str, *rows: str, policy: str = "UNIQUE", aggregation: str = ""
) -> str:
    asks, _, says = columns.partition("->")
    collected = f' aggregation="{aggregation}"' if aggregation else ""
    parts = [f'<decision id="{which}"><decisionTable hitPolicy="{policy}"{collected}>']
    parts += [_input(one) for one in _split(asks)]
    parts += [_output(one) for one in _split(says)]
    inputs = len(_split(asks))
    for row in rows:
        cells = [escape(cell.strip()) for cell in row.split("|")]
        parts.append("<rule>")
        parts += [f"<inputEntry><text>{one}</text></inputEntry>" for one in cells[:inputs]]
        parts += [f"<outputEntry><text>{one}</text></outputEntry>" for one in cells[inputs:]]
        parts.append("</rule>")
    return "\n".join([*parts, "</decisionTable></decision>"])


def _split(columns: str) -> list[str]:
    return [one.strip() for one in re.split(r",(?![^{]*\})", columns) if one.strip()]


def _input(text: str) -> str:
    name, kind, allowed = _column(text)
    values = f"<inputValues><text>{allowed}</text></inputValues>" if allowed else ""
    asks = f'<inputExpression typeRef="{kind}"><text>{name}</text></inputExpression>'
    return f'<input label="{name}">{asks}{values}</input>'


def _output(text: str) -> str:
    name, kind, allowed = _column(text)
    kind, _, default = kind.partition("=")
    values = f"<outputValues><text>{allowed}</text></outputValues>" if allowed else ""
    usual = f"<defaultOutputEntry><text>{default}</text></defaultOutputEntry>" if default else ""
    return f'<output name="{name}" typeRef="{kind}">{values}{usual}</output>'


def _column(text: str) -> tuple[str, str, str]:
    found = _COLUMN.fullmatch(text)
    assert found is not None, text
    return tuple(escape(found[part] or "") for part in ("name", "type", "allowed"))  # type: ignore[return-value]


def judged(data: bytes, level: Level = "played") -> Verdict:
    return judge_tables(data, level)


def rules(data: bytes, level: Level = "played") -> list[str]:
    """Return the rules a file breaks at a level."""
    return [one.rule for one in judged(data, level).faults]


def read(data: bytes) -> Decision:
    """Return the one table of a file without faults."""
    verdict = judged(data)
    assert verdict.ok, verdict.faults
    (found,) = verdict.decisions.values()
    return found


def play(data: bytes, **variables: Value) -> Answer:
    return decide(read(data), variables)


def value(data: bytes, variables: Mapping[str, Value]) -> Value:
    """Return what a table answers; it must have an answer."""
    found = decide(read(data), variables)
    assert found.trouble is None, found
    return found.value
