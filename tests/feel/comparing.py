"""Asks both engines and compares their answers."""

import json
import math
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from domain.process.feel import Value, compile_cell, compile_expression
from domain.process.feel.dates import moment
from domain.process.feel.values import Months
from tests.feel.making import VARIABLES

ORACLE = Path(__file__).with_name("oracle.mjs")
SAMPLE = Path(__file__).with_name("sample.json")
KNOWN: Mapping[str, Value] = json.loads(json.dumps(VARIABLES), parse_float=Decimal)
TOLERANCE = 1e-9
Plain = Any  # a JSON value


def feelin(expressions: Sequence[str | Mapping[str, object]]) -> list[Plain]:
    """Return feelin's answers to expressions and to `{cell, value}` as plain values."""
    node = shutil.which("node")
    assert node is not None, "Node 20 is needed"
    asked = json.dumps({"variables": VARIABLES, "expressions": list(expressions)})
    done = subprocess.run([node, ORACLE], input=asked, capture_output=True, text=True, check=True)  # noqa: S603
    answers: list[Plain] = json.loads(done.stdout)
    return answers


def ours(text: str) -> Value:
    """Return our answer."""
    return compile_expression(text).evaluate(KNOWN)


def holds(cell: str, value: float) -> bool:
    """Return whether a cell holds of a number, here."""
    return compile_cell(cell).holds(Decimal(str(value)), KNOWN)


def same(mine: Value, theirs: Plain) -> bool:
    """Whether our answer is feelin's; numbers as near as binary fractions can be."""
    if isinstance(mine, int | Decimal) and not isinstance(mine, bool):
        return _numbers(Decimal(mine), theirs)
    if isinstance(mine, date | time | timedelta | Months):
        return isinstance(theirs, dict) and moment(theirs.get("moment")) == mine
    if isinstance(mine, list | tuple):
        return isinstance(theirs, list) and _all(mine, theirs)
    if isinstance(mine, Mapping):
        other = theirs.get("context") if isinstance(theirs, dict) else None
        return (
            isinstance(other, dict)
            and list(mine) == list(other)
            and _all(mine.values(), other.values())
        )
    return type(mine) is type(theirs) and bool(mine == theirs)


def exactly(mine: Value, theirs: Plain) -> bool:
    """Whether our answer is feelin's to the last digit of every number."""
    if isinstance(mine, int | Decimal) and not isinstance(mine, bool):
        return isinstance(theirs, dict) and _decimal(theirs) == mine
    if isinstance(mine, list | tuple) and isinstance(theirs, list):
        return len(mine) == len(theirs) and all(map(exactly, mine, theirs))
    if isinstance(mine, Mapping) and isinstance(theirs, dict) and "context" in theirs:
        other = theirs["context"]
        return list(mine) == list(other) and all(map(exactly, mine.values(), other.values()))
    return same(mine, theirs)


def _decimal(theirs: Mapping[str, str]) -> Decimal | None:
    try:
        return Decimal(theirs.get("number", ""))
    except InvalidOperation:
        return None


def _numbers(mine: Decimal, theirs: Plain) -> bool:
    if not isinstance(theirs, dict) or "number" not in theirs:
        return False
    return math.isclose(mine, float(theirs["number"]), rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def _all(mine: Iterable[Value], theirs: Iterable[Plain]) -> bool:
    left, right = list(mine), list(theirs)
    return len(left) == len(right) and all(map(same, left, right))
