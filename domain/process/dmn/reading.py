"""From the elements of a DMN file to its decision tables; what cannot be played is a fault."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from domain.process.dmn.model import Aggregator, Decision, Input, Output, Policy, Row
from domain.process.dmn.types import Kind, as_kind, fits, kind_of, text_of
from domain.process.drawing import Element
from domain.process.faults import Fault, fault_at
from domain.process.feel import (
    Cell,
    Expression,
    ExpressionError,
    compile_cell,
    compile_expression,
    is_feel,
)

POLICIES: Mapping[str, Policy] = {
    "UNIQUE": "unique", "ANY": "any", "FIRST": "first", "RULE ORDER": "rule_order",
    "COLLECT": "collect",
}  # fmt: skip
AGGREGATORS: Mapping[str, Aggregator] = {
    "": "list", "SUM": "sum", "MIN": "min", "MAX": "max", "COUNT": "count",
}  # fmt: skip
MAX_ROWS = 1_000
MAX_COLUMNS = 50
MAX_LETTERS = 200_000  # of all cells and expressions of a file
_NAME = re.compile(r"[^\W\d]\w*")
_READ_OVER = frozenset((  # beside or inside decisions: says what things mean, changes no answer
    "description", "question", "allowedAnswers", "variable", "extensionElements", "inputData",
    "knowledgeSource", "authorityRequirement", "supportedObjective", "impactedPerformanceIndicator",
    "decisionMaker", "decisionOwner", "usingProcess", "usingTask", "performanceIndicator",
    "organizationUnit", "textAnnotation", "association", "annotation", "DMNDI",
))  # fmt: skip
Made = TypeVar("Made")


@dataclass
class Tables:
    """What a file says: its tables by id – those without a fault – and its faults."""

    decisions: dict[str, Decision] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_tables(root: Element) -> Tables:
    """Return the tables of a DMN `definitions` element."""
    tables, seen = Tables(), set[str]()
    if sum(len(one.text) for one in root.walk()) > MAX_LETTERS:
        tables.faults.append(
            fault_at("dmn.table", root.id, root.line, f"over {MAX_LETTERS} letters")
        )
        return tables
    for one in _all(root):
        if one.tag == "decision":
            if (one.id or "") in seen:
                tables.faults.append(fault_at("id.duplicate", one.id, one.line))
            seen.add(one.id or "")
            reader = _Reader(one)
            decision = reader.decision(root)
            tables.faults += reader.faults
            if decision is not None and not reader.faults:
                tables.decisions[decision.id] = decision
        elif one.tag not in _READ_OVER:
            tables.faults.append(fault_at("dmn.unsupported", one.id, one.line, one.tag))
    if not seen:
        tables.faults.append(fault_at("dmn.table", None, root.line, "no decision"))
    return tables


def _all(element: Element, *tags: str) -> list[Element]:
    return [one for one in element.children if one.space == "dmn" and (not tags or one.tag in tags)]


def _first(element: Element, tag: str) -> Element | None:
    return next(iter(_all(element, tag)), None)


def _text(element: Element | None) -> str:
    found = _first(element, "text") if element is not None else None
    return found.text.strip() if found is not None else ""


class _Reader:
    """Reads one decision; its id stands in every fault."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self.faults: list[Fault] = []

    def decision(self, root: Element) -> Decision | None:
        element = self._element
        if not element.id:
            self._fault("dmn.table", element, "decision without id")
        for one in (root, *element.walk()):
            if not is_feel(one.get("expressionLanguage") or "feel"):
                self._fault("expression.language", one, one.get("expressionLanguage") or "")
        table = _first(element, "decisionTable")
        for one in _all(element):
            if one is not table and not self._read_over(one):
                self._fault("dmn.unsupported", one, one.tag)
        if table is None:
            self._fault("dmn.unsupported", element, "no decisionTable")
            return None
        return self._table(table)

    def _read_over(self, one: Element) -> bool:
        if one.tag == "informationRequirement":
            return not _all(one, "requiredDecision")
        return one.tag in _READ_OVER

    def _table(self, table: Element) -> Decision | None:
        for one in _all(table):
            if one.tag not in _READ_OVER | {"input", "output", "rule"}:
                self._fault("dmn.unsupported", one, one.tag)
        policy = POLICIES.get(table.get("hitPolicy") or "UNIQUE")
        aggregator = AGGREGATORS.get(table.get("aggregation") or "")
        if policy is None or aggregator is None:
            wanted = table.get("hitPolicy") if policy is None else table.get("aggregation")
            self._fault("dmn.unsupported", table, wanted or "")
            return None
        inputs = self._each(_all(table, "input"), self._input)
        outputs = self._each(_all(table, "output"), self._output)
        rules = _all(table, "rule")
        self._shape(table, policy, aggregator, outputs)
        if self.faults:
            return None
        rows = [self._row(n, one, inputs, outputs) for n, one in enumerate(rules, start=1)]
        return Decision(
            id=self._element.id or "",
            name=self._element.get("name") or self._element.id or "",
            line=table.line,
            policy=policy,
            aggregator=aggregator,
            inputs=tuple(inputs),
            outputs=tuple(outputs),
            rows=tuple(row for row in rows if row is not None),
        )

    def _each(self, found: Iterable[Element], make: Callable[[Element], Made | None]) -> list[Made]:
        return [made for one in found if (made := make(one)) is not None]

    def _shape(
        self, table: Element, policy: Policy, aggregator: Aggregator, outputs: list[Output]
    ) -> None:
        """Say what is missing from a table, or too much."""
        columns = len(_all(table, "input", "output"))
        for tag in ("input", "output", "rule"):
            if not _all(table, tag):
                self._fault("dmn.table", table, f"no {tag}")
        if len(_all(table, "rule")) > MAX_ROWS or columns > MAX_COLUMNS:
            self._fault("dmn.table", table, f"more than {MAX_ROWS} rows or {MAX_COLUMNS} columns")
        names = [one.name for one in outputs]
        plain = all(_NAME.fullmatch(name) for name in names)
        if len(names) > 1 and (len(set(names)) < len(names) or not plain):
            self._fault("dmn.table", table, "outputs need names of their own")
        if aggregator != "list" and (policy != "collect" or len(names) > 1):
            self._fault("dmn.table", table, f"aggregation {table.get('aggregation')}")

    def _input(self, element: Element) -> Input | None:
        asks = _first(element, "inputExpression")
        expression = self._compiled(compile_expression, asks or element, _text(asks))
        kind = self._kind(asks or element)
        values = _first(element, "inputValues")
        allowed = self._cell(values, kind) if values is not None and _text(values) else None
        if expression is None or kind is None:
            return None
        return Input(
            label=element.get("label") or expression.text,
            expression=expression,
            kind=kind,
            allowed=allowed,
            line=element.line,
        )

    def _output(self, element: Element) -> Output | None:
        kind = self._kind(element)
        values, default = _first(element, "outputValues"), _first(element, "defaultOutputEntry")
        allowed = self._cell(values, kind) if values is not None and _text(values) else None
        if kind is None:
            return None
        name = element.get("name") or ""
        column = Output(
            name=name,
            label=element.get("label") or name or "output",
            kind=kind,
            allowed=allowed,
            default=None,
            line=element.line,
        )
        said = self._result(default, column) if default is not None else None
        return Output(
            name=name, label=column.label, kind=kind, allowed=allowed, default=said,
            line=element.line,
        )  # fmt: skip

    def _row(
        self, number: int, element: Element, inputs: list[Input], outputs: list[Output]
    ) -> Row | None:
        asks, says = _all(element, "inputEntry"), _all(element, "outputEntry")
        if len(asks) != len(inputs) or len(says) != len(outputs):
            self._fault("dmn.table", element, f"row {number}: a cell for each column")
            return None
        tests = [self._cell(one, column.kind) for one, column in zip(asks, inputs, strict=True)]
        results = [self._result(one, column) for one, column in zip(says, outputs, strict=True)]
        return Row(
            number=number,
            id=element.id or f"row {number}",
            line=element.line,
            tests=tuple(one for one in tests if one is not None),
            results=tuple(one for one in results if one is not None),
            note=" ".join(filter(None, map(_text, _all(element, "annotationEntry")))),
        )

    def _kind(self, element: Element) -> Kind | None:
        name = element.get("typeRef") or ""
        kind = kind_of(name)
        if kind is None:
            self._fault("dmn.type", element, name)
        return kind

    def _cell(self, element: Element, kind: Kind | None) -> Cell | None:
        """Return a cell; an empty one asks for nothing."""
        cell = self._compiled(compile_cell, element, _text(element) or "-")
        for cut in (cell.cuts or ()) if cell is not None else ():
            if kind is not None and not fits(kind, cut):
                self._fault("dmn.type", element, text_of(cut))
        return cell

    def _result(self, element: Element, column: Output) -> Expression | None:
        """Return what a row says; an empty cell says null."""
        said = self._compiled(compile_expression, element, _text(element) or "null")
        if said is not None and not (said.names or said.loops):
            value = as_kind(column.kind, said.evaluate({}))
            if not fits(column.kind, value):
                self._fault("dmn.type", element, text_of(value))
            elif column.allowed and value is not None and not column.allowed.holds(value, {}):
                self._fault("dmn.value", element, text_of(value))
        return said

    def _compiled(self, make: Callable[[str], Made], element: Element, text: str) -> Made | None:
        try:
            return make(text)
        except ExpressionError as error:
            self._fault(error.rule, element, f"{text[:80]}: {error}")
            return None

    def _fault(self, rule: str, element: Element, detail: str) -> None:
        named: Element | None = element
        while named is not None and named.id is None:
            named = named.parent
        which = named.id if named is not None and named.id else self._element.id
        self.faults.append(fault_at(rule, which, element.line, detail))


def embedded(elements: Iterable[Element]) -> Iterator[Element]:
    """Yield the DMN `definitions` that stand inside another file."""
    return (one for one in elements if one.space == "dmn" and one.tag == "definitions")
