"""From the bytes of a file to a verdict, and to the definition a case runs on."""

from collections.abc import Mapping
from dataclasses import replace

from domain.process.checking import HasTerm, Verdict, check, check_tables
from domain.process.dmn.model import Decision
from domain.process.faults import Fault, fault_at
from domain.process.rules import Level
from infra.bpmn_xml.reader import elements, parsed, read
from infra.bpmn_xml.schema import unmet


def judge(
    data: bytes,
    file: str,
    level: Level = "played",
    has_term: HasTerm | None = None,
    decisions: Mapping[str, Decision] | None = None,
) -> Verdict:
    """Return the verdict on a file; its definition when nothing speaks against `level`.

    `file` is only a name for messages. `has_term` says whether the law book knows a key; without it
    `law:` timers are believed. `decisions` are tables of other files that its tasks may ask.
    """
    reading = read(data, file)
    drawing, tree = reading.drawing, reading.tree
    if drawing is None or tree is None:
        return Verdict(reading.faults)
    drawing = replace(drawing, decisions=decisions or {})
    return check(drawing, level, schema=lambda: unmet(tree), has_term=has_term)


def judge_tables(data: bytes, level: Level = "played") -> Verdict:
    """Return the verdict on a DMN file, with those of its tables that have no fault."""
    root = parsed(data)
    if isinstance(root, Fault):
        return Verdict((root,))
    drawn = elements(root)
    if drawn is None:
        return Verdict((fault_at("file.size", None, 1),))
    if drawn.space != "dmn" or drawn.tag != "definitions":
        return Verdict((fault_at("dmn.root", None, drawn.line),))
    return check_tables(drawn, level)
