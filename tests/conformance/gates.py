"""What the totals of a conformance run must reach; the run itself exits 1 at the first difference.

== betsy                                           == static
group  cases, tier 1  cases, tier 2  …             group  must reject  must accept, tier 1  …
all    71/71          41/41                        all    158/158      62/62
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from typing_extensions import override

_CELLS = re.compile(r"\s{2,}")
_SHARE = re.compile(r"(\d+)/(\d+)")
_END = re.compile(r"\d+ passed, \d+ failed")
ALL = Fraction(1)
GATES: Mapping[str, Fraction] = {
    "cases, tier 1": ALL,
    "must accept, tier 1": ALL,  # 0 false alarms
    "must reject": Fraction(95, 100),
    "cases, tier 2": Fraction(80, 100),
    "must accept, tier 2": Fraction(80, 100),
}


@dataclass(frozen=True, slots=True)
class Gate:
    """One total and what it must reach."""

    name: str
    passed: int
    total: int
    wanted: Fraction

    @property
    def kept(self) -> bool:
        """Whether enough passed of at least one."""
        return self.total > 0 and Fraction(self.passed, self.total) >= self.wanted

    @override
    def __str__(self) -> str:
        verdict = "kept" if self.kept else "BROKEN"
        return (
            f"{self.name}: {self.passed}/{self.total}, wanted {float(self.wanted):.0%}: {verdict}"
        )


def gates(printed: str) -> tuple[Gate, ...]:
    """Return each gate with the sum of its totals; a total that was not printed is 0/0."""
    sums = dict.fromkeys(GATES, (0, 0))
    for name, passed, total in _totals(printed):
        if name in sums:
            before = sums[name]
            sums[name] = (before[0] + passed, before[1] + total)
    return tuple(Gate(name, *sums[name], wanted) for name, wanted in GATES.items())


def finished(printed: str) -> bool:
    """Whether the run came to its end, passed or not."""
    return bool(_END.fullmatch(printed.rstrip().rpartition("\n")[2]))


def _totals(printed: str) -> Iterator[tuple[str, int, int]]:
    """Yield the cells of each table's last line under the names of its columns."""
    heads: list[str] = []
    for line in printed.splitlines():
        cells = _CELLS.split(line.strip())
        if cells[0] == "group":
            heads = cells
        elif cells[0] == "all":
            for name, cell in zip(heads, cells, strict=False):
                if share := _SHARE.fullmatch(cell):
                    yield name, int(share[1]), int(share[2])
