"""What is wrong with a table that can be played: overlaps, gaps, rows that never hit.

Only rows are judged whose cells ask about nothing but their own column, without loops; columns that
read the same variable depend on each other, and then nothing is said.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from domain.process.dmn.model import Decision, Row
from domain.process.dmn.types import text_of
from domain.process.dmn.witnesses import OTHER, witnesses
from domain.process.faults import Fault, fault_at
from domain.process.feel import Value
from domain.process.feel.values import equal

MOST = 20  # overlaps told; a table that has more is told the first
MAX_TRIED = 500_000  # parts of cells tried on witnesses
MAX_VISITED = 300_000  # rows looked at in search of a gap

Masks = tuple[int, ...]  # by column: which witnesses a row accepts, one bit each


def judge_table(decision: Decision) -> Iterator[Fault]:
    """Yield what is wrong with a table, with the rows and an example of each fault."""
    if _dependent(decision):
        return
    columns = [witnesses(decision, n) for n in range(len(decision.inputs))]
    parts = [sum(row.tests[n].parts for row in decision.rows) for n, _ in enumerate(columns)]
    if sum(len(values) * cost for values, cost in zip(columns, parts, strict=True)) > MAX_TRIED:
        yield fault_at("dmn.too_large", decision.id, decision.line)
        return
    yield from _Judge(decision, columns).faults()


def _dependent(decision: Decision) -> bool:
    names = [one.expression.names for one in decision.inputs]
    return not all(names) or len(frozenset().union(*names)) < sum(map(len, names))


class _TooLargeError(Exception):
    """The search for a gap is too long."""


class _Judge:
    def __init__(self, decision: Decision, columns: Sequence[tuple[Value, ...]]) -> None:
        self.decision, self.columns = decision, columns
        self.judged = {
            row.number: self._masks(row)
            for row in decision.rows
            if not any(cell.names or cell.loops for cell in row.tests)
        }
        self._left = MAX_VISITED

    def _masks(self, row: Row) -> Masks:
        return tuple(
            sum(1 << bit for bit, value in enumerate(values) if cell.holds(value, {}))
            for cell, values in zip(row.tests, self.columns, strict=True)
        )

    def faults(self) -> Iterator[Fault]:
        policy = self.decision.policy
        never = [number for number, masks in self.judged.items() if not all(masks)]
        for number in never:
            yield self._fault("dmn.never", (number,))
        if policy in ("unique", "any"):
            yield from self._overlaps()
        try:
            if policy == "first":
                yield from self._shadowed(never)
            if policy in ("unique", "any", "first"):
                yield from self._gap()
        except _TooLargeError:
            yield fault_at("dmn.too_large", self.decision.id, self.decision.line)

    # ---- overlaps

    def _overlaps(self) -> Iterator[Fault]:
        told = 0
        for one, other in combinations(self.judged, 2):
            both = [a & b for a, b in zip(self.judged[one], self.judged[other], strict=True)]
            if not all(both):
                continue
            rule = "dmn.overlap" if self.decision.policy == "unique" else "dmn.differs"
            if rule == "dmn.differs" and not self._differ(one, other):
                continue
            told += 1
            if told > MOST:
                return
            first = [values[_lowest(bits)] for values, bits in zip(self.columns, both, strict=True)]
            yield self._fault(rule, (one, other), first)

    def _differ(self, one: int, other: int) -> bool:
        """Whether two rows certainly say different things: both say constants."""
        pairs = zip(self._row(one).results, self._row(other).results, strict=True)
        return any(
            not (a.names or b.names or a.loops or b.loops)
            and equal(a.evaluate({}), b.evaluate({})) is not True
            for a, b in pairs
        )

    # ---- gaps

    def _gap(self) -> Iterator[Fault]:
        if len(self.judged) < len(self.decision.rows) or any(
            one.default is not None for one in self.decision.outputs
        ):
            return
        everything = tuple((1 << len(values)) - 1 for values in self.columns)
        if (found := self._uncovered(everything, list(self.judged.values()))) is not None:
            yield self._fault("dmn.gap", (), found)

    def _shadowed(self, never: list[int]) -> Iterator[Fault]:
        """Yield rows of a first-hit table that the rows above them always forestall."""
        above: list[Masks] = []
        for number, masks in self.judged.items():
            if number not in never and self._uncovered(masks, above) is None:
                yield self._fault("dmn.never", (number,))
            above.append(masks)

    def _uncovered(self, region: Masks, rows: list[Masks]) -> list[Value] | None:
        """Return a case of the region that no row accepts; None when there is none."""
        covered: set[tuple[int, tuple[int, ...]]] = set()
        free = [_free_from(row, region) for row in rows]

        def search(column: int, active: tuple[int, ...]) -> list[Value] | None:
            if (column, active) in covered or any(free[row] <= column for row in active):
                return None
            if column == len(region):
                return []
            for bit, value in enumerate(self.columns[column]):
                if not region[column] >> bit & 1:
                    continue
                self._count(1 + len(active))
                still = tuple(row for row in active if rows[row][column] >> bit & 1)
                if (rest := search(column + 1, still)) is not None:
                    return [value, *rest]
            covered.add((column, active))
            return None

        return search(0, tuple(range(len(rows))))

    def _count(self, visited: int) -> None:
        self._left -= visited
        if self._left < 0:
            raise _TooLargeError

    # ---- telling

    def _row(self, number: int) -> Row:
        return self.decision.rows[number - 1]

    def _fault(
        self, rule: str, numbers: Sequence[int], example: Sequence[Value] | None = None
    ) -> Fault:
        rows = "rows " + ", ".join(map(str, numbers)) if numbers else ""
        said = ", ".join(
            f"{column.label} = {_any_other(value)}"
            for column, value in zip(self.decision.inputs, example or (), strict=False)
        )
        line = self._row(numbers[-1]).line if numbers else self.decision.line
        return fault_at(rule, self.decision.id, line, ": ".join(filter(None, (rows, said))))


def _free_from(row: Masks, region: Masks) -> int:
    """Return the first column from which on a row accepts whatever the region has."""
    column = len(region)
    while column and not region[column - 1] & ~row[column - 1]:
        column -= 1
    return column


def _any_other(value: Value) -> str:
    return "其他 any other" if value == OTHER else text_of(value)


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1
