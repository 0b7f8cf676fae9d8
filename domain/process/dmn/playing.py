"""Playing a table: which rows hit, what they say together, or why there is no answer.

    unique (U)      at most one row may hit
    any (A)         several may, if they say the same
    first (F)       the first that hits, in the order of the file
    rule_order (R)  all that hit, as a list in the order of the file
    collect (C)     all that hit: as a list, or their sum, smallest, largest or number

A table without a row that hits answers its defaults, else null; a list is then empty, a count 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from domain.process.dmn.model import Aggregator, Decision, Row
from domain.process.dmn.types import as_kind, fits, text_of
from domain.process.feel import Value
from domain.process.feel.frame import MAX_STEPS, Steps, Variables
from domain.process.feel.functions import FUNCTIONS
from domain.process.feel.values import equal

Trouble = Literal["decision.input", "decision.unique", "decision.any", "decision.output"]
SENTENCES: Mapping[Trouble, tuple[str, str]] = {
    "decision.input": ("输入的类型或取值不符合决策表", "an input has the wrong type or value"),
    "decision.unique": ("唯一命中的表有多行命中", "several rows of a unique table hit"),
    "decision.any": ("命中的各行结论不同", "the rows that hit say different things"),
    "decision.output": ("输出的类型或取值不符合决策表", "an output has the wrong type or value"),
}
_FUNCTIONS: Mapping[Aggregator, str] = {"sum": "sum", "min": "min", "max": "max"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a table was played; `value` is null when `trouble` says why there is no answer."""

    value: Value = None
    inputs: tuple[Value, ...] = ()  # by column
    hits: tuple[int, ...] = ()  # numbers of the rows that hit
    unmet: tuple[int | None, ...] = ()  # by row: the first column it did not meet; None: it hit
    trouble: Trouble | None = None
    detail: str = ""


def decide(decision: Decision, variables: Variables) -> Answer:
    """Return the answer of a table; it never fails. All its loops share one budget of steps."""
    steps = [MAX_STEPS]
    asked = tuple(
        as_kind(one.kind, one.expression.evaluate(variables, steps)) for one in decision.inputs
    )
    for column, value in zip(decision.inputs, asked, strict=True):
        refused = column.allowed is not None and value is not None
        if not fits(column.kind, value) or (
            refused and column.allowed and not column.allowed.holds(value, variables, steps)
        ):
            detail = f"{column.label} = {text_of(value)}"
            return Answer(inputs=asked, trouble="decision.input", detail=detail)
    unmet = tuple(_unmet(row, asked, variables, steps) for row in decision.rows)
    hits = [row for row, column in zip(decision.rows, unmet, strict=True) if column is None]
    said = _Said(decision, variables, steps)
    value = said.together(hits)
    return Answer(
        value=None if said.trouble else value,
        inputs=asked,
        hits=tuple(row.number for row in hits),
        unmet=unmet,
        trouble=said.trouble,
        detail=said.detail,
    )


def _unmet(row: Row, asked: tuple[Value, ...], variables: Variables, steps: Steps) -> int | None:
    for column, (cell, value) in enumerate(zip(row.tests, asked, strict=True)):
        if not cell.holds(value, variables, steps):
            return column
    return None


class _Said:
    """What the rows that hit say, and the first trouble met on the way."""

    def __init__(self, decision: Decision, variables: Variables, steps: Steps) -> None:
        self._decision, self._variables, self._steps = decision, variables, steps
        self.trouble: Trouble | None = None
        self.detail = ""

    def together(self, hits: list[Row]) -> Value:
        match self._decision.policy:
            case "unique":
                if len(hits) > 1:
                    self._meet("decision.unique", _numbers(hits))
                return self._one(hits)
            case "any":
                said = [self._row(row) for row in hits]
                if any(equal(one, said[0]) is not True for one in said):
                    self._meet("decision.any", _numbers(hits))
                return said[0] if said else self._default()
            case "first":
                return self._one(hits)
            case "rule_order":
                return [self._row(row) for row in hits]
            case "collect":
                return self._collected([self._row(row) for row in hits])

    def _one(self, hits: list[Row]) -> Value:
        return self._row(hits[0]) if hits else self._default()

    def _collected(self, said: list[Value]) -> Value:
        aggregator = self._decision.aggregator
        if aggregator == "list":
            return said
        if aggregator == "count":
            return Decimal(len(said))
        try:
            found = FUNCTIONS[_FUNCTIONS[aggregator]].apply(said)
        except ArithmeticError:  # a sum beyond 34 digits' range
            found = None
        if said and found is None:
            self._meet("decision.output", aggregator)
        return found

    def _row(self, row: Row) -> Value:
        said = [one.evaluate(self._variables, self._steps) for one in row.results]
        return self._shaped(said, f"row {row.number}")

    def _default(self) -> Value:
        defaults = [one.default for one in self._decision.outputs]
        if not any(defaults):
            return None
        said = [
            None if one is None else one.evaluate(self._variables, self._steps) for one in defaults
        ]
        return self._shaped(said, "default")

    def _shaped(self, said: list[Value], where: str) -> Value:
        """Return one value as it is and several as a context by name; each must fit its column."""
        outputs = self._decision.outputs
        for n, (column, raw) in enumerate(zip(outputs, said, strict=True)):
            said[n] = value = as_kind(column.kind, raw)
            allowed = column.allowed is None or column.allowed.holds(
                value, self._variables, self._steps
            )
            if not fits(column.kind, value) or not (allowed or value is None):
                self._meet("decision.output", f"{where}: {column.label} = {text_of(value)}")
        if len(outputs) == 1:
            return said[0]
        return {column.name: value for column, value in zip(outputs, said, strict=True)}

    def _meet(self, trouble: Trouble, detail: str) -> None:
        if self.trouble is None:
            self.trouble, self.detail = trouble, detail


def _numbers(rows: list[Row]) -> str:
    return "rows " + ", ".join(str(row.number) for row in rows)
