"""`make feel`: random expressions in both engines, every difference shown; needs Node.

    python -m tests.feel [--count N] [--seed N] [--write]

`--write` keeps feelin's answers to a few hundred expressions as `sample.json`, for tests without
Node.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.feel.comparing import SAMPLE, Plain, exactly, feelin, holds, ours, same
from tests.feel.differences import DIFFERENCES
from tests.feel.making import Maker, makes

LONGEST = 600  # characters of an expression
AT_ONCE = 5_000
SAMPLED = 300
CELLS = 5  # one cell of a decision table for so many expressions
SHOWN = 20
USUAL_SEED = 20_240_510


@dataclass
class Tally:
    """What came out."""

    same: int = 0
    near: int = 0  # the same but for the last digits of a binary fraction
    null: int = 0  # of the same: both say null
    cells: int = 0
    wrong: list[tuple[str, object, Plain]] = field(default_factory=list)

    def add(self, text: str, theirs: Plain) -> None:
        """Compare our answer with feelin's."""
        mine = ours(text)
        if not same(mine, theirs):
            self.wrong.append((text, mine, theirs))
        elif exactly(mine, theirs):
            self.same += 1
            self.null += mine is None
        else:
            self.near += 1

    def add_cell(self, cell: str, value: float, theirs: Plain) -> None:
        """Compare whether a cell of a decision table holds."""
        self.cells += 1
        if holds(cell, value) is not theirs:
            self.wrong.append((f"{value} in cell {cell}", holds(cell, value), theirs))


def main() -> int:
    """Compare, or write the sample; return the exit code."""
    parser = argparse.ArgumentParser(prog="tests.feel")
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=USUAL_SEED)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    maker = Maker(given.seed)
    made = makes(maker, SAMPLED if given.write else given.count, LONGEST)
    if given.write:
        _write(made)
        return 0
    tally = Tally()
    cells = [maker.cell() for _ in range(len(made) // CELLS)]
    asked = [{"cell": cell, "value": value} for cell, value in cells]
    for (cell, value), theirs in zip(cells, feelin(asked), strict=True):
        tally.add_cell(cell, value, theirs)
    for first in range(0, len(made), AT_ONCE):
        some = made[first : first + AT_ONCE]
        for text, theirs in zip(some, feelin(some), strict=True):
            tally.add(text, theirs)
    gone = _no_longer(feelin(tuple(DIFFERENCES)))
    _tell(given.seed, len(made), tally, gone)
    return 1 if tally.wrong or gone else 0


def _no_longer(answers: Sequence[Plain]) -> list[str]:
    """Return the explained differences that are none any more."""
    both = zip(DIFFERENCES, answers, strict=True)
    return [text for text, theirs in both if exactly(ours(text), theirs)]


def _tell(seed: int, count: int, tally: Tally, gone: Sequence[str]) -> None:
    say = sys.stdout.write
    for text, mine, theirs in sorted(tally.wrong, key=lambda one: len(one[0]))[:SHOWN]:
        say(f"{text}\n    ours {mine!r}\n    feelin {json.dumps(theirs, ensure_ascii=False)}\n")
    for text in gone:
        say(f"no longer different: {text}\n")
    say(f"seed {seed}: {count} expressions, {tally.same} the same ({tally.null} null), ")
    say(f"{tally.near} the same within a binary fraction; ")
    say(f"{tally.cells} cells; {len(tally.wrong)} unexplained\n")
    say(f"{len(DIFFERENCES)} differences on purpose, of which random expressions keep clear:\n")
    for text, reason in DIFFERENCES.items():
        say(f"    {text:<34} {reason}\n")


def _write(made: Sequence[str]) -> None:
    texts = [*made, *DIFFERENCES]
    answers = dict(zip(texts, feelin(texts), strict=True))
    SAMPLE.write_text(json.dumps(answers, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
