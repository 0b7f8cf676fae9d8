"""A decision table ready to be played."""

from dataclasses import dataclass
from typing import Literal

from domain.process.dmn.types import Kind
from domain.process.feel import Cell, Expression

Policy = Literal["unique", "any", "first", "rule_order", "collect"]
Aggregator = Literal["list", "sum", "min", "max", "count"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A column that asks: its expression over the variables, and what values it may have."""

    label: str
    expression: Expression
    kind: Kind
    allowed: Cell | None  # null is always allowed: it meets only cells that say so
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A column that answers. `default` answers when no row hits; None: null."""

    name: str
    label: str
    kind: Kind
    allowed: Cell | None
    default: Expression | None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A rule of the table: a cell per input, an expression per output."""

    number: int  # from 1, in the order of the file
    id: str
    line: int
    tests: tuple[Cell, ...]
    results: tuple[Expression, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision made by one table."""

    id: str
    name: str
    line: int
    policy: Policy
    aggregator: Aggregator
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
